import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A Rocket.Chat server, accessed by its REST API. Requests are sent as fast as the server allows, and repeated after
/// temporary errors.
final class RocketChatServer {
    /// A single request.
    struct Question {
        let method: String
        var parameters: [(name: String, value: String)] = []
    }

    /// The ways to continue after an answer.
    enum Continuation {
        /// The next request, as expected.
        case goesOn
        /// A request other than the expected one.
        case turns
        /// No further requests.
        case ends
    }

    /// The error for an unusable answer: the server states a failure, or it is not a Rocket.Chat server.
    struct StrangeAnswer: Error {
        var words = ServerWords()
    }

    let credentials: ChatCredentials
    let options: HTTPOptions
    let session: Session
    var login: (userID: String, token: String)?
    private var pace = RequestPace()
    /// Called before a long pause, so that messages read so far can be saved.
    var beforePause: () throws -> Void = {}
    /// The time of the last answer by the server's clock, in RFC 3339 and UTC.
    private(set) var time: String?

    /// The greatest number of requests sent by one process.
    private static let mostTogether = 1024
    /// The length of a pause, in seconds, before which data is saved.
    private static let longPause = 2.0
    /// The length in seconds of the longest pause that is not reported to the user.
    private static let silentPause = 5.0
    /// The pause, in seconds, for a server that says of too many requests and nothing else. Five attempts outlast the
    /// usual minute.
    private static let pauseForTooMany = 15.0
    private var hasToldPace = false
    /// Whether an answer has been one of Rocket.Chat's API.
    private var isKnown = false
    /// Shows a notice while requests are made.
    var notice: (Text) throws -> Void

