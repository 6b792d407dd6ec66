import Formats

/// Chunks change nothing in any encoding, told or recognised.
struct EncodingCheck {
    let bytes: [UInt8]

    func run() throws {
        for encoding in TextEncoding.allCases.map(Optional.some) + [nil] {
            let whole = read(encoding, chunkSize: 4096)
            let cut = read(encoding, chunkSize: FuzzTarget.chunkSize(for: bytes))
            try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
        }
    }

    private func read(_ encoding: TextEncoding?, chunkSize: Int) -> [String] {
        var reader = LinesReader(ByteSource(bytes: bytes, encoding: encoding, chunkSize: chunkSize))
        var transcript: [String] = []
        while true {
            do throws(LineError) {
                guard let line = try reader.next() else { return transcript }
                transcript.append(line.string)
            } catch {
                transcript.append("\(error)")
            }
        }
    }
}
