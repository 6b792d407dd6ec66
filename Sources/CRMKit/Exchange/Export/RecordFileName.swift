import Formats

/// The name of a file for one record, without a folder.
public struct RecordFileName {
    /// The name: the identifier with bytes other than letters, digits and `-._@` as `%XX`, or the module and id if
    /// there is no identifier or it is too long.
    let text: String
    /// The name by module and id, without its ending.
    fileprivate let stem: String
    fileprivate let ending: String

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
        stem = "\(record.module.name.noun)-\(record.id)"
        self.ending = ending
        text = (isUsable ? name : stem) + ending
    }
}

/// The names of the files in one folder, of which no two are the same.
public struct FileNames {
    /// The hashes of the names, since there may be a million. Where two names share one, the second is called otherwise
    /// without need.
    private var taken: Set<Int>

    /// Begins with a folder in which no file is to stay.
    public init() { taken = [] }

    /// - Parameter names: the names of the files that are there and stay.
    init(_ names: some Sequence<String>) { taken = Set(names.map(\.hashValue)) }

    /// Takes a name for the file of a record.
    ///
    /// - Returns: the name without a folder, or one by the record's module and id when another file has that.
    public mutating func take(_ name: RecordFileName) -> String { take(name, preferring: name.text) }

    /// Takes a name for the file of a record, the preferred one if no other file has it.
    mutating func take(_ name: RecordFileName, preferring preferred: String) -> String {
        if taken.insert(preferred.hashValue).inserted { return preferred }
        var (other, number) = (name.stem + name.ending, 1)
        while !taken.insert(other.hashValue).inserted {
            number += 1
            other = "\(name.stem)-\(number)\(name.ending)"
        }
        return other
    }
}
