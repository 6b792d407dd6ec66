import Formats

/// Chunks change nothing, and every property of a card survives being written in either edition.
struct VCardCheck {
    let bytes: [UInt8]

    private struct Transcript: Equatable {
        var cards: [VCard] = []
        var errors: [String] = []
        var raw: [[UInt8]] = []
    }

    func run() throws {
        let whole = read(bytes, chunkSize: 4096)
        let cut = read(bytes, chunkSize: FuzzTarget.chunkSize(for: bytes))
        try FuzzTarget.require(whole == cut, "chunks change nothing: \(whole) is not \(cut)")
        for card in whole.cards {
            let modern = try survivor(of: card, .v4_0)
            let classic = try survivor(of: card, .v3_0)
            try FuzzTarget.require(modern.properties.count == card.properties.count, "4.0 keeps all of \(card)")
            try FuzzTarget.require(classic.properties.count == card.properties.count, "3.0 keeps all of \(card)")
            let same = card.version == .v4_0 ? modern : classic
            try FuzzTarget.require(same.properties == card.properties, "the same edition keeps \(card)")
            for ((one, other), original) in zip(zip(modern.properties, classic.properties), card.properties) {
                let data = original.data
                try FuzzTarget.require(one.data == data && other.data == data, "bytes of \(original) survive")
                let isPreferred = original.isPreferred
                try FuzzTarget.require(
                    one.isPreferred == isPreferred && other.isPreferred == isPreferred,
                    "preference of \(original) survives"
                )
            }
        }
    }

    /// The one card that is read when this one has been written.
    private func survivor(of card: VCard, _ version: VCardWriter.Version) throws -> VCard {
        let sink = ByteSink.memory()
        try VCardWriter(sink, version: version).write(card)
        let again = read(sink.bytes, chunkSize: 4096)
        guard let first = again.cards.first, again.cards.count == 1, again.errors.isEmpty else {
            throw FuzzTarget.Violation(description: "\(card) survives: \(again)")
        }
        return first
    }

    private func read(_ bytes: [UInt8], chunkSize: Int) -> Transcript {
        var reader = VCardReader(ByteSource(bytes: bytes, chunkSize: chunkSize))
        var transcript = Transcript()
        while true {
            do throws(VCardError) {
                guard let card = try reader.next() else { return transcript }
                transcript.cards.append(card)
            } catch {
                transcript.errors.append("\(error)")
            }
            transcript.raw.append(reader.rawCard)
        }
    }
}
