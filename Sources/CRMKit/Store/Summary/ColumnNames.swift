import Localization

/// The column names of a summary or report, which must be unique: a reader of JSON would lose one of two equal names.
struct ColumnNames {
    private var known: Set<String>

    /// - Parameter taken: the names of columns that are always present.
    init(taken: [String] = []) { known = Set(taken) }

    /// Adds the name of a column.
    ///
    /// - Throws: ``CRMError`` `usage` when another column has the name.
    mutating func take(_ name: String, _ origin: ExpressionOrigin) throws(CRMError) {
        if known.insert(name).inserted { return }
        throw CRMError(
            origin,
            Text(en: "two columns would be called '\(name)'", es: "dos columnas se llamarían '\(name)'"),
            hint: Text(
                en: "give one of them another name: … as other_name",
                es: "dar otro nombre a una de ellas: … as otro_nombre"
            )
        )
    }
}
