/// A value with parameters after it, as in Content-Type and Content-Disposition (RFC 2045 section 5.1). Parameters may
/// be continued and encoded as in RFC 2231, or, against the rules, contain encoded words or bytes of any charset.
public struct HeaderParameters: Sendable {
    /// The value before the first parameter, in lower case: `text/plain`.
    public let value: String
    private var parameters: [String: String] = [:]

    /// A section of a parameter that is split over several (RFC 2231 section 3).
    private struct Section {
        let number: Int
        let isEncoded: Bool
        let bytes: [UInt8]
    }

    /// The greatest number of parameters that are read.
    private static let most = 200

    /// Reads the value of a field.
    public init(_ field: [UInt8]) {
        var scanner = HeaderScanner(Self.separated(field))
        let words = scanner.take { $0 == UInt8(ascii: ";") }.prefix { $0 != UInt8(ascii: "(") }
        value = Self.lowercased(words)
        var sections: [String: [Section]] = [:]
        var count = 0
        while scanner.skip(UInt8(ascii: ";")), count < Self.most {
            count += 1
            scanner.skipBlanks()
            let name = scanner.take { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ";") }
            guard scanner.skip(UInt8(ascii: "=")) else { continue }
            let bytes = scanner.parameterValue()
            Self.add(bytes, named: Self.lowercased(name), to: &sections)
        }
        for (name, found) in sections { parameters[name] = Self.text(found) }
    }

    /// Returns a word in lower case, without white space in it.
    private static func lowercased(_ word: ArraySlice<UInt8>) -> String {
        let text = String(decoding: word.map(\.asciiLowercased), as: UTF8.self)
        if word.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
        return text.filter { !$0.isWhitespace }.lowercased()
    }

    /// Returns the field with the semicolon before its first parameter, which some programs omit: `text/plain
    /// charset=utf-8`.
    private static func separated(_ field: [UInt8]) -> [UInt8] {
        let beginning = field.prefix { $0 != UInt8(ascii: ";") }
        guard let blank = beginning.firstIndex(where: \.isBlank), blank > 0 else { return field }
        let rest = beginning[blank...].drop(while: \.isBlank)
        let name = rest.prefix { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") }
        guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "=") else {
            return field
        }
        // A comma may stand in its place.
        let value = field[..<blank].last == UInt8(ascii: ",") ? field[..<(blank - 1)] : field[..<blank]
        return value + [UInt8(ascii: ";")] + field[rest.startIndex...]
    }

    /// Returns the value of a parameter; `nil` if it is missing.
    ///
    /// - Parameter name: the name of the parameter, in lower case.
    public subscript(name: String) -> String? { parameters[name] }

    /// Adds a section such as `name*1*=` under the name of its parameter.
    private static func add(_ bytes: [UInt8], named name: String, to sections: inout [String: [Section]]) {
        let words = name.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        guard let first = words.first, let base = String(first), !base.isEmpty else { return }
        let isEncoded = words.count > 1 && words.last?.isEmpty ?? false
        let number = words.count > 1 ? String(words[1]).flatMap { Int($0) } ?? 0 : -1
        let section = Section(number: number, isEncoded: isEncoded, bytes: bytes)
        // The first of several sections with the same number counts.
        guard sections[base]?.contains(where: { $0.number == number }) != true else { return }
        sections[base, default: []].append(section)
    }

    private static func text(_ sections: [Section]) -> String {
        let extended = sections.filter { $0.number >= 0 }.sorted { $0.number < $1.number }
        guard let first = extended.first else {
            return EncodedWords.text(sections.first?.bytes ?? [])
        }
        var label: String?
        var bytes: [UInt8] = []
        for (index, section) in extended.enumerated() {
            guard section.number == index || index == 0 else { break }
            var value = section.bytes[...]
            if section.isEncoded {
                // Only the first section has the form charset'language'text.
                let marks = value.indices.filter { value[$0] == UInt8(ascii: "'") }.prefix(2)
                if index == 0, marks.count == 2 {
                    label = String(decoding: value[..<marks[0]], as: UTF8.self)
                    value = value[(marks[1] + 1)...]
                }
                bytes += percentDecoded(value)
            } else {
                bytes += value
            }
        }
        guard first.isEncoded || label != nil else { return EncodedWords.text(bytes) }
        return EncodedWords.oneLine(ForeignCharacterSet.text(bytes, label: label == "" ? nil : label))
    }

    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        QuotedPrintable.decode(text, escape: UInt8(ascii: "%"))
    }
}

/// Scans the value of a header field.
struct HeaderScanner {
    private let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next byte; nil at the end.
    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Returns the index of the next occurrence of a byte; nil if there is none.
    func firstIndex(of byte: UInt8) -> Int? { bytes[index...].firstIndex(of: byte) }

    /// Consumes the bytes up to and including an index.
    mutating func skip(through last: Int) { index = last + 1 }

    /// Consumes bytes up to, but not including, the first for which `isEnd` is true, or up to the end.
    mutating func take(until isEnd: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = index
        while let byte = next, !isEnd(byte) { index += 1 }
        return bytes[start..<index]
    }

    mutating func skipBlanks() {
        while let byte = next, byte.isBlank { index += 1 }
    }

    /// Consumes a byte if it is next. Returns whether it was.
    mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    /// Consumes a quoted string, whose opening quote is next.
    ///
    /// - Parameter mayBePath: whether a backslash is no escape before a letter or a digit, as in the paths that some
    ///   programs write unescaped.
    /// - Returns: the text with escapes resolved, and whether the last quote is there; without it the text is all the
    ///   rest.
    mutating func delimitedQuotation(mayBePath: Bool = false) -> (text: [UInt8], isClosed: Bool) {
        var text: [UInt8] = []
        index += 1
        while let byte = next {
            index += 1
            if byte == UInt8(ascii: "\"") { return (text, true) }
            if byte == UInt8(ascii: "\\"), let escaped = next, !mayBePath || !escaped.beginsFileName {
                text.append(escaped)
                index += 1
            } else {
                text.append(byte)
            }
        }
        return (text, false)
    }

    /// Consumes a comment, whose opening parenthesis is next, including nested comments, and returns the text within
    /// the parentheses; all the rest, if the last one is missing.
    mutating func comment() -> [UInt8] {
        var text: [UInt8] = []
        var depth = 0
        while let byte = next {
            index += 1
            if byte == UInt8(ascii: "(") {
                depth += 1
                if depth == 1 { continue }
            }
            if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return text }
            }
            if byte == UInt8(ascii: "\\"), let escaped = next {
                text.append(escaped)
                index += 1
            } else {
                text.append(byte)
            }
        }
        return text
    }

    /// Consumes the value of a parameter up to the next semicolon. The value is quoted, or contains blanks if the
    /// quotes were forgotten.
    mutating func parameterValue() -> [UInt8] {
        skipBlanks()
        if next == UInt8(ascii: "\"") {
            let text = delimitedQuotation(mayBePath: true).text
            _ = take { $0 == UInt8(ascii: ";") }
            return text
        }
        return Array(take { $0 == UInt8(ascii: ";") }.trimmingTrailingBlanks)
    }
}

extension UInt8 {
    /// Whether names of folders and files begin with it in paths: a letter of any alphabet, or a digit.
    fileprivate var beginsFileName: Bool { isLetterOrDigit || self >= 0x80 }
}
