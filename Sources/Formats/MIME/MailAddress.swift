/// A sender or recipient of a message: an address with a display name.
public struct MailAddress: Hashable, Sendable {
    /// The display name; empty if there is only the address.
    public let name: String
    /// The address as written: `local@domain`.
    public let address: String

    /// Creates an address with a name.
    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// The greatest number of addresses that are read from a field.
    static let most = 10_000

    /// Returns the addresses of a field (RFC 5322 section 3.4 with its obsolete forms; RFC 6532), including those of
    /// groups. Text without an address is left out. A semicolon separates like a comma, since some programs write it
    /// so.
    public static func list(_ field: [UInt8]) -> [MailAddress] {
        var reader = MailAddressReader(field)
        return reader.read()
    }

    /// Returns the addresses in a text written by hand, and the words that belong to none. In a header such words are
    /// ignored, but for the recipients of a message they are an error.
    public static func written(_ text: String) -> (addresses: [MailAddress], others: [String]) {
        var reader = MailAddressReader(Array(text.utf8))
        return (reader.read(), reader.passedOver.map { String(decoding: $0, as: UTF8.self) })
    }

    /// Returns the addresses in a text written by ``text(_:)``.
    public static func list(_ text: String) -> [MailAddress] { list(Array(text.utf8)) }

    /// Returns addresses as one line, which ``list(_:)`` reads.
    public static func text(_ addresses: [MailAddress]) -> String {
        addresses.map(\.description).joined(separator: ", ")
    }
}

extension MailAddress: CustomStringConvertible {
    /// The address with its name, quoted if necessary: `Ana Ruiz <ana@example.org>`.
    public var description: String {
        if name.isEmpty { return isWhole ? address : "<\(address)>" }
        let isPlain = name.utf8.allSatisfy {
            $0 >= 0x80 || $0.isLetterOrDigit || " !#$%&'*+-/^_`{|}~".utf8.contains($0)
        }
        if isPlain, !Self.mayBeEncoded(name) { return "\(name) <\(address)>" }
        let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\" <\(address)>"
    }

    /// Returns whether a text may contain an encoded word (RFC 2047).
    private static func mayBeEncoded(_ text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?") }
    }

    /// Whether the address is read as one even without angle brackets.
    private var isWhole: Bool {
        let quote = UInt8(ascii: "\"")
        let end = address.utf8.first == quote ? address.utf8.lastIndex(of: quote).map(address.utf8.index(after:)) : nil
        let unquoted = address.utf8[(end ?? address.startIndex)...]
        return unquoted.contains(UInt8(ascii: "@")) && !Self.mayBeEncoded(address)
            && !unquoted.contains(where: "\"(<>,;: ".utf8.contains)
    }
}

/// The place of the next byte of a value, which is looked for anew only where it has been passed.
private struct NextIndex {
    private let byte: UInt8
    private var found = -1

    init(of character: Unicode.Scalar) { byte = UInt8(ascii: character) }

    /// Returns the index of the first such byte that has not been consumed; the greatest integer if there is none.
    mutating func after(_ scanner: HeaderScanner) -> Int {
        if found < scanner.index { found = scanner.firstIndex(of: byte) ?? .max }
        return found
    }
}

/// Reads the addresses of a field.
private struct MailAddressReader {
    private var scanner: HeaderScanner
    private let comments: CommentEnds
    private var nextBracket = NextIndex(of: ">")
    private var nextSquareBracket = NextIndex(of: "]")
    private var nextSign = NextIndex(of: "@")
    private var found: [MailAddress] = []
    /// The words before an address in angle brackets, or that are an address themselves.
    private var phrase: [UInt8] = []
    private var needsSpace = false
    /// Whether the last word of the phrase contains an `@`.
    private var lastWordHasSign = false
    private var comment: [UInt8] = []
    private var angle: [UInt8]?
    /// An address without brackets whose local part is quoted; it is not part of the phrase.
    private var quotedAddress: [UInt8]?
    /// Whether a quotation that never ends has begun. Neither does any that begins later.
    private var hasOpenQuotation = false
    /// Words that belong to no address, and addresses beside another one.
    private(set) var passedOver: [[UInt8]] = []

    init(_ field: [UInt8]) {
        // Text within the escapes of ISO-2022-JP may look like separators of addresses.
        let isJapanese = ISO2022JP.isEscaped(field)
        let field = isJapanese ? Array(ForeignCharacterSet.text(field, label: nil).utf8) : field
        scanner = HeaderScanner(field)
        comments = CommentEnds(field)
    }

