import CRMKit
import Glibc
import Localization

/// A program that makes something else of what it is given: it reads its standard input and writes its standard output.
struct FilterProcess {
    /// What `/bin/sh` runs.
    let command: String

    /// Runs it.
    ///
    /// - Parameters:
    ///   - input: what it reads, kept in a file without a name, so that it may read as slowly as it likes.
    ///   - take: is given what it writes, piece by piece.
    /// - Throws: ``CRMError`` `inputOutput` where it cannot be started, `failed` where it ends with another status than 0
    ///   or writes nothing; what `take` throws.
    func run(_ input: [UInt8], take: ([UInt8]) throws -> Void) throws {
        guard let file = tmpfile() else { throw failure(errno) }
        defer { fclose(file) }
        guard fwrite(input, 1, input.count, file) == input.count, fflush(file) == 0 else { throw failure(errno) }
        rewind(file)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process: pid_t
        do {
            defer { close(ends[1]) }
            process = try spawn(reading: fileno(file), writing: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        let count: Int
        do {
            defer { close(ends[0]) }
            count = try read(ends[0], take)
        } catch {
            kill(process, SIGTERM)
            _ = wait(for: process)
            throw error
        }
        let status = wait(for: process)
        guard status == 0, count > 0 else { throw ended(status) }
    }

    private func read(_ descriptor: Int32, _ take: ([UInt8]) throws -> Void) throws -> Int {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        while true {
            let length = Glibc.read(descriptor, &buffer, buffer.count)
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw failure(errno) }
            if length == 0 { return count }
            count += length
            try take(Array(buffer[..<length]))
        }
    }

    private func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private func spawn(reading input: Int32, writing output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
        defer { arguments.forEach { free($0) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environ)
        guard result == 0 else { throw failure(result) }
        return process
    }

    private func failure(_ number: Int32) -> CRMError { CRMError(.inputOutput, errno: number, path: command) }

    private func ended(_ status: Int32) -> CRMError {
        let code = status & 0x7F == 0 ? Int(status >> 8 & 0xFF) : 128 + Int(status & 0x7F)
        let reason =
            code == 0
            ? Text(en: "wrote nothing", es: "no escribió nada")
            : Text(en: "ended with status \(code)", es: "terminó con estado \(code)")
        return CRMError(.failed, Text(en: "\(command): \(reason.en)", es: "\(command): \(reason.es)"))
    }

    /// Whether a program of this name is found in the folders of a `PATH`.
    static func finds(_ program: String, in path: String?) -> Bool {
        (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").contains {
            access("\($0)/\(program)", X_OK) == 0
        }
    }
}
