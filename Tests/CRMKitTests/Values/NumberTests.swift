@testable import CRMKit
import TestSupport
import Testing

@Suite("Exact numbers and money")
struct NumberTests {
    @Test(
        "A decimal is read exactly",
        arguments: [
            ("12.50", 12_500_000), ("-3", -3_000_000), ("+1", 1_000_000), (".5", 500_000), ("-0", 0), ("0.000001", 1),
            ("12.5000000000", 12_500_000), ("007", 7_000_000), ("9223372036854.775807", Int64.max),
            ("-9223372036854.775808", Int64.min),
        ]
    )
    func readsDecimal(text: String, units: Int64) throws {
        #expect(try ScaledDecimal(parsing: text, scale: 6).units == units)
    }

    @Test(
        "A number is read as people write it where it can mean one thing",
        arguments: [
            ("1,200.50", 1_200_500_000), ("1.200,50", 1_200_500_000), ("12,5", 12_500_000), ("-0,5", -500_000),
            ("1 200,5", 1_200_500_000), ("1\u{A0}200", 1_200_000_000), ("1'200.5", 1_200_500_000),
            ("1.200.300", 1_200_300_000_000), ("1,200,300", 1_200_300_000_000), ("12500,50", 12_500_500_000),
            ("0,125", 125_000), ("1234,567", 1_234_567_000), ("\u{2212}3", -3_000_000), ("19,4326077", nil),
        ]
    )
    func readsWritten(text: String, units: Int64?) {
        #expect((try? ScaledDecimal(parsing: text, scale: 6))?.units == units)
    }

    @Test(
        "A number is spelled so that three digits behind its point are no thousands",
        arguments: [
            ("2.500", "2.5"), ("2.000", "2"), ("10.250", "10.25"), ("1.234", "1.2340"), ("-1.234", "-1.2340"),
            ("0.100", "0.1"), ("2.5", "2.5"), ("1234", "1234"), ("1.2000", "1.2000"), ("100.000", "100"),
        ]
    )
    func unmistakable(text: String, expected: String) throws {
        #expect(WrittenNumber.unmistakable(text) == expected)
        #expect(try ScaledDecimal(parsing: expected, scale: 4) == ScaledDecimal(parsing: text, scale: 4))
    }

    @Test(
        "A mark before three digits is told to be two numbers, where it can be",
        arguments: [
            ("1,200", 6, "it may be 1200 or 1.2: write one of these"),
            ("1.200", 2, "it may be 1200 or 1.2: write one of these"),
            ("12.505", 2, "it may be 12505: write that, or no more than 2 decimals"),
            ("1.000", 0, "it may be 1000 or 1: write one of these"),
        ]
    )
    func explainsAmbiguity(text: String, scale: Int, reason: String) {
        let error = #expect(throws: ValueError.self) { try ScaledDecimal(parsing: text, scale: scale) }
        #expect(error?.reason.en == reason)
        #expect(error?.reason.es != reason)
    }

    @Test(
        "A number with a word or a sign beside it is told alone",
        arguments: [
            ("$18.50", "18.50"), ("IVA 16%", "16"), ("20 por ciento", "20"), ("MXN 1,200.50", "1200.50"),
            ("12abc", nil), ("a 1 b 2", nil), ("2026-12-31", nil), ("-$5", nil),
        ] as [(String, String?)]
    )
    func explainsWords(text: String, number: String?) {
        let error = #expect(throws: ValueError.self) { try ScaledDecimal(parsing: text, scale: 6) }
        #expect(error?.reason.es.hasPrefix("no es un número: escribir ") == true)
        #expect(number == nil || error?.reason.es == "no es un número: escribir solo \(number ?? "")")
        #expect(number != nil || error?.reason.es.contains("solo") == false)
    }

    @Test(
        "A whole number has no decimals to mistake groups for",
        arguments: [("1,200", 1200), ("1.200", 1200), ("2.0", 2)]
    )
    func readsGroups(text: String, number: Int64) throws {
        #expect(try ScaledDecimal(parsing: text, scale: 0).units == number)
    }

    @Test(
        "What is no decimal, does not fit or would be rounded is refused",
        arguments: [
            "", "-", "+", ".", "5.", "1.2.3", "1,5.2", "1 00", "1,234", "1.200,500.3", "1,,5", " ", "'", "1'0", "1e3",
            "0x1", "１２", "--1", "1-", "0.0000001",
            "9223372036854.775808", "-9223372036854.775809", "99999999999999999999999999",
        ]
    )
    func refusesDecimal(text: String) {
        #expect(throws: ValueError.self) { try ScaledDecimal(parsing: text, scale: 6) }
    }

