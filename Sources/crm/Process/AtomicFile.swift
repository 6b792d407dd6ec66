import CRMKit
import Formats
import Glibc
import Localization

/// Files that appear whole or not at all, no matter how the program ends.
struct AtomicFile {
    /// The requests to stop before the file is complete.
    let interruption: Interruption
    /// The permissions. By default only the owner can read the file, whatever those of the replaced file were.
    var mode = Self.ownMode
    /// Whether the umask of the process is applied to the permissions.
    var isMasked = true

    /// The permissions of a file that only its owner can read.
    static let ownMode: mode_t = 0o600

    /// Writes a file beside its final place and moves it there.
    ///
    /// - Throws: ``CRMError`` `inputOutput`, `interrupted`.
    func write(_ bytes: [UInt8], to path: String) throws {
        try write(to: path) { try $0.append(bytes) }
    }

    /// Lets a body write a file beside its final place, and moves it there. If the body throws, or a signal stops it,
    /// nothing changes.
    ///
    /// If the path is a link, its target is replaced. A pipe or a device is written directly.
    ///
    /// - Throws: ``CRMError`` `inputOutput`, `interrupted`; the errors of the body.
    func write<Result>(
        to path: String,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false,
        _ body: (ByteSink) throws -> Result
    ) throws -> Result {
        if FileStatus.isPipeOrDevice(path) {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: path) }
            defer { close(descriptor) }
            let sink = ByteSink(descriptor: descriptor, encoding: encoding, byteOrderMark: byteOrderMark)
            let result = try body(sink)
            try sink.flush()
            return result
        }
        interruption.hold()
        let draft = try CRMError.makingFile(path) { () throws(CRMError) in
            try DraftFile(for: FilePath.target(of: path), mode: mode, isMasked: isMasked)
        }
        let sink = ByteSink(descriptor: draft.descriptor, encoding: encoding, byteOrderMark: byteOrderMark)
        let result: Result
        do {
            result = try body(sink)
            try sink.flush()
        } catch {
            // After a signal, the error reports the interruption.
            throw interruption.isRequested ? CRMError.interruptedUnsaved : Self.named(error, path)
        }
        if interruption.isRequested { throw CRMError.interruptedUnsaved }
        try draft.publish()
        interruption.pass()
        return result
    }

    /// Returns the error that a file could not be written, with its name; other errors as they are.
    fileprivate static func named(_ error: any Error, _ path: String) -> any Error {
        guard case .failed(let number)? = error as? WriteError else { return error }
        return CRMError(.inputOutput, errno: number, path: path)
    }
}

/// Writes many files into one folder, each of which appears whole or not at all. Waiting for the disk after each of
/// them would take most of the time, so they are moved to their final places in groups.
final class AtomicFolder {
    private let path: String
    private let interruption: Interruption
    private var drafts: [DraftFile] = []
    /// The number of files moved to their places.
    private(set) var published = 0

    /// The maximum number of drafts, each of which is an open file.
    private static let mostDrafts = 200

    /// - Parameter path: an existing folder.
    init(_ path: String, _ interruption: Interruption) {
        self.path = path
        self.interruption = interruption
        interruption.hold()
        DraftFile.sweep(path)
    }

    /// Lets a body write one of the files.
    ///
    /// - Throws: ``CRMError`` `inputOutput`, `interrupted`; the errors of the body.
    func write(_ name: String, _ body: (ByteSink) throws -> Void) throws {
        if interruption.isRequested { throw CRMError.interruptedUnsaved }
        // A link of that name is replaced; following it would lead out of the folder.
        let draft = try DraftFile(for: "\(path)/\(name)", sweeps: false)
        let sink = ByteSink(descriptor: draft.descriptor)
        do {
            try body(sink)
            try sink.flush()
        } catch {
            throw AtomicFile.named(error, "\(path)/\(name)")
        }
        drafts.append(draft)
        if drafts.count == Self.mostDrafts { try publish() }
    }

    /// Moves the files written so far to their final places.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func publish() throws(CRMError) {
        guard !drafts.isEmpty else { return }
        // The first call writes all files at once but cannot report errors; the calls that follow report them and have
        // little left to write.
        Glibc.sync()
        for draft in drafts { try draft.sync() }
        for draft in drafts { try draft.publish(isSynced: false) }
        published += drafts.count
        drafts = []
        try FilePath("\(path)/.").syncFolder()
    }
}
