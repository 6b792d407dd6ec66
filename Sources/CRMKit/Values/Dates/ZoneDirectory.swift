import Formats
import Glibc

/// The folder of the system's time zones, one compiled file each.
public struct ZoneDirectory: Sendable {
    /// The folder's path.
    public let path: String

    /// The default folder of the C library.
    public static let system = ZoneDirectory(path: "/usr/share/zoneinfo")

    /// Creates a directory for a folder.
    public init(path: String) {
        self.path = path
    }

    /// Whether the folder is there; systems without time zone data have none.
    var exists: Bool { access(path, F_OK) == 0 }

    /// Returns the zone with a name, or with an absolute path, as TZ allows it.
    ///
    /// - Returns: `nil` if there is no such zone.
    func zone(named name: String) -> ZoneFile? {
        let isAbsolute = name.utf8.first == UInt8(ascii: "/")
        guard
            isAbsolute
                || !name.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) })
        else { return nil }
        return Self.read(isAbsolute ? name : path + "/" + name).flatMap { ZoneFile($0) }
    }

    /// Returns the content of a small file; `nil` for one that cannot be read or is larger than a zone file can be.
    static func read(_ path: String) -> [UInt8]? {
        // For the C library a path ends at its first NUL, so that another file than the named one would be read.
        guard !path.utf8.contains(0) else { return nil }
        // Without O_NONBLOCK a FIFO of that name would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let limit = 65_536
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = SystemCall.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor) ?? 0
        }
        return !bytes.isEmpty && bytes.count < limit ? bytes : nil
    }
}
