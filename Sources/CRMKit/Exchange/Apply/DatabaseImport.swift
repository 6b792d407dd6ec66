import Formats
import Localization
import SQLite

/// Imports records of every module, links and settings from JSON Lines, written by ``DatabaseExport`` or by hand,
/// within one transaction.
///
/// A line can name its record, `"ref":"acme"`, and other lines, earlier or later, refer to it as `"ref:acme"`. A line
/// applies to the record with its external id, or with both its id and its time of creation; when there is none, it
/// creates a record. Lines that refer to later ones wait in a temporary table, so that memory stays constant.
public final class DatabaseImport {
    /// The counts of the import so far.
    public var report: ImportReport { writer.report }
    /// Whether any written record refers to a content, which may be in no line.
    public var namesContents: Bool { writer.namesContents }

    /// Notices for the user.
    public var notices: [Text] { writer.notices }

    /// A notice for the user of lines that were rejected before definitions came, without which they may be right.
    public var noticeOfLateDefinitions: Text? {
        guard hasLateDefinition else { return nil }
        return Text(
            en: """
                fields and choices are defined further down than lines that were rejected: lines of \
                "module":"field_definition" and "module":"choice_definition" come first, as in an export
                """,
            es: """
                hay campos y opciones que se definen después de líneas que se rechazaron: las líneas de \
                "module":"field_definition" y "module":"choice_definition" van primero, como en una exportación
                """
        )
    }

    private let names: LocalNames
    private let deferred: DeferredLines
    private let kinds: LineKinds
    private let writer: AppliedLines
    private let transaction: Transaction
    /// Whether a field or choice was defined after a line was rejected.
    private var hasLateDefinition = false

    /// Starts the import within a transaction.
    ///
    /// - Parameter openFile: opens the files of contents whose bytes are stored beside the lines; `nil` if no folder is
    ///   known.
    /// - Throws: the errors that SQLite reports.
    public init(in transaction: Transaction, openingBy openFile: ContentFiles? = nil) throws {
        self.transaction = transaction
        let database = transaction.store.database
        names = try LocalNames(in: database)
        deferred = try DeferredLines(in: database)
        kinds = try LineKinds(references: LineReferences(names: names, in: transaction), in: transaction)
        writer = AppliedLines(kinds, names: names, deferred: deferred, openingBy: openFile, in: transaction)
    }

    /// Imports all lines.
    ///
    /// - Parameters:
    ///   - reject: called for each bad line when it is found. After any call the caller must not commit.
    ///   - advance: called after each line.
    /// - Throws: errors that are not the fault of a single line.
    public func take(
        from source: ByteSource,
        reject: (RowProblem) throws -> Void,
        advance: () throws -> Void
    ) throws {
        transaction.givenNumbers = GivenNumbers()
        defer { transaction.givenNumbers = nil }
        do {
            try takeLines(from: source, reject: reject, advance: advance)
        } catch let refused as RefusedDefinitions {
            writer.discount(refused.change)
            try fail(refused.cause, at: refused.place, reject)
        }
    }

    private func takeLines(
        from source: ByteSource,
        reject: (RowProblem) throws -> Void,
        advance: () throws -> Void
    ) throws {
        try checkForm(of: source)
        var reader = JSONLinesReader(source, maximumLength: Self.longestLine, joinsLines: true)
        while !reader.stoppedEarly {
            let value: JSONValue?
            do throws(JSONError) {
                value = try reader.next()
            } catch {
                writer.report.rows += 1
                try fail(error.asUTF8Error(row: reader.recordNumber), at: place(of: reader), reject)
                continue
            }
            guard let value else { break }
            writer.report.rows += 1
            if let wait = try attempt(value, at: place(of: reader), reject) {
                let line = DeferredLines.Line(
                    place: place(of: reader),
                    bytes: reader.rawLine,
                    awaited: wait.awaited,
                    name: wait.name
                )
                try deferred.add(line)
            }
            try advance()
        }
        do {
            try writer.finish()
        } catch {
            try fail(error, at: place(of: reader), reject)
        }
        try kinds.followDefinitions()
        try breakCircles(reject)
        try refuseWaiting(reject)
        do {
            try writer.settleRows()
        } catch {
            try fail(error, at: place(of: reader), reject)
        }
        try kinds.noteUntold()
        try writer.linkFollowers { error, place in try fail(error, at: place, reject) }
    }

    /// The maximum length of a line in bytes. The stored part of a calendar has up to 64 MiB, to which JSON adds a byte
    /// for each quote and line break. Only such a line takes that much memory.
    private static let longestLine = 128 * 1024 * 1024

    /// - Throws: ``CRMError`` `usage` if the first bytes of the input are not those of JSON Lines.
    private func checkForm(of source: ByteSource) throws {
        guard let form = try source.inputForm(), form != .jsonObject else { return }
        throw CRMError(
            .usage,
            Text(
                en: "this is not JSON Lines, with an object on each line",
                es: "esto no es JSON Lines, con un objeto en cada línea"
            ),
            hint: Text(
                en: "such lines are what '\(ProgramName.placeholder) export' writes; records of one module in another "
                    + "form are read as by '\(ProgramName.placeholder) contact import'",
                es: "esas líneas son lo que escribe '\(ProgramName.placeholder) export'; los registros de un módulo en "
                    + "otra forma se leen como con '\(ProgramName.placeholder) contact import'"
            )
        )
    }

