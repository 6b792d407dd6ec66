/// A place in an HTML page, tracked by elements and attributes as tokenized in the HTML Standard (section 13.2.5), as
/// far as it decides how values must be escaped there.
struct HTMLPlace: Sendable, Equatable {
    enum State: Sendable, Equatable {
        case plainText
        case content
        case tagOpen
        case endTag
        case elementName(String)
        case beforeAttribute
        case attributeName(String)
        case afterAttributeName(String)
        case beforeValue(String)
        /// In a quoted value. `lead` is its beginning, long enough to recognize a scheme; `isInQuery` is true from the
        /// query or fragment of an address on.
        case quoted(String, quote: Character, lead: String, isInQuery: Bool)
        case unquoted
        /// In a tag at the edge of a section, which may be left out: an attribute begins or ends here, or ``unsure``
        /// follows.
        case edge
        /// Where a browser would not read what a person sees. No value is safe from here on.
        case unsure
        /// In an address whose scheme begins with a value. No value is safe from here on.
        case schemeOfValue
        case markup
        case comment(tail: String)
        /// In an element whose text is not HTML, with its last characters.
        case raw(String, tail: String)
        /// In a style sheet, with its last characters.
        case style(CSSPlace, tail: String)
    }

    private(set) var state: State
    /// The element whose tag is open.
    private(set) var element = ""
    /// Whether a value stands in the beginning of the open address, where a colon would make a scheme of it.
    var beginsWithValue = false

    init(_ state: State, of element: String = "") { (self.state, self.element) = (state, element) }

    /// A place in text that is not HTML.
    static let plainText = HTMLPlace(.plainText)
    /// Between tags.
    static let content = HTMLPlace(.content)

    /// Whether a value may be inserted here.
    var takesValues: Bool {
        switch state {
        case .plainText, .content: true
        case .quoted(let attribute, _, let lead, _):
            !attribute.hasPrefix("on") && !Self.forbidden.contains(attribute)
                && (!Self.addresses.contains(attribute) || Self.isSafeLead(lead))
        case .raw(let element, _): Self.escapableElements.contains(element)
        case .style(let place, _): place.takesValues
        default: false
        }
    }

    /// Returns a value escaped for this place; `nil` if it would be an address of a kind that can run something.
    func escaped(_ text: String) -> String? {
        switch state {
        case .plainText: return text
        case .style: return CSSPlace.escaped(text)
        case .quoted(let attribute, _, let lead, let isInQuery) where Self.addresses.contains(attribute):
            if !Self.tellsAll(lead), !Self.isSafeAddress(lead + text) { return nil }
            // A value for a whole address, or for its host and the rest, is encoded already, and so is the data of a
            // picture.
            if !Self.tellsAll(lead) || lead.hasSuffix("//") || lead.lowercased().hasPrefix("data:") {
                return HTMLEscape.escaped(text)
            }
            return HTMLEscape.escaped(PercentEncoding.encoded(text, in: isInQuery ? .query : .path))
        default: return HTMLEscape.escaped(text)
        }
    }

    /// Attributes with several addresses as value, or something that runs. SVG animations can set the address of a link
    /// with each of their `values`.
    private static let forbidden: Set<String> = ["style", "srcdoc", "srcset", "http-equiv", "content", "values"]

    /// Attributes with an address as value (HTML Standard, attributes of the type "valid URL").
    private static let addresses: Set<String> = [
        "href", "src", "action", "formaction", "xlink:href", "poster", "data", "cite", "background", "ping", "manifest",
        // SVG animations can set the address of a link with these.
        "to", "from", "by",
    ]

    /// Returns whether the template itself determines the target of an address, so that the value is only a part of the
    /// path.
    private static func tellsAll(_ lead: String) -> Bool { lead.contains { ":/?#".contains($0) } }

    /// Returns whether a value may follow the beginning of an address: not after a scheme that runs something, nor
    /// after a scheme written with character references.
    private static func isSafeLead(_ lead: String) -> Bool {
        let start = lead.prefix { !"/?#".contains($0) }
        if start.contains(":") { return isSafeAddress(lead) }
        return !start.contains("&")
    }

