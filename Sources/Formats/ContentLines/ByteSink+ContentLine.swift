extension ByteSink {
    /// Writes a property as a content line, ended with CR LF and folded after at most 75 bytes, never within a
    /// character (RFC 6350 section 3.2, RFC 5545 section 3.1).
    func append(_ property: ContentProperty) throws(WriteError) {
        if try appendShort(property) { return }
        var line: [UInt8] = []
        line.reserveCapacity(property.name.utf8.count + property.rawValue.utf8.count + 16)
        if let group = property.group {
            line += ContentToken.encodeName(group)
            line.append(UInt8(ascii: "."))
        }
        line += ContentToken.encodeName(property.name)
        for parameter in property.parameters {
            line.append(UInt8(ascii: ";"))
            line += ContentToken.encodeName(parameter.name)
            line.append(UInt8(ascii: "="))
            line += parameter.values.map(ContentToken.encodeParameter).joined(separator: [UInt8(ascii: ",")])
        }
        line.append(UInt8(ascii: ":"))
        let value = Array(property.rawValue.utf8)
        if value.looksLikeText {
            // After a property of several lines, this program's reader would take the line for a continuation, unless
            // it is folded before the value.
            try fold(line)
            try append("\r\n ")
            try fold(value, room: Self.longestLine - 1)
        } else {
            try fold(line + value)
        }
        try append("\r\n")
    }

    /// Appends a property that is a name and a value on one line, as most are.
    ///
    /// - Returns: `false` for any other, with nothing appended.
    private func appendShort(_ property: ContentProperty) throws(WriteError) -> Bool {
        let (name, value) = (property.name, property.rawValue)
        guard property.group == nil, property.parameters.isEmpty, !name.isEmpty,
            name.utf8.count + 1 + value.utf8.count <= Self.longestLine, name.utf8.allSatisfy(ContentToken.contains),
            !value.utf8.looksLikeText
        else { return false }
        try append(name)
        try append(UInt8(ascii: ":"))
        try append(value)
        try append("\r\n")
        return true
    }

    private static let longestLine = 75

    private func fold(_ line: [UInt8], room: Int = longestLine) throws(WriteError) {
        var start = 0
        var room = room
        while line.count - start > room {
            var end = start + room
            while line[end] & 0xC0 == 0x80 { end -= 1 }
            try append(Array(line[start..<end]))
            try append("\r\n ")
            start = end
            room = Self.longestLine - 1
        }
        try append(start == 0 ? line : Array(line[start...]))
    }
}
