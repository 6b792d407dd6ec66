import Localization
import Testing

@testable import CRMKit

/// Amounts in words.
@Suite struct MoneyWordsTests {
    @Test(
        "In Spanish, as invoices of Mexico and Spain have them",
        arguments: [
            (1_250_050, "MXN", "doce mil quinientos pesos 50/100 M.N."), (100, "MXN", "un peso 00/100 M.N."),
            (0, "MXN", "cero pesos 00/100 M.N."), (100_000_000, "MXN", "un millón de pesos 00/100 M.N."),
            (100_000_100, "MXN", "un millón un pesos 00/100 M.N."),
            (2_100_005, "MXN", "veintiún mil pesos 05/100 M.N."),
            (-1_050, "MXN", "menos diez pesos 50/100 M.N."), (10_000, "USD", "cien dólares 00/100 USD"),
            (1_250_050, "EUR", "doce mil quinientos euros con cincuenta céntimos"), (10_100, "EUR", "ciento un euros"),
            (101, "EUR", "un euro con un céntimo"), (20_100, "GBP", "doscientas una libras esterlinas 00/100 GBP"),
            (731_100, "GBP", "siete mil trescientas once libras esterlinas 00/100 GBP"),
            (1_021, "JPY", "mil veintiún yenes"),
            (120_500, "KWD", "ciento veinte KWD 500/1000"), (1_500, "KWD", "un KWD 500/1000"),
            (-12_005, "SEK", "menos ciento veinte SEK 05/100"), (120, "KRW", "ciento veinte KRW"),
            (1_000_000, "KRW", "un millón de KRW"), (12_050, "CHF", "ciento veinte francos suizos 50/100 CHF"),
            (
                99_999_999_999_999_9, "MXN",
                "nueve billones novecientos noventa y nueve mil novecientos noventa y nueve millones novecientos noventa y nueve mil novecientos noventa y nueve pesos 99/100 M.N."
            ),
        ]
    )
    func spanish(minorUnits: Int64, code: String, words: String) throws {
        let currency = try #require(Currency(code))
        #expect(MoneyWords.text(minorUnits: minorUnits, currency: currency, in: .spanish) == words)
    }

    @Test(
        "In English, as checks have them",
        arguments: [
            (1_250_050, "MXN", "twelve thousand five hundred and 50/100 Mexican pesos"),
            (100, "USD", "one and 00/100 US dollars"), (4_219, "EUR", "forty-two and 19/100 euros"),
            (21, "JPY", "twenty-one yen"),
            (-100_000_101, "USD", "minus one million one and 01/100 US dollars"),
            (120_500, "KWD", "one hundred twenty KWD 500/1000"), (1_234, "KWD", "one KWD 234/1000"),
            (-12_005, "SEK", "minus one hundred twenty SEK 05/100"), (120, "KRW", "one hundred twenty KRW"),
            (12_050, "CHF", "one hundred twenty and 50/100 Swiss francs"),
        ]
    )
    func english(minorUnits: Int64, code: String, words: String) throws {
        let currency = try #require(Currency(code))
        #expect(MoneyWords.text(minorUnits: minorUnits, currency: currency, in: .english) == words)
    }
}