    init(_ credentials: ChatCredentials, _ options: HTTPOptions, allowsPlain: Bool, session: Session) throws(CRMError) {
        guard credentials.server.isPrivate || allowsPlain else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(credentials.server) is not encrypted: whoever is on the way could read the token",
                    es: "\(credentials.server) no está cifrado: cualquiera en el camino podría leer el token"
                ),
                hint: Text(
                    en: "write https://, or add --allow-http where the network is trusted",
                    es: "escribir https://, o agregar --allow-http si la red es de confianza"
                )
            )
        }
        var options = options
        if credentials.server.isLoopback, options.proxy == nil { options.proxy = "" }
        self.credentials = credentials
        self.options = options
        self.session = session
        notice = { try session.note($0) }
        if case .token(let userID, let token) = credentials.proof { login = (userID, token) }
    }

    /// Returns whether a room may be on this server: its server is this one or unknown.
    func has(_ room: ChatRoom) -> Bool { room.server.map { WebServer($0) == credentials.server } ?? true }

    /// Sends a single request and returns the answer.
    ///
    /// - Throws: the errors of ``ask(foreseeing:_:)``.
    func answer(_ question: Question) throws -> JSONValue {
        var result = JSONValue.null
        try ask(foreseeing: { 1 }, { _ in question }) { body in
            result = try Self.whole(body)
            return .ends
        }
        return result
    }

    /// Returns the complete answer to a request.
    ///
    /// - Throws: ``StrangeAnswer`` if the server states that the request failed.
    static func whole(_ body: ByteSource) throws -> JSONValue {
        var reader = JSONTreeReader(body, lists: [], replacingLoneSurrogates: true)
        var members: [JSONMember] = []
        var words = ServerWords()
        while let piece = try reader.next() {
            members.append(JSONMember(piece.path[0], piece.value))
            words.note(piece.path, piece.value)
        }
        let answer = JSONValue.object(members)
        if answer["success"] == .bool(false) { throw StrangeAnswer(words: words) }
        return answer
    }

    /// Sends requests of one kind until the answers suffice.
    ///
    /// - Parameters:
    ///   - foresee: returns the likely number of further requests, at least one.
    ///   - question: returns the request that follows a number of others from the present position.
    ///   - meanwhile: called while the first answer is on its way.
    ///   - take: called with each answer.
    ///   - refuse: called if the server does not have, or does not give, the subject of a request; the other requests
    ///     are still sent. Without it, the error is thrown.
    /// - Throws: ``CRMError`` `interrupted`; `inputOutput` if the server cannot be reached; `configuration` if it does
    ///   not know the user or is not a Rocket.Chat server; `notFound` or `refused` if it does not have, or does not
    ///   give, the subject of a request; `failed` if it keeps failing; the errors of `take`.
    func ask(
        foreseeing foresee: () -> Int,
        _ question: (Int) -> Question,
        meanwhile: () throws -> Void = {},
        take: (ByteSource) throws -> Continuation,
        refuse: ((CRMError) throws -> Continuation)? = nil
    ) throws {
        var retries = Retries()
        var hasLoggedInAgain = false
        var options = options
        options.stopsAtFailure = refuse == nil
        while true {
            try logInOnce()
            let kind = question(0).method
            try wait(pace.pause(kind))
            let count = min(foresee(), pace.allowance(kind) ?? Self.mostTogether, Self.mostTogether)
            let requests = (0..<max(count, 1)).map { request(question($0)) }
            let process = try CurlProcess(
                requests,
                options,
                environment: session.environment,
                waiting: session.interruption.isReady
            )
            defer { process.end() }
            try meanwhile()
            var pause: (seconds: Double, reason: Text)?
            var turns = false
            var isAnswered = false
            while pause == nil, !turns, let response = try process.next() {
                isAnswered = true
                let trouble = try note(response, kind)
                switch trouble {
                case nil, .lasting:
                    retries = Retries()
                    let next = try step(after: response, trouble, take, refuse)
                    isKnown = isKnown || trouble == nil
                    switch next {
                    case .goesOn: continue
                    case .turns: turns = true
                    case .ends: return
                    }
                case .expired where !hasLoggedInAgain && canLogIn:
                    hasLoggedInAgain = true
                    login = nil
                    turns = true
                case .expired: throw unknownUser
                case .passing(let error, let seconds):
                    pause = (try retries.pause(after: error, stated: seconds), error.message)
                }
            }
            process.end()
            guard isAnswered else { throw Self.silence }
            if let pause { try wait(pause.seconds, because: pause.reason) }
        }
    }

    /// Decides how to continue after an answer that would not change if repeated.
    private func step(
        after response: HTTPResponse,
        _ trouble: Trouble?,
        _ take: (ByteSource) throws -> Continuation,
        _ refuse: ((CRMError) throws -> Continuation)?
    ) throws -> Continuation {
        let refusal: CRMError
        if case .lasting(let error)? = trouble {
            refusal = error
        } else {
            do {
                return try take(response.body)
            } catch {
                // An error of the store is not a refusal by the server.
                guard let complaint = complaint(error, about: response) else { throw error }
                refusal = complaint
            }
        }
        guard let refuse, refusal.code == .refused || refusal.code == .notFound else { throw refusal }
        return try refuse(refusal)
    }

    static func fields(_ login: (userID: String, token: String)) -> [(name: String, value: String)] {
        [("X-User-Id", login.userID), ("X-Auth-Token", login.token)]
    }

    private func request(_ question: Question) -> HTTPRequest {
        var address = "\(credentials.server)/api/v1/\(question.method)"
        for (index, parameter) in question.parameters.enumerated() {
            let value = PercentEncoding.encoded(parameter.value, in: .query)
            address += "\(index == 0 ? "?" : "&")\(parameter.name)=\(value)"
        }
        return HTTPRequest(address: address, fields: login.map(Self.fields) ?? [])
    }

    // MARK: - Answers

    enum Trouble {
        /// The server does not know the user, or no longer.
        case expired
        /// A temporary error; the request can be repeated, after a number of seconds if stated.
        case passing(CRMError, after: Double?)
        /// A permanent error.
        case lasting(CRMError)
    }

    /// Stores the server's time and rate limits stated in a response.
    ///
    /// - Returns: the trouble that the response reports; `nil` if it is usable.
    func note(_ response: HTTPResponse, _ kind: String) throws -> Trouble? {
        guard let head = response.head, response.outcome == 0 || response.outcome == 22 else {
            return unreachable(response)
        }
        let date = head["date"].flatMap(Self.instant)
        if let date { time = date }
        pace.note(
            kind,
            remaining: head["x-ratelimit-remaining"].flatMap { Int($0) },
            resetMilliseconds: head["x-ratelimit-reset"].flatMap { Int64($0) },
            serverTime: try date.flatMap { try Moment(parsing: $0, clock: session.clock()).secondsSinceEpoch }
        )
        switch head.status {
        case 200..<300:
            // A server that is being maintained may answer with a page; at a wrong address there is nothing else.
            guard isKnown, head["content-type"]?.lowercased().hasPrefix("text/html") ?? false else { return nil }
            let told = try Self.seconds(head["retry-after"], from: date, session.clock())
            return .passing(noChat(response), after: told.map { min($0, RequestPace.longestPause) })
        case 300..<400: return .lasting(redirected(head))
        case 401: return .expired
        case 429, 500...:
            let told = try Self.seconds(head["retry-after"], from: date, session.clock())
            return try passing(
                Text(en: "the server answers \(head.status)", es: "el servidor responde \(head.status)"),
                after: told ?? (head.status == 429 ? pace.pause(kind) : 0)
            )
        default:
            let words = Self.words(of: response)
            guard words.tellsTooMany else { return .lasting(refusal(words, response, head)) }
            let pause = pace.pause(kind)
            return try passing(
                Text(en: "the server says: too many requests", es: "el servidor dice: demasiadas peticiones"),
                after: pause > 0 ? pause : Self.pauseForTooMany
            )
        }
    }

    /// Reads a date in a header field; `nil` for text of another form, and for a day or time that does not exist.
    private static func instant(_ field: String) -> String? {
        HTTPDate.instant(field).flatMap { Moment(stored: $0) == nil ? nil : $0 }
    }

    /// Returns the trouble that passes after some seconds; 0 if the server does not say when.
    ///
    /// - Throws: ``CRMError`` `busy` if that is too long to wait for.
    private func passing(_ message: Text, after seconds: Double) throws -> Trouble {
        if seconds > RequestPace.longestPause { throw try busy(message, for: seconds) }
        let error = failure(message, hint: Text(en: "try again later", es: "intentar más tarde"))
        return .passing(error, after: seconds > 0 ? seconds : nil)
    }

    /// Reads the field Retry-After, seconds or a date by the server's clock (RFC 9110, section 10.2.3).
    private static func seconds(_ field: String?, from date: String?, _ clock: Clock) throws -> Double? {
        guard let field else { return nil }
        if let seconds = Double(field) { return seconds.isFinite ? seconds : nil }
        guard let end = instant(field) else { return nil }
        let start = try date.map { try Moment(parsing: $0, clock: clock) } ?? clock.moment
        let seconds = try Moment(parsing: end, clock: clock).secondsSinceEpoch - start.secondsSinceEpoch
        return Double(max(0, seconds))
    }

    /// Runs a body that parses an answer, and reports malformed JSON as an error of the server.
    func parsing<Result>(_ body: () throws -> Result, _ response: HTTPResponse) throws -> Result {
        do {
            return try body()
        } catch {
            throw complaint(error, about: response) ?? error
        }
    }

    /// Returns the error to report for an answer that is not JSON or that states a failure; `nil` for other errors.
    private func complaint(_ error: any Error, about response: HTTPResponse) -> CRMError? {
        if error is JSONError { return noChat(response) }
        guard let strange = error as? StrangeAnswer else { return nil }
        return strange.words.reason == nil ? noChat(response) : refusal(strange.words)
    }

    private func unreachable(_ response: HTTPResponse) -> Trouble {
        let reason = response.reason
        // The exit status of curl for a certificate that no known authority has signed.
        let isUnknownAuthority = response.outcome == 60
        let error = CRMError(
            .inputOutput,
            Text(en: "\(credentials.server): \(reason.en)", es: "\(credentials.server): \(reason.es)"),
            hint: isUnknownAuthority
                ? Text(
                    en: "if the authority is your own, give its certificate with --cacert",
                    es: "si la autoridad es propia, indicar su certificado con --cacert"
                ) : nil
        )
        // Errors that may be temporary: names, connections, timeouts, a connection that ends before the answer does.
        let passing: Set = [5, 6, 7, 18, 28, 52, 55, 56, 92]
        return passing.contains(response.outcome) ? .passing(error, after: nil) : .lasting(error)
    }

    /// Tells the user about a pause.
    private func tell(_ reason: Text, _ seconds: Double) throws {
        let count = Int(seconds.rounded(.up))
        try notice(Text(en: "\(reason.en): waiting \(count) s", es: "\(reason.es): se esperan \(count) s"))
    }

    /// Waits for some seconds, and tells the user if it takes long.
    ///
    /// - Parameter reason: the reason; `nil` for the usual limits of the server, which are told once.
    /// - Throws: ``CRMError`` `interrupted` if a signal asks the program to stop.
    func wait(_ seconds: Double, because reason: Text? = nil) throws {
        if seconds <= 0 { return }
        if seconds > Self.longPause { try beforePause() }
        if let reason {
            if seconds > Self.silentPause { try tell(reason, seconds) }
        } else if seconds > Self.silentPause, !hasToldPace {
            hasToldPace = true
            try tell(Text(en: "the server allows no more yet", es: "el servidor aún no permite más"), seconds)
        }
        let end = Progress.monotonicTime() + UInt64(seconds * 1e9)
        while true {
            try session.interruption.check()
            let now = Progress.monotonicTime()
            if now >= end { return }
            poll(nil, 0, Int32(min(100, (end - now) / 1_000_000 + 1)))
        }
    }
}
