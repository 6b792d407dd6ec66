import CRMKit
import Formats
import Localization

/// A token for a name and a password, and its end.
extension RocketChatServer {
    /// The greatest duration of the request that ends a login, in seconds.
    private static let longestLogout = 10

    var canLogIn: Bool { if case .password = credentials.proof { true } else { false } }

    func logInOnce() throws {
        guard login == nil, case .password(let username, let password) = credentials.proof else { return }
        let request = HTTPRequest(
            address: "\(credentials.server)/api/v1/login",
            form: [("user", username), ("password", password)]
        )
        var retries = Retries()
        while true {
            let process = try CurlProcess(
                [request],
                options,
                environment: session.environment,
                waiting: session.interruption.isReady
            )
            defer { process.end() }
            guard let response = try process.next() else { throw Self.silence }
            switch try note(response, "login") {
            case nil:
                var parser = JSONTreeReader(response.body, lists: [], replacingLoneSurrogates: true)
                var words = ServerWords()
                while let piece = try parsing({ try parser.next() }, response) {
                    words.note(piece.path, piece.value)
                    guard piece.path == ["data"], case .string(let userID)? = piece.value["userId"],
                        case .string(let token)? = piece.value["authToken"]
                    else { continue }
                    login = (userID, token)
                }
                guard login == nil else { return }
                throw words.reason == nil ? noChat(response) : refusal(words)
            case .expired: throw loginRefused(response)
            case .passing(let error, let seconds):
                try wait(retries.pause(after: error, stated: seconds), because: error.message)
            case .lasting(let error): throw error
            }
        }
    }

    /// Revokes the token obtained with a name and a password, since it is no longer needed and would be valid for
    /// months. A failure is no error, since it does not affect what was read.
    func logOut() {
        guard canLogIn, let login, !session.interruption.isRequested else { return }
        self.login = nil
        let request = HTTPRequest(
            address: "\(credentials.server)/api/v1/logout",
            fields: Self.fields(login),
            form: []
        )
        var options = options
        options.timeLimit = min(options.timeLimit, Self.longestLogout)
        let process = try? CurlProcess(
            [request],
            options,
            environment: session.environment,
            waiting: session.interruption.isReady
        )
        _ = try? process?.next()
        process?.end()
    }
}
