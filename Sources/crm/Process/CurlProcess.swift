import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A process of curl that makes requests one after another, over one connection where possible.
///
/// All instructions go through the standard input of the process, so that its arguments and its environment contain no
/// secret. The process follows no redirect and ignores the user's own configuration of curl.
final class CurlProcess {
    private let process: pid_t
    private let output: FileDescriptor
    private let mark: [UInt8]
    private let isReady: (Int32) -> Bool
    private var buffer: [UInt8] = []
    /// The number of bytes of the buffer that belong to responses already returned.
    private var passed = 0
    private var hasEnded = false

    private static let command = "exec curl -q --config -"
    /// The greatest size of a response in memory, in bytes; a longer one goes to an unnamed file.
    private static let mostInMemory = 8 << 20
    private static let mostWhole = 1 << 30
    /// The number that a shell adds to that of the signal by which a process ended.
    private static let signalled: Int32 = 128
    private static let pieceSize = 1 << 18

    /// Starts curl.
    ///
    /// - Parameters:
    ///   - environment: the environment for curl, without the variables of this program.
    ///   - isReady: waits until curl's output can be read; returns false if curl should be ended.
    ///   - requests: the requests to begin with, as many as there is room for.
    /// - Throws: ``CRMError`` `inputOutput` if curl cannot be started.
    init(
        _ requests: [HTTPRequest],
        _ options: HTTPOptions,
        environment: Environment,
        waiting isReady: @escaping (Int32) -> Bool
    ) throws {
        self.isReady = isReady
        let bits: [UInt64] = [.random(in: .min ... .max), .random(in: .min ... .max)]
        let name = bits.map { String($0, radix: 36) }.joined()
        mark = Array("\n\(name) ".utf8)
        do {
            (process, output) = try Self.start(
                reading: requests.map { Array(Self.configuration($0, options, mark: name).utf8) },
                stoppingAtFailure: options.stopsAtFailure,
                environment.variables.filter { !$0.key.hasPrefix("CRM_") }
            )
        } catch {
            throw CRMError(.inputOutput, errno: error.code, path: "curl")
        }
    }

    deinit { end() }

    /// Ends the process, whatever it is doing.
    func end() {
        if hasEnded { return }
        hasEnded = true
        kill(process, SIGTERM)
        close(output.rawValue)
        ShellProcess.wait(for: process)
    }

    /// Returns the next response.
    ///
    /// - Returns: `nil` after the last response, and if the process has ended before.
    /// - Throws: ``CRMError`` `interrupted` if a signal asks the program to stop; `failed` if curl is not installed,
    ///   and for a response longer than 1 GiB.
    func next() throws -> HTTPResponse? {
        do {
            return try readNext()
        } catch let error as SystemError {
            throw CRMError(.inputOutput, errno: error.code, path: "curl")
        }
    }

    private func readNext() throws -> HTTPResponse? {
        var spool: UnsafeMutablePointer<FILE>?
        defer { if let spool { fclose(spool) } }
        var spooled = 0
        var head: [UInt8] = []
        var seen = passed
        while true {
            if let start = buffer.firstIndex(of: mark, from: seen),
                let end = buffer[(start + mark.count)...].firstIndex(of: 0x0A)
            {
                let trailer = String(decoding: buffer[(start + mark.count)..<end], as: UTF8.self)
                let last = buffer[passed..<start]
                passed = end + 1
                guard let file = spool else { return response(last, trailer) }
                try FileDescriptor(rawValue: fileno(file)).write(Array(last))
                return try response(head, spooledIn: file, trailer)
            }
            buffer.removeFirst(passed)
            passed = 0
            seen = max(0, buffer.count - mark.count - Self.longestTrailer)
            if buffer.count > Self.mostInMemory {
                guard let file = spool ?? tmpfile() else { throw SystemError(code: errno) }
                if spool == nil { head = Array(buffer.prefix(1 << 16)) }
                spool = file
                try FileDescriptor(rawValue: fileno(file)).write(Array(buffer[..<seen]))
                spooled += seen
                buffer.removeFirst(seen)
                seen = 0
            }
            guard spooled + buffer.count <= Self.mostWhole else { throw Self.tooLong }
            guard isReady(output.rawValue) else { throw CRMError.interruptedUnsaved }
            let piece = try output.read(upTo: Self.pieceSize)
            if piece.isEmpty {
                try checkEnd()
                return nil
            }
            buffer += piece
        }
    }

    private static let longestTrailer = 1024

    private func response(_ bytes: ArraySlice<UInt8>, _ trailer: String) -> HTTPResponse {
        let head = HTTPHead(bytes)
        let body = Array(bytes.dropFirst(head?.length ?? 0))
        return response(head, ByteSource(bytes: body, encoding: .certain(.utf8)), trailer)
    }

    private func response(
        _ beginning: [UInt8],
        spooledIn file: UnsafeMutablePointer<FILE>,
        _ trailer: String
    ) throws -> HTTPResponse {
        let head = HTTPHead(beginning[...])
        let descriptor = dup(fileno(file))
        guard descriptor >= 0, lseek(descriptor, Int(head?.length ?? 0), SEEK_SET) >= 0 else {
            throw SystemError(code: errno)
        }
        return response(head, ByteSource(owning: descriptor, encoding: .certain(.utf8)), trailer)
    }

