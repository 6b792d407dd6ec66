import Glibc

/// The reason why bytes could not be written.
public enum WriteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `write(2)` or `poll(2)` failed with this `errno`.
    case failed(errno: Int32)
    /// The encoding does not have the character, on this line of the output, counted from 1.
    case unencodable(Unicode.Scalar, TextEncoding, line: Int)
    /// Bytes to be encoded are not well-formed UTF-8, on this line of the output, counted from 1.
    case malformedUTF8(line: Int)

    /// The `errno` of the failed call; `EILSEQ`, as for iconv(3), if the output cannot be encoded.
    public var errno: Int32 {
        switch self {
        case .failed(let number): number
        case .unencodable, .malformedUTF8: EILSEQ
        }
    }

    /// True if the reader of a pipe or socket has gone away (`EPIPE`).
    public var isBrokenPipe: Bool { errno == EPIPE }

    /// The failure in English, for logs, with the system's message if a call failed.
    public var description: String {
        switch self {
        case .failed(let number): "cannot write: \(String(cString: strerror(number)))"
        case .unencodable(let scalar, let encoding, let line):
            "cannot write: line \(line): U+\(String(scalar.value, radix: 16, uppercase: true)) is not in \(encoding)"
        case .malformedUTF8(let line): "cannot write: line \(line): invalid UTF-8"
        }
    }
}

/// Buffered output to a file descriptor, or to memory.
///
/// Bytes are collected in a buffer of 64 KiB and written when it is full. The append that causes a failed write throws
/// its error, and so does every later append and flush, so that the error ends a long output and cannot be lost.
/// Nothing is written when the sink is deallocated: end with `flush()`.
public final class ByteSink {
    /// The number of bytes collected before they are written.
    @usableFromInline static let bufferSize = 64 * 1024

    /// The descriptor to which full buffers are written; nil for a sink in memory.
    private let descriptor: Int32?
    private var failure: WriteError?
    /// The encoder that full buffers pass through; nil writes UTF-8 unchanged.
    private let encoder: StreamEncoder?
    /// Transforms the bytes of a full buffer before they are written; nil when there is no filter.
    private let filter: ((UnsafeBufferPointer<UInt8>) -> [UInt8])?
    /// Whether the sink itself begins the output with a byte order mark.
    let hasByteOrderMark: Bool