    /// Returns whether an address has no scheme, or one that shows something and runs nothing.
    private static func isSafeAddress(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return true }
        let scheme = text[..<colon]
        if scheme.contains(where: { "/?#".contains($0) }) { return true }
        let isSafe = ["http", "https", "mailto", "tel"].contains(scheme.lowercased())
        return isSafe || ["png", "jpeg", "gif", "webp"].contains { text.hasPrefix("data:image/\($0);base64,") }
    }

    /// The greatest length of a beginning that is stored; it covers all known schemes and what matters after them.
    private static let longestLead = 32

    /// Processes the next text of the template.
    mutating func pass(_ text: Substring) {
        guard state != .plainText else { return }
        for character in text { step(character) }
    }

    /// Processes a value, which may be the beginning of the scheme of an address.
    mutating func passValue() {
        guard case .quoted(let attribute, _, let lead, _) = state else { return }
        if Self.addresses.contains(attribute), !Self.tellsAll(lead) { beginsWithValue = true }
    }

    /// Whether a character, the last one of a reference maybe, is a colon in the beginning of an address.
    private static func isColon(_ character: Character, after lead: String) -> Bool {
        if tellsAll(lead) { return false }
        switch character {
        case ":": return true
        case "#": return lead.last == "&" || lead.count == longestLead
        case ";": return lead.hasSuffix("&colon") || lead.count == longestLead
        default: return false
        }
    }

    private mutating func step(_ character: Character) {
        switch state {
        case .plainText: break
        case .content: if character == "<" { state = .tagOpen }
        case .tagOpen:
            if character == "!" || character == "?" {
                state = .markup
            } else if character == "/" {
                state = .endTag
            } else {
                state = character.isLetter ? .elementName(character.lowercased()) : .content
            }
        case .endTag: if character == ">" { state = .content }
        case .markup: stepInMarkup(character)
        case .comment(let tail):
            let seen = String((tail + [character]).suffix(3))
            state = seen == "-->" ? .content : .comment(tail: seen)
        case .elementName(let name):
            element = name
            stepInTag(character, orElse: .elementName(name + character.lowercased()))
        case .beforeAttribute:
            stepInTag(character, orElse: character == "=" ? .unsure : .attributeName(character.lowercased()))
        case .attributeName(let name), .afterAttributeName(let name): stepAfter(name, character)
        case .beforeValue(let name):
            if character == "\"" || character == "'" {
                state = .quoted(name, quote: character, lead: "", isInQuery: false)
            } else if !character.isWhitespace {
                stepInTag(character, orElse: .unquoted)
            }
        case .quoted(_, let quote, let lead, _)
        where beginsWithValue && character != quote && Self.isColon(character, after: lead):
            state = .schemeOfValue
        case .quoted(let name, let quote, let lead, let wasInQuery):
            if character == quote { beginsWithValue = false }
            let isLong = lead.count == Self.longestLead
            let passed = isLong || lead.isEmpty && character.isWhitespace ? lead : lead + [character]
            let isInQuery = wasInQuery || character == "?" || character == "#"
            state =
                character == quote
                ? .beforeAttribute : .quoted(name, quote: quote, lead: passed, isInQuery: isInQuery)
        case .unquoted: stepInTag(character, orElse: .unquoted)
        case .edge: stepInTag(character, orElse: .unsure)
        case .unsure, .schemeOfValue: break
        case .raw(let name, let tail):
            let seen = String((tail + character.lowercased()).suffix(name.count + 2))
            state = seen == "</\(name)" ? .endTag : .raw(name, tail: seen)
        case .style(var place, let tail):
            let seen = String((tail + character.lowercased()).suffix(7))
            place.step(character)
            state = seen == "</style" ? .endTag : .style(place, tail: seen)
        }
    }

    /// Processes a character within a tag: white space ends a name or value, `>` ends the tag.
    private mutating func stepInTag(_ character: Character, orElse other: State) {
        if character == ">" {
            state =
                element == "style"
                ? .style(CSSPlace(), tail: "")
                : Self.rawElements.contains(element) ? .raw(element, tail: "") : .content
        } else {
            state = character.isWhitespace || character == "/" ? .beforeAttribute : other
        }
    }

    /// Processes a character of the name of an attribute, or after the white space behind it.
    private mutating func stepAfter(_ name: String, _ character: Character) {
        let isBehind = state == .afterAttributeName(name)
        if character == "=" {
            state = .beforeValue(name)
        } else if character.isWhitespace {
            state = .afterAttributeName(name)
        } else {
            stepInTag(character, orElse: .attributeName((isBehind ? "" : name) + character.lowercased()))
        }
    }

    private mutating func stepInMarkup(_ character: Character) {
        if character == ">" {
            state = .content
        } else if character == "-" {
            state = .comment(tail: "")
        }
    }

    /// Elements whose text may contain references but no elements (HTML Standard, section 13.1.2).
    private static let escapableElements: Set<String> = ["title", "textarea"]
    /// Elements whose text is not HTML.
    private static let rawElements: Set<String> =
        escapableElements.union(["script", "xmp", "iframe", "noembed", "noframes"])
}
