/// The condition that an element of a list passes a test.
struct ListCondition {
    let source: Scope.Source
    let element: FieldType.ListElement

    /// Returns the condition of a comparison.
    ///
    /// - Throws: ``ValueError`` for a malformed element, and for comparisons that the elements do not support.
    func condition(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        let alias = "\(source.alias)e"
        switch (element, comparison) {
        case (.tax, .equal):
            let key = try Tax(parsing: text).text
            return SQLFunctions.anyElement(of: source.column, alias: alias) {
                .comparison($0, .equal, .bind(.text(key)))
            }
        case (.text, .equal):
            let key = Fold.fold(text)
            return SQLFunctions.anyElement(of: source.column, alias: alias) {
                .comparison(SQLFunctions.folded($0), .equal, .bind(.text(key)))
            }
        case (.text, .contains), (.tax, .contains):
            let key = Fold.fold(text)
            return SQLFunctions.anyElement(of: source.column, alias: alias) {
                SQLFunctions.contains(SQLFunctions.folded($0), .bind(.text(key)))
            }
        case (.duration, let comparison) where comparison != .contains:
            let seconds = try Duration(parsing: text).seconds
            return SQLFunctions.anyElement(of: source.column, alias: alias) {
                .comparison($0, comparison, .bind(.integer(seconds)))
            }
        default: throw .unordered(takes: element != .duration ? "= != ~" : "= != < <= > >=")
        }
    }
}
