import Localization

extension ValueError {
    /// Returns the error of a cell with advice on how to skip its column.
    func passingOver(_ header: String) -> ValueError {
        let option = "--map \("\(header)=-".inShellQuotes)"
        return ValueError(
            en: "\(reason.en); \(option) passes the column over",
            es: "\(reason.es); \(option) omite la columna"
        )
    }
}
