import Formats

/// The name of a file for one record, without a folder.
struct RecordFileName {
    /// The name: the identifier with bytes other than letters, digits and `-._@` as `%XX`, or the module and id if
    /// there is no identifier or it is too long.
    let text: String

    /// - Parameter identifier: the globally unique identifier of the record.
    init(_ identifier: String?, of record: Record, ending: String) {
        var name = ""
        for byte in (identifier ?? "").utf8 {
            let isPlain = byte.isLetter || byte.isDigit || "-_@".utf8.contains(byte)
            if isPlain || byte == UInt8(ascii: ".") && !name.isEmpty {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += "%" + byte.digits(radix: 16, uppercase: true, atLeast: 2)
            }
        }
        let isUsable = !name.isEmpty && name.utf8.count <= 200
        text = (isUsable ? name : "\(record.module.name.noun)-\(record.id)") + ending
    }
}
