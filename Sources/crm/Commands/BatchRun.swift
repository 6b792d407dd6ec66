import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of `batch` on a command line.
struct BatchRequest: Equatable {
    /// The file of commands; `-` for standard input.
    let path: String
    /// Whether each line is a transaction of its own.
    let isEach: Bool

    /// - Throws: ``CRMError`` `usage` for options that contradict each other.
    init(_ invocation: Invocation) throws(CRMError) {
        path = invocation.operands.first ?? "-"
        isEach = invocation[BatchCommand.each]
        guard isEach, invocation[WritingOptions.dryRun] else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--dry-run needs one transaction: leave --each out",
                es: "--dry-run necesita una sola transacción: omitir --each"
            )
        )
    }
}

/// A single run of `batch`.
struct BatchRun {
    private let session: Session
    private let path: String
    private let isEach: Bool

    init(_ request: BatchRequest, session: Session) {
        self.session = session
        path = request.path
        isEach = request.isEach
    }

    /// The error that rolls back the batch if a line failed.
    private struct Failed: Error {
        let line: Int
    }

    func run() throws {
        let source = try session.open(path)
        let store = try session.openStore(for: .writing)
        let request = session.writeRequest()
        let interruption = session.interruption
        var lines = LinesReader(source, maximumLength: Self.longestLine)
        let sink = session.lineSink
        if isEach {
            interruption.hold(reading: source)
            let failures = try run(&lines, on: store, to: sink, interruption)
            guard failures == 0 else { throw CommandFailure(status: ExitStatus.rejected) }
            return
        }
        do {
            try store.write(request) { _ in
                interruption.hold(reading: source)
                _ = try run(&lines, on: store, to: sink, interruption)
                // If a result cannot be written, the batch is rolled back.
                try flush(sink)
                try interruption.check()
            }
            if session.isDryRun { try session.noteDryRun() }
        } catch let failed as Failed {
            try session.note(
                Text(
                    en: "line \(failed.line) failed; nothing was saved",
                    es: "la línea \(failed.line) falló; no se guardó nada"
                )
            )
            throw CommandFailure(status: ExitStatus.rejected)
        }
    }

    /// The maximum length of a line in bytes, enough for a long text among the values.
    private static let longestLine = 16 * 1024 * 1024

    /// Runs every line of the batch.
    ///
    /// - Returns: the number of failed lines.
    private func run(
        _ lines: inout LinesReader,
        on store: Store,
        to sink: ByteSink,
        _ interruption: Interruption
    ) throws -> Int {
        var runner = BatchLineRunner(session: session, store: store, path: path, isEach: isEach)
        var failures = 0
        var last = 0
        while let line = try next(&lines, after: last, interruption) {
            last = line.number
            if isEach {
                store.clock = try session.present()
                try store.renew()
            }
            guard let outcome = try outcome(of: line, by: &runner) else { continue }
            let hasFailed = outcome.status != ExitStatus.done
            if hasFailed { failures += 1 }
            try write(outcome.json, ofLine: line.number, to: sink, atOnce: isEach || hasFailed)
            if hasFailed, !isEach { throw Failed(line: line.number) }
        }
        return failures
    }

    /// - Parameter atOnce: whether to flush the output at once, for a caller that waits for each result before sending
    ///   the next line.
    private func write(_ json: [UInt8], ofLine line: Int, to sink: ByteSink, atOnce: Bool) throws {
        do throws(WriteError) {
            try sink.append(json)
            if atOnce { try sink.flush() }
        } catch {
            guard error.isBrokenPipe else { throw error }
            // A batch that is one transaction is then rolled back.
            throw isEach ? ReaderGone(afterLine: line) : ReaderGone.unsaved
        }
    }

    private func flush(_ sink: ByteSink) throws {
        do throws(WriteError) {
            try sink.flush()
        } catch {
            guard error.isBrokenPipe else { throw error }
            throw ReaderGone.unsaved
        }
    }

    private func outcome(
        of line: LinesReader.Line,
        by runner: inout BatchLineRunner
    ) throws -> BatchLineRunner.Outcome? {
        do {
            return try runner.run(line.string, number: line.number)
        } catch let error as CRMError where error.code == .interrupted {
            throw interrupted(after: line.number - 1)
        }
    }

    private func interrupted(after last: Int) -> CRMError {
        guard isEach else { return .interruptedUnsaved }
        return CRMError(
            .interrupted,
            Text(
                en: "interrupted after line \(last); what was done stands",
                es: "interrumpido después de la línea \(last); lo hecho queda"
            )
        )
    }

