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

    /// Whether a file can be made, without making anything.
    ///
    /// - Parameter areMade: whether the folders that its path needs would be made with it.
    static func checkWritable(for path: String, areMade: Bool) throws(CRMError) {
        var place = FileStatus.exists(path) ? path : folder(of: path)
        while areMade, place != "/", place != ".", !FileStatus.exists(place) { place = folder(of: place) }
        guard access(place, FileStatus.isFolder(place) ? W_OK | X_OK : W_OK) == 0 else {
            throw CRMError(.inputOutput, errno: errno, path: path)
        }
    }

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
