import Formats

/// What a server of Rocket.Chat says of a list beside its elements, which are read one by one.
struct ListAnswer {
    /// How many elements came.
    private(set) var count = 0
    /// How many there are on the server; `nil` where it does not say so.
    private(set) var total: Int?
    /// Whether the server says that it answers what was asked.
    private(set) var hasSucceeded = false
    /// What it says where it does not.
    private(set) var words = ServerWords()

    /// Reads it.
    ///
    /// - Parameters:
    ///   - lists: where the elements are.
    ///   - take: is given each of them.
    /// - Throws: `JSONError`; what `take` throws.
    init(_ body: ByteSource, lists: [[String]], _ take: (JSONValue) throws -> Void) throws {
        var reader = JSONTreeReader(body, lists: lists)
        while let piece = try reader.next() {
            if piece.isElement {
                count += 1
                try take(piece.value)
            } else if piece.path == ["total"], case .number(let number) = piece.value {
                total = number.integer.map { Int($0) }
            } else if piece.path == ["success"] {
                hasSucceeded = piece.value == .bool(true)
            } else {
                words.note(piece.path, piece.value)
            }
        }
    }
}
