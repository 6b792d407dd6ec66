import Glibc

/// The identity of a file on the machine, whatever its names are: its device and its number there.
public struct FileIdentity: Equatable, Sendable {
    private let device: dev_t
    private let number: ino_t
    /// Whether it is a regular file, and no folder, link, pipe or device.
    public let isRegular: Bool

    private init(_ status: stat) {
        (device, number) = (status.st_dev, status.st_ino)
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }

    /// The file that a path leads to, following links; `nil` if there is none.
    public init?(at path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The file with a name, which may be a symbolic link; `nil` if there is none.
    public init?(named path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// An open file; `nil` for a descriptor that is not open.
    public init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Whether an open file still has a name: another process may have removed or replaced it since it was opened.
    public static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        guard let opened = FileIdentity(of: descriptor) else { return false }
        return opened == FileIdentity(named: path)
    }
}
