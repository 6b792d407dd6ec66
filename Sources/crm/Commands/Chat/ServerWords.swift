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
    /// Whether the reason is that too many requests were made.
    var tellsTooMany: Bool {
        let type = "error-too-many-requests"
        return errorType == type || reason?.contains(type) ?? false
    }
    /// Whether the user has to prove who they are by a second means, which a program cannot.
    var tellsSecondFactor: Bool { [error, errorType].contains("totp-required") }
    /// Whether the reason is that the room does not exist.
    var tellsMissing: Bool { ["room-not-found", "invalid-room"].contains { (errorType ?? "").contains($0) } }
}
