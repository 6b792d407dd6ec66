import Localization
import SQLite

extension CRMError {
    /// Words an error of SQLite, with what the user can do about it; other ``CRMError`` values stay as they are.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as CRMError: self = error
        case let error as ValueError: self.init(.invalid, error.reason)
        case let error as SQLiteError: self.init(error, path: path)
        default: self.init(.failed, Text(en: "\(error)", es: "error inesperado (\(type(of: error)))"))
        }
    }

    private init(_ error: SQLiteError, path: String) {
        switch error.code {
        case .busy: self = .inUse(path)
        case .noLocks: self = .cannotLock(path)
        case .locked:
            self.init(
                .failed,
                Text(
                    en: "\(path): a part of this same command stands in the way, which is a fault of the program",
                    es: "\(path): lo impide otra parte de este mismo comando, lo que es un fallo del programa"
                )
            )
        case .corrupt where error.isOfVirtualTable: self = .damagedSearch
        case .notADatabase, .corrupt: self = .damaged(path, error.reason)
        case .error where error.lacksPartOfSchema:
            self = .damaged(
                path,
                Text(en: "a table or a column of it is missing", es: "le falta una tabla o una columna")
            )
        // What history keeps is JSON, read by SQLite itself.
        case _ where error.message == "malformed JSON": self = .damagedHistory
        case .readOnly where error.isOfMovedFile: self = .replaced(path)
        case .readOnly, .permission:
            self.init(
                .inputOutput,
                Text(
                    en: "\(path) cannot be written: it is read-only",
                    es: "no se puede escribir en \(path): es de solo lectura"
                )
            )
        case .full, .ioError, .cannotOpen:
            self.init(.inputOutput, Text(en: "\(path): \(error.reason.en)", es: "\(path): \(error.reason.es)"))
        case .interrupted: self = .interruptedUnsaved
        case _ where MissingRate(message: error.message) != nil:
            self = MissingRate(message: error.message)?.error ?? CRMError(.failed, error.reason)
        default:
            self.init(.failed, Text(en: "\(path): \(error.reason.en)", es: "\(path): \(error.reason.es)"))
        }
    }
}

extension CRMError {
    /// A file that another process holds for longer than was waited.
    public static func inUse(_ path: String) -> CRMError {
        CRMError(
            .busy,
            Text(en: "\(path) is in use by another process", es: "otro proceso está usando \(path)"),
            hint: Text(
                en: "try again, or wait longer with --timeout SECONDS",
                es: "volver a intentarlo, o esperar más con --timeout SEGUNDOS"
            )
        )
    }

    /// A file that another process, a restoration, has replaced since it was opened.
    static func replaced(_ path: String) -> CRMError {
        CRMError(
            .busy,
            Text(en: "another process has replaced \(path) meanwhile", es: "otro proceso reemplazó entretanto \(path)"),
            hint: Text(en: "try again", es: "volver a intentarlo")
        )
    }

    /// A file whose locks the system refuses.
    private static func cannotLock(_ path: String) -> CRMError {
        CRMError(
            .busy,
            Text(en: "\(path) could not be locked", es: "no se pudo bloquear \(path)"),
            hint: Text(
                en: "try again; a file on a drive of the network may have to be moved to one of this machine",
                es: "volver a intentarlo; un archivo en una unidad de red quizá deba pasarse a una de este equipo"
            )
        )
    }

    /// A database that cannot be read as one.
    static func damaged(_ path: String, _ reason: Text) -> CRMError {
        CRMError(
            .configuration,
            Text(
                en: "\(path) is not a usable crm database: \(reason.en)",
                es: "\(path) no es una base de datos de crm utilizable: \(reason.es)"
            ),
            hint: Text(
                en: "give another file with --db, restore a backup with \(ProgramName.placeholder) restore FILE, "
                    + "or read what can be read with \(ProgramName.placeholder) salvage FILE -o NEW",
                es: "indicar otro archivo con --db, restaurar una copia con \(ProgramName.placeholder) restore ARCHIVO "
                    + "o rescatar lo legible con \(ProgramName.placeholder) salvage ARCHIVO -o NUEVO"
            )
        )
    }

    /// Turns an error of SQLite into one with a message, as ``Store/worded(_:)`` does where a store is at hand; other
    /// errors are returned unchanged.
    ///
    /// - Parameter path: the path of the database.
    public static func translated(_ error: any Error, path: String) -> any Error {
        error is SQLiteError ? CRMError(error, path: path) : error
    }
}

extension SQLiteError {
    /// Whether the file lacks what every file of the program has: its statements name nothing else.
    fileprivate var lacksPartOfSchema: Bool {
        ["no such table: ", "no such column: "].contains(where: message.hasPrefix)
            || message.contains(" has no column named ")
    }

