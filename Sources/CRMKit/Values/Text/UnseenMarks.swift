/// Invisible marks that come with names copied from web pages and chats: zero-width spaces and joiners, direction
/// marks, soft hyphens. Those that distinguish or join emoji are not among them.
extension String {
    /// The text without marks at its ends and without the blanks beside them; a text without such marks is unchanged.
    var withoutMarksAround: String {
        guard mayHaveMarks else { return self }
        let scalars = unicodeScalars
        func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar.isMarkOfNoWidth || scalar == "\u{200D}" }
        guard scalars.first.map(isMark) == true || scalars.last.map(isMark) == true else { return self }
        func isOutside(_ scalar: Unicode.Scalar) -> Bool { isMark(scalar) || scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: { !isOutside($0) }),
            let last = scalars.lastIndex(where: { !isOutside($0) })
        else { return "" }
        return String(scalars[first...last])
    }

    /// The text without any such marks, for names.
    var withoutMarks: String {
        guard mayHaveMarks, unicodeScalars.contains(where: \.isMarkOfNoWidth) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isMarkOfNoWidth })).withoutMarksAround
    }

    private var mayHaveMarks: Bool { utf8.contains(where: Self.isLeadOfMark) }

    /// Whether such a mark can begin with a byte in UTF-8.
    static func isLeadOfMark(_ byte: UInt8) -> Bool {
        byte == 0xC2 || byte == 0xD8 || byte == 0xE1 || byte == 0xE2 || byte == 0xEF
    }
}

extension Unicode.Scalar {
    /// Whether the scalar is a mark of no width that neither separates nor joins anything.
    fileprivate var isMarkOfNoWidth: Bool {
        switch value {
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether the scalar has no width and no meaning by itself: zero-width spaces and joiners, direction marks, soft
    /// hyphens (`Default_Ignorable_Code_Point`, General_Category Cf).
    var isUnseen: Bool {
        !isASCII && (properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format)
    }
}

extension String {
    /// The text without invisible characters, which come with copied text.
    var withoutUnseen: String {
        if utf8.allSatisfy({ $0 < 0x80 }) || !unicodeScalars.contains(where: \.isUnseen) { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isUnseen }))
    }
}
