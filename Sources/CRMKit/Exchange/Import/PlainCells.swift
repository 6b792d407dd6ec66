import SQLite

/// Reads the plain cells of a column that holds values of one type.
///
/// A class: it is used for every cell, and a copy of the type's definition would cost more than what is done with it.
final class PlainCells: Sendable {
    private let type: any FieldTypeDefinition
    private let empty: Value

    /// - Parameter empty: what an empty cell stands for.
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