    private func next(
        _ lines: inout LinesReader,
        after last: Int,
        _ interruption: Interruption
    ) throws -> LinesReader.Line? {
        func check() throws {
            do {
                try interruption.check()
            } catch {
                throw interrupted(after: last)
            }
        }
        try check()
        do throws(LineError) {
            return try lines.next()
        } catch {
            // A signal also ends the reading.
            try check()
            throw CRMError(unreadable: error, source: Text(path))
        }
    }
}

/// Runs the lines of a batch, each as a command of its own.
struct BatchLineRunner {
    private var session: Session
    private let store: Store
    private let path: String
    private let isEach: Bool
    private var parser: LineParser<Session>

    /// - Parameters:
    ///   - path: the path of the file with the lines.
    ///   - isEach: whether each line is a transaction of its own.
    init(session: Session, store: Store, path: String, isEach: Bool) {
        self.session = session
        self.store = store
        self.path = path
        self.isEach = isEach
        parser = LineParser(root: session.root)
    }

    /// The result of a line.
    struct Outcome {
        /// The exit status that the command would have.
        let status: Int32
        /// The object that reports the result, on one line.
        let json: [UInt8]
    }

    /// Runs a line.
    ///
    /// - Returns: `nil` for a line without a command.
    /// - Throws: the errors that end the whole batch.
    mutating func run(_ text: String, number: Int) throws -> Outcome? {
        let repetition = Repetition()
        while true {
            let line = BatchLine(store: store, input: path, isRevocable: !isEach, isDryRun: session.isDryRun)
            do {
                guard try run(text, as: line, repetition) else { return nil }
                return Outcome(status: ExitStatus.done, json: success(line, number: number))
            } catch {
                if let error = error as? CRMError, error.code == .interrupted { throw error }
                guard repetition.begins(after: error) else { return failure(error, line, number: number) }
                try store.renew()
            }
        }
    }

    /// Runs a line once.
    ///
    /// - Returns: whether there is a command.
    private mutating func run(_ text: String, as line: BatchLine, _ repetition: Repetition) throws -> Bool {
        var words = try split(text)
        guard let first = words.first else { return false }
        if [session.program, "crm"].contains(first) { words.removeFirst() }
        followDefinitions()
        let invocation = try parser.parse(words)
        try check(invocation)
        try session.session(for: line, invocation, words: words, repetition: repetition).run()
        return true
    }

    /// Adopts definitions that a line, or another process, has added, for the following lines.
    private mutating func followDefinitions() {
        guard let session = session.following(store) else { return }
        self.session = session
        parser = LineParser(root: session.root)
    }

    private func split(_ text: String) throws(CRMError) -> [String] {
        do throws(ShellWords.Malformed) {
            return try ShellWords.split(text)
        } catch {
            throw CRMError(
                .usage,
                Text(
                    en: "column \(error.column): \(error.reason.en)",
                    es: "columna \(error.column): \(error.reason.es)"
                )
            )
        }
    }

    /// Refuses options that apply only to a whole batch.
    private func check(_ invocation: Invocation) throws(CRMError) {
        let ofBatch: [any OptionDeclaration] = [
            GlobalOptions.database, GlobalOptions.timeout, GlobalOptions.allowForeignSchema,
        ]
        guard let option = ofBatch.first(where: invocation.has) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "\(option.spelling) is of the whole batch, not of a line",
                es: "\(option.spelling) es de todo el lote, no de una línea"
            )
        )
    }

    private func success(_ line: BatchLine, number: Int) -> [UInt8] {
        let notices = JSONValue.array(line.notices.map(JSONValue.string)).text
        let duplicates = JSONValue.array(line.duplicates).text
        return Array("{\"line\":\(number),\"exit\":\(ExitStatus.done),\"result\":".utf8) + line.json
            + Array(",\"notices\":\(notices),\"duplicates\":\(duplicates)}\n".utf8)
    }

    private func failure(_ error: any Error, _ line: BatchLine, number: Int) -> Outcome {
        let answer = ErrorAnswer(to: error)
        // A command that fails without an error has already reported its rows.
        let words = answer.error ?? CRMError(.rejected, Text(en: "the command failed", es: "el comando falló"))
        var members = words.members(callingProgram: session.program, in: session.language)
        if !line.problems.isEmpty { members.append(JSONMember("rows", .array(line.problems))) }
        let object = JSONValue.object([
            JSONMember("line", .number(JSONNumber(Int64(number)))),
            JSONMember("exit", .number(JSONNumber(Int64(answer.status)))),
            JSONMember("error", .object(members)),
        ])
        return Outcome(status: answer.status, json: JSONLine.bytes(object))
    }
}
