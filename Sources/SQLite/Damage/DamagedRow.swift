/// A row as it is laid out in the file (https://www.sqlite.org/fileformat2.html#record_format).
enum DamagedRow {
    /// Reads the values of a row.
    ///
    /// - Parameters:
    ///   - payload: the readable beginning of the row.
    ///   - size: the length that the row's cell declares, in bytes; a row whose values need another length is damaged.
    /// - Returns: the values, `nil` for each one that cannot be read. A text that is not UTF-8, or whose end cannot be
    ///   read, is returned as a BLOB of its bytes. `nil` if the row itself is damaged.
    static func values(of payload: ArraySlice<UInt8>, size: Int) -> [Value?]? {
        var offset = payload.startIndex
        guard let headerSize = payload.varint(&offset), headerSize >= 1, headerSize <= payload.count else { return nil }
        let headerEnd = payload.startIndex + Int(headerSize)
        let end = payload.startIndex + size
        var values: [Value?] = []
        var body = headerEnd
        while offset < headerEnd {
            guard let type = payload[..<headerEnd].varint(&offset), let size = Self.size(of: type), size <= end - body
            else { return nil }
            if size == 0 {
                // The header of the row determines the whole value.
                values.append(value(type, []))
            } else if body + size <= payload.endIndex {
                values.append(value(type, payload[body..<(body + size)]))
            } else {
                values.append(beginning(of: type, payload[min(body, payload.endIndex)...]))
            }
            body += size
        }
        return body == end ? values : nil
    }

    /// Returns the readable beginning of a text whose end cannot be read, as a BLOB; `nil` for any other type.
    private static func beginning(of type: Int64, _ bytes: ArraySlice<UInt8>) -> Value? {
        type >= 12 && type % 2 == 1 && !bytes.isEmpty ? .blob(Array(bytes)) : nil
    }

    private static func size(of type: Int64) -> Int? {
        switch type {
        case 0, 8, 9: 0
        case 1...4: Int(type)
        case 5: 6
        case 6, 7: 8
        case 12...: Int((type - 12) / 2)
        default: nil
        }
    }

    private static func value(_ type: Int64, _ bytes: ArraySlice<UInt8>) -> Value {
        switch type {
        case 0: return .null
        case 8, 9: return .integer(type - 8)
        case 1...6: return .integer(integer(bytes))
        case 7: return .real(Double(bitPattern: UInt64(bitPattern: integer(bytes))))
        case _ where type % 2 == 0: return .blob(Array(bytes))
        default: return String(validating: bytes, as: UTF8.self).map(Value.text) ?? .blob(Array(bytes))
        }
    }

    /// Returns a big-endian integer in two's complement.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var value: Int64 = bytes.first.map { $0 & 0x80 == 0 ? 0 : -1 } ?? 0
        for byte in bytes { value = value << 8 | Int64(byte) }
        return value
    }
}
