extension ValueError {
    /// Returns the error of a cell with advice on how to skip its column.
    func passingOver(_ header: String) -> ValueError {
        ValueError(
            en: "\(reason.en); --map '\(header)=-' passes the column over",
            es: "\(reason.es); --map '\(header)=-' omite la columna"
        )
    }
}
