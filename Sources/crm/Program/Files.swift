import CLIKit
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
            let reason = String(cString: strerror(errno))
            throw CRMError(
                .inputOutput,
                Text(
                    en: "cannot make the folder \(folder): \(reason)",
                    es: "no se puede crear la carpeta \(folder): \(reason)"
                )
            )
        }
    }
}

/// Files that appear whole or not at all.
enum AtomicFile {
    /// Writes a file beside its place and renames it there, with a mode that nobody but its owner can read unless another is given.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        do {
            try FileDescriptor(rawValue: descriptor).write(bytes)
        } catch {
            close(descriptor)
            unlink(draft)
            throw error
        }
        guard close(descriptor) == 0, rename(draft, path) == 0 else {
            let failure = failure(path)
            unlink(draft)
            throw failure
        }
    }

    private static func failure(_ path: String) -> CRMError {
        CRMError(.inputOutput, Text("\(path): \(String(cString: strerror(errno)))"))
    }
}
