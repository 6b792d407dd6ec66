import TestSupport
import Testing

@testable import CRMKit

@Suite("Values of every type")
struct FieldTypeTests {
    static let types: [FieldType] = [
        .identifier, .text, .code, .longText, .email, .phone, .url, .count, .integer(-5...5), .quantity, .coordinate,
        .percent, .money, .currency, .country, .timeZone, .date, .dateTime, .duration, .boolean,
        .choice(WordTests.sources), .list(.text), .list(.duration), .period(.month), .period(.week),
    ]

    /// Texts that mean something to one type or another, to be taken whole and in pieces.
    private static let seeds = [
        "2026-03-15", "2026-03-15T09:30:00Z", "2026-03-15 09:30", "-30d", "+1y", "today", "12.50", "-3", "1000 USD",
        "99999999999999999999", "9223372036854775807", "PT15M", "1h30m", "P1DT2H", "ana@example.org",
        "+52 55 1234 5678 ext 12", "https://www.example.org/x?y#z", "http://[::1]:80", "MX", "MXN",
        "America/Mexico_City", "true", "sí", "cold call", "vip,norte", #"["a"]"#, "15m,2h", "\u{0}", "\r\n", "\t", "é",
        "e\u{301}", "🙂", "\u{200B}", "\u{A0}", "-", "+", ".", ",", "%", ":", "@", "/", "(0)", "\\", "\"",
    ]

    @Test("Nothing, and white space, is null", arguments: types)
    func emptyIsNull(type: FieldType) throws {
        for text in ["", " ", "\t \r\n", "\u{A0}"] {
            #expect(try type.parse(text, in: fixedContext()) == .null)
        }
        #expect(type.text(of: .null, currency: "MXN").isEmpty)
        #expect(type.label(of: .null, currency: "MXN", for: .spanish).isEmpty)
    }

    @Test("Any text is read or refused, and what is read reads back as itself", arguments: types)
    func survivesAnyText(type: FieldType) throws {
        let context = try fixedContext()
        var generator = SeededGenerator(seed: 7)
        var read = 0
        for _ in 0..<3000 {
            let text = Self.randomText(&generator)
            _ = type.matchKey(for: text, country: context.country)
            guard let value = try? type.parse(text, in: context), value != .null else { continue }
            read += 1
            let machine = type.text(of: value, currency: context.currency)
            #expect(try type.parse(machine, in: context) == value, "\(text)")
            #expect(!type.label(of: value, currency: context.currency, for: .spanish).isEmpty)
        }
        #expect(read > 0)
    }

    @Test("Values of a foreign storage class are printed, not lost", arguments: types)
    func foreignValues(type: FieldType) {
        #expect(type.text(of: .real(1.5), currency: nil) == "1.5")
        for value in [Value.integer(.min), .integer(.max), .text("\u{1F642}"), .blob([0x41])] {
            #expect(!type.text(of: value, currency: nil).isEmpty, "\(value)")
            #expect(!type.label(of: value, currency: "KWD", for: .english).isEmpty, "\(value)")
        }
    }

    @Test("References are not read here", arguments: [FieldType.reference("contact"), .anyReference])
    func references(type: FieldType) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try type.parse("5", in: context) }
    }

    private static func randomText(_ generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let seed = seeds.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: text += String(seed.prefix(Int.random(in: 0...3, using: &generator)))
            case 1: text += String(decoding: randomBytes(4, &generator), as: UTF8.self)
            default: text += seed
            }
            if Bool.random(using: &generator) { break }
        }
        return text
    }

    private static func randomBytes(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
