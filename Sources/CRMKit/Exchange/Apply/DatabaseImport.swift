import Formats
import Localization
import SQLite

/// Takes in records of every module, links and settings from JSON Lines, as ``DatabaseExport`` writes them and people
/// do, within one transaction.
///
/// A line calls its record by a name, `"ref":"acme"`, and other lines, earlier or later, refer to it as `"ref:acme"`. A
/// line is about the record that has its external id, or both its id and its time of creation; else it makes one. Lines
/// that refer to later ones wait in a table of the connection, so that memory stays constant.
public final class DatabaseImport {
    /// What has come of it so far.
    public private(set) var report = ImportReport()

    private let transaction: Transaction
    private var registry: Registry
    private let names: LocalNames
    private let deferred: DeferredLines
    private let references: LineReferences
    /// The ids that tables had given out before.
    private let lastIDs: [String: Int64]
    private var records: [ModuleName: RecordLines] = [:]
    private var links: [ModuleName: LinkLines] = [:]
    private var parts: [String: PartLines] = [:]
    private let partNames: Set<String>
    private var incomplete: [Incomplete] = []
    /// Where the definitions stand that lines have brought, by their names.
    private var definitions: [String: LinePlace] = [:]

    /// A reference of a written record to one that was not yet written then.
    private struct Incomplete {
        let module: ModuleName
        let id: Int64
        let position: Int
        let name: String
        let place: LinePlace
    }

    /// Begins within a transaction.
    ///
    /// - Throws: what SQLite reports.
    public init(in transaction: Transaction) throws {
        self.transaction = transaction
        let database = transaction.store.database
        registry = transaction.store.registry
        names = try LocalNames(in: database)
        deferred = try DeferredLines(in: database)
        references = LineReferences(names: names, in: transaction)
        lastIDs = try transaction.store.highestIDs()
        partNames = Set(transaction.store.tables.compactMap(\.part?.name))
    }

    /// Takes every line.
    ///
    /// - Parameters:
    ///   - reject: is called for every bad line as it is met; with any, the caller must not commit.
    ///   - advance: is called after every line read.
    /// - Throws: what is no fault of one line.
    public func take(
        from source: ByteSource,
        reject: (RowProblem) throws -> Void,
        advance: () throws -> Void
    ) throws {
        do {
            try takeLines(from: source, reject: reject, advance: advance)
        } catch let refused as RefusedDefinitions {
            try fail(refused.cause, at: refused.place, reject)
        }
    }

