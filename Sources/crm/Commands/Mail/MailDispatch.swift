import CRMKit
import Localization

/// Sends written messages. Each is filed first, so that whatever becomes of the program nobody sends it again, and that
/// others can write while the sending command runs. A message that was not sent is taken back.
struct MailDispatch {
    /// The outcome of sending a message.
    enum Outcome {
        /// It was sent, and is filed under an id; `nil` where it cannot be filed.
        case sent(Int64?)
        /// It is not to be sent any more, as another run has sent it meanwhile.
        case needless
        /// The sending command has refused this message, for a reason.
        case refused(CRMError)
    }

    /// What is changed together with filing a message, and back with taking it back.
    struct Consequences {
        /// Whether the message need not be sent any more.
        var isNeedless: () throws -> Bool = { false }
        /// Completes the message with an id that was filed; `nil` where it cannot be filed.
        var filed: (Int64?, Transaction) throws -> Void = { _, _ in }
        /// Changes back what completed it, beside the message itself.
        var takenBack: (Transaction) throws -> Void = { _ in }
    }

    private let command: String
    private let store: Store
    private let session: Session

    /// - Parameter command: the command that sends.
    init(by command: String, from store: Store, in session: Session) {
        (self.command, self.store, self.session) = (command, store, session)
    }

    /// Files a message and then sends it.
    ///
    /// - Parameter contacts: the contacts to whom it was written.
    /// - Throws: ``CRMError`` `failed` if the command failed, or nobody knows whether the message was sent.
    func send(
        _ message: WrittenMessage,
        to contacts: [Int64],
        _ consequences: Consequences = Consequences()
    ) throws -> Outcome {
        guard case .filed(let id) = try file(message, to: contacts, consequences) else { return .needless }
        let delivery: WrittenMessage.Delivery
        do {
            delivery = try message.offer(to: command, in: session)
        } catch {
            try takeBack(id, consequences, because: error)
            throw error
        }
        switch delivery {
        case .sent: return .sent(id)
        case .refused(let error):
            try takeBack(id, consequences, because: error)
            return .refused(error)
        case .failed(let error):
            try takeBack(id, consequences, because: error)
            throw error
        case .unknown(var error):
            if let id { error.hint = Self.filedHint(id) }
            throw error
        }
    }

    private enum Filing {
        case filed(Int64?)
        case needless
    }

    private func file(
        _ message: WrittenMessage,
        to contacts: [Int64],
        _ consequences: Consequences
    ) throws -> Filing {
        try store.write(session.writeRequest()) { transaction in
            if try consequences.isNeedless() { return .needless }
            let id = try message.file(to: contacts, in: transaction)
            try consequences.filed(id, transaction)
            return .filed(id)
        }
    }

    /// Deletes a filed message that was not sent, also after a signal.
    private func takeBack(_ id: Int64?, _ consequences: Consequences, because error: any Error) throws {
        do {
            try session.interruption.finishing {
                try store.write(session.writeRequest()) { transaction in
                    if let id { try transaction.delete(session.registry[.email], id: id, reach: .links) }
                    try consequences.takenBack(transaction)
                }
            }
        } catch let other as CRMError {
            guard let id else { throw other }
            let reason = (error as? CRMError)?.message ?? other.message
            throw CRMError(
                other.code,
                Text(
                    en: "\(reason.en); it stays filed all the same: \(other.message.en)",
                    es: "\(reason.es); queda guardado de todos modos: \(other.message.es)"
                ),
                hint: Self.filedHint(id)
            )
        }
    }

    private static func filedHint(_ id: Int64) -> Text {
        let command = "\(ProgramName.placeholder) email delete \(id)"
        return Text(
            en: "it counts as sent; where it was not: \(command), and call the command again",
            es: "cuenta como enviado; si no se envió: \(command), y volver a llamar la orden"
        )
    }
}
