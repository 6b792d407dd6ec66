import Formats

/// A JSON value on a line of its own.
enum JSONLine {
    /// Returns the bytes of the line.
    static func bytes(_ value: JSONValue) -> [UInt8] { Array((value.text + "\n").utf8) }

    /// Writes the line.
    static func write(_ value: JSONValue, to sink: ByteSink) throws(WriteError) {
        var writer = JSONWriter(sink)
        try writer.value(value)
        try writer.endLine()
    }
}
