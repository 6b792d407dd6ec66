/// By whom a cell is written, on which it depends how it is read.
enum CellOrigin {
    /// By a standard, of cards and calendars, or as data that is no spreadsheet's.
    case standard
    /// By this program, which leaves a cell empty that has no value; people may have gone on with it.
    case own
    /// By people and by other programs.
    case foreign
}

extension RowReader {
    /// By whom a cell is written.
    func origin(
        of cell: Int,
        _ row: InputRow,
        _ column: ImportColumn,
        _ plan: RowPlan,
        isList: Bool
    ) -> CellOrigin {
        if isList || row.card != nil || row.entry != nil || isData(row, cell, column) { return .standard }
        return plan.isExport ? .own : .foreign
    }

    /// Returns whether a cell has the marker of spreadsheets for a value that was not found.
    ///
    /// - Throws: ``ValueError`` if the value was lost, as the text of the cell says, and if the cell should hold a name
    ///   that a lookup did not find.
    func isUnavailable(_ text: String, in column: ImportColumn) throws(ValueError) -> Bool {
        switch column {
        case .ignored, .kept, .cell: return false
        default: break
        }
        if Placeholders.isLost(text) { throw CellRules.lost }
        guard Placeholders.isNotAvailable(text) else { return false }
        if holdsName(column) { throw CellRules.lost }
        return true
    }

    /// Whether a cell has what people and programs write for no value, though its column could hold it: the word of a program or
    /// a database in one line of text (`NULL`, `N/D`), any such word or dashes in a code or a box, a day that no date is.
    func saysNothing(_ text: String, in column: ImportColumn) -> Bool {
        switch column {
        case .field(let position):
            let (field, type) = (module.fields[position], module.fields[position].type)
            if type == .text { return Placeholders.isProgramsNothing(text) }
            if type.isCode { return !field.isRequired && Placeholders.isNothing(text) }
            if type.form == .boolean { return Placeholders.isNothing(text) }
            return type.form.isDay && CellRules.isDayForNone(text)
        case .piece: return Placeholders.isProgramsNothing(text)
        default: return false
        }
    }

    /// Whether a list of texts has such a word among them, which is none of them.
    func holdsNothing(_ text: String, among column: ImportColumn) -> Bool {
        guard case .field(let position) = column, module.fields[position].type == .list(.text) else { return false }
        return ForeignList(text).elements.contains(where: Placeholders.isNothing)
    }

    /// Whether a text of JSON begins with an apostrophe, which is no mark of a spreadsheet there.
    func isData(_ row: InputRow, _ cell: Int, _ column: ImportColumn) -> Bool {
        guard row.columns.isEmpty, row.texts[cell]?.utf8.first == UInt8(ascii: "'"), case .field(let position) = column
        else { return false }
        let type = module.fields[position].type
        return type == .text || type.isCode
    }

    /// Whether a list of texts, which commas separate, is read as a cell of a table would be that has them: one value, or as many
    /// addresses or numbers as a person has.
    func isOneValue(_ text: String?, _ column: ImportColumn) -> Bool {
        guard case .field(let position) = column, !module.fields[position].type.isList, let text, !text.isEmpty,
            !text.utf8.contains(UInt8(ascii: "="))
        else { return false }
        let count = text.utf8.lazy.filter { $0 == UInt8(ascii: ",") }.count + 1
        let values = pieces?.several(text, at: position)?.values ?? severalRows(text, at: position)?.values
        return count == 1 || values?.count == count
    }

    /// The values of a field's cell that holds several, and the rows that those behind the first become.
    func severalRows(_ text: String, at position: Int) -> (values: [String], row: FurtherValue)? {
        guard let row = furtherRows[position] else { return nil }
        let values = RowPieces.values(text, as: module.fields[position].type)
        return values.count > 1 ? (values, row) : nil
    }

    /// Returns the error of a cell with advice on how to skip its column.
    static func passingOver(_ error: ValueError, under name: String) -> ValueError {
        ValueError(
            en: "\(error.reason.en); --map '\(name)=-' passes the column over",
            es: "\(error.reason.es); --map '\(name)=-' omite la columna"
        )
    }

    private func holdsName(_ column: ImportColumn) -> Bool {
        guard let names else { return column.fills(module.displayPosition) }
        return column.isWholeName || column.fills(names.family)
    }

    /// Whether a column holds what a record is called, or a part of it.
    func isOfName(_ column: ImportColumn) -> Bool {
        if case .field(let position) = column {
            return names?.contains(position) ?? (position == module.displayPosition)
        }
        return column.isWholeName
    }

    /// A stage without the pipeline that HubSpot writes behind it: `Closed won (Sales Pipeline)`.
    static func withoutPipeline(_ text: String) -> String? {
        guard text.last == ")", let bracket = text.firstIndex(of: "("), bracket > text.startIndex else { return nil }
        return String(text[..<bracket]).trimmed
    }

    /// Whether a cell names no record.
    func isNothing(_ text: String) -> Bool { text.isEmpty || Placeholders.isNothing(text) }

    /// Whether a cell gives a field a day without a year, as people and programs write birthdays.
    func hasNoYear(_ text: String, at position: Int) -> Bool {
        guard module.fields[position].type == .date else { return false }
        return WrittenDate.hasNoYear(text) || position == birthdayPosition && WrittenDate.isDayOfMonth(text)
    }

    /// The text of a cell for a field of one line, where people have broken it or a tab was pasted, with blanks for these; `nil`
    /// for any other cell.
    func oneLine(_ text: String, at position: Int) -> String? {
        module.fields[position].type == .text ? SpreadsheetWords.oneLine(text) : nil
    }

    /// Returns a birthday in 1604, the year that Apple and Google use for an unknown year, without the year; `nil` for
    /// any other date.
    static func dayOfUnknownYear(_ value: Value) -> String? {
        guard let day = value.text, day.hasPrefix("1604-") else { return nil }
        return "--\(day.dropFirst("1604-".count))"
    }
}