    mutating func read() -> [MailAddress] {
        while let byte = scanner.next, found.count < MailAddress.most {
            switch byte {
            case UInt8(ascii: "\""): takeQuoted()
            case UInt8(ascii: "("): comment = scanner.comment()
            case UInt8(ascii: "<"): takeAngle(to: UInt8(ascii: ">"))
            // Outlook shows an address so: `Ana [mailto:ana@example.org]`.
            case UInt8(ascii: "[") where isBeforeBracketedAddress():
                takeAngle(to: UInt8(ascii: "]"))
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                _ = scanner.skip(byte)
                end()
            // The opening bracket of the address is missing.
            case UInt8(ascii: ">"): _ = scanner.skip(byte)
            case UInt8(ascii: ":") where !phrase.contains(UInt8(ascii: "@")):
                // The words so far are the name of a group.
                _ = scanner.skip(byte)
                (phrase, comment, lastWordHasSign) = ([], [], false)
            case _ where byte.isBlank:
                scanner.skipBlanks()
                needsSpace = !phrase.isEmpty
            default: add(takeAtom())
            }
        }
        end()
        if scanner.next != nil { passedOver.append(Array(scanner.take { _ in false })) }
        return found
    }

    /// Consumes a quoted string, or the address that begins with it: `"a b"@example.org` (RFC 5322 section 3.4.1).
    private mutating func takeQuoted() {
        guard let text = quotation() else { return }
        if scanner.next == UInt8(ascii: "@") {
            quotedAddress = Self.quoted(text) + Self.unquoted(takeAtom())
        } else {
            // A quotation directly behind an address does not belong to it.
            if endsWithAddress { needsSpace = true }
            add(text)
        }
    }

    /// Consumes a quoted string, and returns its text. A mark whose quotation never ends is consumed alone, and means
    /// nothing: what comes after it are addresses.
    private mutating func quotation() -> [UInt8]? {
        if !hasOpenQuotation {
            var rest = scanner
            let (text, isClosed) = rest.delimitedQuotation()
            if isClosed {
                scanner = rest
                return text
            }
            hasOpenQuotation = true
        }
        _ = scanner.skip(UInt8(ascii: "\""))
        return nil
    }

    /// Whether the last word so far is an address with its domain.
    private var endsWithAddress: Bool { lastWordHasSign && phrase.last != UInt8(ascii: "@") }

