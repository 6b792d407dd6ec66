/// A character set of foreign text, from mail and web pages: any encoding of the WHATWG Encoding Standard, and two that
/// mail has beside, IBM's code page 850 and UTF-7.
///
/// Undefined bytes are decoded as U+FFFD. Tables are read and written with ``TextEncoding`` instead.
public struct ForeignCharacterSet: Hashable, Sendable {
    private enum Kind: Hashable {
        case utf8, utf16LittleEndian, utf16BigEndian
        case singleByte(Int)
        case gb18030, big5, eucJP, iso2022JP, shiftJIS, eucKR, userDefined, replacement, utf7
    }

    /// The name of the encoding in the standard, in lower case: `windows-1252`.
    public let name: String
    private let kind: Kind

    /// Looks up the encoding of a label, ignoring case and blanks around it.
    ///
    /// - Returns: `nil` for an unknown label.
    public init?(label: some StringProtocol) {
        let key = String(
            Array(label.utf8.drop(while: \.isBlank)).trimmingTrailingBlanks.map {
                Character(Unicode.Scalar($0.asciiLowercased))
            }
        )
        guard let name = Self.names[key] else { return nil }
        self.init(name)
    }

    private init(_ name: String) {
        self.name = name
        kind =
            switch name {
            case "utf-8": .utf8
            case "utf-7": .utf7
            case "utf-16le": .utf16LittleEndian
            case "utf-16be": .utf16BigEndian
            case "gb18030": .gb18030
            case "big5": .big5
            case "euc-jp": .eucJP
            case "iso-2022-jp": .iso2022JP
            case "shift_jis": .shiftJIS
            case "euc-kr": .eucKR
            case "x-user-defined": .userDefined
            default: Self.singleByteNames.firstIndex(of: name).map(Kind.singleByte) ?? .replacement
            }
    }

    private static let windows1252 = ForeignCharacterSet("windows-1252")
    private static let utf8 = ForeignCharacterSet("utf-8")
    private static let iso2022JP = ForeignCharacterSet("iso-2022-jp")

    private static let singleByteNames = CharacterSetTable.singleByteNames.split(separator: " ").map(String.init)

