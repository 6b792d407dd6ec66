import Glibc

/// Why bytes could not be read.
public enum ReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `open(2)`, `read(2)` or `poll(2)` failed with this `errno`.
    case failed(errno: Int32)

    /// The `errno` of the failed call.
    public var errno: Int32 {
        switch self {
        case .failed(let number): number
        }
    }

    /// The system's words for the failure, for logs.
    public var description: String { "cannot read: \(String(cString: strerror(errno)))" }
}

/// Input that a reader pulls in chunks, from a file descriptor or from memory.
///
/// It keeps a window: the bytes already read from the input but not yet consumed. `fill()` makes the window longer
/// and may move it; `consume(_:)` lets go of its beginning. Its memory grows only with the longest record a reader
/// keeps in the window.
public final class ByteSource {
    /// U+FEFF in UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum Origin {
        case descriptor(Int32, closes: Bool)
        case memory([UInt8], next: Int)
    }

    private var origin: Origin
    private let chunkSize: Int
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var end = 0
    /// Bytes consumed since the beginning of the input.
    private(set) var offset = 0

    /// Reads an open descriptor, standard input unless told otherwise, which stays the caller's to close.
    public init(descriptor: Int32 = STDIN_FILENO, chunkSize: Int = 128 * 1024) {
        origin = .descriptor(descriptor, closes: false)
        self.chunkSize = chunkSize
        capacity = chunkSize
        buffer = .allocate(capacity: capacity)
    }

    /// Reads bytes in memory, `chunkSize` of them at a time.
    public init(bytes: [UInt8], chunkSize: Int = 128 * 1024) {
        origin = .memory(bytes, next: 0)
        self.chunkSize = chunkSize
        capacity = chunkSize
        buffer = .allocate(capacity: capacity)
    }

    /// Opens a file for reading; it is closed when the source is deallocated.
    public convenience init(path: String) throws(ReadError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(errno: errno) }
        self.init(descriptor: descriptor)
        origin = .descriptor(descriptor, closes: true)
    }

    deinit {
        buffer.deallocate()
        if case .descriptor(let descriptor, closes: true) = origin { close(descriptor) }
    }

    /// The first byte of the window; valid until the next `fill()`.
    var window: UnsafeMutablePointer<UInt8> { buffer + start }

    /// Bytes in the window.
    var available: Int { end - start }

    /// Lets go of the first `length` bytes of the window. Their memory stays as it is until the next `fill()`.
    func consume(_ length: Int) {
        start += length
        offset += length
    }

    /// Adds what the next read gives to the window's end. False at the end of the input.
    func fill() throws(ReadError) -> Bool {
        makeRoom()
        let room = min(chunkSize, capacity - end)
        switch origin {
        case .descriptor(let descriptor, _):
            let length = try read(descriptor, into: buffer + end, room)
            end += length
            return length > 0
        case .memory(let bytes, let next):
            let length = min(room, bytes.count - next)
            bytes.withUnsafeBufferPointer { bytes in
                guard let first = bytes.baseAddress else { return }
                (buffer + end).update(from: first + next, count: length)
            }
            origin = .memory(bytes, next: next + length)
            end += length
            return length > 0
        }
    }

    /// Fills until the window holds `length` bytes. False when the input ends before.
    func ensure(_ length: Int) throws(ReadError) -> Bool {
        while available < length {
            guard try fill() else { return false }
        }
        return true
    }

    /// Consumes a byte order mark if the window begins with one.
    func skipByteOrderMark() throws(ReadError) {
        let length = ByteSource.byteOrderMark.count
        guard try ensure(length) else { return }
        let beginning = UnsafeBufferPointer(start: window, count: length)
        if beginning.elementsEqual(ByteSource.byteOrderMark) { consume(length) }
    }

    private func makeRoom() {
        if start > 0 {
            buffer.update(from: buffer + start, count: available)
            end -= start
            start = 0
        }
        guard end == capacity else { return }
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        grown.update(from: buffer, count: end)
        buffer.deallocate()
        buffer = grown
        capacity *= 2
    }

    private func read(
        _ descriptor: Int32,
        into target: UnsafeMutablePointer<UInt8>,
        _ room: Int
    ) throws(ReadError) -> Int {
        while true {
            let length = Glibc.read(descriptor, target, room)
            if length >= 0 { return length }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // Whoever shares the terminal or pipe may have made it non-blocking.
                var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                if poll(&wanted, 1, -1) < 0 && errno != EINTR { throw .failed(errno: errno) }
            default: throw .failed(errno: errno)
            }
        }
    }
}
