import Localization

/// A telephone number, stored as typed and compared by its digits.
public struct PhoneNumber: Sendable, Hashable {
    /// The number as it was typed.
    public let text: String

    /// Reads a number of 3 to 15 digits (ITU-T E.164), not counting the `00` before a country code. Spaces and
    /// `( ) - . /` may stand between the digits, a `+` before them, and after them an extension of up to ten digits
    /// after `ext`, `int`, `x` or `#`, or a word in parentheses. Service codes, `*123#`, are read as well. What
    /// ``WrittenPhone/plain(_:)`` removes is not stored.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code for numbers without a country code, which determines their
    ///   length.
    /// - Throws: ``ValueError`` for anything else, such as several numbers or a number followed by the end of another.
    public init(parsing text: String, country: String? = nil) throws(ValueError) {
        let plain = WrittenPhone.plain(text)
        self.text = plain
        if Self.isCode(plain) { return }
        if Self.isComputed(plain) { throw Self.computed }
        let parts = Parts(plain)
        let count = parts.digits.count - (parts.isInternational && !parts.hasPlus ? 2 : 0)
        let isNumber = parts.isWellFormed && (3...15).contains(count)
        if !isNumber || plain.utf8.contains(UInt8(ascii: "/")) {
            let several = WrittenPhone.several(plain)
            guard several.isEmpty else { throw .several(several) }
        }
        guard isNumber else { throw Self.malformed }
        guard !parts.isDivided, !parts.goesOn(beyond: country) else { throw Self.unfinished }
    }

    private static let malformed = ValueError(
        en: "not a telephone number: write 3 to 15 digits, as in +52 55 1234 5678 or 55 1234 5678 ext 12",
        es: "no es un número de teléfono: escribir de 3 a 15 dígitos, como +52 55 1234 5678 o 55 1234 5678 ext 12"
    )
    private static let computed = ValueError(
        en: "a number with a sign or decimals is no telephone number: format the column as text and save anew",
        es:
            "un número con signo o decimales no es un teléfono: dar formato de texto a la columna y guardar de nuevo"
    )
    private static let unfinished = ValueError(
        en: "it goes on behind a whole number: write every number whole and by itself, an extension as ext 79",
        es:
            "sigue después de un número completo: escribir cada número completo y por separado, una extensión como ext 79"
    )

    /// Whether a text is a negative number or has decimals, as results of a formula do: `-5512345678`, `5512345678.5`.
    private static func isComputed(_ text: String) -> Bool {
        if text.utf8.first == UInt8(ascii: "-") { return text.utf8.dropFirst().first?.isDigit == true }
        guard let point = text.utf8.lastIndex(of: UInt8(ascii: ".")), (2...3).contains(text.utf8[point...].count)
        else { return false }
        let whole = text.utf8[..<point]
        // In a shorter text the point may separate an extension or groups.
        return whole.count >= fewestBeforeDecimals && whole.allSatisfy(\.isDigit)
            && text.utf8[point...].dropFirst().allSatisfy(\.isDigit)
    }

    private static let fewestBeforeDecimals = 8

