/// The way to a value or to other records, as it is written: `city`, `organization.name`, `contacts.link.role`.
///
/// What its names mean is told by the definitions: a path has a value only from some module on.
public struct Path: Sendable, Hashable {
    /// The names between the dots, at least one.
    public let names: [String]
    /// The position of the path in the text of a filter, counted in characters from 1; 0 for a filter not made from
    /// text; `nil` for a path on its own.
    public let column: Int?

    /// Names a way.
    public init(_ names: [String], column: Int? = nil) {
        self.names = names
        self.column = column
    }

    /// Reads a path as written. Empty names are kept; nothing has such a name.
    public init(_ text: String) {
        // Most paths are one name, and are read for every column.
        guard text.utf8.contains(UInt8(ascii: ".")) else {
            self.init([text])
            return
        }
        self.init(text.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }

    /// As it is written.
    public var text: String { names.joined(separator: ".") }
}
