import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// The options that determine the records from the rows of an input.
struct ImportMeaning: Equatable {
    let module: ModuleName
    /// The given options, by name.
    let options: [String: String]
}

/// The journal from which a stopped import continues, as JSON Lines: a line with the beginning of the import, then a
/// line for each time rows were saved. While a process has the journal open, no other process can open it.
final class ImportJournalFile {
    /// The first line of the journal: the parameters of the import.
    struct Beginning: Equatable {
        let journal: ImportJournal
        let meaning: ImportMeaning
    }

    private let path: String
    private let descriptor: Int32
    /// Whether the file is only read.
    private let isReadOnly: Bool
    /// The first line of the journal; `nil` for an import that has not begun.
    private(set) var beginning: Beginning?
    /// The number of rows known to be saved; more may be.
    private(set) var knownRows = 0
    /// Whether the import is complete, and the file only waits to be removed.
    private(set) var isFinished = false
    /// The records of the rows, in the order of the batches.
    private var batches: [MetBatch] = []

    /// Opens the journal, or creates an empty one.
    ///
    /// - Throws: ``CRMError`` `busy` if another process has the journal open; `usage` for a file of another kind.
    convenience init(_ path: String) throws { try self.init(path, isReadOnly: false) }

    /// Opens an existing journal for reading.
    ///
    /// - Returns: `nil` if there is no journal, but one could be created.
    /// - Throws: the errors of opening the journal.
    static func looking(at path: String) throws -> ImportJournalFile? {
        var status = stat()
        guard lstat(path, &status) != 0 else { return try ImportJournalFile(path, isReadOnly: true) }
        if let missing = CRMError.missingFolder(of: path) { throw missing }
        return nil
    }

    private init(_ path: String, isReadOnly: Bool) throws {
        self.path = path
        self.isReadOnly = isReadOnly
        descriptor = try Self.locked(path, isReadOnly ? O_RDONLY : O_RDWR | O_CREAT)
        do {
            try read()
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// Opens and locks the file. It tries again if another process, at the end of its import, removes the file between
    /// the two steps.
    private static func locked(_ path: String, _ access: Int32) throws(CRMError) -> Int32 {
        while true {
            let descriptor = open(path, access | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else {
                if errno == ELOOP { throw isLink(path) }
                let failure = CRMError(.inputOutput, errno: errno, path: path)
                throw CRMError.missingFolder(of: path) ?? failure
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let failure = errno
                close(descriptor)
                guard failure == EWOULDBLOCK else { throw CRMError(.inputOutput, errno: failure, path: path) }
                throw CRMError(
                    .busy,
                    Text(
                        en: "\(path) is in use: another process goes on with this import",
                        es: "\(path) está en uso: otro proceso continúa esta importación"
                    ),
                    hint: Text(en: "try again when it has ended", es: "volver a intentarlo cuando termine")
                )
            }
            if FileIdentity.isNamed(path, descriptor) { return descriptor }
            close(descriptor)
        }
    }

    /// Returns the error for a journal that is a link: somebody else could change its target while the import is
    /// stopped.
    private static func isLink(_ path: String) -> CRMError {
        CRMError(
            .usage,
            Text(en: "\(path) is a link, and a journal is not one", es: "\(path) es un enlace, y un diario no lo es"),
            hint: Text(en: "name the file itself", es: "indicar el archivo mismo")
        )
    }

    // MARK: - Reading

    private func read() throws {
        let bytes = try contents()
        // A line without an end was being written when the machine stopped.
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        var parser = JSONParser()
        for line in bytes[..<whole].split(separator: UInt8(ascii: "\n")) {
            guard let value = line.withUnsafeBytes({ try? parser.parse($0) }) else { throw notAJournal }
            if beginning == nil {
                guard let read = Beginning(value) else { throw notAJournal }
                beginning = read
            } else if value["finished"] == .bool(true) {
                isFinished = true
            } else if let batch = MetBatch(value) {
                add(batch)
            } else {
                guard case .number(let number)? = value["rows"], let rows = number.integer else { throw notAJournal }
                knownRows = max(knownRows, Int(rows))
            }
        }
        guard beginning != nil || bytes.isEmpty else { throw notAJournal }
        if isReadOnly { return }
        guard ftruncate(descriptor, whole) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw CRMError(.inputOutput, errno: errno, path: path)
        }
    }

    /// Adds a batch. Those that were to be saved after the place where it begins never were.
    private func add(_ batch: MetBatch) {
        while let last = batches.last, last.until > batch.after { batches.removeLast() }
        batches.append(batch)
    }

    /// Returns the records of the rows up to a number that are saved in the database.
    func met(upTo rows: Int) -> MetRecords {
        let saved = batches.prefix { $0.until <= rows }
        return MetRecords(
            taken: saved.flatMap(\.met.taken),
            rejected: saved.flatMap(\.met.rejected),
            found: saved.flatMap(\.met.found)
        )
    }

    /// Returns how many of the rows up to a number, which are saved in the database, were rejected.
    func rejected(upTo rows: Int) -> Int {
        batches.prefix { isFinished || $0.until <= rows }.reduce(0) { $0 + $1.rejected }
    }

    /// Returns the digest of the rows up to a number that are saved in the database; `nil` if it is not known.
    func digest(upTo rows: Int) -> String? { batches.last { $0.until == rows }?.digest }

    private func contents() throws -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw notAJournal }
        let file = FileDescriptor(rawValue: descriptor)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.read(upTo: 64 * 1024)
            if piece.isEmpty { return bytes }
            bytes += piece
            // A file that does not begin like a journal is not read further into memory.
            if bytes.count == piece.count, bytes.first != UInt8(ascii: "{") { throw notAJournal }
        }
    }

    private var notAJournal: CRMError {
        CRMError(
            .usage,
            Text(en: "\(path) is no journal of an import", es: "\(path) no es el diario de una importación"),
            hint: Text(en: "name another file", es: "indicar otro archivo")
        )
    }

    // MARK: - Writing

    /// Writes the first line with the parameters of the import.
    func begin(_ beginning: Beginning) throws {
        try append(beginning.json)
        try FilePath(path).syncFolder()
        self.beginning = beginning
    }

    /// Writes a line with the number of rows saved so far.
    func note(rows: Int) throws {
        try append(.object([JSONMember("rows", .integer(Int64(rows)))]))
        knownRows = rows
    }

    /// Writes a line with the records of the rows of a batch, before that is saved in the database: after a crash in
    /// between, the database tells that the line does not count.
    ///
    /// - Parameters:
    ///   - rejected: how many of the rows were rejected.
    ///   - digest: the digest of the input up to the last of them, without the row that was read ahead.
    func note(_ met: MetRecords, rejected: Int, digest: String?, after: Int, until: Int) throws {
        let batch = MetBatch(after: after, until: until, met: met, rejected: rejected, digest: digest)
        try append(batch.json)
        add(batch)
    }

    /// Writes the last line: all rows are saved, and the database no longer knows of the import.
    func finish() throws {
        if isFinished { return }
        try append(.object([JSONMember("finished", .bool(true))]))
        isFinished = true
    }

    private func append(_ value: JSONValue) throws {
        try FileDescriptor(rawValue: descriptor).write(JSONLine.bytes(value))
        guard fsync(descriptor) == 0 else { throw CRMError(.inputOutput, errno: errno, path: path) }
    }

    /// Deletes the file when the import is complete, or nothing of it was saved.
    func remove() throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw CRMError(.inputOutput, errno: errno, path: path) }
        try FilePath(path).syncFolder()
    }
}