    /// Whether a text is a service code: `*123#`.
    private static func isCode(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "*") && (3...16).contains(text.utf8.count)
            && text.utf8.contains(where: \.isDigit)
            && text.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "#") }
    }

    /// Returns the form in which numbers are compared: the digits of the country code and of the national number.
    /// Prefixes dialled only within a country (`0`, `1` in North America) and Mexico's former mobile `1` are left out,
    /// and so is an extension, which caller identification never shows.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code for numbers without a country code. Without it they are
    ///   compared as they are.
    static func matchKey(for text: String, country: String?) -> String { keys(of: text, country: country).key }

    /// Returns the form for comparison, and that form without an assumed country.
    static func keys(of text: String, country: String?) -> (key: String, written: String) {
        let plain = WrittenPhone.plain(text)
        if isCode(plain) { return (plain, plain) }
        let parts = Parts(plain)
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

    /// Appends the form for comparison of a number that consists of a plus sign, digits and blanks, as most stored
    /// numbers do.
    ///
    /// - Returns: `false` for any other, with nothing appended.
    static func appendPlainKey(of text: String, to key: inout [UInt8]) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.first == UInt8(ascii: "+") else { return false }
            let start = key.count
            // The key is at most as long as the text, so that room is made once and the rest removed.
            key.append(contentsOf: bytes)
            let end = key.withUnsafeMutableBufferPointer { key -> Int? in
                var end = start
                for index in (start + 1)..<key.count {
                    let byte = key[index]
                    if byte.isDigit {
                        key[end] = byte
                        end += 1
                    } else if byte != UInt8(ascii: " ") {
                        return nil
                    }
                }
                return end
            }
            key.removeLast(key.count - (end ?? start))
            if isOldMobile(key[start...]) { key.remove(at: start + oldMobileCode.count - 1) }
            return end != nil
        } ?? false
    }

    /// Returns digits without the 1 that stood between Mexico's country code and mobile numbers until 2019 and is still
    /// found in address books.
    private static func withoutMobilePrefix(_ digits: ArraySlice<UInt8>) -> String {
        isOldMobile(digits)
            ? "52" + String(decoding: digits.dropFirst(3), as: UTF8.self) : String(decoding: digits, as: UTF8.self)
    }

    private static let oldMobileCode = Array("521".utf8)

    private static func isOldMobile(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.count == 13 && digits.starts(with: oldMobileCode)
    }

    /// The digits of a plain text, and what the text says about them.
    struct Parts {
        /// Every digit before the extension, in ASCII; without a `(0)` behind a country code.
        private(set) var digits: [UInt8] = []
        private(set) var hasPlus = false
        private(set) var isWellFormed = true
        /// Whether a slash with spaces around it follows what may be a whole number.
        private(set) var isDivided = false
        /// The number of digits before each hyphen and slash.
        private var breaks: [Int] = []

        /// Whether the number begins with its country code.
        var isInternational: Bool { hasPlus || digits.starts(with: "00".utf8) }

        init(_ text: String) {
            digits.reserveCapacity(16)
            if takeAllPlain(of: text) { return }
            (digits, hasPlus) = ([], false)
            var reader = ByteReader(text)
            var previous: UInt8 = 0
            while let byte = reader.next, byte != UInt8(ascii: "#"), !byte.isLetter, byte < 0x80 {
                _ = reader.take()
                if byte.isDigit {
                    digits.append(byte)
                } else if byte == UInt8(ascii: "+") {
                    isWellFormed = isWellFormed && !hasPlus && digits.isEmpty
                    hasPlus = true
                } else if byte == UInt8(ascii: "(") {
                    passTrunkPrefix(&reader)
                } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") {
                    breaks.append(digits.count)
                    let isApart = byte == UInt8(ascii: "/") && previous == UInt8(ascii: " ") && reader.next == previous
                    isDivided = isDivided || isApart && digits.count >= 7
                } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
                    reader.skip { $0 == UInt8(ascii: " ") }
                    isWellFormed = isWellFormed && reader.next.map { $0.isLetter || $0 == UInt8(ascii: "(") } == true
                } else if !" ).".utf8.contains(byte) {
                    isWellFormed = false
                }
                previous = byte
            }
            guard !reader.isAtEnd, isWellFormed else { return }
            let ending = text.utf8.suffix(reader.left)
            let isOpen = text.utf8.dropLast(ending.count).last { $0 != UInt8(ascii: " ") } == UInt8(ascii: "(")
            isWellFormed = WrittenPhone.isEnding(Substring(ending), isOpen: isOpen)
        }

        /// Reads a number that only consists of digits, blanks and points, as most do.
        ///
        /// - Returns: `false` when it contains anything else.
        private mutating func takeAllPlain(of text: String) -> Bool {
            text.utf8.withContiguousStorageIfAvailable { bytes in
                for (index, byte) in bytes.enumerated() {
                    switch byte {
                    case _ where byte.isDigit: digits.append(byte)
                    case UInt8(ascii: "+") where index == 0: hasPlus = true
                    case UInt8(ascii: " "), UInt8(ascii: "."): continue
                    default: return false
                    }
                }
                return true
            } ?? false
        }

        /// Skips the trunk prefix in +44 (0)20 7946 0000, which is dialled only within the country.
        private func passTrunkPrefix(_ reader: inout ByteReader) {
            guard isInternational, digits.count > (hasPlus ? 0 : 2) else { return }
            var ahead = reader
            if ahead.take("0"), ahead.take(")") { reader = ahead }
        }

        /// Returns whether a hyphen or a slash directly follows a whole number and more digits follow it: those of the
        /// end of another number.
        ///
        /// - Parameter country: the country of a number without a country code.
        func goesOn(beyond country: String?) -> Bool {
            guard let last = breaks.last else { return false }
            let whole =
                isInternational
                ? DiallingPlan.wholeLength(ofInternational: hasPlus ? digits[...] : digits.dropFirst(2))
                    .map { $0 + (hasPlus ? 0 : 2) }
                : country.flatMap(DiallingPlan.init(country:))?.wholeLength(of: digits[...])
            if let whole, digits.count > whole, last >= whole, breaks.contains(whole) { return true }
            return !isInternational && goesOnAbroad(beyond: whole, isKnown: country != nil)
        }

        /// Returns whether a foreign number, or one of an unknown country, has so many digits in its first piece that
        /// the few digits after it are the end of another number: `912345678-79`.
        ///
        /// - Parameters:
        ///   - whole: the number of digits of the country's numbers.
        ///   - isKnown: whether the country is known. In countries without a fixed length of numbers, such as Germany,
        ///     numbers of switchboards are written in this way.
        private func goesOnAbroad(beyond whole: Int?, isKnown: Bool) -> Bool {
            guard let first = breaks.first, first >= 9, (1...3).contains(digits.count - first) else { return false }
            return whole.map { digits.count > $0 } ?? !isKnown
        }
    }
}

extension ValueError {
    /// Returns the error for several values where one is expected.
    static func several(_ values: [String]) -> ValueError {
        ValueError(
            en: "these are \(values.count) values, \(values.joined(separator: " and ")): write one of them here",
            es: "son \(values.count) valores, \(values.joined(separator: " y ")): escribir aquí uno de ellos"
        )
    }
}
