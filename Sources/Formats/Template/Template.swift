/// A page or a text with places for values, without code of its own.
///
/// `{{name}}` is a value, `{{name|otherwise}}` one with words for where it is missing. What stands between `{{#name}}` and
/// `{{/name}}` is there once a row where the name has rows, and once where it has a value; what stands between `{{^name}}`
/// and `{{/name}}` is there where it has none. A name within rows is sought in the row, then around it. `{{! … }}` is a
/// remark. A section, its end and a remark that have a line to themselves leave no empty line behind. A value is never read as a template, and in HTML it is escaped for the place where it stands.
public struct Template: Sendable {
    /// The kind of text that the template produces.
    public enum Kind: Sendable {
        /// Plain text: values stand as they are.
        case text
        /// HTML as browsers read it.
        case html
    }

    /// The value of a name.
    public indirect enum Value: Sendable {
        /// A text; empty where the value is missing.
        case text(String)
        /// Rows, each with names of its own.
        case rows([[String: Value]])
    }

    enum Node: Sendable {
        case literal(Substring)
        case value(name: String, otherwise: String?, place: HTMLPlace, line: Int)
        case section(name: String, isInverted: Bool, body: [Node], line: Int)
    }

    let nodes: [Node]

    /// As many sections may stand within each other.
    private static let deepest = 16

    /// Reads a template.
    ///
    /// - Throws: ``TemplateError`` for tags that are none, and places in HTML where no value is safe.
    public init(parsing text: String, as kind: Kind) throws(TemplateError) {
        var parser = Parser(text, kind)
        nodes = try parser.nodes(in: nil, depth: 0)
    }

    /// A name that is asked for.
    public struct Name: Equatable, Sendable {
        /// The name.
        public let name: String
        /// The enclosing sections, outermost first; the name may be a field of the rows of any of them.
        public let sections: [String]
        /// The line of the template, from 1.
        public let line: Int
    }

    /// Every name that is asked for, in order.
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
        /// Whether nothing but blanks came on the line so far.
        private var isLineBlank = true

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
                pass(literal)
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
                    let body = try self.nodes(in: (name, begin), depth: depth + 1)
                    nodes.append(.section(name: name, isInverted: tag.first == "^", body: body, line: begin))
                case "/":
                    guard let section, section.name == name else {
                        throw TemplateError(reason: .strayEnd(name), line: begin)
                    }
                    return nodes
                default: nodes.append(try value(tag))
                }
            }
            if let section { throw TemplateError(reason: .unclosedSection(section.name), line: section.line) }
            if !rest.isEmpty { nodes.append(.literal(rest)) }
            return nodes
        }

        /// Goes past the end of the line where nothing but a tag and blanks stands on it.
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

        private mutating func pass(_ literal: Substring) {
            line += literal.utf8.count { $0 == UInt8(ascii: "\n") }
            let last = literal.lastIndex(where: \.isNewline).map { literal[literal.index(after: $0)...] }
            isLineBlank = (last ?? literal).allSatisfy { $0 == " " || $0 == "\t" } && (last != nil || isLineBlank)
            place.pass(literal)
        }
    }
}

extension Substring {
    /// Without white space at the ends.
    fileprivate var trimmed: String { String(drop(while: \.isWhitespace).trimmingTail(\.isWhitespace)) }

    /// Without the characters at the end that are of a kind.
    fileprivate func trimmingTail(_ isOfKind: (Character) -> Bool) -> Substring {
        guard let last = lastIndex(where: { !isOfKind($0) }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
