/// Encodes an output buffer by buffer, and counts its lines.
final class StreamEncoder {
    private let encoder: TextEncoder
    private var line = 1
    /// The result of the last `encode(_:isLast:)`.
    private(set) var output: [UInt8] = []

    init(_ encoder: TextEncoder) { self.encoder = encoder }

    /// Encodes the beginning of `input` into `output`: all of it if `isLast`, otherwise without an incomplete character
    /// at its end. Returns the number of bytes consumed.
    func encode(_ input: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(WriteError) -> Int {
        output.removeAll(keepingCapacity: true)
        var taken = 0
        do throws(TextEncoder.Failure) {
            try encoder.encode(input, from: &taken, into: &output, isLast: isLast)
        } catch {
            let line = line + lineFeeds(in: input[..<taken])
            switch error {
            case .character(let scalar): throw .unencodable(scalar, encoder.encoding, line: line)
            case .malformedUTF8: throw .malformedUTF8(line: line)
            }
        }
        line += lineFeeds(in: input[..<taken])
        return taken
    }

    private func lineFeeds(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        var count = 0
        for byte in bytes where byte == UInt8(ascii: "\n") { count += 1 }
        return count
    }
}
