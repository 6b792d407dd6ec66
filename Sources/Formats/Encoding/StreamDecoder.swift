/// A decoder that converts text to UTF-8, piece by piece.
protocol PieceDecoder {
    /// Bytes of input that may have to wait for more, at most.
    var longestRest: Int { get }

    /// Decodes the beginning of `input` into `output`, which has room for ``TextDecoder/largestGrowth`` times as much; all
    /// of it when `isLast`, else up to ``longestRest`` bytes stay.
    ///
    /// - Returns: the bytes taken and the bytes made.
    func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>,
        isLast: Bool
    ) -> (taken: Int, made: Int)
}

/// Decodes an input as it is read, and keeps what the next bytes have to complete.
final class StreamDecoder {
    private let decoder: any PieceDecoder
    private let raw: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private var count: Int
    /// Whether the bytes there are have not been looked at: they are given before more is waited for.
    private var isFresh = true

    /// A decoder of an input whose first bytes have been read already, and the rest of which is to be read
    /// `chunkSize` bytes at a time.
    init(_ decoder: any PieceDecoder, beginning: UnsafeBufferPointer<UInt8>, chunkSize: Int) {
        self.decoder = decoder
        count = beginning.count
        capacity = max(chunkSize, count) + decoder.longestRest + 1
        raw = .allocate(capacity: capacity)
        _ = UnsafeMutableBufferPointer(start: raw, count: count).update(from: beginning)
    }

    deinit { raw.deallocate() }

    /// Bytes that one `read(_:into:)` gives at most.
    var largestOutput: Int { capacity * TextDecoder.largestGrowth }

    /// Reads on and decodes into `output`, which has room for `largestOutput` bytes. Gives their number, 0 at the
    /// end of the input.
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
