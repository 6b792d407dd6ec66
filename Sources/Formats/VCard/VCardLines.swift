/// The lines of one card between BEGIN and END, as they came.
struct VCardLines {
    /// The line of BEGIN in the input, from 1. The lines of the card follow it.
    let firstLine: Int
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(firstLine: Int) { self.firstLine = firstLine }

    var count: Int { ends.count }

    mutating func append(_ line: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: line)
        ends.append(bytes.count)
    }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

    /// The number of a line in the input.
    func number(of index: Int) -> Int { firstLine + 1 + index }

    /// Takes the property that begins at line `index`, unfolded, and moves on to the line after it; nil when only
    /// empty lines are left.
    ///
    /// Folds are undone as RFC 6350 section 3.2 has it, and for vCard 2.1, which breaks only where white space
    /// stands, without taking that away. Quoted-printable goes on after a soft line break, base64 in 2.1 over any
    /// line of nothing else.
    func unfoldProperty(at index: inout Int, in version: VCard.Version) -> VCardLogicalLine? {
        while index < count && self[index].isEmpty { index += 1 }
        guard index < count else { return nil }
        var line = VCardLogicalLine()
        line.append(self[index], line: number(of: index), column: 1)
        index += 1
        while index < count {
            let next = self[index]
            if line.endsWithSoftBreak {
                line.removeSoftBreak()
                line.append(next, line: number(of: index), column: 1)
            } else if let first = next.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
                let kept = version == .v2_1 && line.transferEncoding == nil ? 0 : 1
                line.append(next.dropFirst(kept), line: number(of: index), column: kept + 1)
            } else if version == .v2_1, line.transferEncoding == .base64, !next.isEmpty,
                next.allSatisfy(Base64.isDigit)
            {
                line.append(next, line: number(of: index), column: 1)
            } else {
                break
            }
            index += 1
        }
        return line
    }

    /// Goes past the card inside this one that begins at line `index`, if one does. Gives its lines, BEGIN and END
    /// among them.
    func nestedCard(at index: inout Int) -> Range<Int>? {
        let first = index
        var depth = 0
        repeat {
            guard index < count else { break }
            switch VCardMarker(self[index]) {
            case .begin: depth += 1
            case .end: depth -= 1
            case nil: break
            }
            if depth > 0 || index > first { index += 1 }
        } while depth > 0
        return index > first ? first..<index : nil
    }

    /// The value of the first VERSION and the index of its line, if the card has one.
    var version: (text: String, index: Int)? {
        for index in 0..<count {
            guard let value = VCardLines.value(of: "version", in: self[index]) else { continue }
            return (String(decoding: value, as: UTF8.self), index)
        }
        return nil
    }

    /// What stands after the colon, without white space around it, in a line that begins with this name.
    static func value(of name: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard line.count > name.utf8.count, zip(line, name.utf8).allSatisfy({ $0 | 0x20 == $1 }) else { return nil }
        let rest = line.dropFirst(name.utf8.count)
        guard rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: ";"),
            let colon = rest.lastIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return rest[(colon + 1)...].trimmingSpaces
    }
}

/// A line that begins or ends a card.
enum VCardMarker {
    case begin
    case end

    /// What the line is, if it is one; the case of its letters and white space after it do not matter.
    init?(_ line: some BidirectionalCollection<UInt8>) {
        if VCardMarker.isEqual(line, "begin:vcard") {
            self = .begin
        } else if VCardMarker.isEqual(line, "end:vcard") {
            self = .end
        } else {
            return nil
        }
    }

    private static func isEqual(_ line: some BidirectionalCollection<UInt8>, _ marker: String) -> Bool {
        var line = line[...]
        let length = marker.utf8.count
        guard line.count >= length else { return false }
        while let last = line.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { line.removeLast() }
        return line.count == length
            && zip(line, marker.utf8).allSatisfy { $0 == UInt8(ascii: ":") ? $0 == $1 : $0 | 0x20 == $1 }
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without spaces and tabs before and after them.
    var trimmingSpaces: ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return []
        }
        return self[first...last]
    }
}
