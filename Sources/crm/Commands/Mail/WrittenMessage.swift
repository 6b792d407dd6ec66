import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A written message in an unnamed file, so that the message filed is exactly the one sent.
final class WrittenMessage {
    /// The description of a batch line that sends mail.
    static let sending = Text(en: "sends mail", es: "envía correo")

    private let file: UnsafeMutablePointer<FILE>

    /// - Parameter write: writes the message.
    init(_ write: (ByteSink) throws -> Void) throws {
        guard let file = tmpfile() else { throw CRMError(.inputOutput, errno: errno, path: "TMPDIR") }
        self.file = file
        let sink = ByteSink(descriptor: fileno(file))
        try write(sink)
        try sink.flush()
    }

    deinit { fclose(file) }

    /// Passes on the bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        lseek(fileno(file), 0, SEEK_SET)
        try RawSource(descriptor: fileno(file)).forEachPiece(body)
    }

    /// The exit statuses by which a sending command refuses only this message: it is malformed, the address or host
    /// does not exist, or a service it needs is unavailable (sysexits.h: EX_USAGE to EX_UNAVAILABLE).
    private static let refusals: ClosedRange<Int32> = 64...69

    /// Sends the message with the configured command.
    ///
    /// - Throws: ``CRMError`` `configuration` if no command is configured, `failed` if it exits with a status other
    ///   than 0.
    func send(in session: Session) throws {
        if let refusal = try offer(in: session) { throw refusal }
    }

    /// Sends the message with the configured command, which may refuse this one message.
    ///
    /// - Returns: the reason of a refusal, as an error to report; `nil` if the message was sent.
    /// - Throws: ``CRMError`` `configuration` if no command is configured, `failed` if it exits in a way that would
    ///   affect other messages too.
    func offer(in session: Session) throws -> CRMError? {
        guard let command = try UserConfiguration(environment: session.environment).value(of: .mailSend) else {
            throw CRMError(
                .configuration,
                Text(
                    en: "no program is configured that sends mail",
                    es: "no hay programa configurado que envíe correo"
                ),
                hint: Text("\(ProgramName.placeholder) config set mail.send 'sendmail -t'")
            )
        }
        session.repetition.spend()
        session.interruption.hold()
        try session.interruption.check()
        lseek(fileno(file), 0, SEEK_SET)
        let process: pid_t
        do throws(SystemError) {
            process = try ShellProcess.start(
                command,
                variables: session.environment.variables,
                // The output of the command goes to standard error, apart from results.
                descriptors: [(of: fileno(file), as: STDIN_FILENO), (of: STDERR_FILENO, as: STDOUT_FILENO)],
                defaults: [SIGPIPE]
            )
        } catch {
            throw CRMError(.inputOutput, errno: error.code, path: command)
        }
        let status = ShellProcess.wait(for: process) ?? 0
        // A sent message must be filed, even after a signal.
        session.interruption.pass()
        if status == 0 { return nil }
        let error = CRMError(
            .failed,
            Text(
                en: "not sent: \(command): ended with status \(status)",
                es: "no se envió: \(command): terminó con estado \(status)"
            )
        )
        guard Self.refusals.contains(status) else { throw error }
        return error
    }

    /// Files the sent message.
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
        case .rejected, .deleted, .mailboxData, nil: return nil
        }
    }
}