    /// Returns whether there is an `@` before the next `]`.
    private mutating func isBeforeBracketedAddress() -> Bool {
        let end = nextSquareBracket.after(scanner)
        return end < .max && nextSign.after(scanner) < end
    }

    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        var quoted = [UInt8(ascii: "\"")]
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return quoted + [UInt8(ascii: "\"")]
    }

    /// Returns a run of characters without quotation marks, which quote nothing within an encoded word.
    private static func unquoted(_ atom: ArraySlice<UInt8>) -> [UInt8] { atom.filter { $0 != UInt8(ascii: "\"") } }

    private mutating func add(_ bytes: some BidirectionalCollection<UInt8>) {
        if needsSpace {
            phrase.append(UInt8(ascii: " "))
            lastWordHasSign = false
        }
        needsSpace = false
        let blank = bytes.lastIndex(of: UInt8(ascii: " "))
        let word = bytes[(blank.map(bytes.index(after:)) ?? bytes.startIndex)...]
        lastWordHasSign = blank == nil && lastWordHasSign || word.contains(UInt8(ascii: "@"))
        phrase.append(contentsOf: bytes)
    }

    /// Consumes a run of characters without a special meaning. An encoded word is consumed as a whole, whatever it
    /// contains.
    private mutating func takeAtom() -> ArraySlice<UInt8> {
        var isFirst = true
        var last: UInt8 = 0
        var isEncoded = false
        return scanner.take { byte in
            defer { (isFirst, last) = (false, byte) }
            if isFirst { return false }
            if last == UInt8(ascii: "="), byte == UInt8(ascii: "?") {
                isEncoded = true
            } else if isEncoded, last == UInt8(ascii: "?"), byte == UInt8(ascii: "=") {
                isEncoded = false
            }
            if byte.isBlank { return true }
            return !isEncoded && "\"(<>,;:".utf8.contains(byte)
        }
    }

    /// Consumes an address in brackets, the first of which is next.
    private mutating func takeAngle(to end: UInt8) {
        if let first = scanner.next { _ = scanner.skip(first) }
        var text: [UInt8] = []
        while let byte = scanner.next, byte != end {
            if byte == UInt8(ascii: "\"") {
                text += quotation().map(Self.quoted) ?? []
            } else if byte == UInt8(ascii: "<") {
                // Programs that write the address twice put the correct one last.
                text = []
                _ = scanner.skip(byte)
            } else if byte == UInt8(ascii: "("), skipComment() {
                continue
            } else {
                // Within square brackets, an angle bracket is no part of the address either.
                if !byte.isBlank, byte != UInt8(ascii: ">") { text.append(byte) }
                _ = scanner.skip(byte)
            }
        }
        _ = scanner.skip(end)
        if let angle { passedOver.append(angle) }
        angle = text
    }

    /// Consumes a comment, whose opening parenthesis is next, if it ends within the brackets. Returns whether it does.
    private mutating func skipComment() -> Bool {
        guard let end = comments[scanner.index], end < nextBracket.after(scanner) else { return false }
        scanner.skip(through: end)
        return true
    }

    private mutating func end() {
        defer {
            (phrase, comment, angle, quotedAddress) = ([], [], nil, nil)
            (needsSpace, lastWordHasSign) = (false, false)
        }
        if let address = angle ?? quotedAddress {
            if address.isEmpty {
                passedOver.append(phrase + [UInt8(ascii: "<"), UInt8(ascii: ">")])
            } else {
                append(name: phrase.isEmpty ? comment : phrase, address: address)
            }
            return
        }
        // Without brackets, the last word with an @ is the address.
        let words = Self.joined(phrase.split { " <>".utf8.contains($0) })
        guard let address = words.last(where: { $0.contains(UInt8(ascii: "@")) }) else {
            if !phrase.isEmpty { passedOver.append(phrase) }
            return
        }
        passedOver += words.filter { $0 != address && $0.contains(UInt8(ascii: "@")) }.map { Array($0) }
        let others = words.filter { $0 != address }.joined(separator: [UInt8(ascii: " ")])
        append(name: comment.isEmpty ? Array(others) : comment, address: Self.withoutComments(Self.unquoted(address)))
    }

    /// Returns an address without the comments in it, which a quotation mark out of its place may have hidden.
    private static func withoutComments(_ address: [UInt8]) -> [UInt8] {
        guard address.contains(UInt8(ascii: "(")) else { return address }
        let comments = CommentEnds(address)
        var (left, index) = ([UInt8](), 0)
        while index < address.count {
            if let end = comments[index] { index = end } else { left.append(address[index]) }
            index += 1
        }
        return left
    }

    /// Returns the words, with those joined that form an address with blanks or comments around its signs: `ana (work)
    /// @ x . example` (RFC 5322 section 4.4). If one word is already an address, none are joined.
    private static func joined(_ words: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        let (sign, point) = (UInt8(ascii: "@"), UInt8(ascii: "."))
        guard !words.contains(where: { $0.dropFirst().dropLast().contains(sign) }) else { return words }
        var joined: [ArraySlice<UInt8>] = []
        var ended: UInt8?
        for word in words {
            defer { ended = word.last }
            let isPointed = ended == point || word.first == point
            if let last = joined.last, ended == sign || word.first == sign || last.contains(sign) && isPointed {
                joined[joined.count - 1] = ArraySlice(Array(last) + Array(word))
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    private mutating func append(name: [UInt8], address: [UInt8]) {
        let text = ForeignCharacterSet.text(address, label: nil)
        // Only a quoted address may contain a blank.
        let least: UInt32 = text.hasPrefix("\"") ? 0x20 : 0x21
        let isClean = text.utf8.allSatisfy { $0 >= least && $0 < 0x7F }
        let scalars = text.unicodeScalars
        let clean =
            isClean
            ? scalars
            : scalars.filter {
                $0.value >= least && !(0x7F...0x9F).contains($0.value) && !(0x2028...0x2029).contains($0.value)
            }
        let address = String(Self.withoutPrefixes(clean[...]))
        if !address.isEmpty { append(name: name, address: address) }
    }

    /// Returns an address without a route before it (RFC 5322 section 4.4) and the scheme of its URI (RFC 6068).
    private static func withoutPrefixes(_ address: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var rest = address
        while true {
            if rest.first == "@", let colon = rest.firstIndex(of: ":") {
                rest = rest[rest.index(after: colon)...]
            } else if let after = Substring(rest).after(scheme: "mailto:") {
                rest = after.unicodeScalars
            } else {
                return rest
            }
        }
    }

    private mutating func append(name: [UInt8], address: String) {
        // Some programs encode a name together with the marks around it.
        let marks = name.starts(with: "=?".utf8) ? ["'", "\""] : ["'"]
        var name = EncodedWords.text(name)
        if name.count > 1, marks.contains(where: { name.hasPrefix($0) && name.hasSuffix($0) }) {
            name = String(name.dropFirst().dropLast())
        }
        found.append(MailAddress(name: name, address: address))
    }
}
