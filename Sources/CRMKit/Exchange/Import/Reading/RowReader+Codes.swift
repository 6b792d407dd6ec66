extension RowReader {
    /// Returns the code in a cell of another program's table. A number that a spreadsheet made of a code is corrected,
    /// which is reported.
    func code(in text: String, at position: Int, _ reading: inout RowReading) -> String {
        let code = module.fields[position].codeOfNumber(text)
        guard code != text, code != text.trimmed else { return text }
        reading.told.append(ImportWarning(.number, of: module.fields[position], code))
        return code
    }
}
