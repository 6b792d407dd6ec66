import Formats

/// The reason that a Rocket.Chat server gives for refusing a request.
struct ServerWords {
    private var error: String?
    private var message: String?
    private(set) var errorType: String?

    /// Examines a member of an answer.
    mutating func note(_ path: [String], _ value: JSONValue) {
        guard path.count == 1, case .string(let text) = value else { return }
        switch path[0] {
        case "error": error = text
        case "message": message = text
        case "errorType": errorType = text
        default: break
        }
    }

    /// The reason; `nil` if the server gives none.
    var reason: String? { error ?? message }
    /// Whether the reason is that the room does not exist.
    var tellsMissing: Bool { ["room-not-found", "invalid-room"].contains { (errorType ?? "").contains($0) } }
}
