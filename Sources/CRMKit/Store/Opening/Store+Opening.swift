import Localization
import SQLite

extension Store {
    /// The purpose for which a command opens the file.
    public enum Purpose: Sendable, Hashable {
        /// Reading. The file must exist; nothing is written unless it has an earlier format.
        case reading
        /// Writing. A missing file is created only if that is allowed.
        case writing(creating: Bool)
    }

    /// The effect of opening on the file.
    public enum Opening: Sendable, Hashable {
        /// The file existed, in the present format.
        case found
        /// The file was created.
        case created
        /// The file had an earlier format and was upgraded. A copy beside it has its former state; the notes are for
        /// the user.
        case upgraded(copy: String, notes: [Text])
    }

    /// Opens a database, creating or upgrading it if the purpose allows that.
    ///
    /// - Parameters:
    ///   - path: a file path, never a URI.
    ///   - timeout: milliseconds to wait for another process.
    ///   - modules: the modules by which the command line was parsed.
    ///   - opened: the file, if it was already opened to read the definitions.
    ///   - steps: the changes that higher layers make in files of earlier formats: ``MigrationStep/exchange``.
    ///   - allowsForeignSchema: whether the file may have triggers, views, virtual tables, generated columns and
    ///     indexes that the program did not create.
    ///   - stop: the means to interrupt an upgrade and, later, the work of the store.
    /// - Throws: ``CRMError`` with `notFound` for a missing file, `configuration` for a file that is not a
    ///   database of this program or is newer than it, `busy`, `inputOutput`.
    public static func open(
        path: String,
        purpose: Purpose,
        timeout: Int32,
        modules: FileRegistry,
        opened: OpenedFile? = nil,
        steps: [MigrationStep],
        allowsForeignSchema: Bool = false,
        stop: (any Stop)? = nil,
        clock: Clock
    ) throws(CRMError) -> Store {
        let registry = modules.standard
        do {
            let file = DatabaseFile(path: path, timeout: timeout)
            try file.checkPath()
            var (database, header) = try opened?.connection(to: path, for: purpose) ?? file.open(purpose)
            var opening = Opening.found
            let foreign = allowsForeignSchema ? nil : ForeignSchema(database: database, registry: registry)
            if !header.isBlank { try foreign?.refuseDisguises(path: path) }
            if header.isBlank {
                if try file.create(in: database, Schema(registry: registry)) { opening = .created }
                header = try FileHeader(reading: database)
            } else if header.isOlder {
                try foreign?.refuseForWriting(path: path, indexes: false)
                if purpose == .reading { (database, _) = try file.open(.writing(creating: false)) }
                let migration = Migration(
                    database: database,
                    path: path,
                    place: file.place,
                    registry: registry,
                    clock: clock,
                    steps: MigrationStep.all + steps,
                    stop: stop
                )
                if let upgraded = try migration.run() { opening = upgraded }
                header = try FileHeader(reading: database)
            }
            let modules = try modules.following(header, in: database)
            if purpose != .reading, opening == .found, !allowsForeignSchema {
                // The indexes of custom fields are among those of the file's modules.
                try ForeignSchema(database: database, registry: modules.registry).refuseForWriting(path: path)
            }
            if !database.isReadOnly { try file.prepareForWriting(database) }
            let store = Store(
                database: database,
                path: path,
                place: file.place,
                opening: opening,
                modules: modules,
                header: header,
                clock: clock
            )
            store.stop = stop
            return store
        } catch {
            throw CRMError(error, path: path)
        }
    }

    /// Returns a store with an empty temporary database, for a form or a dry run when the file does not exist.
    ///
    /// - Parameter path: the path that messages show.
    /// - Throws: ``CRMError`` for what SQLite reports.
    public static func temporary(
        inPlaceOf path: String,
        registry: Registry,
        clock: Clock
    ) throws(CRMError) -> Store {
        do {
            let database = try Database.temporary()
            try DatabaseFile(path: path, timeout: 0).prepareForWriting(database)
            try DatabaseFile.fill(database, Schema(registry: registry))
            return Store(
                database: database,
                path: path,
                place: path,
                opening: .found,
                modules: FileRegistry(registry),
                header: try FileHeader(reading: database),
                clock: clock
            )
        } catch {
            throw CRMError(error, path: path)
        }
    }

    /// Whether opening created the file.
    public var wasCreated: Bool { opening == .created }
}
