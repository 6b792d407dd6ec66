import Glibc

/// Why bytes could not be written.
public enum WriteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `write(2)`, `poll(2)` or `close(2)` failed with this `errno`.
    case failed(errno: Int32)

    /// The `errno` of the failed call.
    public var errno: Int32 {
        switch self {
        case .failed(let number): number
        }
    }

    /// True when the reader of a pipe or socket has gone away (`EPIPE`).
    public var isBrokenPipe: Bool { errno == EPIPE }

    /// The system's words for the failure, for logs.
    public var description: String { "cannot write: \(String(cString: strerror(errno)))" }
}

/// Buffered output to a file descriptor, or to memory.
///
/// Bytes are collected in a buffer of 64 KiB and written when it is full. The first failed write is thrown by the
/// append that met it, and again by every later append and flush, so that it stops a long output and cannot be
/// lost. Nothing is written when the sink is deallocated: end with `flush()` or `close()`.
public final class ByteSink {
    /// Bytes held before they are written.
    @usableFromInline static let bufferSize = 64 * 1024

    /// Where full buffers go; nil keeps them in memory.
    private let descriptor: Int32?
    private var failure: WriteError?

    // Every append touches these; the run-time check for overlapping accesses to a class's properties took more than
    // half the time of writing. None of them is passed inout.
    @exclusivity(unchecked) @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) @usableFromInline var capacity: Int
    /// Bytes in the buffer. Left equal to `capacity` by a failed write, which leads every later append to it.
    @exclusivity(unchecked) @usableFromInline var count = 0

    /// A sink that writes to an open descriptor, standard output unless told otherwise. The descriptor stays the
    /// caller's, who closes it, here with `close()` or by other means.
    public convenience init(descriptor: Int32 = STDOUT_FILENO) {
        self.init(writingTo: descriptor)
    }

    /// A sink that keeps all its bytes in memory, to be had from `bytes`.
    public static func memory() -> ByteSink { ByteSink(writingTo: nil) }

    private init(writingTo descriptor: Int32?) {
        self.descriptor = descriptor
        capacity = ByteSink.bufferSize
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The bytes not yet written: everything appended so far for a sink in memory.
    public var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: buffer, count: count)) }

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

    /// Writes what the buffer holds; does nothing for a sink in memory.
    public func flush() throws(WriteError) {
        if let failure { throw failure }
        guard let descriptor else { return }
        try write(buffer, count, to: descriptor)
        count = 0
    }

    /// Flushes and closes the descriptor, which is closed even when the flush fails. A file system may report a
    /// failed write only now.
    public func close() throws(WriteError) {
        let flushed = Result { () throws(WriteError) in try flush() }
        guard let descriptor else { return }
        let isClosed = Glibc.close(descriptor) == 0 || errno == EINTR
        let number = errno
        try flushed.get()
        if !isClosed { try fail(number) }
    }

    /// Makes `needed` bytes of the buffer free, at most `bufferSize` of them.
    @usableFromInline @inline(never)
    func makeRoom(for needed: Int) throws(WriteError) {
        guard descriptor == nil else { return try flush() }
        let larger = max(capacity * 2, count + needed)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        grown.update(from: buffer, count: count)
        buffer.deallocate()
        buffer = grown
        capacity = larger
    }

    @usableFromInline @inline(never)
    func appendInPieces(_ source: UnsafeRawPointer, _ length: Int) throws(WriteError) {
        try makeRoom(for: length)
        if let descriptor, length >= capacity { return try write(source, length, to: descriptor) }
        UnsafeMutableRawPointer(buffer + count).copyMemory(from: source, byteCount: length)
        count += length
    }

    private func write(_ source: UnsafeRawPointer, _ length: Int, to descriptor: Int32) throws(WriteError) {
        var done = 0
        while done < length {
            let written = Glibc.write(descriptor, source + done, length - done)
            if written >= 0 {
                done += written
            } else if errno == EAGAIN {
                // Whoever shares the pipe may have made it non-blocking.
                var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&wanted, 1, -1) < 0 && errno != EINTR { try fail(errno) }
            } else if errno != EINTR {
                try fail(errno)
            }
        }
    }

    private func fail(_ number: Int32) throws(WriteError) {
        let error = WriteError.failed(errno: number)
        failure = error
        count = capacity
        throw error
    }
}

extension String {
    /// Calls `body` with the string's UTF-8 bytes, without a copy where the string already is UTF-8.
    @inlinable
    func withUTF8Bytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        // The standard library's closures lose the error's type, so it leaves them as a value.
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
