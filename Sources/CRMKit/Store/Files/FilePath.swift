import Glibc

/// A path in its two parts.
public struct FilePath {
    /// The folder of the file; `.` when only a name is given.
    public let folder: String
    /// The file's name in its folder.
    public let name: String

    /// Splits a path without accessing any file.
    public init(_ path: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            (folder, name) = (".", path)
            return
        }
        folder = slash == path.startIndex ? "/" : String(path[..<slash])
        name = String(path[path.utf8.index(after: slash)...])
    }

    /// Returns the names in a folder, sorted, without `.` and `..`.
    ///
    /// - Returns: `nil` if the folder cannot be read; `errno` holds the reason.
    public static func names(in folder: String) -> [String]? {
        guard let entries = opendir(folder) else { return nil }
        defer { closedir(entries) }
        var names: [String] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Sees to it that the file's name, made, changed or removed in its folder, outlasts a crash.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    public func syncFolder() throws(CRMError) {
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
