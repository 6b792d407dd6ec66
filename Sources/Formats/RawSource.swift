import Glibc

/// The unchanged bytes of a file, a descriptor or memory, for content stored byte by byte, and for formats that declare
/// their own encoding.
public final class RawSource {
    private var input: ByteInput

    /// Creates a source that reads an open descriptor, by default standard input. The caller remains responsible for
    /// closing it.
    public init(descriptor: Int32 = STDIN_FILENO) {
        input = .descriptor(descriptor, closes: false, isReady: nil)
    }

    /// Creates a source that reads an open descriptor and closes it when the source is deallocated.
    public init(owning descriptor: Int32) { input = .descriptor(descriptor, closes: true, isReady: nil) }

    /// Creates a source that reads an input whose bytes are recorded as they are read.
    public init(_ record: InputRecord) { input = .record(record, isReady: nil) }

    /// Creates a source that reads bytes in memory.
    public init(bytes: [UInt8]) { input = .memory(bytes, next: 0) }

    /// Opens a file for reading; it is closed when the source is deallocated.
    public init(path: String) throws(ReadError) {
        input = try .file(path)
    }

    deinit { input.close() }

    /// Sets a closure that is called with the descriptor before every read, as in ``ByteSource/wait(by:)``.
    public func wait(by isReady: @escaping (Int32) -> Bool) { input.wait(by: isReady) }

    /// Reads the next bytes of the input.
    ///
    /// - Returns: the number of bytes read, at least one and at most the capacity of the buffer; 0 at the end of the
    ///   input, and for an empty buffer.
    public func read(into target: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard let start = target.baseAddress, !target.isEmpty else { return 0 }
        return try input.read(into: start.assumingMemoryBound(to: UInt8.self), target.count)
    }

    /// Reads to the end in pieces, each valid until the body returns.
    public func forEachPiece(
        of size: Int = 64 << 10,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let length = try read(into: piece)
            if length == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: piece[..<length]))
        }
    }
}
