/// What a section, which may be left out or repeated, does to the place behind it.
extension HTMLPlace {
    /// The place at the beginning of a section. What precedes it in a tag may be the end of another run of the section,
    /// so that the name of an attribute, for one, does not go on in it.
    var atSectionStart: HTMLPlace {
        guard let tag, state != .beforeAttribute else { return self }
        return HTMLPlace(.edge, of: tag)
    }

    /// Returns the place behind a section that begins here and ends at another place, which is right with and without
    /// the section; `nil` if nothing is right for both.
    func joined(with end: HTMLPlace) -> HTMLPlace? {
        if self == end { return self }
        if let tag { return tag == end.tag ? HTMLPlace(.edge, of: tag) : nil }
        switch (state, end.state) {
        case (.content, .content): return self
        case (
            .quoted(let name, let quote, let lead, let wasInQuery),
            .quoted(let other, let otherQuote, let otherLead, let isInQuery)
        ):
            guard name == other, quote == otherQuote, element == end.element else { return nil }
            // A beginning after which no address is safe.
            let joined = lead == otherLead && wasInQuery == isInQuery ? lead : "&"
            var both = HTMLPlace(.quoted(name, quote: quote, lead: joined, isInQuery: isInQuery), of: element)
            both.beginsWithValue = beginsWithValue || end.beginsWithValue
            return both
        case (.comment(let tail), .comment(let other)):
            return [tail, other].contains { $0.last == "-" } ? nil : HTMLPlace(.comment(tail: ""))
        case (.raw(let name, let tail), .raw(let other, let otherTail)):
            guard name == other, ![tail, otherTail].contains(where: { Self.begins(endOf: name, $0) }) else {
                return nil
            }
            return HTMLPlace(.raw(name, tail: ""), of: element)
        case (.style(let sheet, let tail), .style(let other, let otherTail)):
            guard ![tail, otherTail].contains(where: { Self.begins(endOf: "style", $0) }),
                let both = sheet.joined(with: other)
            else { return nil }
            return HTMLPlace(.style(both, tail: ""), of: element)
        default: return nil
        }
    }

    /// Whether a text ends in the beginning of an end tag.
    private static func begins(endOf element: String, _ tail: String) -> Bool {
        tail.lastIndex(of: "<").map { "</\(element)".hasPrefix(tail[$0...]) } ?? false
    }

    /// The name of the element in whose tag this is, outside of values in quotes; `nil` anywhere else.
    private var tag: String? {
        switch state {
        case .elementName(let name): name
        case .beforeAttribute, .attributeName, .afterAttributeName, .unquoted, .edge: element
        default: nil
        }
    }
}

extension CSSPlace {
    /// Returns the place behind a section that begins here and ends at another place; `nil` if nothing is right for both.
    func joined(with end: CSSPlace) -> CSSPlace? {
        if self == end { return self }
        guard isSettled, end.isSettled, hasState(of: end) else { return nil }
        // In halves of a declaration no value is shown.
        return isBetweenDeclarations && end.isBetweenDeclarations || declaration == end.declaration ? end : end.unshown
    }
}
