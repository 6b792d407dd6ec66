import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A written message in an unnamed file, so that the message filed is exactly the one sent.
final class WrittenMessage {
    /// The description of a batch line that sends mail.
    static let sending = Text(en: "sends mail", es: "envía correo")

    private let file: UnnamedFile

    /// - Parameter write: writes the message.
    init(_ write: (ByteSink) throws -> Void) throws { file = try UnnamedFile(write) }

    /// Passes on the bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try file.forEachPiece(body)
    }

    /// The exit statuses by which a sending command refuses only this message: it is malformed, the address or host
    /// does not exist, or a service it needs is unavailable (sysexits.h: EX_USAGE to EX_UNAVAILABLE).
    private static let refusals: ClosedRange<Int32> = 64...69

    /// The outcome of giving the message to the sending command.
    enum Delivery {
        case sent
        /// The command has refused this one message, for a reason to report.
        case refused(CRMError)
        /// The command failed in a way that would affect other messages too.
        case failed(CRMError)
        /// The command did not end in time. Nobody knows whether the message is on its way.
        case unknown(CRMError)
    }

    /// The greatest time for one message, in seconds: servers may take minutes for each step (RFC 5321 section 4.5.3.2),
    /// but a command that hangs must end.
    private static let patience = 600

    /// Returns the configured command.
    ///
    /// - Throws: ``CRMError`` `configuration` if there is none.
    static func command(in session: Session) throws -> String {
        if let command = try UserConfiguration(environment: session.environment).value(of: .mailSend) {
            return command
        }
        throw CRMError(
            .configuration,
            Text(
                en: "no program is configured that sends mail",
                es: "no hay programa configurado que envíe correo"
            ),
            hint: Text("\(ProgramName.placeholder) config set mail.send 'sendmail -t'")
        )
    }

    /// Gives the message to a command. Signals wait until it has ended.
    ///
    /// - Throws: ``CRMError`` `inputOutput` if the command cannot be started.
    func offer(to command: String, in session: Session) throws -> Delivery {
        session.repetition.spend()
        session.interruption.hold()
        let input = file.rewound()
        let process: pid_t
        do throws(SystemError) {
            process = try ShellProcess.start(
                command,
                variables: session.environment.variables,
                // The output of the command goes to standard error, apart from results.
                descriptors: [(of: input, as: STDIN_FILENO), (of: STDERR_FILENO, as: STDOUT_FILENO)],
                defaults: [SIGPIPE]
            )
        } catch {
            throw CRMError(.inputOutput, errno: error.code, path: command)
        }
        let deadline = ContinuousClock.now + .seconds(Self.patience)
        let ending = ShellProcess.wait(for: process, endingAt: deadline)
        // What became of the message must be noted, even after a signal.
        session.interruption.pass()
        guard case .ended(let status) = ending else { return .unknown(Self.tooSlow(command)) }
        if status == 0 { return .sent }
        let error = CRMError(
            .failed,
            Text(
                en: "not sent: \(command): ended with status \(status)",
                es: "no se envió: \(command): terminó con estado \(status)"
            )
        )
        return Self.refusals.contains(status) ? .refused(error) : .failed(error)
    }

    private static func tooSlow(_ command: String) -> CRMError {
        CRMError(
            .failed,
            Text(
                en: """
                    \(command): it took longer than \(patience) s and was ended; it may have sent the message all the same
                    """,
                es: "\(command): tardó más de \(patience) s y se detuvo; puede haber enviado el mensaje de todos modos"
            ),
            hint: Text(
                en: "see whether the message is on its way before sending it again",
                es: "comprobar si el mensaje salió antes de enviarlo de nuevo"
            )
        )
    }

    /// Files the message.
    ///
    /// - Parameter contacts: the contacts to whom it was written.
    /// - Returns: the message's id.
    func file(to contacts: [Int64], in transaction: Transaction) throws -> Int64? {
        let outcome = try MailImport(sent: true, in: transaction).take(
            isOfMbox: false,
            { body in
                try forEachPiece(body)
                return true
            }
        )
        switch outcome {
        case .created(let id), .unchanged(let id), .completed(let id):
            try transaction.linkMail(id, writtenTo: contacts)
            return id
        case .rejected, .setAside, .mailboxData, nil: return nil
        }
    }
}
