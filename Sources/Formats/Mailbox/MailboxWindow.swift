import Glibc

/// The bytes of a source that have been read but not yet consumed, unchanged.
final class MailboxWindow {
    private let source: RawSource
    private var buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    /// The byte that ends a line, possibly behind a carriage return.
    private(set) var lineEnd: UInt8 = 0x0A

    private static let chunkSize = 128 << 10

    init(_ source: RawSource) {
        self.source = source
        buffer = .allocate(byteCount: Self.chunkSize * 2, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The number of bytes in the window.
    var available: Int { end - start }

    /// Returns the bytes in a range of offsets, valid until the next ``fill()``.
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[(start + range.lowerBound)..<(start + range.upperBound)])
    }

    /// Removes the first bytes from the window.
    func drop(_ count: Int) { start += count }

    /// Appends the bytes of the next read. Returns false at the end of the input.
    func fill() throws -> Bool {
        if start > 0, buffer.count - end < Self.chunkSize {
            buffer.copyMemory(from: bytes(0..<available))
            (start, end) = (0, available)
        }
        if buffer.count - end < Self.chunkSize {
            let grown = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
            grown.copyMemory(from: bytes(0..<available))
            buffer.deallocate()
            (buffer, start, end) = (grown, 0, available)
        }
        let length = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        end += length
        return length > 0
    }

    /// Reads until the window has `count` bytes, or the input ends.
    func ensure(_ count: Int) throws {
        while available < count, try fill() {}
    }

    /// Returns whether a text stands at an offset.
    func starts(with words: String, at offset: Int) -> Bool {
        offset + words.utf8.count <= available
            && bytes(offset..<(offset + words.utf8.count)).elementsEqual(words.utf8)
    }

    /// Returns the offset of the first occurrence of a byte at or after an offset; nil if there is none.
    private func find(_ byte: UInt8, from offset: Int) -> Int? {
        guard offset < available, let first = buffer.baseAddress.map({ $0 + start }),
            let found = memchr(first + offset, Int32(byte), available - offset)
        else { return nil }
        return first.distance(to: found)
    }

    /// Determines by the first line, which must be in the window, how lines end.
    func settleLineEnd() {
        var form = LineEndForm()
        bytes(0..<available).withMemoryRebound(to: UInt8.self) { bytes in
            if form.areReturns(in: bytes) { lineEnd = 0x0D }
        }
    }

    /// Returns the offset of the first end of a line at or after an offset; nil if there is none.
    func findLineEnd(from offset: Int) -> Int? { find(lineEnd, from: offset) }

    /// Returns the length of the end of a line at an offset; 0 if there is none.
    func lineEndLength(at offset: Int) -> Int {
        if starts(with: "\r\n", at: offset) { return 2 }
        return offset < available && bytes(offset..<(offset + 1)).first == lineEnd ? 1 : 0
    }

    /// Returns the offset of the first line after an offset that begins with a text; nil if there is none.
    func findLine(beginning words: String, from offset: Int) -> Int? {
        var from = offset
        while let end = findLineEnd(from: from) {
            if starts(with: words, at: end + 1) { return end + 1 }
            from = end + 1
        }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The index of the first line feed; nil if there is none.
    var firstLineFeed: Int? {
        guard let first = baseAddress, let found = memchr(first, 0x0A, count) else { return nil }
        return UnsafeRawPointer(first).distance(to: UnsafeRawPointer(found))
    }
}
