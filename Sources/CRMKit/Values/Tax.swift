import Localization

/// A tax charged on a line, or one that the payer withholds: its kind and its rate.
public struct Tax: Sendable, Hashable {
    /// A kind of tax, in the order of computation.
    public enum Kind: String, Sendable, CaseIterable {
        /// A tax on the goods that is part of the base of value-added tax: IEPS.
        case excise
        /// An excise tax of a fixed amount for each unit sold, in the currency of the document: IEPS by quota.
        case excisePerUnit = "excise_per_unit"
        /// Value-added tax, also at a rate of 0.
        case vat
        /// The tax that the Canary Islands have in the place of value-added tax: IGIC.
        case igic
        /// The tax that Ceuta and Melilla have in the place of value-added tax: IPSI.
        case ipsi
        /// The surcharge that retailers in Spain pay in addition to value-added tax, with the same base: recargo de
        /// equivalencia.
        case surcharge
        /// No value-added tax by law, which differs from a rate of 0.
        case exempt
        /// Income tax that the payer withholds: ISR, IRPF.
        case withheldIncome = "withheld_income"
        /// Value-added tax that the payer withholds.
        case withheldVAT = "withheld_vat"

        /// The kind as a choice, with its label.
        public var choice: Choice {
            switch self {
            case .excise: Choice(rawValue, en: "Excise tax", es: "IEPS")
            case .excisePerUnit: Choice(rawValue, en: "Excise tax per unit", es: "IEPS por unidad")
            case .vat: Choice(rawValue, en: "VAT", es: "IVA")
            case .igic: Choice(rawValue, en: "IGIC", es: "IGIC")
            case .ipsi: Choice(rawValue, en: "IPSI", es: "IPSI")
            case .surcharge: Choice(rawValue, en: "Equivalence surcharge", es: "Recargo de equivalencia")
            case .exempt: Choice(rawValue, en: "Exempt", es: "Exento")
            case .withheldIncome: Choice(rawValue, en: "Withheld income tax", es: "ISR/IRPF")
            case .withheldVAT: Choice(rawValue, en: "Withheld VAT", es: "IVA retenido")
            }
        }

        /// Returns the name of the kind in documents of a country, if the country has one of its own.
        ///
        /// - Parameter country: the ISO 3166-1 alpha-2 code.
        public func name(in country: String?) -> Text? {
            switch (self, country) {
            case (.withheldIncome, "MX"): Text(en: "Withheld income tax (ISR)", es: "ISR retenido")
            case (.withheldIncome, "ES"): Text(en: "Withheld income tax (IRPF)", es: "Retención de IRPF")
            default: nil
            }
        }

        /// Whether the payer withholds the tax.
        public var isWithheld: Bool { self == .withheldIncome || self == .withheldVAT }

        /// Whether the kind is value-added tax, a tax that replaces it, or the exemption from it. A line has only one
        /// of these.
        var isValueAdded: Bool { self == .vat || self == .igic || self == .ipsi || self == .exempt }

        /// Whether rates may be below one percent, so that such a number is no part of one.
        var mayBeBelowOne: Bool { self == .surcharge || self == .ipsi }

        /// Whether the tax is part of the base of value-added tax.
        var isBeforeVAT: Bool { self == .excise || self == .excisePerUnit }
        /// Whether the rate is a percentage, not an amount for each unit sold.
        var isPercentage: Bool { self != .excisePerUnit && self != .exempt }

        /// Other words for the kind, without the points of abbreviations.
        fileprivate var words: [String] {
            switch self {
            case .withheldIncome:
                [
                    "isr", "irpf", "isr retenido", "isr ret", "ret isr", "retencion isr", "irpf ret", "ret irpf",
                    "retencion irpf",
                ]
            case .withheldVAT: ["ret iva", "retencion iva", "iva ret"]
            case .excisePerUnit: ["cuota", "cuota ieps", "ieps cuota", "quota"]
            case .surcharge: ["recargo", "re"]
            case .excise, .vat, .igic, .ipsi, .exempt: []
            }
        }
    }

    /// The kind of tax.
    public let kind: Kind
    /// The rate in percent with four digits after the point, see ``digits``: 16 % is 160000. For a tax per unit it is
    /// the amount for each unit, with as many digits. The rate of a withheld tax is positive too.
    public let rate: Int64