    /// Returns the characters of the bytes from 0x80 on in a single-byte encoding.
    static func upperHalf(of name: String) -> CharacterSetIndex {
        CharacterSetIndex.singleBytes[singleByteNames.firstIndex(of: name) ?? 0]
    }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        var words = CharacterSetTable.labels.split(separator: " ").makeIterator()
        while let label = words.next(), let name = words.next() { names[String(label)] = String(name) }
        return names
    }()

    // MARK: - Reading

    /// Returns the text of bytes in a declared character set, or in another one if the declaration is clearly wrong.
    ///
    /// Well-formed UTF-8 beyond ASCII is decoded as UTF-8 if the declared encoding is a Western one, unknown, or one in
    /// which the bytes are undefined. Bytes declared as UTF-8 that mostly are not are decoded as windows-1252.
    ///
    /// - Parameter label: the declared name of the character set; `nil` for none.
    public static func text(_ bytes: [UInt8], label: String?) -> String { read(bytes, label: label).text }

    /// Returns the text like ``text(_:label:)``, together with the doubt about the declaration, if any.
    public static func read(_ bytes: [UInt8], label: String?) -> (text: String, doubt: CharacterSetDoubt?) {
        let (reading, doubt) = reading(of: bytes, label: label)
        return switch reading {
        case .utf8(let bytes): (String(decoding: bytes, as: UTF8.self), doubt)
        case .text(let text): (text, doubt)
        }
    }

    /// Returns the text like ``read(_:label:)``, but in UTF-8, which most bytes already are.
    public static func utf8(of bytes: [UInt8], label: String?) -> (bytes: [UInt8], doubt: CharacterSetDoubt?) {
        let (reading, doubt) = reading(of: bytes, label: label)
        return switch reading {
        case .utf8(let bytes): (bytes, doubt)
        case .text(let text): (Array(text.utf8), doubt)
        }
    }

    private enum Reading {
        /// Well-formed UTF-8 without a byte order mark.
        case utf8([UInt8])
        case text(String)
    }

    private static func reading(of bytes: [UInt8], label: String?) -> (Reading, CharacterSetDoubt?) {
        let claimed = label.flatMap { ForeignCharacterSet(label: $0) }
        func doubt(readBy name: String? = nil) -> CharacterSetDoubt? {
            label.map { CharacterSetDoubt($0, readBy: name, isKnown: claimed != nil) }
        }
        let isASCII = bytes.allSatisfy { $0 < 0x80 } && !ISO2022JP.isEscaped(bytes)
        if isASCII, claimed?.kind != .utf7, claimed?.isUTF16 != true || !bytes.contains(0) {
            let isPlain = claimed != nil || label.map { !sevenBit.contains($0.lowercased()) } ?? true
            return (.utf8(bytes), isPlain ? nil : doubt())
        }
        let isUTF8 = UTF8Sequence.firstMalformed(in: bytes[...]) == nil
        let isMarked = isUTF8 && bytes.starts(with: ByteSource.byteOrderMark)
        let asUTF8 = Reading.utf8(isMarked ? Array(bytes.dropFirst(ByteSource.byteOrderMark.count)) : bytes)
        guard let claimed else {
            guard isUTF8 else { return (.text(windows1252.decode(bytes).text), doubt()) }
            return (ISO2022JP.isEscaped(bytes) ? .text(iso2022JP.decode(bytes).text) : asUTF8, nil)
        }
        switch claimed.kind {
        case .utf8:
            if isUTF8 { return (asUTF8, nil) }
            if isMostlyUTF8(bytes) { return (.text(utf8.decode(bytes).text), doubt()) }
            return (.text(windows1252.decode(bytes).text), doubt(readBy: windows1252.name))
        case .utf16LittleEndian, .utf16BigEndian:
            return (isUTF8 && !bytes.contains(0) ? asUTF8 : .text(claimed.decode(bytes).text), nil)
        case .singleByte where claimed.isWestern && isUTF8: return (asUTF8, nil)
        case .utf7 where isASCII:
            let (text, faults) = UTF7.decode(bytes)
            return (.text(text), faults > 0 ? doubt() : nil)
        default:
            let (text, faults) = claimed.decode(bytes)
            if faults > 0, isUTF8 { return (asUTF8, nil) }
            return (.text(text), faults > 0 ? doubt() : nil)
        }
    }

    /// Character sets that are not in the standard and encode every letter in ASCII.
    private static let sevenBit: Set<String> = ["hz-gb-2312", "iso-2022-cn", "iso-2022-kr"]

    private var isUTF16: Bool { kind == .utf16LittleEndian || kind == .utf16BigEndian }
    private var isWestern: Bool { ["windows-1252", "iso-8859-15", "macintosh", "ibm850"].contains(name) }

    /// Returns whether at least as many characters beyond ASCII are well-formed as not: the text was cut, or mixed with
    /// others.
    private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return true }
            var (formed, malformed, index) = (0, 0, 0)
            while index < bytes.count {
                let length =
                    first[index] < 0x80 ? 1 : UTF8Sequence.length(at: first + index, available: bytes.count - index)
                if length > 1 { formed += 1 }
                if length == 0 { malformed += 1 }
                index += max(length, 1)
            }
            return formed >= malformed
        }
    }

    /// Decodes bytes in this encoding.
    ///
    /// - Returns: the text, and the number of its faults; in UTF-8 and UTF-16 at most 1, whatever their number.
    public func decode(_ bytes: [UInt8]) -> (text: String, faults: Int) {
        switch kind {
        case .utf8:
            let marked = bytes.starts(with: ByteSource.byteOrderMark)
            let text = bytes[(marked ? 3 : 0)...]
            return (String(decoding: text, as: UTF8.self), UTF8Sequence.firstMalformed(in: text) == nil ? 0 : 1)
        case .utf16LittleEndian, .utf16BigEndian: return decodeUTF16(bytes)
        case .singleByte(let index):
            let upper = CharacterSetIndex.singleBytes[index]
            return decodeBytes(bytes) { upper[Int($0 &- 0x80)] }
        case .userDefined: return decodeBytes(bytes) { 0xF700 + UInt32($0) }
        case .replacement: return decodeBytes(bytes) { _ in nil }
        case .iso2022JP: return ISO2022JP.decode(bytes)
        case .utf7: return UTF7.decode(bytes)
        case .gb18030, .big5, .eucJP, .shiftJIS, .eucKR:
            var reader = MultibyteReader(bytes: bytes)
            while let lead = reader.nextLead() {
                switch kind {
                case .gb18030: reader.gb18030(lead)
                case .big5: reader.big5(lead)
                case .eucJP: reader.eucJP(lead)
                case .shiftJIS: reader.shiftJIS(lead)
                default: reader.eucKR(lead)
                }
            }
            return (reader.text, reader.faults)
        }
    }

    private func decodeUTF16(_ bytes: [UInt8]) -> (text: String, faults: Int) {
        // A mark takes precedence over the declared byte order.
        let isMarkedBig = bytes.starts(with: [0xFE, 0xFF])
        let isMarked = isMarkedBig || bytes.starts(with: [0xFF, 0xFE])
        let isBig = isMarked ? isMarkedBig : kind == .utf16BigEndian
        let decoder = TextDecoder(encoding: isBig ? .utf16BigEndian : .utf16LittleEndian)
        let decoded = decoder.decode(isMarked ? Array(bytes[2...]) : bytes)
        let faults = UTF8Sequence.firstMalformed(in: decoded[...]) == nil ? 0 : 1
        return (String(decoding: decoded, as: UTF8.self), faults)
    }

    private func decodeBytes(_ bytes: [UInt8], _ upper: (UInt8) -> UInt32?) -> (text: String, faults: Int) {
        var output = ScalarOutput()
        for byte in bytes {
            if byte < 0x80 { output.append(UInt32(byte)) } else { output.append(upper(byte)) }
        }
        return (output.text, output.faults)
    }
}

/// A text under construction, from code points.
struct ScalarOutput {
    private(set) var scalars = String.UnicodeScalarView()
    /// The number of invalid code points.
    private(set) var faults = 0

    var text: String { String(scalars) }

    /// Appends a code point, or U+FFFD for an invalid one.
    mutating func append(_ point: UInt32?) {
        if let point, let scalar = Unicode.Scalar(point) {
            scalars.append(scalar)
        } else {
            scalars.append("\u{FFFD}")
            faults += 1
        }
    }
}
