import Glibc

/// Input that a reader pulls in chunks, from a file descriptor or from memory.
///
/// It keeps a window: the bytes already read from the input but not yet consumed. `fill()` makes the window longer
/// and may move it; `consume(_:)` lets go of its beginning. Its memory grows only with the longest record a reader
/// keeps in the window.
///
/// The window is UTF-8: input in another encoding is decoded as it is read. What its encoding does not define comes
/// into the window as bytes that are not well-formed UTF-8, so that readers refuse it and tell its place. Offsets
/// and columns count the bytes of the window.
public final class ByteSource {
    /// U+FEFF in UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private var input: ByteInput
    private let chunkSize: Int
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var end = 0
    /// Bytes consumed since the beginning of the input.
    private(set) var offset = 0
    /// What hears of all that is consumed, where somebody wants to know.
    private var digest: InputDigest?

    private var hasBegun = false
    /// What stands between the input and the window, once the input is known not to be UTF-8.
    private var decoding: StreamDecoder?
    /// The encoding of the input: once the first bytes have been read, as the byte order mark tells it, else as it was
    /// told; UTF-8 where neither does.
    public private(set) var encoding: TextEncoding
    /// True when the input begins with a byte order mark; false before its first bytes have been read.
    public private(set) var hasByteOrderMark = false

    /// Reads an open descriptor, standard input unless told otherwise, which stays the caller's to close.
    ///
    /// - Parameter encoding: How the input is encoded where no byte order mark tells; nil is UTF-8.
    public convenience init(
        descriptor: Int32 = STDIN_FILENO,
        encoding: TextEncoding? = nil,
        chunkSize: Int = 128 * 1024
    ) {
        self.init(.descriptor(descriptor, closes: false, isReady: nil), encoding, chunkSize)
    }

    /// Reads bytes in memory, `chunkSize` of them at a time; `encoding` as for a descriptor.
    public convenience init(bytes: [UInt8], encoding: TextEncoding? = nil, chunkSize: Int = 128 * 1024) {
        self.init(.memory(bytes, next: 0), encoding, chunkSize)
    }

    /// Opens a file for reading; it is closed when the source is deallocated. `encoding` as for a descriptor.
    public convenience init(path: String, encoding: TextEncoding? = nil) throws(ReadError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(errno: errno) }
        self.init(.descriptor(descriptor, closes: true, isReady: nil), encoding, 128 * 1024)
    }

    private init(_ input: ByteInput, _ encoding: TextEncoding?, _ chunkSize: Int) {
        self.input = input
        self.encoding = encoding ?? .utf8
        self.chunkSize = chunkSize
        capacity = chunkSize
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
        input.close()
    }

    /// From now on `isReady` is called with the descriptor ahead of every read, to wait until there is something: a
    /// pipe may stand still for long. Where it gives false, the reading ends with ``ReadError/cancelled``. Bytes in
    /// memory are not waited for.
    public func wait(by isReady: @escaping (Int32) -> Bool) {
        guard case .descriptor(let descriptor, let closes, _) = input else { return }
        input = .descriptor(descriptor, closes: closes, isReady: isReady)
    }

    /// From now on what readers take, in UTF-8, is added to a digest.
    public func feed(_ digest: InputDigest?) { self.digest = digest }

    /// The share of a file that has been read so far, 0 to 1, ahead of what is made of it by at most one chunk; nil
    /// where the input is no file, or an empty one.
    public var share: Double? { input.share }

    /// The first byte of the window; valid until the next `fill()`.
    var window: UnsafeMutablePointer<UInt8> { buffer + start }

    /// Bytes in the window.
    var available: Int { end - start }

    /// Lets go of the first `length` bytes of the window. Their memory stays as it is until the next `fill()`.
    func consume(_ length: Int) {
        digest?.update(UnsafeRawBufferPointer(start: window, count: length))
        start += length
        offset += length
    }

    /// Adds what the next read gives to the window's end. False at the end of the input.
    func fill() throws(ReadError) -> Bool {
        if !hasBegun {
            hasBegun = true
            try begin()
            if available > 0 { return true }
        }
        if let decoding {
            makeRoom(for: decoding.largestOutput)
            let length = try decoding.read(&input, into: buffer + end)
            end += length
            return length > 0
        }
        return try fillAsIs()
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

    /// Reads the first bytes of the input and settles from them how it is encoded.
    private func begin() throws(ReadError) {
        while available < ByteSource.byteOrderMark.count {
            guard try fillAsIs() else { break }
        }
        let beginning = UnsafeBufferPointer(start: window, count: available)
        func isMarked(_ encoding: TextEncoding) -> Bool {
            encoding.byteOrderMark.map { beginning.starts(with: $0) } ?? false
        }
        // A mark wins over what was told, as the Encoding Standard of the WHATWG has it (section 6).
        let marked = [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian].first(where: isMarked)
        encoding = marked ?? (encoding == .utf16 ? .utf16LittleEndian : encoding)
        hasByteOrderMark = isMarked(encoding)
        guard encoding != .utf8 else { return }
        decoding = StreamDecoder(TextDecoder(encoding: encoding), beginning: beginning, chunkSize: chunkSize)
        end = start
    }

    private func fillAsIs() throws(ReadError) -> Bool {
        makeRoom(for: 1)
        let length = try input.read(into: buffer + end, min(chunkSize, capacity - end))
        end += length
        return length > 0
    }

    private func makeRoom(for needed: Int) {
        if start > 0 {
            buffer.update(from: buffer + start, count: available)
            end -= start
            start = 0
        }
        guard capacity - end < needed else { return }
        let larger = max(capacity * 2, end + needed)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        grown.update(from: buffer, count: end)
        buffer.deallocate()
        buffer = grown
        capacity = larger
    }
}