    private func place(of reader: JSONLinesReader) -> LinePlace {
        LinePlace(row: reader.recordNumber, line: reader.line)
    }

    // MARK: - Single lines

    /// Writes a line and the lines that waited for it, or rejects it.
    ///
    /// - Parameter isIncomplete: whether optional references that cannot be resolved yet are left for later.
    /// - Returns: the name that the line must wait for, if any.
    private func attempt(
        _ value: JSONValue,
        at place: LinePlace,
        isIncomplete: Bool = false,
        _ reject: (RowProblem) throws -> Void
    ) throws -> AppliedLines.Wait? {
        let wait = try write(value, at: place, isIncomplete: isIncomplete, reject)
        try wake(reject)
        return wait
    }

    /// Writes the lines that wait for names which are defined now, and those that wait for these lines in turn.
    private func wake(_ reject: (RowProblem) throws -> Void) throws {
        defer { writer.defined.removeAll() }
        var next = 0
        while next < writer.defined.count, deferred.count > 0 {
            guard let line = try deferred.take(awaiting: writer.defined[next]) else {
                next += 1
                // Processed names are removed, so that a long chain of lines does not fill the memory.
                if next == 1024 {
                    writer.defined.removeFirst(next)
                    next = 0
                }
                continue
            }
            let wait = try write(line.parsed(), at: line.place, isIncomplete: false, reject)
            if let wait { try deferred.add(line.awaiting(wait.awaited)) }
        }
    }

    /// Writes a line or rejects it.
    private func write(
        _ value: JSONValue,
        at place: LinePlace,
        isIncomplete: Bool,
        _ reject: (RowProblem) throws -> Void
    ) throws -> AppliedLines.Wait? {
        if writer.report.failed > 0, case .string(let name)? = value[LineKey.module],
            Registry.isDefinition(ModuleName(rawValue: name))
        {
            hasLateDefinition = true
        }
        do {
            return try writer.write(value, at: place, isIncomplete: isIncomplete)
        } catch {
            try fail(error, at: place, reject)
            if case .string(let name)? = value[LineKey.name] { try writer.refuse(name, at: place) }
            return nil
        }
    }

    // MARK: - Lines that wait for each other

    /// Writes records that refer to each other in a cycle: first without an optional reference of one of them, which is
    /// set at the end.
    private func breakCircles(_ reject: (RowProblem) throws -> Void) throws {
        var hasProgress = true
        while hasProgress, deferred.count > 0 {
            hasProgress = false
            var last = 0
            while let line = try deferred.take(after: last) {
                last = line.place.line
                let wait = try attempt(line.parsed(), at: line.place, isIncomplete: true, reject)
                guard let wait else {
                    hasProgress = true
                    continue
                }
                try deferred.add(line.awaiting(wait.awaited))
            }
        }
        for item in writer.incomplete {
            guard let lines = kinds[item.module] else { continue }
            do {
                let meaning = try names.meaning(of: item.name)
                guard let id = meaning?.id, let module = meaning?.module else { continue }
                try lines.complete(item.id, at: item.position, with: .record(module, id))
            } catch {
                let field = lines.module.allFields[item.position].key
                try fail(LineFault(field: field, value: item.name, cause: error), at: item.place, reject)
            }
        }
    }

    /// Rejects the lines still waiting: they refer to an unknown name, or in a cycle that cannot be broken.
    private func refuseWaiting(_ reject: (RowProblem) throws -> Void) throws {
        var last = 0
        while let line = try deferred.take(after: last) {
            last = line.place.line
            let name = LineKey.namePrefix + line.awaited
            let isCircle = try line.name == line.awaited || deferred.hasName(line.awaited)
            let reason =
                isCircle
                ? ValueError(en: "the two need each other", es: "los dos se necesitan mutuamente")
                : ValueError(en: "no line has this name", es: "ninguna línea tiene este nombre")
            try fail(LineFault(field: field(of: line, name), value: name, cause: reason), at: line.place, reject)
            guard let name = line.name else { continue }
            try writer.refuse(name, at: line.place)
            try wake(reject)
        }
    }

    private func field(of line: DeferredLines.Line, _ name: String) throws -> String {
        guard case .object(let members) = try line.parsed() else { return LineKey.name }
        return members.first { $0.value == .string(name) }?.name ?? LineKey.name
    }

    private func fail(_ error: any Error, at place: LinePlace, _ reject: (RowProblem) throws -> Void) throws {
        let faults: [any Error] = (error as? LineFaults)?.faults ?? [error]
        let problems = try faults.map { try RowProblem($0, at: place) }
        writer.report.failed += 1
        for problem in problems { try reject(problem) }
    }
}

extension DeferredLines.Line {
    /// Parses the line again, which was parsed successfully before.
    func parsed() throws -> JSONValue {
        var parser = JSONParser()
        return try bytes.withUnsafeBytes { bytes in try parser.parse(bytes) }
    }
}