    private func takeLines(
        from source: ByteSource,
        reject: (RowProblem) throws -> Void,
        advance: () throws -> Void
    ) throws {
        var reader = JSONLinesReader(source)
        while !reader.stoppedEarly {
            let value: JSONValue?
            do throws(JSONError) {
                value = try reader.next()
            } catch {
                report.rows += 1
                try fail(error.asInputError(row: reader.recordNumber, in: .utf8), at: place(of: reader), reject)
                continue
            }
            guard let value else { break }
            report.rows += 1
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
        try followDefinitions()
        try breakCircles(reject)
        try refuseWaiting(reject)
    }

    private func place(of reader: JSONLinesReader) -> LinePlace {
        LinePlace(row: reader.recordNumber, line: reader.line)
    }

    // MARK: - One line

    /// Why a line cannot be written yet.
    private struct Wait {
        /// The name of the record it needs.
        let awaited: String
        /// The name of its own.
        let name: String?
    }

    /// Writes a line and the lines that have waited for it, or rejects it.
    ///
    /// - Parameter isIncomplete: whether references that a record can be without are left for later.
    /// - Returns: what it has to wait for.
    private func attempt(
        _ value: JSONValue,
        at place: LinePlace,
        isIncomplete: Bool = false,
        _ reject: (RowProblem) throws -> Void
    ) throws -> Wait? {
        var defined: [String] = []
        let wait = try write(value, at: place, isIncomplete: isIncomplete, defined: &defined, reject)
        try wake(&defined, reject)
        return wait
    }

    /// Writes the lines that wait for names which have a meaning now, and those that wait for them.
    private func wake(_ defined: inout [String], _ reject: (RowProblem) throws -> Void) throws {
        var next = 0
        while next < defined.count, deferred.count > 0 {
            guard let line = try deferred.take(awaiting: defined[next]) else {
                next += 1
                // Names that are done with are not kept, however long the chain.
                if next == 1024 {
                    defined.removeFirst(next)
                    next = 0
                }
                continue
            }
            let wait = try write(parse(line), at: line.place, isIncomplete: false, defined: &defined, reject)
            if let wait { try deferred.add(line.awaiting(wait.awaited)) }
        }
    }

    /// A deferred line was read before, so that it can be read again.
    private func parse(_ line: DeferredLines.Line) throws -> JSONValue {
        var parser = JSONParser()
        return try line.bytes.withUnsafeBytes { bytes in try parser.parse(bytes) }
    }

    private func write(
        _ value: JSONValue,
        at place: LinePlace,
        isIncomplete: Bool,
        defined: inout [String],
        _ reject: (RowProblem) throws -> Void
    ) throws -> Wait? {
        do {
            guard case .object(let members) = value else {
                throw ValueError(en: "each line must be a JSON object", es: "cada línea debe ser un objeto JSON")
            }
            if case .string(let module)? = value[LineKey.module] {
                return try writeRecord(members, of: module, at: place, isIncomplete, &defined)
            }
            if case .string(let module)? = value[LineKey.link] { return try writeLink(members, of: module) }
            for member in members {
                guard partNames.contains(member.name), case .string(let module) = member.value else { continue }
                return try writePart(members, member.name, of: module)
            }
            if case .object(let settings)? = value[LineKey.settings], members.count == 1 {
                try write(settings: settings)
                return nil
            }
            throw ValueError(
                en:
                    "a line has \"module\" for a record, \"link\" for a link, \(partKeys.en) or \"settings\" alone",
                es:
                    "una línea tiene \"module\" para un registro, \"link\" para un vínculo, \(partKeys.es) o solo \"settings\""
            )
        } catch {
            try fail(error, at: place, reject)
            if case .string(let name)? = value[LineKey.name], try names.meaning(of: name) == nil {
                try define(name, ModuleName(rawValue: ""), id: nil, at: place, &defined)
            }
            return nil
        }
    }

    private func writeRecord(
        _ members: [JSONMember],
        of name: String,
        at place: LinePlace,
        _ isIncomplete: Bool,
        _ defined: inout [String]
    ) throws -> Wait? {
        let lines = try recordLines(of: name)
        let reading = try lines.read(members)
        if let name = reading.name, let meaning = try names.meaning(of: name), meaning.line != place.line {
            throw LineFault(
                field: LineKey.name,
                value: name,
                cause: ValueError(
                    en: "line \(meaning.line) has this name already",
                    es: "la línea \(meaning.line) ya tiene este nombre"
                )
            )
        }
        // A record that is there can be referred to before its line is written.
        if let name = reading.name, let id = reading.existing {
            try define(name, lines.module.name, id: id, at: place, &defined)
        }
        if reading.isOrphan {
            if let name = reading.name, reading.existing == nil {
                try define(name, lines.module.name, id: nil, at: place, &defined)
            }
            return nil
        }
        let needed = try reading.awaited.first { awaited in
            if !isIncomplete || lines.module.fields[awaited.position].isRequired { return true }
            return try awaited.name != reading.name && !deferred.hasName(awaited.name)
        }
        if let needed { return Wait(awaited: needed.name, name: reading.name) }
        let written = try lines.write(reading)
        count(written.change)
        if Registry.isDefinition(lines.module.name),
            let name = try transaction.record(lines.module.name, id: written.id)?.displayName
        {
            definitions[name] = place
        }
        if let name = reading.name { try define(name, lines.module.name, id: written.id, at: place, &defined) }
        for (position, name) in reading.awaited {
            incomplete.append(
                Incomplete(module: lines.module.name, id: written.id, position: position, name: name, place: place)
            )
        }
        return nil
    }

    private func writeLink(_ members: [JSONMember], of name: String) throws -> Wait? {
        let lines = try linkLines(of: name)
        let reading = try lines.read(members)
        if reading.isOrphan { return nil }
        if let awaited = reading.awaited { return Wait(awaited: awaited, name: nil) }
        switch try lines.write(reading) {
        case .linked, .updated: report.linked += 1
        case .alreadyLinked: report.unchanged += 1
        }
        return nil
    }

    private func writePart(_ members: [JSONMember], _ part: String, of module: String) throws -> Wait? {
        let lines = try partLines(part, of: ModuleName(rawValue: module))
        let reading = try lines.read(members)
        if reading.isOrphan { return nil }
        if let awaited = reading.awaited { return Wait(awaited: awaited, name: nil) }
        if try lines.write(reading) { report.updated += 1 } else { report.unchanged += 1 }
        return nil
    }

    /// The keys of lines that hold rows of parts, for a message.
    private var partKeys: Text {
        let keys = partNames.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        return Text(en: "\(keys) for a part of one", es: "\(keys) para una parte de uno")
    }

    private func write(settings: [JSONMember]) throws {
        var isChanged = false
        for member in settings {
            do {
                guard let key = Settings.Key(rawValue: member.name) else {
                    let known = Settings.Key.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValueError(
                        en: "no such setting; known are \(known)",
                        es: "no existe ese ajuste; se conocen \(known)"
                    )
                }
                let text = try member.value.cellText() ?? ""
                let value = try key.field.type.parse(text, in: transaction.values)
                isChanged = try transaction.store(key, as: value.text) || isChanged
            } catch {
                throw LineFault(field: member.name, value: try? member.value.cellText(), cause: error)
            }
        }
        if isChanged { report.updated += 1 } else { report.unchanged += 1 }
    }

    private func count(_ change: RowWriter.Change) {
        switch change {
        case .created: report.created += 1
        case .updated: report.updated += 1
        case .unchanged, .skipped: report.unchanged += 1
        }
    }

    private func define(
        _ name: String,
        _ module: ModuleName,
        id: Int64?,
        at place: LinePlace,
        _ defined: inout [String]
    ) throws {
        try names.define(name, as: LocalNames.Meaning(module: module, id: id, line: place.line))
        if deferred.count > 0 { defined.append(name) }
    }

    /// What the lines add to the definitions cannot be; the lines that follow mean nothing then.
    private struct RefusedDefinitions: Error {
        let cause: CRMError
        /// Where the definition stands that cannot be.
        let place: LinePlace
    }

    /// What lines have added to the definitions holds from the next line on that is about something else.
    private func followDefinitions() throws {
        guard transaction.log.touchesDefinitions else { return }
        do {
            try transaction.settleDefinitions()
        } catch let error as CRMError {
            guard let place = error.reference.flatMap({ definitions[$0] }) else { throw error }
            throw RefusedDefinitions(cause: error, place: place)
        }
        registry = transaction.store.registry
        (records, links, parts) = ([:], [:], [:])
    }

    private func recordLines(of name: String) throws -> RecordLines {
        let name = ModuleName(rawValue: name)
        if !Registry.isDefinition(name) { try followDefinitions() }
        if let lines = records[name] { return lines }
        guard let module = registry.find(name) else { throw unknown(name, LineKey.module, registry.names) }
        let lines = try RecordLines(
            module,
            lastID: lastIDs[module.table] ?? 0,
            references: references,
            in: transaction
        )
        records[name] = lines
        return lines
    }

    private func linkLines(of name: String) throws -> LinkLines {
        let name = ModuleName(rawValue: name)
        if let lines = links[name] { return lines }
        guard let module = registry.find(name), let relation = Relation(module, center: registry.center) else {
            throw unknown(name, LineKey.link, registry[registry.center].linkedModules(in: registry))
        }
        let lines = try LinkLines(
            relation,
            lastID: lastIDs[relation.table] ?? 0,
            references: references,
            in: transaction
        )
        links[name] = lines
        return lines
    }

    private func partLines(_ part: String, of module: ModuleName) throws -> PartLines {
        let candidates = transaction.store.tables.filter { $0.part?.name == part }
        guard let table = candidates.first(where: { $0.module.name == module }) else {
            throw unknown(module, part, candidates.map(\.module.name))
        }
        if let lines = parts[table.name] { return lines }
        guard let lines = try PartLines(table, references: references, in: transaction) else {
            throw unknown(module, part, candidates.map(\.module.name))
        }
        parts[table.name] = lines
        return lines
    }

    private func unknown(_ name: ModuleName, _ key: String, _ known: [ModuleName]) -> LineFault {
        let list = known.map(\.rawValue).joined(separator: ", ")
        let reason = ValueError(en: "is none of \(list)", es: "no es ninguno de \(list)")
        return LineFault(field: key, value: name.rawValue, cause: reason)
    }

    // MARK: - Lines that wait for each other

    /// Writes records that refer to each other in a circle: first without a reference that one of them can be without,
    /// which is set at the end.
    private func breakCircles(_ reject: (RowProblem) throws -> Void) throws {
        var hasProgress = true
        while hasProgress, deferred.count > 0 {
            hasProgress = false
            var last = 0
            while let line = try deferred.take(after: last) {
                last = line.place.line
                let wait = try attempt(parse(line), at: line.place, isIncomplete: true, reject)
                guard let wait else {
                    hasProgress = true
                    continue
                }
                try deferred.add(line.awaiting(wait.awaited))
            }
        }
        for item in incomplete {
            guard let lines = records[item.module] else { continue }
            do {
                let meaning = try names.meaning(of: item.name)
                guard let id = meaning?.id, let module = meaning?.module else { continue }
                try lines.complete(item.id, at: item.position, with: .record(module, id))
            } catch {
                let field = lines.module.fields[item.position].key
                try fail(LineFault(field: field, value: item.name, cause: error), at: item.place, reject)
            }
        }
    }

    /// What still waits refers to nothing, or in a circle that cannot be broken.
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
            guard let name = line.name, try names.meaning(of: name) == nil else { continue }
            // What refers to it is not at fault.
            var defined: [String] = []
            try define(name, ModuleName(rawValue: ""), id: nil, at: line.place, &defined)
            try wake(&defined, reject)
        }
    }

    private func field(of line: DeferredLines.Line, _ name: String) throws -> String {
        guard case .object(let members) = try parse(line) else { return LineKey.name }
        return members.first { $0.value == .string(name) }?.name ?? LineKey.name
    }

    // MARK: - Faults

    private func fail(_ error: any Error, at place: LinePlace, _ reject: (RowProblem) throws -> Void) throws {
        var (field, value, cause): (String?, String?, any Error) = (nil, nil, error)
        if let fault = error as? LineFault { (field, value, cause) = (fault.field, fault.value, fault.cause) }
        if let fault = cause as? LineFault { (field, value, cause) = (fault.field, fault.value, fault.cause) }
        let reason: Text
        switch cause {
        case let refused as RefusedDefinitions: throw refused
        case let problem as RowProblem:
            report.failed += 1
            return try reject(problem)
        case let error as ValueError: reason = error.reason
        case let error as CRMError where error.concernsOneRow:
            reason = error.problems.count == 1 ? error.problems[0].reason : error.reason
            if error.problems.count == 1 { (field, value) = (error.problems[0].field, error.problems[0].value) }
        case let error as SQLiteError:
            guard case .constraint = error.code else { throw error }
            reason = error.reason
        default: throw cause
        }
        report.failed += 1
        try reject(
            RowProblem(row: place.row, line: place.line, column: nil, field: field, value: value, reason: reason)
        )
    }
}