    /// Digits after the point of a rate.
    public static let digits = 4
    /// The highest rate: taxes on tobacco exceed 100 %.
    private static let highestRate: Int64 = 10_000_000

    init(_ kind: Kind, rate: Int64 = 0) {
        self.kind = kind
        self.rate = rate
    }

    /// Reads `vat:16`, `exempt`, `withheld_income:10`, and usual spellings: `IVA 16%`, `16`, `ISR -10`.
    ///
    /// - Throws: ``ValueError`` for an unknown kind, and for a rate that is missing, malformed or out of range.
    public init(parsing text: String) throws(ValueError) {
        if let tax = Tax(plain: text) {
            self = tax
            return
        }
        let bare = text.trimmed
        let written = bare.last == "%" ? String(bare.dropLast()).trimmed : bare
        let start = written.lastIndex { !$0.isASCII || !($0.isNumber || ".+-".contains($0)) }
        let number = start.map { written[written.index(after: $0)...] } ?? written[...]
        let word = written[..<number.startIndex].trimmed(of: ": =")
        let kind = word.isEmpty ? .vat : try Self.kind(word, before: String(number))
        // Stored taxes have a colon.
        let isSure = bare.last == "%" || !kind.isPercentage || kind.mayBeBelowOne
        if !isSure, written[..<number.startIndex].utf8.last != UInt8(ascii: ":") {
            try BareFraction.refuse(String(number.drop { "+-".contains($0) }))
        }
        guard !number.isEmpty || kind == .exempt else {
            throw ValueError(
                en: "write its rate too, as in \(kind.rawValue):16",
                es: "indicar también su tasa, como en \(kind.rawValue):16"
            )
        }
        let units = number.isEmpty ? 0 : try ScaledDecimal(parsing: number, scale: Self.digits).units
        let rate = kind.isWithheld && units != .min ? abs(units) : units
        guard (0...Self.highestRate).contains(rate) else {
            throw ValueError(en: "a rate goes from 0 to 1000", es: "una tasa va de 0 a 1000")
        }
        guard kind != .exempt || rate == 0 else {
            throw ValueError(en: "what is exempt has no rate", es: "lo exento no tiene tasa")
        }
        self.init(kind, rate: rate)
    }

    /// Refuses a rate higher than any real one, which is probably an amount. An excise tax may exceed 100 %.
    ///
    /// - Throws: ``ValueError`` for such a rate.
    func refuseUnreal() throws(ValueError) {
        guard kind != .excise, kind.isPercentage, rate > Self.highestReal else { return }
        let choice = kind.choice.label
        throw ValueError(
            en: "\(rateText)% is no rate of \(choice.en): where it is an amount, write the rate, as in 16%",
            es: "\(rateText)% no es una tasa de \(choice.es): si es un importe, escribir la tasa, como en 16%"
        )
    }

    /// The highest real rate of a tax on prices: 100 %.
    private static let highestReal: Int64 = 1_000_000

