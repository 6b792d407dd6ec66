import Formats

/// The answer of a Rocket.Chat server to a request for a list. The elements are passed on one by one; this value
/// contains the rest.
struct ListAnswer {
    /// The number of elements in the answer.
    private(set) var count = 0
    /// The number of elements on the server; `nil` if the server does not state it.
    private(set) var total: Int?
    /// Whether the answer says that the request succeeded.
    private(set) var hasSucceeded = false
    /// The number of characters in the answer that were broken in halves, and replaced.
    private(set) var replacedCount = 0
    /// The server's explanation if it did not succeed.
    private(set) var words = ServerWords()

    /// Reads an answer.
    ///
    /// - Parameters:
    ///   - lists: the paths of the arrays that contain the elements.
    ///   - take: called with each element.
    /// - Throws: `JSONError`; the errors of `take`.
    init(_ body: ByteSource, lists: [[String]], _ take: (JSONValue) throws -> Void) throws {
        var reader = JSONTreeReader(body, lists: lists, replacingLoneSurrogates: true)
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
        replacedCount = reader.replacedCount
    }
}
