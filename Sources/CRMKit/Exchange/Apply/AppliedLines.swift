import Formats
import Localization

/// Writes one line at a time: a record, a link, a row of a part, a counter or the settings.
final class AppliedLines {
    /// The reason why a line cannot be written yet.
    struct Wait {
        /// The name of the record that the line refers to.
        let awaited: String
        /// The name that the waiting line gives its own record, if any.
        let name: String?
    }

    /// A reference of a written record to one that was not written yet.
    struct Incomplete {
        let module: ModuleName
        let id: Int64
        let position: Int
        let name: String
        let place: LinePlace
    }

    /// The counts so far.
    var report = ImportReport()
    /// The names that lines have defined since the waiting lines were last checked; empty while no line waits.
    var defined: [String] = []
    /// The references to set once all lines are written.
    private(set) var incomplete: [Incomplete] = []

    /// Whether any written record refers to a content.
    private(set) var namesContents = false
    /// The new records that are linked with the contacts of records they refer to, unless lines link them.
    private var followers: [(module: ModuleName, id: Int64, place: LinePlace)] = []

    private let kinds: LineKinds
    private let names: LocalNames
    private let deferred: DeferredLines
    private let transaction: Transaction
    private let contents: ContentLines

    init(
        _ kinds: LineKinds,
        names: LocalNames,
        deferred: DeferredLines,
        openingBy openFile: ContentFiles?,
        in transaction: Transaction
    ) {
        self.kinds = kinds
        self.names = names
        self.deferred = deferred
        self.transaction = transaction
        contents = ContentLines(openingBy: openFile, in: transaction)
    }

    /// Ends the input.
    ///
    /// - Throws: ``LineFault`` for a content whose last pieces are missing.
    func finish() throws { try contents.finish() }

    /// Writes the rows of parts that were held back until all of their record have come.
    ///
    /// - Throws: ``LineFaults`` with those of all rows.
    func settleRows() throws {
        defer {
            let (updated, unchanged) = kinds.outcome.takeCounts()
            report.updated += updated
            report.unchanged += unchanged
        }
        try kinds.settleRows()
    }

    /// Notices for the user.
    var notices: [Text] { kinds.outcome.notices }

    /// Writes a line.
    ///
    /// - Parameter isIncomplete: whether optional references that cannot be resolved yet are left for later.
    /// - Returns: the name that the line must wait for, if any.
    /// - Throws: ``LineFault``, and the errors of invalid values.
    func write(_ value: JSONValue, at place: LinePlace, isIncomplete: Bool) throws -> Wait? {
        guard case .object(let members) = value else {
            throw ValueError(en: "each line must be a JSON object", es: "cada línea debe ser un objeto JSON")
        }
        try Self.refuseTooMany(members)
        if case .string(let module)? = value[LineKey.module] {
            return try writeRecord(members, of: module, at: place, isIncomplete)
        }
        if case .string(let module)? = value[LineKey.link] { return try writeLink(members, of: module) }
        for member in members {
            guard kinds.partNames.contains(member.name), case .string(let module) = member.value else { continue }
            return try writePart(members, member.name, of: module, at: place)
        }
        if value[ContentLine.key] != nil {
            count(isChanged: try contents.take(members))
            return nil
        }
        if value[LineKey.counter] != nil {
            try kinds.followDefinitions()
            count(isChanged: try transaction.raise(Counter(members)))
            return nil
        }
        if case .object(let settings)? = value[LineKey.settings], members.count == 1 {
            count(isChanged: try transaction.store(settings: settings))
            return nil
        }
        throw ValueError(
            en:
                "a line has \"module\" for a record, \"link\" for a link, \(partKeys.en), \"content\" for a piece of a content, \"counter\" for a counter or \"settings\" alone",
            es:
                "una línea tiene \"module\" para un registro, \"link\" para un vínculo, \(partKeys.es), \"content\" para una parte de un contenido, \"counter\" para un contador o solo \"settings\""
        )
    }

    /// Each would be a fault of its own, and no record has so many fields.
    private static func refuseTooMany(_ members: [JSONMember]) throws(ValueError) {
        guard members.count > RowPlans.mostColumns else { return }
        throw ValueError(
            en: "has \(members.count) keys; at most \(RowPlans.mostColumns) are read",
            es: "tiene \(members.count) claves; se leen \(RowPlans.mostColumns) como máximo"
        )
    }

    /// Links new records that no line has linked with contacts of the records they refer to.
    ///
    /// This is done when all lines are written, since lines of links may come in any order.
    ///
    /// - Parameter reject: called with each refusal and the place of its line.
    func linkFollowers(_ reject: (any Error, LinePlace) throws -> Void) throws {
        for follower in followers {
            do {
                guard let record = try transaction.record(follower.module, id: follower.id),
                    try transaction.linkedContacts(of: record).isEmpty
                else { continue }
                report.linked += try transaction.linkFollowing(record)
            } catch {
                try reject(error, follower.place)
            }
        }
    }

