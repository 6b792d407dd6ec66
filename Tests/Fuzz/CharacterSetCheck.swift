import Formats

/// Bytes of any character set are text, and those of ASCII alone are what they are in all that begin with it.
struct CharacterSetCheck {
    let bytes: [UInt8]

    private static let labels = [
        "utf-8", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr", "utf-16le", "utf-16be",
        "x-user-defined", "replacement", "windows-1251", "iso-8859-8", "koi8-u", "macintosh",
    ]

    func run() throws {
        for label in Self.labels {
            guard let set = ForeignCharacterSet(label: label) else {
                throw FuzzTarget.Violation(description: "there is no \(label)")
            }
            let (text, faults) = set.decode(bytes)
            // In as few bytes only UTF-16 has the replacement character itself.
            let isReplaced = text.unicodeScalars.contains("\u{FFFD}") && bytes.count <= 2 && !label.hasPrefix("utf-16")
            try FuzzTarget.require(faults > 0 || !isReplaced, label)
            if bytes.allSatisfy({ 0x20..<0x7F ~= $0 }), !label.hasPrefix("utf-16") {
                try FuzzTarget.require(text.utf8.elementsEqual(bytes), "\(label) has ASCII")
            }
            _ = ForeignCharacterSet.text(bytes, label: label)
        }
        _ = ForeignCharacterSet.text(bytes, label: nil)
    }
}
