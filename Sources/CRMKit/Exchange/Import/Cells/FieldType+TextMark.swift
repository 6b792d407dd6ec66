extension FieldType {
    /// Returns the text of a cell without the mark of spreadsheets for text, `'0601`, where no value begins with an
    /// apostrophe: in keys, numbers, days and addresses of the net. A name or a sentence may begin with one, as
    /// `'s-Hertogenbosch`, but not before the sign of a formula, where other programs keep a spreadsheet from running it.
    ///
    /// - Parameter isOwn: whether this program has written the cell, in which only a number has the mark.
    func withoutTextMark(_ text: String, isOwn: Bool) -> String {
        guard text.utf8.first == UInt8(ascii: "'") else { return text }
        switch self {
        case _ where isWording: return !isOwn && SpreadsheetLoss.beginsWithGuard(text) ? String(text.dropFirst()) : text
        case .list, .reference, .anyReference: return text
        case .choice where hasChoice(text): return text
        default:
            let bare = SpreadsheetWords.withoutTextMark(text)
            return isOwn && isCode && bare.utf8.first?.isDigit != true ? text : bare
        }
    }
}
