import CRMKit
import Formats
import Glibc
import Localization

/// What a folder of calendars and the records had when they last agreed, JSON Lines in a file of the folder that other
/// programs pass over.
struct SyncState {
    private let folder: String
    private var path: String { "\(folder)/.crm-sync" }

    private static let longestState = 256 * 1024 * 1024
    private static let longestFile = 64 * 1024 * 1024

    init(_ folder: String) { self.folder = folder }

    /// Reads it; there is nothing before the first time.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file of another kind.
    func read() throws -> [CalendarSync.Agreement] {
        guard let bytes = try SmallFile.readIfThere(path, atMost: Self.longestState, failingAs: .inputOutput) else {
            return []
        }
        var parser = JSONParser()
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            guard let value = line.withUnsafeBytes({ try? parser.parse($0) }), case .string(let uid)? = value["uid"],
                case .string(let file)? = value["file"], case .string(let fileDigest)? = value["file_digest"],
                case .string(let recordDigest)? = value["record_digest"]
            else {
                throw CRMError(
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
            return CalendarSync.Agreement(
                uid: uid,
                file: file,
                fileDigest: fileDigest,
                recordDigest: recordDigest
            )
        }
    }

    /// Writes it, whole or not at all.
    func write(_ agreements: [CalendarSync.Agreement], _ interruption: Interruption) throws {
        try AtomicFile(interruption: interruption).write(to: path) { sink in
            for agreement in agreements {
                let line = JSONValue.object([
                    JSONMember("uid", .string(agreement.uid)), JSONMember("file", .string(agreement.file)),
                    JSONMember("file_digest", .string(agreement.fileDigest)),
                    JSONMember("record_digest", .string(agreement.recordDigest)),
                ])
                try sink.append(JSONLine.bytes(line))
            }
        }
    }

    /// The paths of the files of the folder.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for what cannot be read.
    func paths() throws -> [String] { try ImportFiles(folder, .ics, encoding: nil).paths(mayBeEmpty: true) }

    /// One of the files.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for one that cannot be read.
    func file(_ path: String) throws -> CalendarSync.File {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CRMError(.inputOutput, errno: errno, path: path) }
        // A pipe may never end.
        guard status.st_mode & S_IFMT == S_IFREG else { throw InputFile.notOne(path) }
        let read = { try SmallFile.read(path, atMost: Self.longestFile) }
        var hash = SHA256()
        hash.update(try read())
        return CalendarSync.File(
            name: String(path.dropFirst(folder.count + 1)),
            digest: hash.hexadecimal,
            changed: Int64(status.st_mtim.tv_sec),
            bytes: read
        )
    }
}
