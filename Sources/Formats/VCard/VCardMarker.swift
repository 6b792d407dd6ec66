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
