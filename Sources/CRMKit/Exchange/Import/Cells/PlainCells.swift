import SQLite

/// Reads the plain cells of a column that holds values of one type.
///
/// It is a class because it is used for every cell, and copying the type's definition would cost more than reading one.
final class PlainCells: Sendable {
    private let type: any FieldTypeDefinition
    private let empty: Value

    /// - Parameter empty: the value of an empty cell.
    init(_ type: any FieldTypeDefinition, empty: Value) {
        self.type = type
        self.empty = empty
    }

    /// Returns the value of a cell that is plain or empty; `nil` for one that must be examined closely.
    func value(of text: String?) -> Value? {
        guard let text, !text.isEmpty else { return empty }
        return type.plainValue(of: text)
    }
}
