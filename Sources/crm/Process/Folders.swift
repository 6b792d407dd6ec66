import CRMKit
import Glibc
import Localization

/// Creation of folders that only their owner may enter.
enum Folders {
    /// Creates the missing folders of a file's path, with mode 0700.
    static func make(for path: String) throws(CRMError) {
        var folder = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/").dropLast() {
            folder += "\(part)/"
            guard mkdir(folder, 0o700) != 0, errno != EEXIST, errno != EISDIR else { continue }
            let reason = Text(errno: errno)
            let name = folder.dropLast()
            throw CRMError(
                .inputOutput,
                Text(
                    en: "cannot make the folder \(name): \(reason.en)",
                    es: "no se puede crear la carpeta \(name): \(reason.es)"
                )
            )
        }
    }

    /// Creates a folder with mode 0700 if it does not exist; its parent must exist.
    static func makeFolder(_ path: String) throws(CRMError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw CRMError(.inputOutput, errno: errno, path: path)
    }

    /// Checks that a file could be created or written, without creating anything.
    ///
    /// - Parameter areMade: whether missing folders of its path would be created with it.
    /// - Throws: ``CRMError`` `inputOutput` if it could not.
    static func checkWritable(for path: String, areMade: Bool) throws(CRMError) {
        var place = FileStatus.exists(path) ? path : FilePath(path).folder
        while areMade, place != "/", place != ".", !FileStatus.exists(place) { place = FilePath(place).folder }
        guard access(place, FileStatus.isFolder(place) ? W_OK | X_OK : W_OK) == 0 else {
            let failure = CRMError(.inputOutput, errno: errno, path: path)
            throw CRMError.missingFolder(of: path) ?? failure
        }
    }
}
