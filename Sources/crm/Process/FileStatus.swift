import CRMKit
import Glibc

/// Facts about files, by their paths.
enum FileStatus {
    /// The suffixes of the files of a database: of its main file, and of those that SQLite keeps beside it.
    static let databaseSuffixes = ["", "-wal", "-shm", "-journal"]

    /// Returns whether a file or folder exists at a path, following links.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Returns whether anything exists at a path, even a link without a target.
    static func isNameTaken(_ path: String) -> Bool {
        FileIdentity(named: path) != nil
    }

    /// Returns whether two paths lead to the same regular file, which may not exist yet.
    static func areSame(_ first: String, _ second: String) -> Bool {
        switch (FileIdentity(at: first), FileIdentity(at: second)) {
        case (let one?, let other?): return one.isRegular && one == other
        case (nil, nil):
            let (first, second) = (FilePath(FilePath.target(of: first)), FilePath(FilePath.target(of: second)))
            guard first.name == second.name, let folder = FileIdentity(at: first.folder) else { return false }
            return folder == FileIdentity(at: second.folder)
        default: return false
        }
    }

    /// Discards all further output to a descriptor.
    static func discardOutput(to descriptor: Int32) {
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard null >= 0 else { return }
        dup2(null, descriptor)
        close(null)
    }

    /// Returns whether an open regular file is the one at a path.
    static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        guard let open = FileIdentity(of: descriptor), open.isRegular else { return false }
        return open == FileIdentity(at: path)
    }

    /// Returns whether a path leads to a pipe, a device or a socket.
    static func isPipeOrDevice(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Returns whether a path is that of a symbolic link.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Returns whether a path leads to a folder.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns the permissions of a file; `nil` if it does not exist.
    static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    /// Returns the size of a file in bytes; `nil` if it does not exist.
    static func size(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
