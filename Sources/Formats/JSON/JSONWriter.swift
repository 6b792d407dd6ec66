/// Writes JSON straight into a sink, piece by piece, with commas where they belong.
///
/// The caller must follow the structure of RFC 8259: a key before each value in an object, and an end for each
/// beginning. Strings are written unchanged except for quotes, backslashes and control characters. A byte that is not
/// part of well-formed UTF-8 becomes U+FFFD, so that the output is valid JSON for any data.
public struct JSONWriter {
    /// The layout of the text.
    public enum Layout: Sendable {
        /// Without white space.
        case compact
        /// One line for each element and member, indented by two more spaces than its container, like the output of jq.
        case indented
    }

    let sink: ByteSink
    private let isIndented: Bool
    private var depth = 0
    private var needsComma = false
    /// Whether a key was written, whose value is next.
    private var followsKey = false

    /// Creates a writer into a sink, which the caller flushes.
    public init(_ sink: ByteSink, layout: Layout = .compact) {
        self.sink = sink
        isIndented = layout == .indented
    }

    /// Writes `{`.
    public mutating func beginObject() throws(WriteError) { try begin(UInt8(ascii: "{")) }

    /// Writes `}`.
    public mutating func endObject() throws(WriteError) { try end(UInt8(ascii: "}")) }

    /// Writes `[`.
    public mutating func beginArray() throws(WriteError) { try begin(UInt8(ascii: "[")) }

    /// Writes `]`.
    public mutating func endArray() throws(WriteError) { try end(UInt8(ascii: "]")) }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ key: JSONKey) throws(WriteError) {
        try beginItem()
        try key.bytes.withUnsafeBufferPointer { (bytes) throws(WriteError) in
            try sink.append(UnsafeRawBufferPointer(bytes))
        }
        try endKey()
    }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: String) throws(WriteError) {
        try beginItem()
        try name.withUTF8Bytes { bytes throws(WriteError) in try appendString(bytes) }
        try sink.append(UInt8(ascii: ":"))
        try endKey()
    }

    /// Writes a string with these bytes, which should be UTF-8.
    public mutating func string(_ bytes: UnsafeRawBufferPointer) throws(WriteError) {
        try beginItem()
        try appendString(bytes)
        needsComma = true
    }

    /// Writes a string.
    public mutating func string(_ string: String) throws(WriteError) {
        try string.withUTF8Bytes { bytes throws(WriteError) in try self.string(bytes) }
    }

    /// Writes an integer.
    public mutating func number(_ integer: Int64) throws(WriteError) {
        try beginItem()
        try sink.append(integer: integer)
        needsComma = true
    }

    /// Writes a number unchanged.
    public mutating func number(_ number: JSONNumber) throws(WriteError) {
        try beginItem()
        try sink.append(number.literal)
        needsComma = true
    }

    /// Writes a number from its literal, which the caller must have checked.
    public mutating func number(literal: UnsafeRawBufferPointer) throws(WriteError) {
        try beginItem()
        try sink.append(literal)
        needsComma = true
    }

    /// Writes `true` or `false`.
    public mutating func bool(_ value: Bool) throws(WriteError) { try raw(value ? "true" : "false") }

    /// Writes `null`.
    public mutating func null() throws(WriteError) { try raw("null") }

    /// Writes a whole value.
    public mutating func value(_ value: JSONValue) throws(WriteError) {
        switch value {
        case .null: try null()
        case .bool(let value): try bool(value)
        case .number(let value): try number(value)
        case .string(let value): try string(value)
        case .array(let elements):
            try beginArray()
            for element in elements { try self.value(element) }
            try endArray()
        case .object(let members):
            try beginObject()
            for member in members {
                try key(member.name)
                try self.value(member.value)
            }
            try endObject()
        }
    }

    /// Ends a top-level value with a line feed. Another value may follow, as in JSON Lines.
    public mutating func endLine() throws(WriteError) {
        try sink.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func raw(_ word: StaticString) throws(WriteError) {
        try beginItem()
        try sink.append(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) throws(WriteError) {
        try beginItem()
        try sink.append(bracket)
        depth += 1
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) throws(WriteError) {
        depth -= 1
        if isIndented && needsComma { try breakLine() }
        try sink.append(bracket)
        needsComma = true
    }

    /// Writes the separator between the last item and the next.
    @inline(__always)
    private mutating func beginItem() throws(WriteError) {
        if followsKey {
            followsKey = false
            return
        }
        if needsComma { try sink.append(UInt8(ascii: ",")) }
        if isIndented && depth > 0 { try breakLine() }
    }

    private mutating func endKey() throws(WriteError) {
        if isIndented { try sink.append(UInt8(ascii: " ")) }
        followsKey = true
    }

    private func breakLine() throws(WriteError) {
        try sink.append(UInt8(ascii: "\n"))
        for _ in 0..<depth {
            try sink.append(UInt8(ascii: " "))
            try sink.append(UInt8(ascii: " "))
        }
    }
}
