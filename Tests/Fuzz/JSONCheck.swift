import Formats

/// Chunks change nothing, an array read whole and by elements is the same, and values survive being written.
struct JSONCheck {
    let bytes: [UInt8]

    private struct Transcript: Equatable {
        var values: [JSONValue] = []
        var errors: [String] = []
        var raw: [[UInt8]] = []
    }

    func run() throws {
        let chunkSize = FuzzTarget.chunkSize(for: bytes)
        let lines = readLines(chunkSize: 4096)
        try FuzzTarget.require(readLines(chunkSize: chunkSize) == lines, "chunks change no lines")
        let elements = readElements(chunkSize: 4096)
        try FuzzTarget.require(readElements(chunkSize: chunkSize) == elements, "chunks change no elements")
        for value in lines.values + elements.values {
            try FuzzTarget.require(try parse(try write(value)) == value, "\(value) survives")
        }
        guard let whole = try? parse(bytes) else { return }
        guard case .array(let values) = whole else { return }
        try FuzzTarget.require(elements.values == values && elements.errors.isEmpty, "elements are those of the whole")
    }

    private func readLines(chunkSize: Int) -> Transcript {
        var reader = JSONLinesReader(ByteSource(bytes: bytes, chunkSize: chunkSize))
        var transcript = Transcript()
        while true {
            do throws(JSONError) {
                guard let value = try reader.next() else { return transcript }
                transcript.values.append(value)
            } catch {
                transcript.errors.append("\(error)")
            }
            transcript.raw.append(reader.rawLine)
        }
    }

    private func readElements(chunkSize: Int) -> Transcript {
        var reader = JSONArrayReader(ByteSource(bytes: bytes, chunkSize: chunkSize))
        var transcript = Transcript()
        while true {
            do throws(JSONError) {
                guard let value = try reader.next() else { return transcript }
                transcript.values.append(value)
            } catch {
                transcript.errors.append("\(error)")
            }
            transcript.raw.append(reader.rawElement)
        }
    }

    private func parse(_ bytes: [UInt8]) throws -> JSONValue {
        var parser = JSONParser()
        return try bytes.withUnsafeBytes { try parser.parse($0) }
    }

    private func write(_ value: JSONValue) throws -> [UInt8] {
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink)
        try writer.value(value)
        return sink.bytes
    }
}
