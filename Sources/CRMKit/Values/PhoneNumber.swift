import Localization

/// A telephone number, kept as it was typed and compared by its digits.
public struct PhoneNumber: Sendable, Hashable {
    /// The number as it was typed.
    public let text: String

    /// Reads a number: 3 to 15 digits (ITU-T E.164), not counting the `00` before a country code, between which spaces
    /// and `( ) - . /` may stand, a `+` before them, and behind them an extension of up to ten digits after `ext`,
    /// `ext.`, `x` or `#`.
    ///
    /// - Throws: ``ValueError`` for anything else.
    public init(parsing text: String) throws(ValueError) {
        let parts = Parts(text)
        let count = parts.digits.count - (parts.isInternational && !parts.hasPlus ? 2 : 0)
        guard parts.isWellFormed, (3...15).contains(count) else {
            throw ValueError(
                en: "not a telephone number: write 3 to 15 digits, as in +52 55 1234 5678 or 55 1234 5678 ext 12",
                es:
                    "no es un número de teléfono: escribir de 3 a 15 dígitos, como +52 55 1234 5678 o 55 1234 5678 ext 12"
            )
        }
        self.text = text
    }

    /// The form in which numbers are compared: the digits of the country code and those of the number within the
    /// country. Prefixes dialled only at home (`0`, `1` in North America) and Mexico's old mobile `1` are not part of it;
    /// nor is an extension, which the calling side never shows.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code for numbers without a country code. Without it they are compared
    ///   as they are.
    static func matchKey(for text: String, country: String?) -> String { matchKey(for: Parts(text), country: country) }

    /// That form, and the one that the number has without a country.
    static func keys(of text: String, country: String?) -> (key: String, written: String) {
        let parts = Parts(text)
        let key = matchKey(for: parts, country: country)
        return (key, parts.isInternational ? key : matchKey(for: parts, country: nil))
    }

    private static func matchKey(for parts: Parts, country: String?) -> String {
        if parts.isInternational {
            return withoutMobilePrefix(parts.hasPlus ? parts.digits[...] : parts.digits.dropFirst(2))
        }
        guard let country, let plan = DiallingPlan(country: country) else {
            return String(decoding: parts.digits, as: UTF8.self)
        }
        return plan.international(parts.digits[...])
    }

    /// In Mexico a 1 stood between country code and mobile number until 2019, and still stands in address books.
    private static func withoutMobilePrefix(_ digits: ArraySlice<UInt8>) -> String {
        let isOldMobile = digits.count == 13 && digits.starts(with: "521".utf8)
        return isOldMobile
            ? "52" + String(decoding: digits.dropFirst(3), as: UTF8.self) : String(decoding: digits, as: UTF8.self)
    }

    /// What is dialled for a number of a comparable form, from wherever: without the sign or the `00` that says it begins
    /// with its country code, and with `00`; in Mexico with the old prefix of mobiles, too.
    static func dialled(asIn key: String) -> [String] {
        var digits = [key]
        if key.utf8.count == 12, key.hasPrefix("52") { digits.append("521" + key.dropFirst(2)) }
        return digits + digits.map { "00" + $0 }
    }

    private struct Parts {
        /// Every digit before the extension, in ASCII; without a `(0)` behind a country code.
        private(set) var digits: [UInt8] = []
        private(set) var hasPlus = false
        private(set) var isWellFormed = true

        /// Whether the number begins with its country code.
        var isInternational: Bool { hasPlus || digits.starts(with: "00".utf8) }

        init(_ text: String) {
            digits.reserveCapacity(16)
            if takeAllPlain(of: text) { return }
            (digits, hasPlus) = ([], false)
            var reader = ByteReader(text)
            while let byte = reader.next, byte != UInt8(ascii: "#"), !byte.isLetter {
                _ = reader.take()
                if byte.isDigit {
                    digits.append(byte)
                } else if byte == UInt8(ascii: "+") {
                    isWellFormed = isWellFormed && !hasPlus && digits.isEmpty
                    hasPlus = true
                } else if byte == UInt8(ascii: "(") {
                    // The trunk prefix in +44 (0)20 7946 0000 is for callers at home.
                    guard isInternational, digits.count > (hasPlus ? 0 : 2) else { continue }
                    var ahead = reader
                    if ahead.take("0"), ahead.take(")") { reader = ahead }
                } else if !" )-./".utf8.contains(byte) {
                    isWellFormed = false
                }
            }
            if !reader.isAtEnd { isWellFormed = isWellFormed && Self.passExtension(&reader) }
        }

        /// Takes a number of digits and what stands between them alone, as most are.
        ///
        /// - Returns: `false` where it has anything else.
        private mutating func takeAllPlain(of text: String) -> Bool {
            text.utf8.withContiguousStorageIfAvailable { bytes in
                for (index, byte) in bytes.enumerated() {
                    switch byte {
                    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
                    case UInt8(ascii: "+") where index == 0: hasPlus = true
                    case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): continue
                    default: return false
                    }
                }
                return true
            } ?? false
        }

        private static func passExtension(_ reader: inout ByteReader) -> Bool {
            var word = ""
            while let byte = reader.next, byte.isLetter || byte == UInt8(ascii: "#") {
                word.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
                _ = reader.take()
            }
            guard ["ext", "x", "#"].contains(word) else { return false }
            _ = reader.take(".")
            reader.skip { $0 == UInt8(ascii: " ") }
            return (1...10).contains(reader.skip(while: \.isDigit)) && reader.isAtEnd
        }
    }
}