    // Every append touches these; the run-time check for overlapping accesses to a class's properties took more than
    // half the time of writing. None of them is passed inout.
    @exclusivity(unchecked) @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) @usableFromInline var capacity: Int
    /// The number of bytes in the buffer. After a failed write it equals `capacity`, so that every later append meets
    /// the error.
    @exclusivity(unchecked) @usableFromInline var count = 0

    /// Creates a sink that writes to an open descriptor, by default standard output. The caller remains responsible for
    /// closing it.
    ///
    /// - Parameters:
    ///   - encoding: the encoding to which the appended UTF-8 is converted. A character that it lacks makes the write
    ///     fail.
    ///   - byteOrderMark: whether the output begins with U+FEFF, by which spreadsheets recognize UTF-8. `.utf16` always
    ///     has it; encodings without the character never do.
    public convenience init(
        descriptor: Int32 = STDOUT_FILENO,
        encoding: TextEncoding = .utf8,
        byteOrderMark: Bool = false
    ) {
        self.init(writingTo: descriptor, encoding, byteOrderMark: byteOrderMark || encoding == .utf16)
    }

    /// Creates a sink that passes its bytes through a filter before it writes them to an open descriptor. The filter
    /// gets them in order, in pieces that may end within a character.
    public convenience init(descriptor: Int32, filter: @escaping (UnsafeBufferPointer<UInt8>) -> [UInt8]) {
        self.init(writingTo: descriptor, .utf8, byteOrderMark: false, filter: filter)
    }

    /// Returns a sink that stores all its bytes in memory, available as `bytes`.
    public static func memory() -> ByteSink { ByteSink(writingTo: nil, .utf8, byteOrderMark: false) }

    private init(
        writingTo descriptor: Int32?,
        _ encoding: TextEncoding,
        byteOrderMark: Bool,
        filter: ((UnsafeBufferPointer<UInt8>) -> [UInt8])? = nil
    ) {
        self.descriptor = descriptor
        self.filter = filter
        encoder = encoding == .utf8 ? nil : StreamEncoder(TextEncoder(encoding: encoding))
        hasByteOrderMark = byteOrderMark && encoding.byteOrderMark != nil
        capacity = ByteSink.bufferSize
        buffer = .allocate(capacity: capacity)
        guard hasByteOrderMark else { return }
        for byte in ByteSource.byteOrderMark {
            buffer[count] = byte
            count += 1
        }
    }

    deinit { buffer.deallocate() }

    /// The bytes not yet written; for a sink in memory, all bytes appended so far.
    public var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: buffer, count: count)) }

    /// Calls a closure with the bytes not yet written, without a copy.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: buffer, count: count))
    }

    /// Removes the bytes of a sink in memory, so that it can be used again.
    ///
    /// - Precondition: the sink has no descriptor, whose failed write must be thrown by every later append.
    public func removeAll() {
        precondition(descriptor == nil, "only a sink in memory can be emptied")
        count = 0
    }

    /// Appends one byte.
    @inlinable
    public func append(_ byte: UInt8) throws(WriteError) {
        if count == capacity { try makeRoom(for: 1) }
        buffer[count] = byte
        count &+= 1
    }

    /// Appends bytes as they are.
    @inlinable
    public func append(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        guard let source = bytes.baseAddress else { return }
        if bytes.count > capacity &- count { return try appendInPieces(source, bytes.count) }
        UnsafeMutableRawPointer(buffer + count).copyMemory(from: source, byteCount: bytes.count)
        count &+= bytes.count
    }

    /// Appends bytes as they are.
    public func append(_ bytes: [UInt8]) throws(WriteError) {
        let appended = bytes.withUnsafeBytes { bytes in
            Result { () throws(WriteError) in try append(bytes) }
        }
        try appended.get()
    }

    /// Appends the text in UTF-8.
    @inlinable
    public func append(_ string: String) throws(WriteError) {
        try string.withUTF8Bytes { bytes throws(WriteError) in try append(bytes) }
    }

    /// Appends the number in decimal digits, with `-` before a negative one.
    public func append(integer: Int64) throws(WriteError) {
        let longest = 20
        if capacity - count < longest { try makeRoom(for: longest) }
        var rest = integer.magnitude
        var start = longest
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { digits in
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                start -= 1
                digits[start] = UInt8(truncatingIfNeeded: digit) + UInt8(ascii: "0")
                rest = quotient
            } while rest != 0
            if integer < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            for index in start..<longest { buffer[count + index - start] = digits[index] }
        }
        count += longest - start
    }

    /// Writes the contents of the buffer; does nothing for a sink in memory.
    public func flush() throws(WriteError) {
        if let failure { throw failure }
        guard let descriptor else { return }
        if let encoder { return try flush(through: encoder, to: descriptor, isLast: true) }
        try write(buffer, count, to: descriptor)
        count = 0
    }

    /// Makes `needed` bytes of the buffer free, at most `bufferSize` of them.
    @usableFromInline @inline(never)
    func makeRoom(for needed: Int) throws(WriteError) {
        if let descriptor {
            if let encoder { return try flush(through: encoder, to: descriptor, isLast: false) }
            return try flush()
        }
        let larger = max(capacity * 2, count + needed)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        grown.update(from: buffer, count: count)
        buffer.deallocate()
        buffer = grown
        capacity = larger
    }

    @usableFromInline @inline(never)
    func appendInPieces(_ source: UnsafeRawPointer, _ length: Int) throws(WriteError) {
        if encoder != nil { return try appendEncoded(source, length) }
        try makeRoom(for: length)
        if let descriptor, length >= capacity { return try write(source, length, to: descriptor) }
        UnsafeMutableRawPointer(buffer + count).copyMemory(from: source, byteCount: length)
        count += length
    }

    /// Appends bytes one buffer at a time, since all of them must pass through the encoder.
    private func appendEncoded(_ source: UnsafeRawPointer, _ length: Int) throws(WriteError) {
        var done = 0
        while done < length {
            if count == capacity { try makeRoom(for: 1) }
            let piece = min(length - done, capacity - count)
            UnsafeMutableRawPointer(buffer + count).copyMemory(from: source + done, byteCount: piece)
            count += piece
            done += piece
        }
    }

    /// Writes the buffer in the sink's encoding, except, unless `isLast`, an incomplete character at its end.
    private func flush(through encoder: StreamEncoder, to descriptor: Int32, isLast: Bool) throws(WriteError) {
        if let failure { throw failure }
        let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
        do throws(WriteError) {
            let taken = try encoder.encode(bytes, isLast: isLast)
            try write(encoder.output, encoder.output.count, to: descriptor)
            buffer.update(from: buffer + taken, count: count - taken)
            count -= taken
        } catch {
            try fail(error)
        }
    }

    private func write(_ source: UnsafeRawPointer, _ length: Int, to descriptor: Int32) throws(WriteError) {
        guard let filter else { return try writeAll(source, length, to: descriptor) }
        let bytes = UnsafeBufferPointer(start: source.assumingMemoryBound(to: UInt8.self), count: length)
        let filtered = filter(bytes)
        let written = filtered.withUnsafeBytes { filtered in
            Result { () throws(WriteError) in
                if let start = filtered.baseAddress { try writeAll(start, filtered.count, to: descriptor) }
            }
        }
        try written.get()
    }

    private func writeAll(_ source: UnsafeRawPointer, _ length: Int, to descriptor: Int32) throws(WriteError) {
        var done = 0
        while done < length {
            let written = SystemCall.repeated { Glibc.write(descriptor, source + done, length - done) }
            if written >= 0 {
                done += written
            } else if errno != EAGAIN || !SystemCall.wait(for: POLLOUT, on: descriptor) {
                try fail(errno)
            }
        }
    }

    private func fail(_ number: Int32) throws(WriteError) { try fail(.failed(errno: number)) }

    private func fail(_ error: WriteError) throws(WriteError) {
        failure = error
        count = capacity
        throw error
    }
}

extension String {
    /// Calls `body` with the string's UTF-8 bytes, without a copy if the string is stored as UTF-8.
    @inlinable
    func withUTF8Bytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        // Closures passed to the standard library lose the type of an error, so it is returned as a value.
        func outcome(_ bytes: UnsafeBufferPointer<UInt8>) -> Failure? {
            do throws(Failure) {
                try body(UnsafeRawBufferPointer(bytes))
                return nil
            } catch {
                return error
            }
        }
        let failure: Failure?
        if let known = utf8.withContiguousStorageIfAvailable(outcome) {
            failure = known
        } else {
            failure = ContiguousArray(utf8).withUnsafeBufferPointer(outcome)
        }
        if let failure { throw failure }
    }
}