    private func response(_ head: HTTPHead?, _ body: ByteSource, _ trailer: String) -> HTTPResponse {
        let parts = trailer.split(separator: " ", maxSplits: 1)
        return HTTPResponse(
            head: head,
            body: body,
            outcome: parts.first.flatMap { Int($0) } ?? -1,
            complaint: parts.count > 1 ? String(parts[1]) : ""
        )
    }

    /// Checks how the process ended.
    ///
    /// - Throws: ``CRMError`` `interrupted` if a signal has ended it; `failed` if curl could not be run.
    private func checkEnd() throws {
        if hasEnded { return }
        hasEnded = true
        close(output.rawValue)
        let status = ShellProcess.wait(for: process)
        // A signal to the whole group of processes, such as Ctrl-C, ends curl too, perhaps before this process has it.
        if let status, [SIGINT, SIGTERM, SIGHUP].contains(status - Self.signalled) {
            throw CRMError.interruptedUnsaved
        }
        guard status == 127 || status == 126 else { return }
        throw CRMError(
            .failed,
            Text(en: "curl is not installed", es: "curl no está instalado"),
            hint: Text(en: "install the package curl", es: "instalar el paquete curl")
        )
    }

    private static var tooLong: CRMError {
        CRMError(
            .failed,
            Text(en: "the server's answer is longer than 1 GiB", es: "la respuesta del servidor tiene más de 1 GiB")
        )
    }

    /// The fcntl(2) commands for the capacity of a pipe, F_SETPIPE_SZ and F_GETPIPE_SZ, which are specific to Linux and
    /// missing from the imported headers.
    private enum PipeSize {
        static let set: Int32 = 1031
        static let get: Int32 = 1032
        static let large: Int32 = 1 << 20
    }

    // MARK: - Configuration

    private static func configuration(_ request: HTTPRequest, _ options: HTTPOptions, mark: String) -> String {
        var lines = ["url = \(quoted(request.address))", "globoff", "silent", "include", "suppress-connect-headers"]
        lines += ["compressed", "fail-with-body", "proto = \"=http,https\"", "connect-timeout = 30"]
        lines += ["max-time = \(options.timeLimit)", "speed-limit = 1", "speed-time = \(min(60, options.timeLimit))"]
        lines += request.fields.map { "header = \(quoted("\($0.name): \($0.value)"))" }
        if let form = request.form {
            lines += form.isEmpty ? ["data = \"\""] : []
            lines += form.map { "data-urlencode = \(quoted("\($0.name)=\($0.value)"))" }
        }
        if let authorities = options.authorities { lines.append("cacert = \(quoted(authorities))") }
        if let proxy = options.proxy { lines.append("proxy = \(quoted(proxy))") }
        lines.append("write-out = \(quoted("\n\(mark) %{exitcode} %{errormsg}\n"))")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns a value quoted for curl's configuration.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": quoted += "\\\(character)"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return quoted + "\""
    }

    /// Returns the input for curl: as many requests as there is room for, at least one.
    private static func input(of requests: [[UInt8]], stoppingAtFailure stops: Bool, atMost room: Int) -> [UInt8] {
        var input = stops ? Array("fail-early\n".utf8) : []
        for (index, request) in requests.enumerated() {
            guard index == 0 || input.count + request.count + separator.count <= room else { break }
            if index > 0 { input += separator }
            input += request
        }
        return input
    }

    private static let separator = Array("next\n".utf8)

    private static func start(
        reading requests: [[UInt8]],
        stoppingAtFailure stops: Bool,
        _ variables: [String: String]
    ) throws(SystemError) -> (process: pid_t, output: FileDescriptor) {
        // The configuration is written before curl reads, and to a pipe, so that no file contains it.
        let (question, told) = try ShellProcess.pipe()
        defer { close(question.rawValue) }
        var isOpen = true
        defer { if isOpen { close(told.rawValue) } }
        _ = fcntl(told.rawValue, PipeSize.set, PipeSize.large)
        let room = Int(fcntl(told.rawValue, PipeSize.get))
        let input = input(of: requests, stoppingAtFailure: stops, atMost: room)
        guard input.count <= room else { throw SystemError(code: E2BIG) }
        try told.write(input)
        close(told.rawValue)
        isOpen = false
        let (reading, writing) = try ShellProcess.pipe()
        defer { close(writing.rawValue) }
        // A large buffer lets curl go on while this process writes.
        _ = fcntl(reading.rawValue, PipeSize.set, PipeSize.large)
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { if null >= 0 { close(null) } }
        do throws(SystemError) {
            let process = try ShellProcess.start(
                command,
                variables: variables,
                descriptors: [
                    (of: question.rawValue, as: STDIN_FILENO), (of: writing.rawValue, as: STDOUT_FILENO),
                    (of: null, as: STDERR_FILENO),
                ],
                defaults: [SIGPIPE]
            )
            return (process, reading)
        } catch {
            close(reading.rawValue)
            throw error
        }
    }
}
