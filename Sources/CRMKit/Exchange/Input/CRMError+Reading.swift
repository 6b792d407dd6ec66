import Formats
import Localization

extension CRMError {
    /// Creates the error that input could not be read, or that the user interrupted the reading.
    ///
    /// - Parameter source: the name of the input, for the message.
    public init(unreadable error: ReadError, source: Text = Text(en: "the input", es: "la entrada")) {
        if case .cancelled = error {
            self = .interruptedUnsaved
        } else {
            let reason = error.reason
            self.init(.inputOutput, Text(en: "\(source.en): \(reason.en)", es: "\(source.es): \(reason.es)"))
        }
    }

    /// Creates the error that a line of an input that is always in UTF-8 could not be read.
    ///
    /// - Parameter source: the name of the input, for the message.
    public init(unreadable error: LineError, source: Text) {
        if case .unreadable(let error) = error {
            self.init(unreadable: error, source: source)
        } else {
            let problem = RowProblem(error, row: 0, in: .utf8)
            let reason: Text =
                switch error {
                case .invalidUTF8(let byte, _): RowProblem.foreign(byte)
                case .nulByte: RowProblem.foreignNUL
                case .unreadable, .tooLong: problem.reason
                }
            self.init(
                .inputOutput,
                Text(
                    en: "\(source.en), line \(problem.line): \(reason.en)",
                    es: "\(source.es), línea \(problem.line): \(reason.es)"
                )
            )
        }
    }
}

extension ReadError {
    /// The reason why the bytes could not be read.
    var reason: Text {
        switch self {
        case .contradicted(let contradiction): return RowProblem(contradiction, row: 0).reason
        case .cancelled: return CRMError.interruptedUnsaved.message
        case .failed(let number):
            let reason = Text(errno: number)
            return Text(en: "cannot read: \(reason.en)", es: "no se puede leer: \(reason.es)")
        }
    }
}
