import Formats
import TestSupport

/// What one call of `VCardReader.next()` gave.
enum VCardOutcome: Equatable {
    case card(VCard)
    case error(VCardError)

    /// Everything a reader gives for an input, fed in chunks of `chunkSize` bytes.
    static func all(
        of input: [UInt8],
        encoding: TextEncoding? = nil,
        chunkSize: Int = 4096,
        limit: Int = 1 << 24
    ) -> [VCardOutcome] {
        let source = ByteSource(bytes: input, encoding: encoding.map(EncodingClaim.certain), chunkSize: chunkSize)
        var reader = VCardReader(source, maximumLength: limit)
        var outcomes: [VCardOutcome] = []
        while true {
            do throws(VCardError) {
                guard let card = try reader.next() else { return outcomes }
                outcomes.append(.card(card))
            } catch {
                outcomes.append(.error(error))
            }
        }
    }

    static func all(of input: String, chunkSize: Int = 4096) -> [VCardOutcome] {
        all(of: Array(input.utf8), chunkSize: chunkSize)
    }
}

extension VCardError.Position {
    init(_ card: Int, _ line: Int, _ column: Int) { self.init(card: card, line: line, column: column) }
}

extension VCard {
    /// The card written in an edition.
    func written(_ version: VCardWriter.Version) throws(WriteError) -> [UInt8] {
        let sink = ByteSink.memory()
        try VCardWriter(sink, version: version).write(self)
        return sink.bytes
    }
}

extension SeededGenerator {
    /// Any card in one edition.
    mutating func card(_ version: VCard.Version) -> VCard {
        let properties = (0..<Int.random(in: 0..<8, using: &self)).map { index -> ContentProperty in
            let group = index % 3 == 0 ? "item\(index)" : nil
            let parameters = (0..<Int.random(in: 0..<3, using: &self)).map { _ in
                ContentParameter(
                    ["TYPE", "X-a_b", "LANGUAGE"].randomElement(using: &self) ?? "",
                    (0...Int.random(in: 0..<3, using: &self)).map { _ in cardText() }
                )
            }
            let name = ["FN", "N", "note", "X-Custom", "CATEGORIES"].randomElement(using: &self) ?? ""
            switch Int.random(in: 0..<4, using: &self) {
            case 0: return ContentProperty(name, text: cardText(), group: group, parameters: parameters)
            case 1:
                let list = (0...Int.random(in: 0..<3, using: &self)).map { _ in cardText() }
                return ContentProperty(name, list: list, group: group, parameters: parameters)
            case 2:
                let components = (0...Int.random(in: 0..<5, using: &self)).map { _ in [cardText()] }
                return ContentProperty(name, components: components, group: group, parameters: parameters)
            default:
                let bytes = (0..<Int.random(in: 0..<200, using: &self)).map { _ in
                    UInt8.random(in: 0...255, using: &self)
                }
                return ContentProperty("PHOTO", data: bytes, mediaType: "image/png", in: version, group: group)
            }
        }
        return VCard(version: version, properties: properties)
    }

    /// Hostile text with LF for its line breaks, all of which are one in a card.
    mutating func cardText() -> String {
        String(decoding: hostileText().utf8.map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 }, as: UTF8.self)
    }
}
