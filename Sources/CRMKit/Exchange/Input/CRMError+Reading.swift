import Formats
import Localization

extension CRMError {
    /// Input could not be read, or the user interrupted the reading.
    ///
    /// - Parameter source: what was read, for the message.
    public init(unreadable error: ReadError, source: Text = Text(en: "the input", es: "la entrada")) {
        switch error {
        case .contradicted(let contradiction):
            let problem = RowProblem(contradiction, row: 0)
            self.init(
                .inputOutput,
                Text(en: "\(source.en): \(problem.reason.en)", es: "\(source.es): \(problem.reason.es)")
            )
        case .cancelled: self = .interruptedUnsaved
        case .failed(let number):
            let reason = Text(errno: number)
            self.init(
                .inputOutput,
                Text(
                    en: "\(source.en): cannot read: \(reason.en)",
                    es: "\(source.es): no se puede leer: \(reason.es)"
                )
            )
        }
    }

    /// A write that the user interrupted, and that was taken back.
    public static var interruptedUnsaved: CRMError {
        CRMError(.interrupted, Text(en: "interrupted; nothing was saved", es: "interrumpido; no se guardó nada"))
    }
}
