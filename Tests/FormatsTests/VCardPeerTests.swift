import Formats
import TestSupport
import Testing

/// Cards exchanged with vobject, on which khard and other programs stand.
@Suite struct `Cards exchanged with vobject` {
    /// Everything that vobject sees in a file of cards, as JSON.
    private static let reading = """
        import base64, io, json, sys, vobject
        text = sys.stdin.buffer.read().decode("utf-8")
        def value(line):
            v = line.value
            if isinstance(v, bytes): return base64.b64encode(v).decode()
            if line.name == "N": return [v.family, v.given, v.additional, v.prefix, v.suffix]
            if line.name == "ADR": return [v.box, v.extended, v.street, v.city, v.region, v.code, v.country]
            return v
        cards = [[[line.name, line.group, value(line)]
                  for line in sorted(card.lines(), key=lambda line: line.name) if line.name != "VERSION"]
                 for card in vobject.readComponents(io.StringIO(text, newline=""))]
        json.dump(cards, sys.stdout)
        """

    /// Cards that vobject makes of the same JSON.
    private static let writing = """
        import base64, json, sys, vobject
        for properties in json.load(sys.stdin):
            card = vobject.vCard()
            for name, group, value in properties:
                if name == "N": value = vobject.vcard.Name(*value)
                if name == "ADR":
                    box, extended, street, city, region, code, country = value
                    value = vobject.vcard.Address(street, city, region, code, country, box, extended)
                line = card.add(name.lower())
                line.group = group
                if name == "PHOTO":
                    value = base64.b64decode(value)
                    line.encoding_param = "b"
                    line.type_param = "JPEG"
                line.value = value
            sys.stdout.buffer.write(card.serialize(validate=False).encode("utf-8"))
        """

    /// The JSON form of a card, in the order in which vobject sorts its properties.
    private func json(_ card: VCard) -> JSONValue {
        let sorted = card.properties.enumerated().sorted {
            ($0.element.name, $0.offset) < ($1.element.name, $1.offset)
        }
        return .array(
            sorted.map { _, property in
                let value: JSONValue =
                    switch property.name {
                    case "N", "ADR": .array(property.components.map(single))
                    case "ORG": .array(property.components.map { .string($0.joined(separator: ",")) })
                    case "CATEGORIES": .array(property.list.map(JSONValue.string))
                    case "PHOTO": .string(String(property.rawValue.split(separator: ",").last ?? ""))
                    default: .string(property.text)
                    }
                return .array([.string(property.name), property.group.map(JSONValue.string) ?? .null, value])
            }
        )
    }

    /// Compares property by property, so that a failure shows the one that differs.
    private func expectEqual(_ read: JSONValue, _ expected: JSONValue) {
        guard case .array(let read) = read, case .array(let expected) = expected, read.count == expected.count else {
            Issue.record("\(read) is not \(expected)")
            return
        }
        for (read, expected) in zip(read, expected) { #expect(read == expected) }
    }

    /// vobject gives a component of one text as that text.
    private func single(_ texts: [String]) -> JSONValue {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSONValue.string))
    }

    private func card(_ random: inout SeededGenerator) -> VCard {
        let bytes = (0..<Int.random(in: 1..<300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        return VCard(
            version: .v3_0,
            properties: [
                .init("FN", text: random.cardText()),
                .init(
                    "N",
                    components: [[random.cardText()], [random.cardText()], ["a,b", "c"], [random.cardText()], [""]]
                ),
                .init("ADR", components: (0..<7).map { _ in [random.cardText()] }),
                .init("ORG", components: [[random.cardText()], ["a" + random.cardText()]]),
                .init("TITLE", text: random.cardText()),
                .init("TEL", text: "+34 600", group: "item1", parameters: [.init("TYPE", ["home", "pref"])]),
                .init("X-ABLABEL", text: "Trabajo", group: "item1"),
                .init("NOTE", text: random.cardText() + String(repeating: "ñ日👩‍👩‍👧", count: 50)),
                .init("CATEGORIES", list: ["a" + random.cardText(), random.cardText() + "b"]),
                .init("PHOTO", data: bytes, mediaType: "image/jpeg", in: .v3_0),
            ]
        )
    }

    @Test(
        "what the writer writes is what vobject reads",
        arguments: [VCardWriter.Version.v3_0, .v4_0],
        0..<3 as Range<UInt64>
    )
    func whatTheWriterWritesIsWhatVobjectReads(version: VCardWriter.Version, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var cards = (0..<20).map { _ in card(&random) }
        if version == .v4_0 {
            // vobject takes a data: URI for a text.
            for index in cards.indices { cards[index].properties.removeAll { $0.isNamed("PHOTO") } }
        }
        let input = try cards.flatMap { try $0.written(version) }
        let output = try Peer.python.output(["-c", Self.reading], input: input)
        var parser = JSONParser()
        let seen = try output.withUnsafeBytes { try parser.parse($0) }
        guard case .array(let read) = seen else {
            Issue.record("no cards")
            return
        }
        #expect(read.count == cards.count)
        for (card, read) in zip(cards, read) { expectEqual(read, json(card)) }
    }

    @Test("what vobject writes is read equal", arguments: 0..<3 as Range<UInt64>)
    func whatVobjectWritesIsReadEqual(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let cards = (0..<20).map { _ in card(&random) }
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink)
        try writer.value(.array(cards.map(json)))
        let output = try Peer.python.output(["-c", Self.writing], input: sink.bytes)
        let outcomes = VCardOutcome.all(of: output)
        #expect(outcomes.count == cards.count)
        for (card, outcome) in zip(cards, outcomes) {
            guard case .card(let read) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            expectEqual(json(read), json(card))
        }
    }
}
