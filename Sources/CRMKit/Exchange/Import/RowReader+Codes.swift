extension RowReader {
    /// The code in a cell of another program's table, told where a spreadsheet had made a number of it.
    func code(in text: String, at position: Int, _ reading: inout RowReading) -> String {
        let text = module.fields[position].type.isCode ? text.withPlainSeparators : text
        let code = module.fields[position].codeOfNumber(text)
        guard code != text, code != text.trimmed else { return text }
        reading.told.append(ToldValue(.number, of: module.fields[position], code))
        return code
    }
}

extension String {
    /// The text with a blank and a hyphen in place of those that only differ in where a line may break, which web pages and
    /// word processors put into codes: U+00A0, U+202F, U+2010 and U+2011.
    fileprivate var withPlainSeparators: String {
        guard utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar {
                    case "\u{A0}", "\u{202F}": " "
                    case "\u{2010}", "\u{2011}": "-"
                    default: scalar
                    }
                }
            )
        )
    }
}