    /// Defines a name whose record was rejected, so that lines which refer to it are not reported too.
    func refuse(_ name: String, at place: LinePlace) throws {
        guard try names.meaning(of: name) == nil else { return }
        try define(name, ModuleName(rawValue: ""), id: nil, at: place)
    }

    private func writeRecord(
        _ members: [JSONMember],
        of name: String,
        at place: LinePlace,
        _ isIncomplete: Bool
    ) throws -> Wait? {
        let lines = try kinds.records(of: name)
        var reading = try lines.read(members)
        let meaning = try reading.name.flatMap { try names.meaning(of: $0) }
        if let name = reading.name, let meaning, meaning.line != place.line {
            throw LineFault(
                field: LineKey.name,
                value: name,
                cause: ValueError(
                    en: "line \(meaning.line) has this name already",
                    es: "la línea \(meaning.line) ya tiene este nombre"
                )
            )
        }
        // A line that had to wait stays with the record that other lines have been told of.
        reading.existing = try meaning?.id ?? lines.existing(reading)
        if reading.existing == nil { try lines.splitName(&reading) }
        // An existing record can be referred to before its line is written.
        if let name = reading.name, let id = reading.existing {
            lines.take(id, by: reading)
            try define(name, lines.module.name, id: id, at: place, isWhole: reading.isWhole)
        }
        if reading.isOrphan {
            if let name = reading.name, reading.existing == nil {
                try define(name, lines.module.name, id: nil, at: place)
            }
            return nil
        }
        let needed = try reading.awaited.first { awaited in
            if !isIncomplete || lines.module.allFields[awaited.position].isRequired { return true }
            return try awaited.name != reading.name && !deferred.hasName(awaited.name)
        }
        if let needed { return Wait(awaited: needed.name, name: reading.name) }
        if let awaited = reading.awaitedByRow { return Wait(awaited: awaited, name: reading.name) }
        let written = try lines.write(reading, at: place)
        count(written.change)
        try kinds.note((written.id, written.change), of: lines.module.name, at: place)
        if written.change != .unchanged, lines.namesContent(reading) { namesContents = true }
        if written.change == .created, lines.isFollowing(reading) {
            followers.append((lines.module.name, written.id, place))
        }
        if let name = reading.name {
            try define(name, lines.module.name, id: written.id, at: place, isWhole: reading.isWhole)
        }
        for (position, name) in reading.awaited {
            incomplete.append(
                Incomplete(module: lines.module.name, id: written.id, position: position, name: name, place: place)
            )
        }
        return nil
    }

    private func writeLink(_ members: [JSONMember], of name: String) throws -> Wait? {
        let lines = try kinds.links(of: name)
        let reading = try lines.read(members)
        if reading.isOrphan { return nil }
        if let awaited = reading.awaited { return Wait(awaited: awaited, name: nil) }
        switch try lines.write(reading) {
        case .linked, .updated: report.linked += 1
        case .alreadyLinked: report.unchanged += 1
        }
        return nil
    }

    private func writePart(
        _ members: [JSONMember],
        _ part: String,
        of module: String,
        at place: LinePlace
    ) throws -> Wait? {
        let lines = try kinds.rows(of: part, in: ModuleName(rawValue: module))
        let reading = try lines.read(members)
        if reading.isOrphan { return nil }
        if let awaited = reading.awaited { return Wait(awaited: awaited, name: nil) }
        if try lines.isOfWhole(reading) {
            try lines.hold(reading, members, at: place)
        } else {
            if case .record(_, let record) = reading.record { kinds.outcome.noteTold(record, in: lines.table.name) }
            count(isChanged: try lines.write(reading))
        }
        return nil
    }

    /// The keys of lines for rows of parts, for a message.
    private var partKeys: Text {
        let keys = kinds.partNames.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        return Text(en: "\(keys) for a part of one", es: "\(keys) para una parte de uno")
    }

    private func count(_ change: RowWriter.Change, by step: Int = 1) {
        switch change {
        case .created: report.created += step
        case .updated: report.updated += step
        case .unchanged, .skipped, .joined: report.unchanged += step
        }
    }

    /// Removes from the counts a line that is rejected after it was written.
    func discount(_ change: RowWriter.Change) { count(change, by: -1) }

    private func count(isChanged: Bool) {
        if isChanged { report.updated += 1 } else { report.unchanged += 1 }
    }

    private func define(
        _ name: String,
        _ module: ModuleName,
        id: Int64?,
        at place: LinePlace,
        isWhole: Bool = false
    ) throws {
        try names.define(name, as: LocalNames.Meaning(module: module, id: id, line: place.line, isWhole: isWhole))
        if deferred.count > 0 { defined.append(name) }
    }
}
