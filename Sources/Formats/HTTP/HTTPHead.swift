/// The status line and the header fields of a response (RFC 9112, sections 4 and 5).
public struct HTTPHead: Sendable, Equatable {
    /// The status: 200, 404.
    public let status: Int
    /// The fields in order, their names in lower case.
    public let fields: [(name: String, value: String)]
    /// The length in bytes, including preceding provisional responses and the empty line at the end.
    public let length: Int

    /// Reads the head at the beginning of some bytes. Provisional responses (1xx) before the final one are skipped.
    ///
    /// - Returns: nil if the bytes do not begin with a complete head.
    public init?(_ bytes: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while true {
            guard let end = Self.end(of: bytes[start...]) else { return nil }
            let lines = bytes[start..<end].split(whereSeparator: \.isLineEnd)
            guard let first = lines.first, let status = Self.status(first) else { return nil }
            start = end
            if (100..<200).contains(status) { continue }
            self.status = status
            fields = lines.dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
                let name = line[..<colon].map(\.asciiLowercased)
                return (Self.text(name[...]), Self.text(line[(colon + 1)...]))
            }
            length = end - bytes.startIndex
            return
        }
    }

    /// Returns the value of the first field with a name in lower case; nil if there is none.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Returns whether two heads are equal, with the same fields in the same order.
    public static func == (first: HTTPHead, second: HTTPHead) -> Bool {
        first.status == second.status && first.length == second.length
            && first.fields.elementsEqual(second.fields) { $0 == $1 }
    }

    /// Returns the index behind the empty line after the fields; nil if it has not arrived.
    private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
        var lineIsEmpty = false
        for (index, byte) in zip(bytes.indices, bytes) {
            if byte == UInt8(ascii: "\n") {
                if lineIsEmpty { return index + 1 }
                lineIsEmpty = true
            } else if byte != UInt8(ascii: "\r") {
                lineIsEmpty = false
            }
        }
        return nil
    }

    /// Returns the status in a line such as `HTTP/1.1 200 OK`; nil for any other line.
    private static func status(_ line: ArraySlice<UInt8>) -> Int? {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/".utf8), words[1].count == 3 else { return nil }
        return Int(String(decoding: words[1], as: UTF8.self))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.trimmingSpaces, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\r") || self == UInt8(ascii: "\n") }
}
