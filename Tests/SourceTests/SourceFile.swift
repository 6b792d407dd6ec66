import Foundation

/// A Swift source as far as the direction of layers goes: what it declares, what it uses, what its literals begin with.
struct SourceFile {
    /// Where it stands, below `Sources`.
    let path: String
    /// The modules it imports.
    let imports: Set<String>
    /// The types it declares for others: at its outermost level, and not private.
    let declared: Set<String>
    /// Every word of its code that could name a type declared elsewhere.
    let used: Set<String>
    /// What it adds to types, in extensions, for others: functions and properties.
    let added: Set<String>
    /// The functions, properties and cases that it declares anywhere.
    let members: Set<String>
    /// The members that its code asks for, by the name behind a point.
    let asked: Set<String>
    /// The cases that its enumerations declare, each with the innermost type it stands in.
    let cases: [(owner: String, name: String)]
    /// The cases that its code asks for: in a pattern, or beside `==` and `!=`.
    let matched: Set<String>
    /// The string literals, each as it begins.
    let literals: [String]
    /// The names that it gives to modules, by the constants that hold them: `salesOrder`.
    let moduleNames: [String: String]
    /// The constants that its code asks for without naming a type before the point, `.document`.
    let implied: Set<String>
    /// Those of a type of this name, of `Module.document`, and of a subscript, of `registry[.document]`, where one of a
    /// module is meant.
    let ofModules: Set<String>

    init(path: String, text: String) {
        self.path = path
        let split = Self.split(text)
        literals = split.literals
        moduleNames = Dictionary(
            text.split(whereSeparator: \.isNewline).compactMap { line in
                guard let end = line.range(of: ": ModuleName = \""),
                    let constant = line[..<end.lowerBound].split(separator: " ").last
                else { return nil }
                return (constant.filter { $0 != "`" }, String(line[end.upperBound...].prefix { $0 != "\"" }))
            }
        ) { first, _ in first }
        var imports: Set<String> = []
        var declared: Set<String> = []
        var depth = 0
        let keywords: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
        let tokens = Self.tokens(of: split.code)
        var used: Set<String> = []
        var inner: Set<String> = []
        for (index, token) in tokens.enumerated() {
            let previous = index > 0 ? tokens[index - 1] : ""
            switch token {
            case "{": depth += 1
            case "}": depth -= 1
            default:
                if previous == "import" { imports.insert(token) }
                let isPrivate = index > 1 && ["private", "fileprivate"].contains(tokens[index - 2])
                if keywords.contains(previous) {
                    if depth == 0, !isPrivate { declared.insert(token) } else { inner.insert(token) }
                }
                // A member is named by the type it belongs to, which is looked at itself.
                if previous != ".", token.first?.isUppercase ?? false { used.insert(token) }
            }
        }
        cases = Self.cases(in: tokens)
        (added, members) = Self.members(in: tokens)
        asked = Set(zip(tokens, tokens.dropFirst()).filter { $0.0 == "." }.map(\.1))
        matched = Self.matched(in: tokens)
        (implied, ofModules) = Self.constants(in: tokens)
        self.imports = imports
        self.declared = declared
        self.used = used.subtracting(inner)
    }

    /// The folder, as a layer of a place above it is called: `Store/Query` of `CRMKit/Store/Query/Filter.swift` in
    /// `CRMKit`.
    func folder(in place: String) -> String {
        path.split(separator: "/").dropFirst(place.split(separator: "/").count).dropLast().joined(separator: "/")
    }

    private static func cases(in tokens: [String]) -> [(owner: String, name: String)] {
        var cases: [(owner: String, name: String)] = []
        var owners: [String] = []
        var next = ""
        for (index, token) in tokens.enumerated() {
            let previous = index > 0 ? tokens[index - 1] : ""
            switch token {
            case "{":
                owners.append(next)
                next = ""
            case "}": _ = owners.popLast()
            default:
                if ["enum", "struct", "class", "extension", "protocol"].contains(previous) { next = token }
                if let owner = owners.last, !owner.isEmpty, previous == "case", token.first?.isLowercase ?? false {
                    cases.append((owner, token))
                }
            }
        }
        return cases
    }

    private static let modifiers: Set<String> = [
        "public", "internal", "private", "fileprivate", "static", "mutating", "nonmutating", "final", "lazy",
    ]

    private static func members(in tokens: [String]) -> (added: Set<String>, all: Set<String>) {
        var added: Set<String> = []
        var all: Set<String> = []
        var depth = 0
        var isExtension = false
        for (index, token) in tokens.enumerated() {
            let previous = index > 0 ? tokens[index - 1] : ""
            switch token {
            case "{": depth += 1
            case "}": depth -= 1
            default:
                let kinds = ["struct", "class", "enum", "extension", "protocol", "actor"]
                if depth == 0, kinds.contains(previous) { isExtension = previous == "extension" }
                if previous == "case" { all.formUnion(Self.cases(from: tokens[index...])) }
                guard ["func", "var", "let"].contains(previous) else { continue }
                all.insert(token)
                let modifiers = tokens[..<(index - 1)].reversed().prefix { Self.modifiers.contains($0) }
                let isPrivate = modifiers.contains("private") || modifiers.contains("fileprivate")
                if depth == 1, isExtension, !isPrivate { added.insert(token) }
            }
        }
        return (added, all)
    }

