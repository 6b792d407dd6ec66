/// A page or a text with placeholders for values, without code of its own.
///
/// `{{name}}` is a value, and `{{name|otherwise}}` a value with a replacement text for when it is empty. The section
/// between `{{#name}}` and `{{/name}}` appears once for each row of the name, or once if the name has a single value.
/// The section between `{{^name}}` and `{{/name}}` appears if the name has neither. A name within rows is looked up in
/// the row first, then outside. `{{! … }}` is a comment. A section tag or comment alone on its line leaves no empty
/// line behind. A value is never read as a template, and in HTML it is escaped for its place.
public struct Template: Sendable {
    /// The kind of text that the template produces.
    public enum Kind: Sendable {
        /// Plain text: values are inserted unchanged.
        case text
        /// HTML for browsers.
        case html
    }

    /// The value of a name.
    public indirect enum Value {
        /// A text; empty if the value is missing.
        case text(String)
        /// Rows, each with names of its own.
        case rows(Rows)
    }

    /// Rows that are made one after the other each time a section repeats for them, so that a document with many lines
    /// needs no more memory than one with few.
    public struct Rows: ExpressibleByArrayLiteral {
        /// The first row; `nil` if there is none.
        public let first: [String: Value]?
        /// Calls a closure with every row, in order.
        let each: (_ body: ([String: Value]) throws -> Void) throws -> Void

        /// - Parameters:
        ///   - first: the first row; `nil` if there is none.
        ///   - each: calls a closure with every row, the first one too, in order; it may be called several times.
        public init(
            first: [String: Value]?,
            each: @escaping (_ body: ([String: Value]) throws -> Void) throws -> Void
        ) {
            (self.first, self.each) = (first, each)
        }

        /// Rows that are kept.
        public init(_ rows: [[String: Value]]) { self.init(first: rows.first) { try rows.forEach($0) } }

        /// Rows that are kept.
        public init(arrayLiteral rows: [String: Value]...) { self.init(rows) }
    }

    enum Node: Sendable {
        case literal(Substring)
        case value(name: String, otherwise: String?, place: HTMLPlace, line: Int)
        case section(name: String, isInverted: Bool, body: [Node], line: Int)
    }

    let nodes: [Node]

    /// The greatest depth of nested sections.
    private static let deepest = 16

    /// Parses a template.
    ///
    /// - Throws: ``TemplateError`` for malformed tags, and for places in HTML where no value is safe.
    public init(parsing text: String, as kind: Kind) throws(TemplateError) {
        var parser = Parser(text, kind)
        nodes = try parser.nodes(in: nil, depth: 0)
    }

    /// A name that the template uses.
    public struct Name: Equatable, Sendable {
        /// The name.
        public let name: String
        /// The enclosing sections, outermost first; the name may be a field of the rows of any of them.
        public let sections: [String]
        /// The line of the template, from 1.
        public let line: Int
    }

    /// Every use of a name, in order.
    public var names: [Name] { Self.names(in: nodes, []) }

    private static func names(in nodes: [Node], _ sections: [String]) -> [Name] {
        nodes.flatMap { node -> [Name] in
            switch node {
            case .literal: []
            case .value(let name, _, _, let line): [Name(name: name, sections: sections, line: line)]
            case .section(let name, _, let body, let line):
                [Name(name: name, sections: sections, line: line)] + names(in: body, sections + [name])
            }
        }
    }

    private struct Parser {
        private var rest: Substring
        private var line = 1
        private var place: HTMLPlace
        /// Whether the line so far is blank.
        private var isLineBlank = true
        /// The last value in the beginning of an address.
        private var leading: (name: String, line: Int)?

        init(_ text: String, _ kind: Kind) {
            rest = text[...]
            place = kind == .text ? .plainText : .content
        }

