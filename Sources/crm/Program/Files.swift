import CRMKit
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
    /// The folder of a path, `.` where only a name is given.
    static func folder(of path: String) -> String {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        return slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    /// Sees to it that what was made, renamed or removed in a folder outlasts a crash.
    static func sync(_ folder: String) throws(CRMError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Who may write to a folder need not be allowed to look at it.
        if descriptor < 0, errno == EACCES { return }
        guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: folder) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder and say so by EINVAL; there is nothing more to do then.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CRMError(.inputOutput, errno: errno, path: folder)
        }
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
