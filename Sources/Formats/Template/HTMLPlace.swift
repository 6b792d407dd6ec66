/// The place of a text in an HTML page, by elements and attributes as the HTML Standard tokenizes them (section
/// 13.2.5), as far as it decides how values must be escaped there.
struct HTMLPlace: Sendable, Equatable {
    private enum State: Sendable, Equatable {
        case plainText
        case content
        case tagOpen
        case endTag
        case elementName(String)
        case beforeAttribute
        case attributeName(String)
        case beforeValue(String)
        /// In a value, with what it begins with, enough of it to tell a scheme, and whether the query of an address or what
        /// comes behind it has begun.
        case quoted(String, quote: Character, lead: String, isInQuery: Bool)
        case unquoted
        case markup
        case comment(tail: String)
        /// In an element whose text is no HTML, with what came last.
        case raw(String, tail: String)
        /// In a style sheet, with what came last.
        case style(CSSPlace, tail: String)
    }

    private var state: State
    /// The element whose tag is open.
    private var element = ""

    private init(_ state: State) { self.state = state }

    /// A text that is no HTML.
    static let plainText = HTMLPlace(.plainText)
    /// Between tags.
    static let content = HTMLPlace(.content)

    /// Whether a value can stand here at all.
    var takesValues: Bool {
        switch state {
        case .plainText, .content: true
        case .quoted(let attribute, _, let lead, _):
            !attribute.hasPrefix("on") && !["style", "srcdoc", "srcset", "http-equiv", "content"].contains(attribute)
                && (!Self.addresses.contains(attribute) || Self.isSafeLead(lead))
        case .raw(let element, _): Self.escapableElements.contains(element)
        case .style(let place, _): place.takesValues
        default: false
        }
    }

    /// A value as it is written here; `nil` for one that would be an address of a kind that can run something.
    func escaped(_ text: String) -> String? {
        switch state {
        case .plainText: return text
        case .style: return CSSPlace.escaped(text)
        case .quoted(let attribute, _, let lead, let isInQuery) where Self.addresses.contains(attribute):
            if !Self.tellsAll(lead), !Self.isSafeAddress(lead + text) { return nil }
            // What stands for all of an address, or for its host and all behind it, is one already, and a picture's data is.
            if !Self.tellsAll(lead) || lead.hasSuffix("//") || lead.lowercased().hasPrefix("data:") {
                return HTMLEscape.escaped(text)
            }
            return HTMLEscape.escaped(PercentEncoding.encoded(text, in: isInQuery ? .query : .path))
        default: return HTMLEscape.escaped(text)
        }
    }

    /// Attributes that hold an address (HTML Standard, attributes of the type "valid URL").
    private static let addresses: Set<String> = [
        "href", "src", "action", "formaction", "xlink:href", "poster", "data", "cite", "background", "ping", "manifest",
        // What SVG's animations make of the address of a link.
        "to", "from", "by", "values",
    ]

    /// Whether the template itself says where an address leads, so that what follows is a part of the way.
    private static func tellsAll(_ lead: String) -> Bool { lead.contains { ":/?#".contains($0) } }

    /// Whether a value may stand behind the beginning of an address: not behind a scheme that runs something, nor behind
    /// one that is written in references.
    private static func isSafeLead(_ lead: String) -> Bool {
        let start = lead.prefix { !"/?#".contains($0) }
        if start.contains(":") { return isSafeAddress(lead) }
        return !start.contains("&")
    }

    /// An address with a scheme that shows something and runs nothing, or none at all.
    private static func isSafeAddress(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return true }
        let scheme = text[..<colon]
        if scheme.contains(where: { "/?#".contains($0) }) { return true }
        let isSafe = ["http", "https", "mailto", "tel"].contains(scheme.lowercased())
        return isSafe || ["png", "jpeg", "gif", "webp"].contains { text.hasPrefix("data:image/\($0);base64,") }
    }

    /// The maximum length kept for comparison: no known scheme, nor anything after it that matters, is longer.
    private static let longestLead = 32

    /// Goes on through a text of the template.
    mutating func pass(_ text: Substring) {
        guard state != .plainText else { return }
        for character in text { step(character) }
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
        case .beforeAttribute: stepInTag(character, orElse: .attributeName(character.lowercased()))
        case .attributeName(let name):
            if character == "=" {
                state = .beforeValue(name)
            } else {
                stepInTag(character, orElse: .attributeName(name + character.lowercased()))
            }
        case .beforeValue(let name):
            if character == "\"" || character == "'" {
                state = .quoted(name, quote: character, lead: "", isInQuery: false)
            } else if !character.isWhitespace {
                stepInTag(character, orElse: .unquoted)
            }
        case .quoted(let name, let quote, let lead, let wasInQuery):
            let isLong = lead.count == Self.longestLead
            let passed = isLong || lead.isEmpty && character.isWhitespace ? lead : lead + [character]
            let isInQuery = wasInQuery || character == "?" || character == "#"
            state =
                character == quote
                ? .beforeAttribute : .quoted(name, quote: quote, lead: passed, isInQuery: isInQuery)
        case .unquoted: stepInTag(character, orElse: .unquoted)
        case .raw(let name, let tail):
            let seen = String((tail + character.lowercased()).suffix(name.count + 2))
            state = seen == "</\(name)" ? .endTag : .raw(name, tail: seen)
        case .style(var place, let tail):
            let seen = String((tail + character.lowercased()).suffix(7))
            place.step(character)
            state = seen == "</style" ? .endTag : .style(place, tail: seen)
        }
    }

    /// Within a tag: white space ends what stands there, `>` the tag.
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

    private mutating func stepInMarkup(_ character: Character) {
        if character == ">" {
            state = .content
        } else if character == "-" {
            state = .comment(tail: "")
        }
    }

    /// Elements whose text has references in it but no elements (HTML Standard, section 13.1.2).
    private static let escapableElements: Set<String> = ["title", "textarea"]
    /// Elements whose text is no HTML.
    private static let rawElements: Set<String> =
        escapableElements.union(["script", "xmp", "iframe", "noembed", "noframes"])
}