        /// Parses the nodes up to the end of a section, or of the template.
        mutating func nodes(in section: (name: String, line: Int)?, depth: Int) throws(TemplateError) -> [Node] {
            guard depth <= Template.deepest else { throw TemplateError(reason: .tooDeep, line: line) }
            var nodes: [Node] = []
            while let start = rest.firstRange(of: "{{") {
                var literal = rest[..<start.lowerBound]
                try pass(literal)
                rest = rest[start.upperBound...]
                let begin = line
                let tag = try self.tag()
                let takesNoPlace = tag.first.map { "!#^/".contains($0) } ?? false
                if takesNoPlace, endsBlankLine() {
                    literal = literal.trimmingTail { $0 == " " || $0 == "\t" }
                } else {
                    isLineBlank = false
                }
                if !literal.isEmpty { nodes.append(.literal(literal)) }
                let name = tag.dropFirst().trimmed
                switch tag.first {
                case "!": continue
                case "#", "^":
                    guard !name.isEmpty else { throw TemplateError(reason: .emptyTag, line: begin) }
                    let start = place
                    place = start.atSectionStart
                    let body = try self.nodes(in: (name, begin), depth: depth + 1)
                    guard let both = start.joined(with: place) else {
                        throw TemplateError(reason: .dividedPlace(name), line: begin)
                    }
                    place = both
                    nodes.append(.section(name: name, isInverted: tag.first == "^", body: body, line: begin))
                case "/":
                    guard let section, section.name == name else {
                        throw TemplateError(reason: .strayEnd(name), line: begin)
                    }
                    return nodes
                default:
                    let node = try value(tag)
                    place.passValue()
                    if place.beginsWithValue, case .value(let name, _, _, let line) = node { leading = (name, line) }
                    nodes.append(node)
                }
            }
            if let section { throw TemplateError(reason: .unclosedSection(section.name), line: section.line) }
            let literal = rest
            try pass(literal)
            if !literal.isEmpty { nodes.append(.literal(literal)) }
            return nodes
        }

        /// Skips the end of the line if the line contains only a tag and blanks. Returns whether it does.
        private mutating func endsBlankLine() -> Bool {
            guard isLineBlank else { return false }
            let following = rest.drop { $0 == " " || $0 == "\t" }
            guard let end = following.first else {
                rest = following
                return true
            }
            guard end.isNewline else { return false }
            rest = following.dropFirst()
            line += 1
            return true
        }

        private mutating func tag() throws(TemplateError) -> Substring {
            guard let end = rest.firstRange(of: "}}"), !rest[..<end.lowerBound].contains(where: \.isNewline) else {
                throw TemplateError(reason: .unclosedTag, line: line)
            }
            defer { rest = rest[end.upperBound...] }
            return rest[..<end.lowerBound]
        }

        private func value(_ tag: Substring) throws(TemplateError) -> Node {
            let halves = tag.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let name = (halves.first ?? "").trimmed
            guard !name.isEmpty else { throw TemplateError(reason: .emptyTag, line: line) }
            guard place.takesValues else { throw TemplateError(reason: .unsafePlace(name), line: line) }
            return .value(name: name, otherwise: halves.count == 2 ? halves[1].trimmed : nil, place: place, line: line)
        }

        /// - Throws: ``TemplateError`` where the text makes a value the scheme of an address.
        private mutating func pass(_ literal: Substring) throws(TemplateError) {
            line += literal.utf8.count { $0 == UInt8(ascii: "\n") }
            let last = literal.lastIndex(where: \.isNewline).map { literal[literal.index(after: $0)...] }
            isLineBlank = (last ?? literal).allSatisfy { $0 == " " || $0 == "\t" } && (last != nil || isLineBlank)
            place.pass(literal)
            if place.state == .schemeOfValue, let leading {
                throw TemplateError(reason: .unsafePlace(leading.name), line: leading.line)
            }
        }
    }
}

extension Substring {
    /// The text without white space at both ends.
    fileprivate var trimmed: String { String(drop(while: \.isWhitespace).trimmingTail(\.isWhitespace)) }

    /// Returns the text without the trailing characters for which a predicate is true.
    fileprivate func trimmingTail(_ isOfKind: (Character) -> Bool) -> Substring {
        guard let last = lastIndex(where: { !isOfKind($0) }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
