/// A decoder that converts text to UTF-8, piece by piece.
protocol PieceDecoder {
    /// The greatest number of bytes of input that may have to wait for more.
    var longestRest: Int { get }

    /// Decodes the beginning of `input` into `output`, which has room for ``TextDecoder/largestGrowth`` times its size.
    /// Unless `isLast`, up to ``longestRest`` bytes may remain.
    ///
    /// - Returns: the numbers of bytes consumed and produced.
    func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>,
        isLast: Bool
    ) -> (taken: Int, made: Int)
}

/// Decodes an input as it is read, and stores bytes that further ones must complete.
final class StreamDecoder {
    private let decoder: any PieceDecoder
    private let raw: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private var count: Int
    /// Whether the stored bytes have not been decoded yet; that happens before more are read.
    private var isFresh = true

    /// Creates a decoder of an input whose first bytes have already been read. The rest is read `chunkSize` bytes at a
    /// time.
    init(_ decoder: any PieceDecoder, beginning: UnsafeBufferPointer<UInt8>, chunkSize: Int) {
        self.decoder = decoder
        count = beginning.count
        capacity = max(chunkSize, count) + decoder.longestRest + 1
        raw = .allocate(capacity: capacity)
        _ = UnsafeMutableBufferPointer(start: raw, count: count).update(from: beginning)
    }

    deinit { raw.deallocate() }

    /// The greatest number of bytes that one `read(_:into:)` produces.
    var largestOutput: Int { capacity * TextDecoder.largestGrowth }

    /// Reads and decodes into `output`, which has room for `largestOutput` bytes. Returns the number of bytes produced,
    /// 0 at the end of the input.
    func read(_ input: inout ByteInput, into output: UnsafeMutablePointer<UInt8>) throws(ReadError) -> Int {
        while true {
            let length = isFresh ? 0 : try input.read(into: raw + count, capacity - count)
            let isLast = !isFresh && length == 0
            isFresh = false
            count += length
            let bytes = UnsafeBufferPointer(start: UnsafePointer(raw), count: count)
            let (taken, made) = decoder.decode(bytes, into: output, isLast: isLast)
            count -= taken
            raw.update(from: raw + taken, count: count)
            if made > 0 || isLast { return made }
        }
    }
}
