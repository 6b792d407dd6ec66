import Localization

/// An exact decimal number: an integer and the number of its digits after the point.
public struct ScaledDecimal: Sendable, Hashable {
    /// The number times ten to the power of ``scale``.
    public let units: Int64
    /// Digits after the point, 0 to 18.
    public let scale: Int

    /// Creates a decimal from a scaled integer.
    public init(units: Int64, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// Reads `12.50`, `-3`, `+1`, `.5`, and what ``WrittenNumber`` reads.
    ///
    /// - Parameter isRounded: whether a number with more decimals than the scale is rounded half away from zero.
    /// - Throws: ``ValueError`` for a text that is not such a number, that can be read as two numbers, that is too
    ///   large for 64 bits, or that has more decimals than the scale and must not be rounded; zeros at the end do not
    ///   count.
    public init(parsing text: some StringProtocol, scale: Int, isRounded: Bool = false) throws(ValueError) {
        // Where fewer than three decimals fit, three digits after a point may be a group: 1.200 may be the number 1200.
        if scale < 3, WrittenNumber.mayBeGrouped(text), let written = try WrittenNumber.plain(text, places: scale) {
            self = try Self(plain: written, scale: scale, isRounded)
            return
        }
        let fault: ValueError
        do {
            self = try Self(plain: text, scale: scale, isRounded)
            return
        } catch {
            fault = error
        }
        guard let written = try WrittenNumber.plain(text, places: scale) else {
            throw WrittenMultiple.fault(in: text) ?? WrittenNumber.fault(beside: text, places: scale) ?? fault
        }
        self = try Self(plain: written, scale: scale, isRounded)
    }

    private init(plain text: some StringProtocol, scale: Int, _ isRounded: Bool) throws(ValueError) {
        var reader = ByteReader(text)
        let isNegative = reader.take(anyOf: ["-", "+"]) == "-"
        // The number is built as a negative one, because the negative range is the larger one.
        var negated: Int64 = 0
        var digitCount = 0
        while let byte = reader.next, byte.isDigit {
            try Self.append(byte.digit, to: &negated)
            digitCount += 1
            _ = reader.take()
        }
        var places = 0
        var firstCut: Int?
        if reader.take(".") {
            guard let byte = reader.next, byte.isDigit else { throw Self.malformed }
            while let byte = reader.next, byte.isDigit {
                _ = reader.take()
                digitCount += 1
                if places < scale {
                    try Self.append(byte.digit, to: &negated)
                    places += 1
                } else if isRounded {
                    firstCut = firstCut ?? byte.digit
                } else if byte.digit != 0 {
                    throw Self.tooPrecise(scale)
                }
            }
        }
        guard digitCount > 0 else { throw Self.malformed }
        guard reader.isAtEnd else { throw reader.next == UInt8(ascii: ",") ? Self.separated : Self.malformed }
        for _ in places..<max(places, scale) { try Self.append(0, to: &negated) }
        if let firstCut, firstCut >= 5 { negated = try Self.difference(negated, 1) }
        let (positive, overflow) = Int64(0).subtractingReportingOverflow(negated)
        guard isNegative || !overflow else { throw Self.tooLarge }
        units = isNegative ? negated : positive
        self.scale = scale
    }

    private static func append(_ digit: Int, to negated: inout Int64) throws(ValueError) {
        let (tens, overflow) = negated.multipliedReportingOverflow(by: 10)
        if overflow { throw tooLarge }
        negated = try difference(tens, Int64(digit))
    }

    private static func difference(_ number: Int64, _ other: Int64) throws(ValueError) -> Int64 {
        let (difference, overflow) = number.subtractingReportingOverflow(other)
        if overflow { throw tooLarge }
        return difference
    }

    /// Appends the number in ASCII, with at least `minimumPlaces` digits after the point and no more zeros at its end
    /// than these need.
    public func append(to bytes: inout [UInt8], minimumPlaces: Int = 0) {
        var rest = units.magnitude
        var places = scale
        while places > minimumPlaces, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        if units < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var written = 0
        repeat {
            if written == places, places > 0 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            written += 1
        } while rest > 0 || written <= places
        bytes[start...].reverse()
    }

    /// Returns the number as text, as ``append(to:minimumPlaces:)`` writes it.
    public func text(minimumPlaces: Int = 0) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(to: &bytes, minimumPlaces: minimumPlaces)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The error for a text that is no number.
    static let malformed = ValueError(
        en: "not a number: write digits with a point before decimals, as in 1250.50",
        es: "no es un número: escribir dígitos con punto antes de los decimales, como en 1250.50"
    )
    private static let separated = ValueError(
        en: "a comma in a number: write it without thousands separators and with a point before decimals",
        es: "una coma en un número: escribirlo sin separadores de millares y con punto antes de los decimales"
    )
    static let tooLarge = ValueError(en: "the number is too large", es: "el número es demasiado grande")

    private static func tooPrecise(_ scale: Int) -> ValueError {
        switch scale {
        case 0: ValueError(en: "decimals are not taken here", es: "aquí no se admiten decimales")
        case 1:
            ValueError(
                en: "at most 1 digit fits after the point",
                es: "cabe a lo sumo 1 dígito después del punto"
            )
        default:
            ValueError(
                en: "at most \(scale) digits fit after the point",
                es: "caben a lo sumo \(scale) dígitos después del punto"
            )
        }
    }
}
