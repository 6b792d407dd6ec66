import Formats
import TestSupport

/// What one call of a JSON reader's `next()` gave.
enum JSONOutcome: Equatable {
    case value(JSONValue)
    case error(JSONError)

    /// What a reader of one element at a time gives for an input, fed in chunks of `chunkSize` bytes.
    enum Reader: CaseIterable {
        case lines
        case joinedLines
        case array

        func all(of input: [UInt8], chunkSize: Int = 4096, limit: Int = 1 << 24) -> [JSONOutcome] {
            let source = ByteSource(bytes: input, chunkSize: chunkSize)
            switch self {
            case .lines, .joinedLines:
                let joins = self == .joinedLines
                var reader = JSONLinesReader(source, maximumLength: limit, joinsLines: joins)
                return JSONOutcome.collect { () throws(JSONError) in try reader.next() }
            case .array:
                var reader = JSONArrayReader(source, maximumLength: limit)
                return JSONOutcome.collect { () throws(JSONError) in try reader.next() }
            }
        }
    }

    private static func collect(_ next: () throws(JSONError) -> JSONValue?) -> [JSONOutcome] {
        var outcomes: [JSONOutcome] = []
        while true {
            do throws(JSONError) {
                guard let value = try next() else { return outcomes }
                outcomes.append(.value(value))
            } catch {
                outcomes.append(.error(error))
            }
        }
    }
}

extension JSONOutcome {
    /// The outcome of reading an integer.
    static func integer(_ integer: Int64) -> JSONOutcome { .value(.number(JSONNumber(integer))) }

    /// The outcome of reading an object with an integer called `a`.
    static func member(_ integer: Int64) -> JSONOutcome {
        .value(.object([JSONMember("a", .number(JSONNumber(integer)))]))
    }
}

extension TextPosition {
    init(_ line: Int, _ column: Int, _ offset: Int) { self.init(line: line, column: column, offset: offset) }
}

extension SeededGenerator {
    /// Any value, nested up to `depth` deep.
    mutating func jsonValue(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return .number(JSONNumber(Int64.random(in: .min ... .max, using: &self)))
        case 3:
            let literals = ["0", "-0.0", "0.10", "1e-400", "1E+5", "123456789012345678901234567890"]
            return JSONNumber(literals.randomElement(using: &self) ?? "").map(JSONValue.number) ?? .null
        case 4: return .string(hostileText())
        case 5: return .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in jsonValue(depth: depth - 1) })
        default:
            return .object(
                (0..<Int.random(in: 0..<5, using: &self)).map { index in
                    JSONMember("\(index)\(hostileText())", jsonValue(depth: depth - 1))
                }
            )
        }
    }
}
