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
        guard let filed = try file(message, to: contacts, consequences) else { return .needless }
        let delivery: WrittenMessage.Delivery
        do {
            delivery = try message.offer(to: command, in: session)
        } catch {
            try takeBack(filed, consequences, because: error)
            throw error
        }
        switch delivery {
        case .sent: return .sent(filed.id)
        case .refused(let error):
            try takeBack(filed, consequences, because: error)
            return .refused(error)
        case .failed(let error):
            try takeBack(filed, consequences, because: error)
            throw error
        case .unknown(var error):
            if let id = filed.id { error.hint = Self.filedHint(id) }
            throw error
        }
    }

    /// What filing a message has saved.
    private struct Filed {
        /// The id of the message; `nil` where it cannot be filed.
        let id: Int64?
        /// The change set; `nil` if nothing was changed.
        let changeSet: Int64?
        /// The change set that the command had saved before.
        let earlier: Int64?
    }

    /// - Returns: `nil` for a message that is not to be sent any more.
    private func file(
        _ message: WrittenMessage,
        to contacts: [Int64],
        _ consequences: Consequences
    ) throws -> Filed? {
        let (before, earlier) = (store.savedChangeSet, session.savedChangeSet)
        var id: Int64?
        let isNeeded: Bool = try store.write(session.writeRequest()) { transaction in
            if try consequences.isNeedless() { return false }
            id = try message.file(to: contacts, in: transaction)
            try consequences.filed(id, transaction)
            return true
        }
        guard isNeeded else { return nil }
        let changeSet = store.savedChangeSet
        return Filed(id: id, changeSet: changeSet == before ? nil : changeSet, earlier: earlier)
    }

    /// Takes a filed message that was not sent back, also after a signal.
    private func takeBack(_ filed: Filed, _ consequences: Consequences, because error: any Error) throws {
        do {
            try session.interruption.finishing { try reverse(filed, consequences) }
            // The message is gone again, so it must not be reported as saved.
            session.savedChangeSet = filed.earlier
        } catch let other as CRMError {
            guard let id = filed.id else { throw other }
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

    /// Reverses the filing of a message, together with the documents made from its files. If these have been changed
    /// since, or others refer to them, only the message is deleted.
    private func reverse(_ filed: Filed, _ consequences: Consequences) throws {
        if let changeSet = filed.changeSet {
            do throws(CRMError) {
                _ = try store.undo(changeSet, session.writeRequest())
                return
            } catch {
                guard [.conflict, .refused, .notFound].contains(error.code) else { throw error }
            }
        }
        try store.write(session.writeRequest()) { transaction in
            if let id = filed.id { try transaction.delete(session.registry[.email], id: id, reach: .links) }
            try consequences.takenBack(transaction)
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
