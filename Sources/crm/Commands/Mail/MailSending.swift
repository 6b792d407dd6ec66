import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A message as it is written, in a file without a name, to be sent and to be filed as it was.
final class WrittenMessage {
    /// What a line of a batch does that gives one to the command which sends it.
    static let sending = Text(en: "sends mail", es: "envía correo")

    private let file: UnsafeMutablePointer<FILE>

    /// - Parameter write: writes it.
    init(_ write: (ByteSink) throws -> Void) throws {
        guard let file = tmpfile() else { throw CRMError(.inputOutput, errno: errno, path: "TMPDIR") }
        self.file = file
        let sink = ByteSink(descriptor: fileno(file))
        try write(sink)
        try sink.flush()
    }

    deinit { fclose(file) }

    /// Gives its bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        lseek(fileno(file), 0, SEEK_SET)
        try RawSource(descriptor: fileno(file)).forEachPiece(body)
    }

    /// Lets the configured command send it.
    ///
    /// - Throws: ``CRMError`` `configuration` where there is none, `failed` where it ends with another status than 0.
    func send(in session: Session) throws {
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
        session.interruption.hold()
        try session.interruption.check()
        lseek(fileno(file), 0, SEEK_SET)
        let process: pid_t
        do throws(SystemError) {
            process = try ShellProcess.start(
                command,
                variables: session.environment.variables,
                // What it says is for the person who sends, not among the results.
                descriptors: [(of: fileno(file), as: STDIN_FILENO), (of: STDERR_FILENO, as: STDOUT_FILENO)],
                defaults: [SIGPIPE]
            )
        } catch {
            throw CRMError(.inputOutput, errno: error.code, path: command)
        }
        let status = ShellProcess.wait(for: process) ?? 0
        // What was sent is filed, whatever comes meanwhile.
        session.interruption.pass()
        guard status == 0 else {
            throw CRMError(
                .failed,
                Text(
                    en: "not sent: \(command): ended with status \(status)",
                    es: "no se envió: \(command): terminó con estado \(status)"
                )
            )
        }
    }

    /// Files what was sent.
    ///
    /// - Returns: the message's id.
    func file(in transaction: Transaction) throws -> Int64? {
        switch try MailImport(sent: true, in: transaction).take(
            isOfMbox: false,
            { body in
                try forEachPiece(body)
                return true
            }
        ) {
        case .created(let id), .unchanged(let id): id
        case .rejected, nil: nil
        }
    }
}
