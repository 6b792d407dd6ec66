import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A program run as a filter: it reads its input from standard input and writes the result to standard output.
struct FilterProcess {
    /// The command line for `/bin/sh`.
    let command: String
    /// The program's name in errors; the first word of the command by default.
    var name: String?
    /// The environment it runs in.
    let environment: Environment

    /// Runs the command.
    ///
    /// - Parameters:
    ///   - input: the input of the command, stored in an unnamed file, so that the command may read it slowly.
    ///   - isReady: waits until the output of the command can be read; returns `false` if the command should be ended.
    ///   - take: called with the output, piece by piece.
    /// - Throws: ``CRMError`` `inputOutput` if the input cannot be stored or the command cannot be started, `failed` if it
    ///   exits with a status other than 0 or writes nothing; the errors of `take`.
    func run(
        _ input: [UInt8],
        waiting isReady: (Int32) -> Bool = { _ in true },
        take: ([UInt8]) throws -> Void
    ) throws {
        try run(writing: { try $0.append(input) }, waiting: isReady, take: take)
    }

    /// Runs the command with an input that is written piece by piece.
    func run(
        writing input: (ByteSink) throws -> Void,
        waiting isReady: (Int32) -> Bool = { _ in true },
        take: ([UInt8]) throws -> Void
    ) throws {
        try run(on: UnnamedFile(input), waiting: isReady, take: take)
    }

    /// Runs the command with an input that is stored already.
    func run(
        on input: UnnamedFile,
        waiting isReady: (Int32) -> Bool = { _ in true },
        take: ([UInt8]) throws -> Void
    ) throws {
        do {
            let (process, output) = try start(reading: input.rewound())
            var isEmpty = true
            do {
                defer { close(output.rawValue) }
                while true {
                    guard isReady(output.rawValue) else { throw CRMError.interruptedUnsaved }
                    let piece = try output.read(upTo: 1 << 16)
                    if piece.isEmpty { break }
                    isEmpty = false
                    try take(piece)
                }
            } catch {
                kill(process, SIGTERM)
                ShellProcess.wait(for: process)
                throw error
            }
            let status = ShellProcess.wait(for: process)
            guard status == 0, !isEmpty else { throw ended(status ?? 0) }
        } catch let error as SystemError {
            throw CRMError(.inputOutput, errno: error.code, path: calling)
        }
    }

    /// The program's name in errors.
    var calling: String { name ?? command.split(separator: " ").first.map(String.init) ?? command }

    private func start(reading input: Int32) throws(SystemError) -> (process: pid_t, output: FileDescriptor) {
        let (reading, writing) = try ShellProcess.pipe()
        defer { close(writing.rawValue) }
        do throws(SystemError) {
            let process = try ShellProcess.start(
                command,
                variables: environment.variables,
                descriptors: [(of: input, as: STDIN_FILENO), (of: writing.rawValue, as: STDOUT_FILENO)],
                defaults: [SIGPIPE]
            )
            return (process, reading)
        } catch {
            close(reading.rawValue)
            throw error
        }
    }

    private func ended(_ status: Int32) -> CRMError {
        let reason =
            status == 0
            ? Text(en: "wrote nothing", es: "no escribió nada")
            : Text(en: "ended with status \(status)", es: "terminó con estado \(status)")
        return CRMError(.failed, Text(en: "\(calling): \(reason.en)", es: "\(calling): \(reason.es)"))
    }
}