    /// The reason in the program's words; for errors that only a fault in a program can cause, SQLite's error number.
    var reason: Text {
        if let systemError { return Text(errno: systemError) }
        return switch code {
        case .constraint(let constraint): constraint.reason
        case .full: Text(en: "the disk is full", es: "el disco está lleno")
        case .ioError:
            Text(en: "the file cannot be read or written", es: "no se puede leer o escribir el archivo")
        case .cannotOpen: Text(en: "the file cannot be opened", es: "no se puede abrir el archivo")
        case .notADatabase: Text(en: "it is no database", es: "no es una base de datos")
        case .corrupt: Text(en: "it is damaged", es: "está dañada")
        case .noMemory: Text(en: "there is not enough memory", es: "no hay memoria suficiente")
        case .tooBig: Text(en: "a value is too long", es: "un valor es demasiado largo")
        case _ where message == FunctionError.overflow.message:
            Text(en: "a sum is too large: 18 digits fit", es: "una suma es demasiado grande: caben 18 dígitos")
        default:
            Text(
                en: "the database cannot do it (error \(extendedCode))",
                es: "la base de datos no puede hacerlo (error \(extendedCode))"
            )
        }
    }
}

extension SQLiteError.Constraint {
    /// The reason why a row violates a constraint.
    fileprivate var reason: Text {
        switch self {
        case .unique, .primaryKey:
            Text(
                en: "has a value that only one may have, and that another has",
                es: "tiene un valor que solo uno puede tener, y que ya tiene otro"
            )
        case .foreignKey:
            Text(
                en: "refers to what is not there, or is still referred to",
                es: "hace referencia a algo que no existe, o aún hay referencias a él"
            )
        case .notNull: Text(en: "lacks a value that is required", es: "le falta un valor obligatorio")
        case .check, .dataType:
            Text(
                en: "has a value of another kind than is stored",
                es: "tiene un valor de otro tipo que el que se guarda"
            )
        case .other: Text(en: "the database refuses it", es: "la base de datos lo rechaza")
        }
    }
}

extension CRMError {
    /// The error that the command was read by definitions that the file no longer has, and has saved nothing.
    static let definitionsHaveChanged = CRMError(
        .busy,
        Text(
            en: "another process has changed the fields of the database meanwhile",
            es: "otro proceso cambió entretanto los campos de la base de datos"
        ),
        hint: Text(en: "try again", es: "volver a intentarlo")
    )

    /// The error that the definitions were changed after the command had saved a part of its work.
    static let definitionsHaveChangedMidway = CRMError(
        .busy,
        Text(
            en: "another process has changed the fields of the database in the middle of the command",
            es: "otro proceso cambió los campos de la base de datos en medio del comando"
        ),
        hint: definitionsHaveChanged.hint
    )

    /// Whether the command was read by definitions that the file no longer has, and has saved nothing, so that it can
    /// begin again by the present ones.
    public var isOutdatedReading: Bool { code == .busy && message == Self.definitionsHaveChanged.message }

    /// Whether the definitions were changed after the command had saved a part of its work.
    public var isOutdatedMidway: Bool { code == .busy && message == Self.definitionsHaveChangedMidway.message }
}

extension CRMError {
    /// A write that the user interrupted, and that was taken back.
    public static var interruptedUnsaved: CRMError {
        CRMError(.interrupted, Text(en: "interrupted; nothing was saved", es: "interrumpido; no se guardó nada"))
    }
}

extension CRMError {
    /// The error that a table takes no more rows, because one has the greatest id that there is: another program has
    /// given it (https://www.sqlite.org/autoinc.html).
    static func outOfIDs(_ table: String) -> CRMError {
        ofAnotherProgram(
            Text(
                en: "the ids of the table \(table) have run out: no row can be added",
                es: "se agotaron los identificadores de la tabla \(table): no se puede añadir ninguna fila"
            )
        )
    }

    /// The error that no row of a part can follow one of a record, whose position another program has given.
    static func outOfPositions(_ table: String) -> CRMError {
        ofAnotherProgram(
            Text(
                en: "a row of the table \(table) has a position that no row can have",
                es: "una fila de la tabla \(table) tiene una posición que ninguna fila puede tener"
            )
        )
    }

    private static func ofAnotherProgram(_ message: Text) -> CRMError {
        CRMError(
            .configuration,
            message,
            hint: Text(
                en: "look into it with \(ProgramName.placeholder) check, "
                    + "or restore a backup with \(ProgramName.placeholder) restore FILE",
                es: "revisar la base de datos con \(ProgramName.placeholder) check, "
                    + "o restaurar una copia con \(ProgramName.placeholder) restore ARCHIVO"
            )
        )
    }

    /// The error that the search index is damaged, which can be rebuilt from the stored records.
    static let damagedSearch = CRMError(
        .configuration,
        Text(en: "the index of search is damaged", es: "el índice de búsqueda está dañado"),
        hint: Text(
            en: "make it anew with: \(ProgramName.placeholder) check --repair",
            es: "rehacerlo con: \(ProgramName.placeholder) check --repair"
        )
    )

    /// The error that the history cannot be read.
    static let damagedHistory = CRMError(
        .configuration,
        Text(
            en: "the history of this database is damaged",
            es: "el historial de esta base de datos está dañado"
        ),
        hint: Text(
            en: "look into it with: \(ProgramName.placeholder) check",
            es: "revisarla con: \(ProgramName.placeholder) check"
        )
    )
}
