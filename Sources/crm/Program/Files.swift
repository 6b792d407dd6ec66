import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// Folders that only their owner may enter.
enum Folders {
    /// Makes the folders that a file's path needs, mode 0700.
    static func make(for path: String) throws(CRMError) {
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            guard mkdir(folder, 0o700) != 0, errno != EEXIST, errno != EISDIR else { continue }
            let reason = Text(errno: errno)
            throw CRMError(
                .inputOutput,
                Text(
                    en: "cannot make the folder \(folder): \(reason.en)",
                    es: "no se puede crear la carpeta \(folder): \(reason.es)"
                )
            )
        }
    }
}

extension Folders {
    /// Sees to it that names of files that were made, renamed or removed in the folder of a path outlast a crash.
    static func sync(of path: String) throws(CRMError) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: folder) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder and say so by EINVAL; there is nothing more to do then.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CRMError(.inputOutput, errno: errno, path: folder)
        }
    }
}

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
    /// - Parameter mode: of a new file, by default one that nobody but its owner can read; one that is there keeps its own.
    static func write<Result>(
        to path: String,
        mode: mode_t = 0o600,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false,
        _ body: (ByteSink) throws -> Result
    ) throws -> Result {
        let place = target(of: path)
        var status = stat()
        let isThere = stat(place, &status) == 0
        let isPlain = !isThere || status.st_mode & S_IFMT == S_IFREG
        let draft = isPlain ? "\(place).\(getpid()).new" : place
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        let sink = ByteSink(descriptor: descriptor, encoding: encoding, byteOrderMark: byteOrderMark)
        defer { if isPlain { unlink(draft) } }
        let result: Result
        do {
            result = try body(sink)
            if isThere, isPlain, fchmod(descriptor, status.st_mode & 0o7777) != 0 { throw failure(path) }
        } catch {
            close(descriptor)
            throw error
        }
        try sink.close()
        if isPlain, rename(draft, place) != 0 { throw failure(path) }
        return result
    }

    private static func target(of path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func failure(_ path: String) -> CRMError {
        CRMError(.inputOutput, errno: errno, path: path)
    }
}

/// Files by their paths.
enum FileStatus {
    /// Whether there is one.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether two paths lead to one file, which is no pipe or device.
    static func areSame(_ first: String, _ second: String) -> Bool {
        var one = stat()
        var other = stat()
        return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_mode & S_IFMT == S_IFREG
            && one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// Whether there is a folder.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// How long one is, in bytes; `nil` where there is none.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