    /// Reads a tax of whole percent in its stored form, `vat:16`, as most lines of documents have by the million.
    private init?(plain text: String) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            let kind = Kind(rawValue: String(text[..<colon])),
            kind.isPercentage, let percent = Self.wholePercent(text.utf8[text.utf8.index(after: colon)...])
        else { return nil }
        self.init(kind, rate: percent * Int64.powerOfTen(Self.digits))
    }

    /// Reads a stored list of one tax of whole percent, `["vat:16"]`, as most lines of documents have by the million.
    ///
    /// - Returns: `nil` for any other text.
    init?(onlyOneOf list: String) {
        let tax = list.utf8.withContiguousStorageIfAvailable { bytes -> Tax? in
            guard bytes.count > 4, bytes.starts(with: "[\"".utf8), bytes.suffix(2).elementsEqual("\"]".utf8) else {
                return nil
            }
            return Tax(plain: UnsafeBufferPointer(rebasing: bytes[2..<(bytes.count - 2)]))
        }
        guard let tax, let tax else { return nil }
        self = tax
    }

    private init?(plain bytes: UnsafeBufferPointer<UInt8>) {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let kind = Kind(rawValue: String(decoding: bytes[..<colon], as: UTF8.self)),
            kind.isPercentage, let percent = Self.wholePercent(bytes[(colon + 1)...])
        else { return nil }
        self.init(kind, rate: percent * Int64.powerOfTen(Self.digits))
    }

    /// The number of one to three digits.
    private static func wholePercent(_ digits: some Collection<UInt8>) -> Int64? {
        guard (1...3).contains(digits.count) else { return nil }
        var percent: Int64 = 0
        for digit in digits {
            guard digit.isDigit else { return nil }
            percent = percent * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return percent
    }

    /// Returns taxes typed in one cell, `IVA 10,5% + IEPS 8%`, with commas between them and points before decimals. A
    /// comma between two digits separates no taxes, since a line has only one value-added tax.
    static func listed(_ text: String) -> String {
        let text = text.utf8.contains(UInt8(ascii: "+")) ? text.replacing(" + ", with: ",") : text
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: ",")) else { return text }
        let pointed = bytes.indices.map { index in
            let isDecimal = index > 0 && index + 1 < bytes.count && bytes[index - 1].isDigit && bytes[index + 1].isDigit
            return isDecimal && bytes[index] == UInt8(ascii: ",") ? UInt8(ascii: ".") : bytes[index]
        }
        return String(decoding: pointed, as: UTF8.self)
    }

    private static func kind(_ word: String, before number: String) throws(ValueError) -> Kind {
        if let kind = known(word) { return kind }
        try refuseRest(of: word, before: number)
        let choice = try ChoiceText(Kind.allCases.map(\.choice)).parse(word)
        return Kind(rawValue: choice.key) ?? .vat
    }

    private static func known(_ word: String) -> Kind? {
        if let kind = Kind(rawValue: word) { return kind }
        let spelling = Choice.spelling(word).replacing(".", with: "")
        if let kind = Kind.allCases.first(where: { $0.words.contains(spelling) }) { return kind }
        return ChoiceText(Kind.allCases.map(\.choice)).find(word).flatMap { Kind(rawValue: $0.key) }
    }

    /// Refuses what stands behind the name of a tax and is no rate: `IVA dieciséis`, `IVA al 16`.
    private static func refuseRest(of text: String, before number: String) throws(ValueError) {
        let words = text.split { " :=".contains($0) }
        for count in (1..<max(words.count, 1)).reversed() {
            guard let kind = known(words.prefix(count).joined(separator: " ")), kind != .exempt else { continue }
            let rest = words.dropFirst(count).joined(separator: " ")
            // What is withheld is another tax.
            if !kind.isWithheld, Choice.spelling(rest).contains("ret") { return }
            guard number.isEmpty else {
                throw ValueError(
                    en: "\"\(rest)\" does not belong there: write \(kind.rawValue):\(number)",
                    es: "«\(rest)» no va ahí: escribir \(kind.rawValue):\(number)"
                )
            }
            throw ValueError(
                en: "\"\(rest)\" is no rate: write it in digits, as in \(kind.rawValue):16",
                es: "«\(rest)» no es una tasa: escribirla en cifras, como en \(kind.rawValue):16"
            )
        }
    }

    /// Returns the taxes in a stored list.
    public static func all(inStored list: String) -> [Tax] { StoredList(.text(list), of: .tax).taxes }

    /// The stored form: `vat:16`, `exempt`.
    public var text: String { kind == .exempt ? kind.rawValue : kind.rawValue + ":" + rateText }
    /// Returns the tax as shown to the user: `IVA 16%`.
    public func label(in language: Language) -> String {
        let label = kind.choice.label(in: language)
        if kind == .exempt { return label }
        return "\(label) \(rateText)\(kind.isPercentage ? "%" : "")"
    }

    private var rateText: String { ScaledDecimal(units: rate, scale: Self.digits).text() }

    /// Whether the two cannot be on one line: a line has one value-added tax or is exempt.
    func excludes(_ other: Tax) -> Bool {
        self != other && kind.isValueAdded && other.kind.isValueAdded
    }

    /// The order in which taxes are listed: by kind, then by rate.
    static func < (one: Tax, other: Tax) -> Bool { one.order < other.order }

    private var order: (Int, Int64) { (Kind.allCases.firstIndex(of: kind) ?? 0, rate) }
}

extension Substring {
    /// Returns the text without given characters at its ends.
    fileprivate func trimmed(of characters: String) -> String {
        let head = drop { characters.contains($0) }
        guard let last = head.lastIndex(where: { !characters.contains($0) }) else { return "" }
        return String(head[...last])
    }
}
