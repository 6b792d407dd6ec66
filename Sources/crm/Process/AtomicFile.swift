import CRMKit
import Formats
import Glibc
import Localization

/// Files that appear whole or not at all.
enum AtomicFile {
    /// Writes a file beside its place and renames it there.
    ///
    /// - Parameter mode: of a new file; one that is there keeps its own.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        try write(to: path, mode: mode) { try $0.append(bytes) }
    }

    /// Lets a body write a file beside its place and renames it there; where the body throws, nothing changes.
    ///
    /// What a link points at is written, not the link. A pipe or a device is written as it is.
    ///
    /// - Parameters:
    ///   - mode: of a new file, by default one that nobody but its owner can read; one that is there keeps its own.
    ///   - isSynced: whether the file is on the disk when this returns. The caller may see to that for many at once.
    static func write<Result>(
        to path: String,
        mode: mode_t = 0o600,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false,
        isSynced: Bool = true,
        _ body: (ByteSink) throws -> Result
    ) throws -> Result {
        let place = target(of: path)
        var status = stat()
        let isThere = stat(place, &status) == 0
        let file =
            if isThere, status.st_mode & S_IFMT != S_IFREG {
                try Opened(itself: place)
            } else {
                try Opened(beside: place, mode: isThere ? status.st_mode & 0o7777 : nil, newMode: mode)
            } as Opened
        defer { file.discard() }
        let sink = ByteSink(descriptor: file.descriptor, encoding: encoding, byteOrderMark: byteOrderMark)
        let result: Result
        do {
            result = try body(sink)
            try sink.flush()
            if isSynced { try file.sync() }
        } catch {
            close(file.descriptor)
            throw error
        }
        try sink.close()
        try file.publish(isSynced: isSynced)
        return result
    }

    /// What is written to.
    private struct Opened {
        let descriptor: Int32
        /// The passing name; `nil` for what is written as it is.
        private let draft: String?
        private let place: String

        /// Opens a pipe or a device.
        init(itself path: String) throws(CRMError) {
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: path) }
            draft = nil
            place = path
        }

        /// Makes a file in the folder of a place, under a name nobody can have foreseen. Whatever has that name already
        /// is somebody else's, a link included, and is left alone.
        ///
        /// - Parameter mode: of the file whose place it takes; `nil` where there is none.
        init(beside place: String, mode: mode_t?, newMode: mode_t) throws(CRMError) {
            let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
            let draft = "\(place).\(suffix).new"
            descriptor = try CRMError.makingFile(place) { () throws(CRMError) in
                let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, newMode)
                guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: place) }
                return descriptor
            }
            if let mode, fchmod(descriptor, mode) != 0 {
                let failure = CRMError(.inputOutput, errno: errno, path: place)
                close(descriptor)
                unlink(draft)
                throw failure
            }
            self.draft = draft
            self.place = place
        }

        /// Sees to it that the bytes are on the disk.
        func sync() throws(CRMError) {
            // A pipe or a device has none.
            guard draft != nil, fsync(descriptor) != 0, errno != EINVAL else { return }
            throw CRMError(.inputOutput, errno: errno, path: place)
        }

        /// Gives the file its name.
        func publish(isSynced: Bool) throws(CRMError) {
            guard let draft else { return }
            guard rename(draft, place) == 0 else { throw CRMError(.inputOutput, errno: errno, path: place) }
            if isSynced { try FilePath(place).syncFolder() }
        }

        /// Takes away what was not given its name.
        func discard() {
            if let draft { unlink(draft) }
        }
    }

    private static func target(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
