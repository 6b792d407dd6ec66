/// The values of a cell that holds several.
enum CellValues {
    /// The elements of a list, as people and other programs write them.
    static func elements(_ text: String) -> [String] { ForeignList(text).elements }

    /// The values of a path as lists print them, which may have commas in them, or of a cell with a line for each.
    static func values(_ text: String) -> [String] {
        text.split { $0 == ";" || $0.isNewline }.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// Whether a text has what separates its values.
    static func mayBeSeveral(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }
}
