import CRMKit
import Formats
import Glibc
import Localization

/// The common state of a folder of calendars and the records after the last synchronization, as JSON Lines in a file of
/// the folder that other programs ignore.
struct SyncState {
    private let folder: String
    private var path: String { "\(folder)/.crm-sync" }

    private static let longestFile = 64 * 1024 * 1024

    init(_ folder: String) { self.folder = folder }

    /// Calls a closure with each file's common state; there is none before the first synchronization.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file of another kind; the errors of the body.
    func forEachAgreement(_ body: (CalendarSync.Agreement) throws -> Void) throws {
        guard FileStatus.exists(path) else { return }
        if FileStatus.isPipeOrDevice(path) { throw InputFile.notOne(path) }
        let source = try CRMError.reading(Text(path)) { try ByteSource(path: path) }
        var reader = JSONLinesReader(source)
        while true {
            let value: JSONValue?
            do throws(JSONError) {
                value = try reader.next()
            } catch {
                throw strange
            }
            guard let value else { return }
            guard case .string(let uid)? = value["uid"], case .string(let file)? = value["file"],
                case .string(let fileDigest)? = value["file_digest"],
                case .string(let recordText)? = value["record_digest"],
                let recordDigest = SHA256Digest(hexadecimal: recordText)
            else { throw strange }
            try body(
                CalendarSync.Agreement(
                    uid: uid,
                    file: file,
                    fileDigest: SHA256Digest(hexadecimal: fileDigest),
                    recordDigest: recordDigest,
                    revisions: Self.moments(value["changed_at"]),
                    behind: Self.states(value["behind"]),
                    isMade: value["made_here"] == .bool(true),
                    isRemoved: value["removed"] == .bool(true)
                )
            )
        }
    }

    /// Returns moments in seconds since 1970; none where an earlier version of the program wrote the line.
    private static func moments(_ value: JSONValue?) -> [Int64] {
        guard case .array(let elements)? = value else { return [] }
        return elements.compactMap { element in
            guard case .number(let number) = element else { return nil }
            return number.integer
        }
    }

    private static func states(_ value: JSONValue?) -> [CalendarSync.Agreement.State] {
        guard case .array(let elements)? = value else { return [] }
        return elements.compactMap { element in
            guard case .number(let number)? = element["changed_at"], let revision = number.integer,
                case .string(let text)? = element["record_digest"], let digest = SHA256Digest(hexadecimal: text)
            else { return nil }
            return CalendarSync.Agreement.State(revision: revision, digest: digest)
        }
    }

    private var strange: CRMError {
        CRMError(
            .inputOutput,
            Text(
                en: "\(path) is not what a sync has written",
                es: "\(path) no es lo que escribió una sincronización"
            ),
            hint: Text(
                en: "remove it, and everything is compared anew",
                es: "eliminarlo, y se compara todo de nuevo"
            )
        )
    }

    /// Writes the present common state, whole or not at all.
    func write(_ sync: CalendarSync, _ interruption: Interruption) throws {
        try AtomicFile(interruption: interruption).write(to: path) { sink in
            try sync.forEachAgreement { agreement in
                let members = [
                    JSONMember("uid", .string(agreement.uid)), JSONMember("file", .string(agreement.file)),
                    JSONMember("file_digest", .string(agreement.fileDigest?.hexadecimal ?? "")),
                    JSONMember("record_digest", .string(agreement.recordDigest.hexadecimal)),
                    JSONMember("changed_at", .array(agreement.revisions.map { .number(JSONNumber($0)) })),
                    JSONMember("made_here", .bool(agreement.isMade)),
                ]
                let states = agreement.behind.map { state in
                    JSONValue.object([
                        JSONMember("changed_at", .number(JSONNumber(state.revision))),
                        JSONMember("record_digest", .string(state.digest.hexadecimal)),
                    ])
                }
                let behind = states.isEmpty ? [] : [JSONMember("behind", .array(states))]
                let removed = agreement.isRemoved ? [JSONMember("removed", .bool(true))] : []
                try sink.append(JSONLine.bytes(.object(members + behind + removed)))
            }
        }
    }

    /// Returns the paths of the calendar files in the folder.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a folder that cannot be read.
    func paths() throws -> [String] { try ImportFiles(folder, .ics, encoding: nil).paths(mayBeEmpty: true) }

    /// Reads one of the folder's files.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be read.
    func file(_ path: String) throws -> CalendarSync.File {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CRMError(.inputOutput, errno: errno, path: path) }
        // A pipe may never end.
        guard status.st_mode & S_IFMT == S_IFREG else { throw InputFile.notOne(path) }
        let name = String(path.dropFirst(folder.count + 1))
        var hash = SHA256()
        hash.update(try bytes(name))
        return CalendarSync.File(
            name: name,
            digest: SHA256Digest(hash),
            changed: Int64(status.st_mtim.tv_sec)
        )
    }

    /// Reads a file of the folder.
    func bytes(_ name: String) throws -> [UInt8] {
        try SmallFile.read("\(folder)/\(name)", atMost: Self.longestFile)
    }
}
