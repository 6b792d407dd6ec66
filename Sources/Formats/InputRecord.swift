import Glibc

/// An open input that cannot be opened again, such as standard input or a pipe, with the bytes read of it so far, so that
/// they can be read once more.
///
/// Only the beginning of an input is kept. A file needs no keeping: it is read again from where it was.
public final class InputRecord {
    let descriptor: Int32
    private let closes: Bool
    /// The position in a file where reading began; `nil` for an input without positions.
    private let beginning: off_t?
    private var bytes: [UInt8] = []
    private var next = 0
    private var isWhole = true

    /// The number of bytes kept, enough for the header of a table.
    private static let most = 1 << 20

    /// - Parameter closes: whether the descriptor is closed when the record is deallocated.
    public init(descriptor: Int32 = STDIN_FILENO, closes: Bool = false) {
        self.descriptor = descriptor
        self.closes = closes
        let position = lseek(descriptor, 0, SEEK_CUR)
        beginning = position < 0 ? nil : position
    }

    /// Opens a file, a pipe or a device for reading.
    public convenience init(path: String) throws(ReadError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(errno: errno) }
        self.init(descriptor: descriptor, closes: true)
    }

    deinit { if closes { close(descriptor) } }

    /// Whether the following reads can begin again where the first one began.
    public var canRewind: Bool { beginning != nil || isWhole }

    /// Makes the following reads begin again where the first one began.
    ///
    /// - Returns: `false` if more was read than is kept; the reads then go on where they were.
    public func rewind() -> Bool {
        if let beginning { return lseek(descriptor, beginning, SEEK_SET) >= 0 }
        if isWhole { next = 0 }
        return isWhole
    }

    /// Copies bytes that were read before.
    ///
    /// - Returns: their number, at most `room`; 0 when all were copied.
    func replay(into target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int {
        let length = min(room, bytes.count - next)
        guard length > 0 else { return 0 }
        bytes.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return }
            target.update(from: first + next, count: length)
        }
        next += length
        return length
    }

    /// Keeps bytes that were just read.
    func keep(_ read: UnsafeBufferPointer<UInt8>) {
        guard isWhole, beginning == nil else { return }
        isWhole = bytes.count + read.count <= Self.most
        if isWhole { bytes += read } else { bytes = [] }
        next = bytes.count
    }
}