    @Test(
        "A decimal is written without needless zeros",
        arguments: [
            (12_500_000, 0, "12.5"), (12_500_000, 2, "12.50"), (-1, 0, "-0.000001"), (0, 0, "0"), (0, 2, "0.00"),
            (3_000_000, 0, "3"), (Int64.min, 0, "-9223372036854.775808"), (100_000, 0, "0.1"),
            (-500_000, 6, "-0.500000"),
        ]
    )
    func writesDecimal(units: Int64, places: Int, text: String) {
        #expect(ScaledDecimal(units: units, scale: 6).text(minimumPlaces: places) == text)
    }

    @Test("Every decimal reads back as itself", arguments: [0, 1, 2, 4, 6, 7, 18])
    func decimalRoundTrip(scale: Int) throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let units = Int64(bitPattern: generator.next()) >> Int64.random(in: 0..<64, using: &generator)
            let text = ScaledDecimal(units: units, scale: scale).text()
            #expect(try ScaledDecimal(parsing: text, scale: scale).units == units)
        }
    }

    @Test(
        "An amount is read in its currency's minor unit",
        arguments: [
            ("12500", 1_250_000, "MXN"), ("12500.50", 1_250_050, "MXN"), ("1000 USD", 100_000, "USD"),
            ("USD 1000", 100_000, "USD"), ("usd 10", 1000, "USD"), ("-5.25", -525, "MXN"), ("1000 JPY", 1000, "JPY"),
            ("1.234 KWD", 1234, "KWD"), ("1.2345 UYW", 12_345, "UYW"), ("9999999999999.99", 999_999_999_999_999, "MXN"),
        ]
    )
    func readsMoney(text: String, units: Int64, currency: String) throws {
        let money = try Money(parsing: text, assuming: "MXN")
        #expect(money.minorUnits == units)
        #expect(money.currency.code == currency)
    }

    @Test(
        "What is no amount is refused",
        arguments: [
            "1,000", "1.5 JPY", "1.234", "12.500", "5 XAU", "5 ZZZ", "USD", "USD 5 MXN", "$5 €", "", "$", "5 5",
            "10000000000000.00", "12 pesos 50", "5 pesos de oro",
        ]
    )
    func refusesMoney(text: String) {
        #expect(throws: ValueError.self) { try Money(parsing: text, assuming: "MXN") }
    }

    @Test(
        "An amount is read as people write it, with a sign or a name for the currency",
        arguments: [
            ("$1,200.50", "MXN", 120_050, "MXN"), ("$ 5", "USD", 500, "USD"), ("1.200,50 €", "MXN", 120_050, "EUR"),
            ("€12,5", "EUR", 1250, "EUR"), ("-$1,200", "MXN", nil, ""), ("-$1,200.00", "MXN", -120_000, "MXN"),
            ("$-5", "MXN", -500, "MXN"), ("US$ 10", "MXN", 1000, "USD"), ("10 dólares", "MXN", 1000, "USD"),
            ("10 dollars", "CAD", 1000, "CAD"), ("1,200.00 pesos", "ARS", 120_000, "ARS"),
            ("12500 M.N.", "USD", 1_250_000, "MXN"), ("$5 MXN", "MXN", 500, "MXN"), ("5USD", "MXN", 500, "USD"),
            ("1.000.000", "MXN", 100_000_000, "MXN"), ("1 000", "MXN", 100_000, "MXN"), ("$.5", "MXN", 50, "MXN"),
        ]
    )
    func readsWrittenMoney(text: String, assumed: String, units: Int64?, currency: String) {
        let money = try? Money(parsing: text, assuming: assumed)
        #expect(money?.minorUnits == units)
        #expect(money?.currency.code ?? "" == currency)
    }

    @Test("A sign of many currencies is refused where the one expected has another")
    func explainsSigns() {
        let error = #expect(throws: ValueError.self) { try Money(parsing: "$5", assuming: "EUR") }
        #expect(error?.reason.en.hasPrefix("$ may be MXN, USD, ") == true)
        #expect(error?.reason.es.contains("escribir el código") == true)
    }

    @Test("An amount in another currency than its record's is refused in a field")
    func refusesForeignAmount() throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.money.parse("10 USD", in: context) }
        #expect(try FieldType.money.parse("10 mxn", in: context) == .integer(1000))
    }

    @Test(
        "Amounts are written with every decimal of their currency",
        arguments: [
            (1_250_050, "MXN", "12500.50"), (1_250_000, "MXN", "12500.00"), (5, "JPY", "5"), (-5, "KWD", "-0.005"),
            (0, "UYW", "0.0000"),
        ]
    )
    func writesMoney(units: Int64, currency: String, text: String) {
        #expect(FieldType.money.text(of: .integer(units), currency: currency) == text)
        #expect(FieldType.money.label(of: .integer(units), currency: currency, for: .spanish) == text + " " + currency)
    }

    @Test("Currencies have the exponents of ISO 4217", arguments: [("MXN", 2), ("CLP", 0), ("TND", 3), ("CLF", 4)])
    func exponents(code: String, exponent: Int) {
        #expect(Currency(code)?.exponent == exponent)
        #expect(Currency("XXX") == nil)
        #expect(Currency("mxn") == nil)
    }

    @Test("Whole numbers keep to their range")
    func integers() throws {
        let context = try fixedContext()
        let stars = FieldType.integer(1...5)
        #expect(try stars.parse(" 5 ", in: context) == .integer(5))
        for text in ["0", "6", "2.5", "five", "-1"] {
            #expect(throws: ValueError.self) { try stars.parse(text, in: context) }
        }
        #expect(throws: ValueError.self) { try FieldType.identifier.parse("0", in: context) }
        #expect(try FieldType.identifier.parse("9223372036854775807", in: context) == .integer(.max))
    }

    @Test(
        "A point before three digits of which the last is 0 may be one of thousands, where a person writes it",
        arguments: ["1.000", "12.500", "+2.000", "-999.990"]
    )
    func roundDecimals(text: String) throws {
        let people = try fixedContext()
        let fault = #expect(throws: ValueError.self) { try FieldType.quantity.parse(text, in: people) }
        #expect(fault?.reason.en.contains("it may be") == true)
        #expect(throws: Never.self) { try FieldType.quantity.parse(text, in: people.ofFiles) }
        for plain in ["1.125", "0.500", "1000.500", "1.5", "1.0000"] {
            #expect(throws: Never.self) { try FieldType.quantity.parse(plain, in: people) }
        }
        #expect(throws: Never.self) { try FieldType.coordinate.parse("-99.130", in: people) }
    }

    @Test(
        "A coordinate is rounded to a centimetre, whatever told it",
        arguments: [
            ("19.622901694889702", 196_229_017), ("-98.12345675", -981_234_568), ("-98.12345674999", -981_234_567),
            ("89.99999999", 900_000_000), ("0.00000004", 0), ("-99.1300000", -991_300_000),
        ]
    )
    func coordinates(_ text: String, _ stored: Int64) throws {
        let people = try fixedContext()
        #expect(try FieldType.coordinate.parse(text, in: people) == .integer(stored))
        #expect(throws: ValueError.self) { try FieldType.quantity.parse(text + "1", in: people) }
    }

    @Test("Percentages have four decimals", arguments: [("16", 160_000), ("16 %", 160_000), ("0.0001%", 1)])
    func percentages(text: String, units: Int64) throws {
        #expect(try FieldType.percent.parse(text, in: fixedContext()) == .integer(units))
        #expect(FieldType.percent.text(of: .integer(125_000), currency: nil) == "12.5")
        #expect(FieldType.percent.label(of: .integer(125_000), currency: nil, for: .spanish) == "12.5%")
    }

    @Test("Percentages go from 0 to 100", arguments: ["100.0001", "-1", "%", "0.00001", "5%%"])
    func notPercentages(text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.percent.parse(text, in: context) }
    }

    @Test("A part of a whole is compared with a fraction or a percentage, not with a number that people read as one")
    func parts() throws {
        let context = try fixedContext()
        for text in ["0.2", "20%", "20 %"] {
            #expect(try FieldType.fraction.definition.comparand(text, in: context) == .integer(200_000))
        }
        #expect(try FieldType.fraction.definition.comparand("1", in: context) == .integer(1_000_000))
        #expect(throws: ValueError.self) { try FieldType.fraction.definition.comparand("20", in: context) }
        #expect(try FieldType.ratio.definition.comparand("20", in: context) == .integer(20_000_000))
    }
}
