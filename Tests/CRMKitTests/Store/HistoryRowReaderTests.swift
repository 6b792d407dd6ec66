import Testing

@testable import CRMKit

/// Rows as history keeps them, read by going through their bytes once, beside what any JSON is read by.
@Suite struct KeptRowReaderTests {
    private static let table = Table(
        Module.Declaration(
            name: "thing",
            en: "Thing",
            es: "Cosa",
            plural: (en: "Things", es: "Cosas"),
            gender: .feminine,
            display: .field("title"),
            fields: [
                .text("title", en: "Title", es: "Título", .required), .integer("stock", en: "Stock", es: "Existencia"),
            ],
            contacts: .referred,
            rules: []
        ).bareModule
    )

    private let context = ValueContext(clock: TemporaryStore.clock, currency: "MXN", country: "MX")

    private func values(_ json: String) -> [Value]? {
        Array(json.utf8).withUnsafeBytes { HistoryRowReader(Self.table, in: context).values(in: $0) }
    }

    private func row(_ title: String, _ stock: String) -> String {
        let members = Self.table.fields.flatMap(\.columns).map { column in
            switch column {
            case "id": "\"id\":7"
            case "title": "\"title\":\(title)"
            case "stock": "\"stock\":\(stock)"
            default: "\"\(column)\":null"
            }
        }
        return "{\(members.joined(separator: ","))}"
    }

    @Test(
        "what is plain is read",
        arguments: [
            ("\"José\"", "12", [Value.text("José"), .integer(12)]), ("\"\"", "-3", [.text(""), .integer(-3)]),
            ("null", "0", [.null, .integer(0)]), ("null", "null", [.null, .null]),
            ("null", "9223372036854775807", [.null, .integer(.max)]),
            ("null", "-9223372036854775808", [.null, .integer(.min)]),
        ]
    )
    func whatIsPlainIsRead(title: String, stock: String, expected: [Value]) throws {
        let read = try #require(values(row(title, stock)))
        for (position, field) in zip(Self.table.positions, Self.table.fields) {
            switch field.key {
            case "id": #expect(read[position] == .integer(7))
            case "title": #expect(read[position] == expected[0])
            case "stock": #expect(read[position] == expected[1])
            default: #expect(read[position] == .null)
            }
        }
    }

    @Test(
        "what is not is left to others",
        arguments: [
            ("\"a \\\"quoted\\\" word\"", "1"), ("\"open", "1"), ("\"x\"", "1.5"), ("\"x\"", "1e3"), ("\"x\"", "true"),
            ("\"x\"", "-"), ("\"x\"", "9223372036854775808"), ("\"x\"", "[]"), ("\"x\" ", "1"), ("nul", "1"),
        ]
    )
    func whatIsNotIsLeftToOthers(title: String, stock: String) {
        #expect(values(row(title, stock)) == nil)
    }

    @Test("a row of other fields is left to others") func aRowOfOtherFieldsIsLeftToOthers() {
        let whole = row("\"x\"", "1")
        for json in [
            "", "{", "{}", "{\"id\":7}", String(whole.dropLast()), whole + " ", whole.dropLast() + ",\"more\":1}",
        ] {
            #expect(values(json) == nil, "\(json)")
        }
    }
}
