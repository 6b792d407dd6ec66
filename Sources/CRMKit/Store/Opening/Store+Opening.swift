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
        /// The file has an earlier format and was left as it is. A temporary copy was upgraded, on which a dry run works.
        case tried

        /// Returns what the user should know about the opening of a file.
        public func notes(of path: String) -> [Text] {
            switch self {
            case .found, .created: []
            case .upgraded(let copy, let notes):
                notes + [
                    Text(
                        en: "upgraded \(path) to this version of the program; what it was is in \(copy)",
                        es: "se actualizó \(path) a esta versión del programa; lo que era está en \(copy)"
                    )
                ]
            case .tried:
                [
                    Text(
                        en: "\(path) is of an earlier version of the program and stays so: the dry run is of a copy",
                        es: "\(path) es de una versión anterior del programa y así queda: el simulacro es de una copia"
                    )
                ]
            }
        }
    }

    /// Opens a database, creating or upgrading it if the purpose allows that.
    ///
    /// - Parameters:
    ///   - path: a file path, never a URI.
    ///   - timeout: milliseconds to wait for another process.
    ///   - modules: the modules by which the command line was parsed.
    ///   - opened: the file, if it was already opened to read the definitions.
    ///   - steps: the changes that higher layers make in files of earlier formats: ``MigrationStep/exchange``.
    ///   - isTrial: whether everything that is written will be taken back, so that a file of an earlier format is to
    ///     stay as it is.
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
        isTrial: Bool = false,
        allowsForeignSchema: Bool = false,
        stop: (any Stop)? = nil,
        clock: Clock
    ) throws(CRMError) -> Store {
        let registry = modules.standard
        var isUpgrading = false
        do {
            let file = DatabaseFile(path: path, timeout: timeout)
            try file.checkPath()
            var (database, header) = try opened?.connection(to: path, for: purpose) ?? file.open(purpose)
            var opening = Opening.found
            let foreign = allowsForeignSchema ? nil : ForeignSchema(database: database, registry: registry)
            if !header.isBlank {
                try ForeignSchema(database: database, registry: registry)
                    .refuseDisguises(path: path, evenIf: allowsForeignSchema)
            }
            if header.isBlank {
                if try file.create(in: database, Schema(registry: registry)) { opening = .created }
                header = try FileHeader(reading: database)
            } else if header.isOlder {
                isUpgrading = true
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
                if isTrial {
                    if let copy = try migration.runOnCopy() { (database, opening) = (copy, .tried) }
                } else if let upgraded = try migration.run() {
                    opening = upgraded
                }
                header = try FileHeader(reading: database)
                isUpgrading = false
            }
            let modules = try modules.following(header, in: database, after: opening, of: path)
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
            var failure = CRMError(error, path: path)
            if isUpgrading, failure.code == .inputOutput, failure.hint == nil { failure.hint = upgradeNeeds }
            throw failure
        }
    }

    /// What a file of an earlier format needs before it can even be read.
    private static var upgradeNeeds: Text {
        Text(
            en: """
                it is of an earlier version of the program, and is upgraded before it is read: copy it to where it can be \
                written and has room for a copy beside it
                """,
            es: """
                es de una versión anterior del programa y se actualiza antes de leerse: copiarla a donde se pueda escribir \
                y tenga sitio para una copia al lado
                """
        )
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

extension FileRegistry {
    /// Returns the registry with the definitions of an open file, as ``following(_:in:)`` does. The error that they have
    /// changed carries what is to be told of an upgrade, which may have changed them itself.
    fileprivate func following(
        _ header: FileHeader,
        in database: Database,
        after opening: Store.Opening,
        of path: String
    ) throws -> FileRegistry {
        do {
            return try following(header, in: database)
        } catch var error as CRMError where error.isOutdatedReading {
            if case .tried = opening {
                // A command that runs again would find the file as it was.
                throw CRMError(
                    .refused,
                    Text(
                        en: "there is no dry run before \(path) is upgraded, which changes its fields",
                        es: "no hay simulacro antes de actualizar \(path), lo que cambia sus campos"
                    ),
                    hint: Text(
                        en: "any other command upgrades it, such as \(ProgramName.placeholder) check",
                        es: "cualquier otro comando lo actualiza, como \(ProgramName.placeholder) check"
                    )
                )
            }
            error.details = opening.notes(of: path)
            throw error
        }
    }
}
