extension RowReader {
    /// Returns the code or telephone number in a cell of another program's table. A number that a spreadsheet made of it
    /// is corrected, which is reported.
    func code(in text: String, at position: Int, _ reading: inout RowReading) -> String {
        let field = module.fields[position]
        let code = field.type == .phone ? SpreadsheetNumber.phone(text.trimmed) : field.codeOfNumber(text)
        guard code != text, code != text.trimmed else { return text }
        reading.told.append(ImportWarning(.number, of: field, code))
        return code
    }
}
