/// A JSON text (RFC 8259) read strictly, with the members of objects in their order and numbers as they are spelled.
///
/// It is the tests' own, so that what the program prints is not judged by the program's own reader.
enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A member of an object.
    struct Member: Equatable {
        let key: String
        let value: JSON
    }

    /// What is wrong with a text, and at which byte.
    struct Malformed: Error {
        let reason: String
        let offset: Int
    }

    /// Reads one text, which may be surrounded by white space.
    init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes: bytes)
        self = try reader.document()
    }

    /// Reads one text.
    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// The elements of an array; none of anything else.
    var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The keys of an object, in order; none of anything else.
    var keys: [String] {
        if case .object(let members) = self { members.map(\.key) } else { [] }
    }

    /// The value of a key; `nil` where there is none.
    subscript(key: String) -> JSON? {
        if case .object(let members) = self { members.first { $0.key == key }?.value } else { nil }
    }

    /// The text of a string; `nil` of anything else.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A number as it is spelled; `nil` of anything else.
    var digits: String? {
        if case .number(let text) = self { text } else { nil }
    }

    /// A whole number; `nil` of anything else.
    var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
    init(stringLiteral text: String) { self = .string(text) }
    init(integerLiteral number: Int) { self = .number("\(number)") }
    init(booleanLiteral truth: Bool) { self = .bool(truth) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

extension JSON {
    private struct Reader {
        let bytes: [UInt8]
        var offset = 0

        private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

        private func malformed(_ reason: String) -> Malformed { Malformed(reason: reason, offset: offset) }

        mutating func document() throws -> JSON {
            let value = try value()
            skipSpace()
            guard next == nil else { throw malformed("something follows the value") }
            return value
        }

        private mutating func skipSpace() {
            while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
        }

        private mutating func skip(_ word: String) -> Bool {
            guard bytes[offset...].starts(with: word.utf8) else { return false }
            offset += word.utf8.count
            return true
        }

        private mutating func value() throws -> JSON {
            skipSpace()
            switch next {
            case UInt8(ascii: "{"): return .object(try object())
            case UInt8(ascii: "["): return .array(try list(end: "]") { try $0.value() })
            case UInt8(ascii: "\""): return .string(try string())
            default: break
            }
            if skip("null") { return .null }
            if skip("true") { return .bool(true) }
            if skip("false") { return .bool(false) }
            return .number(try number())
        }

        private mutating func object() throws -> [Member] {
            let members = try list(end: "}") { reader in
                let key = try reader.string()
                reader.skipSpace()
                guard reader.skip(":") else { throw reader.malformed("no colon") }
                return Member(key: key, value: try reader.value())
            }
            guard Set(members.map(\.key)).count == members.count else { throw malformed("a key twice") }
            return members
        }

        private mutating func list<T>(end: String, _ element: (inout Reader) throws -> T) throws -> [T] {
            offset += 1
            skipSpace()
            if skip(end) { return [] }
            var elements: [T] = []
            repeat {
                skipSpace()
                elements.append(try element(&self))
                skipSpace()
            } while skip(",")
            guard skip(end) else { throw malformed("no \(end)") }
            return elements
        }

        private mutating func string() throws -> String {
            guard skip("\"") else { throw malformed("no string") }
            var units: [UInt8] = []
            while let byte = next, byte != UInt8(ascii: "\"") {
                guard byte >= 0x20 else { throw malformed("a control character") }
                offset += 1
                if byte == UInt8(ascii: "\\") { units += try escaped() } else { units.append(byte) }
            }
            guard skip("\""), let text = String(validating: units, as: UTF8.self) else {
                throw malformed("an unfinished string, or no UTF-8")
            }
            return text
        }

        private mutating func escaped() throws -> [UInt8] {
            let plain: [(String, UInt8)] = [
                ("\"", 0x22), ("\\", 0x5C), ("/", 0x2F), ("b", 0x08), ("f", 0x0C), ("n", 0x0A), ("r", 0x0D),
                ("t", 0x09),
            ]
            for (letter, byte) in plain where skip(letter) { return [byte] }
            guard skip("u") else { throw malformed("an unknown escape") }
            let first = try fourDigits()
            guard 0xD800..<0xDC00 ~= first else {
                guard let scalar = Unicode.Scalar(first) else { throw malformed("half a surrogate pair") }
                return Array(String(scalar).utf8)
            }
            guard skip("\\u") else { throw malformed("half a surrogate pair") }
            let second = try fourDigits()
            guard 0xDC00..<0xE000 ~= second,
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            else { throw malformed("half a surrogate pair") }
            return Array(String(scalar).utf8)
        }

        private mutating func fourDigits() throws -> UInt32 {
            let digits = String(decoding: bytes[offset...].prefix(4), as: UTF8.self)
            guard digits.count == 4, let number = UInt32(digits, radix: 16) else { throw malformed("no hex digits") }
            offset += 4
            return number
        }

        private mutating func number() throws -> String {
            let text = String(
                decoding: bytes[offset...].prefix { "+-.eE0123456789".utf8.contains($0) },
                as: UTF8.self
            )
            guard text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
                throw malformed("no value")
            }
            offset += text.utf8.count
            return text
        }
    }
}
