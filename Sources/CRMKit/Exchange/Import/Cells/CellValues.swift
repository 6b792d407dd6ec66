/// The values of a cell that holds several.
enum CellValues {
    /// Returns the elements of a list, in any common notation.
    static func elements(_ text: String) -> [String] { ForeignList(text).elements }

    /// Returns the values of a path in the form of lists, which may contain commas, or those in the lines of a cell.
    static func values(_ text: String) -> [String] {
        text.split { $0 == ";" || $0.isNewline }.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// Whether a text contains a separator of values.
    static func mayBeSeveral(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }
}