/// The records of the rows of one batch.
private struct MetBatch {
    /// The number of rows saved before it, and with it.
    let after: Int
    let until: Int
    let met: MetRecords
    /// How many of the rows were rejected.
    let rejected: Int
    /// The digest of the input up to its last row.
    let digest: String?

    init(after: Int, until: Int, met: MetRecords, rejected: Int, digest: String?) {
        (self.after, self.until, self.met, self.rejected) = (after, until, met, rejected)
        self.digest = digest
    }

    init?(_ value: JSONValue) {
        func integer(_ value: JSONValue?) -> Int64? {
            if case .number(let number)? = value { number.integer } else { nil }
        }
        /// The numbers of a list, so many for each record.
        func rows(of width: Int, _ value: JSONValue?) -> [ArraySlice<Int64>]? {
            guard case .array(let numbers)? = value else { return nil }
            let flat = numbers.compactMap { integer($0) }
            guard flat.count == numbers.count, flat.count.isMultiple(of: width) else { return nil }
            return stride(from: 0, to: flat.count, by: width).map { flat[$0..<$0 + width] }
        }
        func records(_ value: JSONValue?) -> [MetRecord]? {
            rows(of: 2, value)?.map { MetRecord(id: $0[$0.startIndex], row: $0[$0.startIndex + 1]) }
        }
        let none = JSONValue.array([])
        guard let after = integer(value["after"]), let until = integer(value["until"]),
            let taken = records(value["met"]), let rejected = records(value["met_rejected"] ?? none),
            let found = rows(of: 3, value["met_found"] ?? none)
        else { return nil }
        self.after = Int(after)
        self.until = Int(until)
        met = MetRecords(
            taken: taken,
            rejected: rejected,
            found: found.map {
                let start = $0.startIndex
                return FoundRecord(id: $0[start], given: $0[start + 1], keepsRows: $0[start + 2] == 1)
            }
        )
        self.rejected = Int(integer(value["rejected"]) ?? 0)
        digest = if case .string(let text)? = value["digest"] { text } else { nil }
    }

    /// The batch with its records as numbers in turn, since there may be a million.
    var json: JSONValue {
        func numbers(_ records: [MetRecord]) -> JSONValue {
            .array(records.flatMap { [.integer($0.id), .integer($0.row)] })
        }
        let found: [JSONValue] = met.found.flatMap {
            [.integer($0.id), .integer($0.given), .integer($0.keepsRows ? 1 : 0)]
        }
        return .object([
            JSONMember("after", .integer(Int64(after))), JSONMember("until", .integer(Int64(until))),
            JSONMember("rejected", .integer(Int64(rejected))), JSONMember("met", numbers(met.taken)),
            JSONMember("met_rejected", numbers(met.rejected)),
            JSONMember("met_found", .array(found)), JSONMember("digest", digest.map(JSONValue.string) ?? .null),
        ])
    }
}

extension ImportJournalFile.Beginning {
    private static let kind = "crm import"

    fileprivate init?(_ value: JSONValue) {
        guard case .string(Self.kind)? = value["journal"], case .string(let token)? = value["token"],
            case .string(let database)? = value["database"], case .string(let module)? = value["module"],
            case .object(let members)? = value["options"]
        else { return nil }
        var options: [String: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else { return nil }
            options[member.name] = text
        }
        journal = ImportJournal(token: token, database: database)
        meaning = ImportMeaning(module: ModuleName(rawValue: module), options: options)
    }

    fileprivate var json: JSONValue {
        let options = meaning.options.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        return .object([
            JSONMember("journal", .string(Self.kind)), JSONMember("token", .string(journal.token)),
            JSONMember("database", .string(journal.database)),
            JSONMember("module", .string(meaning.module.rawValue)), JSONMember("options", .object(options)),
        ])
    }
}
