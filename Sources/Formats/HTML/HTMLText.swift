/// Converts an HTML page that arrives in pieces to text: what a reader would see of it, in order, one line per
/// paragraph.
///
/// The tokens are those of the HTML Standard (section 13.2.5) as far as they determine the text. Scripts, styles and
/// hidden elements are left out. Lists get bullets, cells tabs, and quotations `> ` before each line; alternative texts
/// replace pictures. Any bytes are accepted: malformed markup is handled as in a browser.
public struct HTMLText {
    private enum State {
        case text
        case characterReference
        case tagOpen
        case endTagOpen
        case tag(isEnd: Bool, quote: UInt8?)
        case markup
        case comment(dashes: Int)
        /// In an element whose text is not part of the page, until its end tag.
        case raw(String)
        case rawEnd(String, matched: Int)
    }

    private var state = State.text
    /// The bytes so far of a tag, a character reference or a declaration.
    private var token: [UInt8] = []
    private var layout = HTMLLayout()
    /// The outermost open element that is hidden, and the number of open elements of its name within it, including
    /// itself: only its own end tag ends it.
    private var hidden: (name: String, depth: Int)?

    /// The greatest number of bytes of a tag that are stored.
    private static let longestTag = 16 << 10
    private static let longestReference = 32

    /// Creates a converter without any input.
    public init() {}

    /// Returns the text of a whole page in UTF-8.
    public static func text(of page: [UInt8]) -> String {
        String(decoding: bytes(of: page), as: UTF8.self)
    }

    /// Returns the text of a page as bytes, whatever the encoding of the page.
    public static func bytes(of page: [UInt8]) -> [UInt8] {
        var text = HTMLText()
        page.withUnsafeBytes { text.append($0) }
        return text.finish()
    }

    /// Processes the next piece of the page.
    ///
    /// - Parameter bytes: the piece in UTF-8, which may end within a character or a tag.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { take(byte) }
    }

    /// Ends the page.
    ///
    /// - Returns: the rest of the text.
    public mutating func finish() -> [UInt8] {
        switch state {
        case .characterReference: endReference(at: nil)
        case .tagOpen: put(UInt8(ascii: "<"))
        default: break
        }
        state = .text
        return layout.finish()
    }

    // MARK: - Tokens

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .text: takeText(byte)
        case .characterReference: takeReference(byte)
        case .tagOpen: openTag(byte)
        case .endTagOpen: openEndTag(byte)
        case .tag(let isEnd, let quote): takeTag(byte, isEnd: isEnd, quote: quote)
        case .markup:
            token.append(byte)
            if token.elementsEqual("--".utf8) {
                state = .comment(dashes: 2)
            } else if byte == UInt8(ascii: ">") || token.count > Self.longestTag {
                state = .text
            }
        case .comment(let dashes):
            if byte == UInt8(ascii: "-") {
                state = .comment(dashes: min(dashes + 1, 2))
            } else {
                state = byte == UInt8(ascii: ">") && dashes >= 2 ? .text : .comment(dashes: 0)
            }
        case .raw(let element):
            if byte == UInt8(ascii: "<") { state = .rawEnd(element, matched: 0) }
        case .rawEnd(let element, let matched): matchRawEnd(byte, element, matched)
        }
    }

    private mutating func takeText(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"): state = .tagOpen
        case UInt8(ascii: "&"):
            token.removeAll(keepingCapacity: true)
            state = .characterReference
        default: put(byte)
        }
    }

    private mutating func takeReference(_ byte: UInt8) {
        let isPart = byte.isLetterOrDigit || (byte == UInt8(ascii: "#") && token.isEmpty)
        if isPart, token.count < Self.longestReference {
            token.append(byte)
            return
        }
        state = .text
        endReference(at: byte)
        if byte != UInt8(ascii: ";") || token.isEmpty { takeText(byte) }
    }

    /// Appends the character of a reference; an unknown reference is appended as it stands.
    private mutating func endReference(at end: UInt8?) {
        if let scalar = HTMLEntity.scalar(of: token) {
            // A no-break space is a plain blank to the reader.
            if scalar == "\u{A0}" { return put(UInt8(ascii: " ")) }
            for byte in String(scalar).utf8 { put(byte) }
            return
        }
        put(UInt8(ascii: "&"))
        for byte in token { put(byte) }
        if end == UInt8(ascii: ";"), !token.isEmpty { put(UInt8(ascii: ";")) }
    }

    private mutating func openTag(_ byte: UInt8) {
        token.removeAll(keepingCapacity: true)
        switch byte {
        case UInt8(ascii: "/"): state = .endTagOpen
        case UInt8(ascii: "!"), UInt8(ascii: "?"): state = .markup
        case _ where byte.isLetter:
            token.append(byte)
            state = .tag(isEnd: false, quote: nil)
        default:
            state = .text
            put(UInt8(ascii: "<"))
            takeText(byte)
        }
    }

    private mutating func openEndTag(_ byte: UInt8) {
        if byte.isLetter {
            token.append(byte)
            state = .tag(isEnd: true, quote: nil)
        } else {
            state = byte == UInt8(ascii: ">") ? .text : .markup
        }
    }

    private mutating func takeTag(_ byte: UInt8, isEnd: Bool, quote: UInt8?) {
        if byte == UInt8(ascii: ">"), quote == nil {
            state = .text
            endTag(isEnd: isEnd)
            return
        }
        if token.count < Self.longestTag { token.append(byte) }
        if byte == quote {
            state = .tag(isEnd: isEnd, quote: nil)
        } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), isAfterEquals {
            state = .tag(isEnd: isEnd, quote: byte)
        }
    }

    /// Whether the last quotation mark in the tag begins a value.
    private var isAfterEquals: Bool {
        token.dropLast().last { !$0.isBlank } == UInt8(ascii: "=")
    }

    private mutating func matchRawEnd(_ byte: UInt8, _ element: String, _ matched: Int) {
        let wanted = Array("/\(element)".utf8)
        if matched < wanted.count {
            if byte.asciiLowercased == wanted[matched] {
                state = .rawEnd(element, matched: matched + 1)
            } else {
                state = byte == UInt8(ascii: "<") ? .rawEnd(element, matched: 0) : .raw(element)
            }
        } else if byte == UInt8(ascii: ">") {
            state = .text
        } else if byte == UInt8(ascii: "<") {
            state = .rawEnd(element, matched: 0)
        }
    }

    private mutating func put(_ byte: UInt8) {
        if hidden == nil { layout.put(byte) }
    }

    // MARK: - Elements

    private mutating func endTag(isEnd: Bool) {
        let tag = HTMLTag(token)
        if let hidden {
            guard tag.name == hidden.name else { return }
            let depth = hidden.depth + (isEnd ? -1 : 1)
            self.hidden = depth == 0 ? nil : (hidden.name, depth)
            return
        }
        if isEnd {
            layout.end(tag.name)
            return
        }
        if Self.withoutText.contains(tag.name) {
            state = .raw(tag.name)
        } else if !HTMLTag.void.contains(tag.name), tag.isHidden {
            hidden = (tag.name, 1)
        } else {
            layout.begin(tag)
        }
    }

    /// Elements whose text is not part of the page.
    private static let withoutText: Set<String> = [
        "title", "script", "style", "template", "iframe", "object", "svg", "math",
    ]
}
