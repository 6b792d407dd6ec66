import Localization

/// The names of the columns of a summary or a report: each is of one column, for of two that are called the same a reader
/// of JSON would lose one.
struct ColumnNames {
    private var known: Set<String>

    /// - Parameter taken: names of columns that are there whatever is asked for.
    init(taken: [String] = []) { known = Set(taken) }

    /// Takes the name of a further column.
    ///
    /// - Throws: ``CRMError`` `usage` where another has it.
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
