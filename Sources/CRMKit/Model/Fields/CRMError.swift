import Localization

/// Why something could not be done, in words for people and in a code for programs.
public struct CRMError: Error, Sendable {
    /// The kind of failure. The raw values are part of the contract with scripts.
    public enum Code: String, Sendable, CaseIterable {
        /// The request itself is wrong: an unknown field, a malformed filter.
        case usage
        /// Values are missing or malformed.
        case invalid = "invalid_value"
        /// A record does not exist.
        case notFound = "not_found"
        /// A reference matches more than one record.
        case ambiguous
        /// A rule forbids it.
        case refused
        /// Later changes depend on what would be undone.
        case conflict
        /// Rows of a bulk input were rejected.
        case rejected
        /// Reading or writing failed.
        case inputOutput = "io"
        /// Another process holds the database.
        case busy
        /// The database or the configuration cannot be used as it is.
        case configuration
        /// The user interrupted the work.
        case interrupted
        /// Anything else.
        case failed
    }

    /// A field of the request whose value is missing or unacceptable.
    public struct Problem: Sendable {
        /// The field's key, or the flag's name.
        public let field: String
        /// The given value, if there was one.
        public let value: String?
        /// Why it cannot be taken.
        public let reason: Text
        /// The reason with what a table may say of itself so that the value can be taken.
        var reasonInTables: Text
        /// The reason for a user who gives each field by an option.
        public internal(set) var reasonInOptions: Text
        /// Whether the value was given as an operand, without an option.
        public var isOfOperand = false

        /// Names what is wrong with a field.
        public init(field: String, value: String?, reason: Text) {
            self.field = field
            self.value = value
            self.reason = reason
            reasonInTables = reason
            reasonInOptions = reason
        }
    }

    /// The kind of failure.
    public let code: Code
    /// The message: what went wrong.
    public var message: Text
    /// Advice on how to get past the error.
    public var hint: Text?
    /// The module it is about.
    public var module: ModuleName?
    /// The reference it is about, as given.
    public var reference: String?
    /// Every field that is wrong, named at once.
    public var problems: [Problem]
    /// Lines that belong to the message: candidates of an ambiguous reference, what hangs on a record.
    public var details: [Text]

    /// Describes a failure.
    public init(
        _ code: Code,
        _ message: Text,
        hint: Text? = nil,
        module: ModuleName? = nil,
        reference: String? = nil,
        problems: [Problem] = [],
        details: [Text] = []
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.module = module
        self.reference = reference
        self.problems = problems
        self.details = details
    }

    /// A system call failed on a file.
    public init(_ code: Code, errno: Int32, path: String) {
        let reason = Text(errno: errno)
        self.init(code, Text(en: "\(path): \(reason.en)", es: "\(path): \(reason.es)"))
    }
}

extension CRMError {
    /// The message for one of several values, followed by the hint when the spelling of the value is at fault.
    var advised: Text {
        guard code == .usage || code == .notFound, !listsCandidates, let hint else { return listed }
        return Text(en: "\(message.en); \(hint.en)", es: "\(message.es); \(hint.es)")
    }

    /// Whether the details are the records that a reference may mean.
    private var listsCandidates: Bool {
        reference != nil && !details.isEmpty && (code == .ambiguous || code == .usage)
    }

    /// The message with the candidates of a reference, and what to do, in one line.
    var listed: Text {
        guard listsCandidates else { return message }
        func line(_ language: Language) -> String {
            let candidates = details.map { $0(in: language).split(separator: " ").joined(separator: " ") }
            let told = "\(message(in: language)) (\(candidates.joined(separator: "; ")))"
            return hint.map { "\(told): \($0(in: language))" } ?? told
        }
        return Text(en: line(.english), es: line(.spanish))
    }
}
