/// The line that begins a message in an mbox, and the header that must follow it.
enum MailboxSeparator {
    /// Returns whether the text after `From ` is that of such a line: it contains a time, a year and a month.
    static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
        var (hasTime, hasYear, hasMonth) = (false, false, false)
        for word in line.split(whereSeparator: { $0.isBlank || $0 == UInt8(ascii: ",") }) {
            let digits = word.prefix { $0 &- 0x30 < 10 }
            if digits.count == word.count, word.count == 4, word.first == 0x31 || word.first == 0x32 {
                hasYear = true
            } else if (1...2).contains(digits.count), word.dropFirst(digits.count).first == UInt8(ascii: ":") {
                hasTime = true
            } else if word.count >= 3 {
                let beginning = word.prefix(3).map { $0 | 0x20 }
                hasMonth = hasMonth || MailDate.lowercasedMonths.contains { beginning.elementsEqual($0.utf8) }
            }
        }
        return hasTime && hasYear && hasMonth
    }

    /// Returns whether a text begins like a header, or the file ends there.
    static func beginsHeader(_ lines: MailboxLines) -> Bool {
        if lines.isAtEnd || lines.first.starts(with: ">From ".utf8) || lines.first.fieldName != nil { return true }
        return leadsHeader(lines)
    }

    /// Returns whether a field of mail follows within the first lines, before an empty line behind others.
    static func leadsHeader(_ lines: MailboxLines) -> Bool {
        var isBehindOthers = false
        for line in lines.all {
            if line.starts(with: "From ".utf8), isOne(UnsafeRawBufferPointer(rebasing: line.dropFirst(5))) {
                return false
            }
            if line.allSatisfy(\.isBlank) {
                if isBehindOthers { return false }
                continue
            }
            if let name = line.fieldName, MailHeader.isUsual(name) { return true }
            isBehindOthers = true
        }
        return false
    }

    /// Returns the value of Content-Length in a header; nil if there is none.
    static func length(in header: UnsafeRawBufferPointer, lineEnd: UInt8) -> Int? {
        let name = "content-length:"
        for line in header.split(separator: lineEnd) where line.count > name.utf8.count {
            guard zip(line, name.utf8).allSatisfy({ $0 | 0x20 == $1 || $0 == $1 }) else { continue }
            let value = line.dropFirst(name.utf8.count).filter { !$0.isBlank }
            guard value.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
            return Int(String(decoding: value, as: UTF8.self))
        }
        return nil
    }
}
