import Formats

/// Chunks change nothing in any encoding, told or recognised.
struct EncodingCheck {
    let bytes: [UInt8]

    func run() throws {
        let claims = TextEncoding.allCases.flatMap { [EncodingClaim.certain($0), .told($0), .assumed($0)] }
        for claim in claims.map(Optional.some) + [nil] {
            let whole = read(claim, chunkSize: 4096)
            let cut = read(claim, chunkSize: FuzzTarget.chunkSize(for: bytes))
            try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
        }
    }

    private func read(_ claim: EncodingClaim?, chunkSize: Int) -> [String] {
        var reader = LinesReader(ByteSource(bytes: bytes, encoding: claim, chunkSize: chunkSize))
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