    /// The cases that one keyword declares, from the first of them on: `a, b(Int), c = 3`.
    private static func cases(from tokens: ArraySlice<String>) -> [String] {
        var names: [String] = []
        var depth = 0
        var isName = true
        for token in tokens.prefix(120) {
            switch token {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 0: isName = true
            case "=" where depth == 0, "?" where depth == 0: continue
            case _ where depth > 0: continue
            case _ where isName:
                names.append(token)
                isName = false
            default: return names
            }
        }
        return names
    }

    private static func matched(in tokens: [String]) -> Set<String> {
        var matched: Set<String> = []
        for index in tokens.indices where tokens[index] == "case" {
            // A pattern goes to the colon, to what it is matched with, or to its condition.
            for place in tokens[index...].indices.dropFirst().prefix(80) {
                if [":", "=", "where", "{", "}"].contains(tokens[place]) { break }
                if tokens[place - 1] == ".", ["case", ",", "(", "?"].contains(tokens[place - 2]) {
                    matched.insert(tokens[place])
                }
            }
        }
        for index in tokens.indices.dropFirst(3)
        where tokens[index - 1] == "." && tokens[index - 2] == "=" && ["=", "!"].contains(tokens[index - 3]) {
            matched.insert(tokens[index])
        }
        return matched
    }

    private static func constants(in tokens: [String]) -> (implied: Set<String>, ofModules: Set<String>) {
        let keywords: Set<String> = ["return", "in", "case", "try", "where", "else", "is", "as"]
        var (implied, ofModules): (Set<String>, Set<String>) = ([], [])
        for index in tokens.indices.dropFirst(2) where tokens[index - 1] == "." {
            let before = tokens[index - 2]
            let isWord = isWord(before)
            let isSubscript =
                before == "[" && index > 2 && Self.isWord(tokens[index - 3]) && tokens.dropFirst(index + 1).first == "]"
            if isSubscript || ["Module", "ModuleName"].contains(before) { ofModules.insert(tokens[index]) }
            if keywords.contains(before) || !isWord && ![")", "]", "}", "?", "!", "`", "."].contains(before) {
                implied.insert(tokens[index])
            }
        }
        return (implied, ofModules)
    }

    private static func isWord(_ token: String) -> Bool {
        token.last.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
    }

    private static func tokens(of code: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        for character in code {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            if !word.isEmpty { tokens.append(word) }
            word = ""
            if !character.isWhitespace { tokens.append(String(character)) }
        }
        return word.isEmpty ? tokens : tokens + [word]
    }

    /// The code without comments and literals, and the literals. What is interpolated into a literal stays code.
    private static func split(_ text: String) -> (code: String, literals: [String]) {
        var scanner = LiteralScanner(text)
        scanner.run()
        return (scanner.code, scanner.literals)
    }
}

/// Tells code from comments and string literals (The Swift Programming Language, Lexical Structure).
private struct LiteralScanner {
    private let characters: [Character]
    private var at = 0
    private(set) var code = ""
    private(set) var literals: [String] = []

    init(_ text: String) { characters = Array(text) }

    mutating func run() { scanCode(untilClosing: false) }

    private func has(_ text: String) -> Bool {
        at + text.count <= characters.count && String(characters[at..<at + text.count]) == text
    }

    private mutating func scanCode(untilClosing: Bool) {
        var depth = 0
        while at < characters.count {
            if has("//") {
                while at < characters.count, !characters[at].isNewline { at += 1 }
            } else if has("/*") {
                while at < characters.count, !has("*/") { at += 1 }
                at += 2
            } else if characters[at] == "\"" || characters[at] == "#" && opensRaw {
                scanLiteral()
            } else {
                if characters[at] == "(" { depth += 1 }
                if characters[at] == ")" {
                    if untilClosing, depth == 0 { return }
                    depth -= 1
                }
                code.append(characters[at])
                at += 1
            }
        }
    }

    private var opensRaw: Bool {
        var next = at
        while next < characters.count, characters[next] == "#" { next += 1 }
        return next < characters.count && characters[next] == "\""
    }

    private mutating func scanLiteral() {
        var pounds = ""
        while characters[at] == "#" {
            pounds.append("#")
            at += 1
        }
        let quotes = has("\"\"\"") ? "\"\"\"" : "\""
        at += quotes.count
        var literal = ""
        while at < characters.count, !has(quotes + pounds) {
            if has("\\" + pounds + "(") {
                at += 2 + pounds.count
                code.append(" ")
                scanCode(untilClosing: true)
                code.append(" ")
                literal.append("\u{FFFC}")
            } else if has("\\" + pounds), at + 1 + pounds.count < characters.count {
                literal.append(characters[at + 1 + pounds.count])
                at += 2 + pounds.count
                continue
            } else {
                literal.append(characters[at])
            }
            at += 1
        }
        at += (quotes + pounds).count
        literals.append(literal)
    }
}
