import Glibc

/// A path split into folder and name.
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

    /// Writes the folder to the disk, so that creating, renaming or deleting the file survives a crash.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    public func syncFolder() throws(CRMError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // Permission to write to a folder does not include permission to read it.
        if descriptor < 0, errno == EACCES { return }
        guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: folder) }
        defer { close(descriptor) }
        // Some file systems cannot synchronize a folder and report EINVAL, so nothing can be done.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CRMError(.inputOutput, errno: errno, path: folder)
        }
    }
}

extension FilePath {
    /// Returns a path from the root, which means the same file from every folder. Nothing need be there.
    public static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = realpath(".", nil) else { return path }
        defer { free(folder) }
        let rest = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
        return (folder[1] == 0 ? "/" : String(cString: folder) + "/") + rest
    }

    /// Returns the path that a path leads to, also through symbolic links at its end that lead nowhere; the path itself
    /// when they form a cycle.
    public static func target(of path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        var place = path
        for _ in 0..<mostLinks {
            var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = bytes.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.map { readlink(place, $0, buffer.count) } ?? -1
            }
            guard count > 0 else { return place }
            let target = String(decoding: bytes.prefix(count), as: UTF8.self)
            place = target.hasPrefix("/") ? target : "\(FilePath(place).folder)/\(target)"
        }
        return path
    }

    /// The maximum number of links that Linux follows.
    private static let mostLinks = 40

    /// Returns the path that a symbolic link leads to; any other path unchanged, so that messages show what was typed.
    static func followingLink(_ path: String) -> String {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK ? target(of: path) : path
    }

    /// The outcome of giving a file a name.
    enum Naming {
        /// The file has both names.
        case linked
        /// The file has only the new name, since the file system gives no file two.
        case renamed
        /// Something has the name already.
        case taken
        /// The error stands in `errno`.
        case failed
    }

    /// Gives a file a name on its file system, unless something has that name.
    ///
    /// link(2) never replaces anything; a file system without it leaves a moment between the look and rename(2).
    static func give(_ name: String, to path: String) -> Naming {
        if link(path, name) == 0 { return .linked }
        if errno == EEXIST { return .taken }
        guard [EPERM, ENOTSUP, EMLINK, ENOSYS].contains(errno) else { return .failed }
        if FileIdentity(named: name) != nil { return .taken }
        return rename(path, name) == 0 ? .renamed : .failed
    }
}
