import Localization
import SQLite

/// Copies the readable rows of a damaged database to a new one. The damaged file is never written to.
public struct Salvage {
    private let path: String
    private let registry: Registry
    private let steps: [MigrationStep]
    private let clock: Clock

    /// Creates a salvage.
    ///
    /// - Parameters:
    ///   - path: the path of the damaged file.
    ///   - modules: the modules of the program.
    ///   - steps: the changes that higher layers make to files of earlier formats: ``MigrationStep/exchange``.
    public init(of path: String, modules: FileRegistry, steps: [MigrationStep], clock: Clock) {
        self.path = path
        registry = modules.standard
        self.steps = steps
        self.clock = clock
    }

    /// Reads the damaged file and creates a new one. Afterwards the new file is either complete and sound, or absent.
    ///
    /// - Parameters:
    ///   - place: the path of the new file; nothing may exist there.
    ///   - request: the author and the command, for the history of the repairs.
    ///   - name: returns the name of the substitute for a lost record that others require, given its id.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that is not recognizable as one of this program or that is of
    ///   a newer version; `inputOutput`, `refused` if something exists at the path already, `interrupted`.
    public func run(
        into place: String,
        _ request: WriteRequest,
        naming name: @escaping (Int64) -> String,
        unless isStopped: @escaping () -> Bool
    ) throws(CRMError) -> SalvageReport {
        try DatabaseFile(path: place, timeout: 0).refuseTaken()
        do {
            let file = try opened()
            let draft = try DraftFile(for: place)
            let report = try make(draft.path, from: file, request, name, isStopped)
            guard try draft.publishUnlessTaken(at: place) else { throw CRMError.taken(place) }
            return report
        } catch {
            throw CRMError(error, path: place)
        }
    }

    private func opened() throws -> DamagedFile {
        do {
            try DatabaseFile(path: path, timeout: 0).checkPath()
            return try DamagedFile(path: FilePath.followingLink(path))
        } catch {
            throw CRMError(error, path: path)
        }
    }

    private func make(
        _ draft: String,
        from file: DamagedFile,
        _ request: WriteRequest,
        _ name: @escaping (Int64) -> String,
        _ isStopped: @escaping () -> Bool
    ) throws -> SalvageReport {
        let reader = DamagedReader(file)
        let schema = try SalvagedSchema(of: file, by: reader, path: path, registry: registry)
        let database = try Database(path: draft, mode: .create, busyTimeout: 0)
        database.interrupt(when: isStopped)
        // No one reads the file before it is complete and on the disk, and until then its references may be unresolved.
        try database.execute("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -16000")
        var report = SalvageReport()
        var changed: [ChangedValue] = []
        try database.transaction(.immediate) {
            var rows = SalvagedRows(schema, from: reader, into: database, labels: label, unless: isStopped)
            try rows.run()
            (report.tables, report.strayRows, changed) = (rows.reports, rows.strayRows, rows.changed)
            try mark(database, schema, file)
        }
        let header = try FileHeader(reading: database)
        try header.check(path: path)
        report.notes = try database.transaction(.immediate) { try complete(database, header) }
        let store = try store(database)
        let strays = try StrayColumns(database, Schema(registry: store.registry)).values()
        var repair = SalvageRepair(store, request, naming: name)
        try repair.run(changed + strays.first)
        report.take(repair.changedValues)
        for (table, count) in strays.others { report.addChanged(count, in: table) }
        (report.findings, report.substitutes) = (repair.findings, repair.substitutes)
        for (table, count) in repair.leftOut { report.leave(count, outOf: table) }
        report.tables.removeAll { $0.read == 0 && !$0.isDamaged }
        store.forgetStatements()
        try database.execute("PRAGMA journal_mode = WAL")
        return report
    }

    /// Marks the new file as one of this program, with its format and whether it has definitions of its own.
    private func mark(_ database: Database, _ schema: SalvagedSchema, _ file: DamagedFile) throws {
        try database.execute("PRAGMA application_id = \(Schema.applicationID)")
        guard schema.isMarked, let version = file.header?.userVersion else {
            let names = [Module.fieldDefinition, .choiceDefinition].map(\.table)
            let hasDefinitions = try schema.tables.contains { table in
                try names.contains(table.name)
                    && database.scalar("SELECT 1 FROM \(table.name.quotedIdentifier) LIMIT 1") != nil
            }
            return try FileHeader.write(version: schema.format, definitions: hasDefinitions ? 1 : 0, to: database)
        }
        try database.execute("PRAGMA user_version = \(version)")
    }

    /// Adds the tables, columns and indexes that the definitions have and the file lacks; upgrades a file of an earlier
    /// format.
    private func complete(_ database: Database, _ header: FileHeader) throws -> [Text] {
        if header.isOlder {
            return try Migration(
                database: database,
                path: path,
                place: path,
                registry: registry,
                clock: clock,
                steps: MigrationStep.all + steps
            )
            .upgrade(from: header)
        }
        let modules = try FileRegistry(registry).following(header, in: database)
        let schema = Schema(registry: modules.registry)
        try StrayColumns(database, schema).rename()
        try UniqueRows(database, modules.registry).keepFirst()
        try Additions(database: database, schema: schema, country: Settings(reading: database).country).make()
        return []
    }

    private func store(_ database: Database) throws -> Store {
        let header = try FileHeader(reading: database)
        return Store(
            database: database,
            path: path,
            place: path,
            opening: .found,
            modules: try FileRegistry(registry).following(header, in: database),
            header: header,
            clock: clock
        )
    }

    private func label(_ name: String) -> SalvageReport.Table {
        guard let table = registry.table(named: name) else { return SalvageReport.Table(name, label: Text(name)) }
        let module = table.module.several
        let label =
            switch table.kind {
            case .records: module
            case .links: Text(en: "links of \(module.en)", es: "vínculos de \(module.es)")
            case .part(let part):
                Text(
                    en: "\(part.plural.en.lowercased()) of \(module.en)",
                    es: "\(part.plural.es.lowercased()) de \(module.es)"
                )
            }
        return SalvageReport.Table(name, label: label)
    }
}

extension SalvageReport {
    fileprivate mutating func take(_ values: ChangedValues) {
        changedValues = values.told
        for index in tables.indices { tables[index].changed = values.counts[tables[index].name] ?? 0 }
    }

    fileprivate mutating func addChanged(_ count: Int, in name: String) {
        guard let index = tables.firstIndex(where: { $0.name == name }) else { return }
        tables[index].changed += count
    }

    fileprivate mutating func leave(_ count: Int, outOf name: String) {
        guard let index = tables.firstIndex(where: { $0.name == name }) else { return }
        tables[index].leftOut += min(count, tables[index].read)
    }
}
