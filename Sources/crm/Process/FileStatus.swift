import Glibc

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
