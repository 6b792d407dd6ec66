/// Lays out the text of a page in lines: white space becomes one blank, blocks start new lines, and quotations are
/// marked.
struct HTMLLayout {
    private var output: [UInt8] = []
    /// The number of line ends due before the next character; at most two, which leave an empty line.
    private var lineEnds = 0
    private var needsSpace = false
    private var isAtLineStart = true
    private var hasBegun = false
    private var quotations = 0
    /// The quotation depth of the last line: an empty line is quoted when both its neighbours are.
    private var quotationsOfLast = 0
    private var preformatted = 0
    /// Whether the bullet of a list item came last, so that the item's text continues on the same line.
    private var isAfterMark = false

    /// Returns the text laid out since the last call.
    mutating func take() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    /// Ends the last line.
    mutating func finish() -> [UInt8] {
        if hasBegun { output.append(UInt8(ascii: "\n")) }
        return take()
    }

    /// Appends a byte of text in UTF-8.
    mutating func put(_ byte: UInt8) {
        if byte == 0 { return }
        if preformatted > 0, byte == UInt8(ascii: "\n") {
            lineEnds = min(lineEnds + 1, 2)
            return
        }
        if byte == UInt8(ascii: "\r") && preformatted > 0 { return }
        if byte.isBlank && preformatted == 0 {
            needsSpace = true
            return
        }
        prepare()
        output.append(byte)
        isAtLineStart = false
        isAfterMark = false
        hasBegun = true
    }

    /// Writes the line ends that are due and the `>` marks of the new line.
    private mutating func prepare() {
        if lineEnds > 0 {
            if hasBegun {
                for number in 1...lineEnds {
                    output.append(UInt8(ascii: "\n"))
                    if number < lineEnds { mark(min(quotations, quotationsOfLast)) }
                }
            }
            lineEnds = 0
            isAtLineStart = true
        }
        if isAtLineStart {
            mark(quotations)
            if quotations > 0 { output.append(UInt8(ascii: " ")) }
            quotationsOfLast = quotations
            isAtLineStart = false
        } else if needsSpace, output.last != UInt8(ascii: "\t") {
            output.append(UInt8(ascii: " "))
        }
        needsSpace = false
    }

    private mutating func mark(_ quotations: Int) {
        for _ in 0..<min(quotations, Self.mostQuotations) { output.append(UInt8(ascii: ">")) }
    }

    /// Begins an element.
    mutating func begin(_ tag: HTMLTag) {
        switch tag.name {
        case "br": lineEnds = min(lineEnds + 1, 2)
        case "hr":
            breakLine()
            for byte in "----".utf8 { put(byte) }
            breakLine()
        case "img":
            if let words = tag.attribute("alt") { for byte in words.utf8 { put(byte) } }
        case "li":
            breakLine()
            put(UInt8(ascii: "*"))
            needsSpace = true
            isAfterMark = true
        case "td", "th": separateCell()
        case "pre", "textarea", "listing":
            breakLine()
            preformatted += 1
        case "blockquote":
            breakParagraph()
            quotations += 1
        case let name where Self.paragraphs.contains(name): breakParagraph()
        case let name where Self.blocks.contains(name): breakLine()
        default: break
        }
    }

    /// Ends an element.
    mutating func end(_ name: String) {
        switch name {
        case "pre", "textarea", "listing":
            preformatted = max(preformatted - 1, 0)
            breakLine()
        case "blockquote":
            // The line ends that are due are part of the quotation.
            if quotations > 0 {
                breakParagraph()
                quotations -= 1
            }
        case let name where Self.paragraphs.contains(name): breakParagraph()
        case let name where Self.blocks.contains(name) || name == "li": breakLine()
        default: break
        }
    }

    private mutating func breakLine() {
        if isAfterMark { return }
        lineEnds = max(lineEnds, 1)
        needsSpace = false
    }

    private mutating func breakParagraph() {
        if isAfterMark { return }
        lineEnds = 2
        needsSpace = false
    }

    private mutating func separateCell() {
        guard !isAtLineStart, lineEnds == 0, hasBegun else { return }
        output.append(UInt8(ascii: "\t"))
        needsSpace = false
    }

    /// The greatest number of `>` marks at the beginning of a line.
    private static let mostQuotations = 20

    private static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "form",
    ]

    private static let blocks: Set<String> = [
        "address", "article", "aside", "body", "center", "dd", "details", "dir", "div", "dt", "fieldset", "figcaption",
        "figure", "footer", "head", "header", "html", "legend", "main", "menu", "nav", "option", "section", "summary",
        "tr",
        "caption", "thead", "tbody", "tfoot",
    ]
}
