/// The author of a cell, which decides how the cell is read.
enum CellOrigin {
    /// A standard for cards or calendars, or data that does not come from a spreadsheet.
    case standard
    /// This program, which leaves cells without a value empty. People may have edited the table since.
    case own
    /// People and other programs.
    case foreign
}

extension RowReader {
    /// Returns the author of a cell.
    func origin(
        of cell: Int,
        _ row: InputRow,
        _ column: ImportColumn,
        _ plan: RowPlan,
        isList: Bool
    ) -> CellOrigin {
        if isList || row.isCard || row.isEntry || isData(row, cell, column) { return .standard }
        return plan.author == .export ? .own : .foreign
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

    /// Whether the text of a cell means that there is no value, though its column could hold the text: a word of a
    /// program or a database in a one-line text (`NULL`, `N/D`), any such word or dashes in a code or a boolean, a date
    /// that does not exist.
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

    /// Whether a list of texts contains a word that means no value.
    func holdsNothing(_ text: String, among column: ImportColumn) -> Bool {
        guard case .field(let position) = column, module.fields[position].type == .list(.text) else { return false }
        return ForeignList(text).elements.contains(where: Placeholders.isNothing)
    }

    /// Whether a text in JSON begins with an apostrophe, which is not the mark of a spreadsheet there.
    func isData(_ row: InputRow, _ cell: Int, _ column: ImportColumn) -> Bool {
        guard row.columns.isEmpty, row.texts[cell]?.utf8.first == UInt8(ascii: "'"), case .field(let position) = column
        else { return false }
        let type = module.fields[position].type
        return type.isWording || type.isCode
    }

    /// Whether a list of texts, separated by commas, is read like the cell of a table: as one value, or as the several
    /// addresses or numbers of a person.
    func isOneValue(_ text: String?, _ column: ImportColumn) -> Bool {
        guard case .field(let position) = column, !module.fields[position].type.isList, let text, !text.isEmpty,
            !text.utf8.contains(UInt8(ascii: "="))
        else { return false }
        let count = text.utf8.lazy.filter { $0 == UInt8(ascii: ",") }.count + 1
        let values = pieces?.several(text, at: position)?.values ?? severalRows(text, at: position)?.values
        return count == 1 || values?.count == count
    }

    /// Returns the values of a field's cell with several values, and the destination of all but the first; `nil` for a
    /// single value.
    func severalRows(_ text: String, at position: Int) -> (values: [String], row: FurtherValue)? {
        guard let row = furtherRows[position] else { return nil }
        let values = RowPieces.values(text, as: module.fields[position].type)
        return values.count > 1 ? (values, row) : nil
    }

    /// The error for an id of another program, as Odoo writes it: `__export__.res_partner_21`.
    static let foreignID = ValueError(
        en: "not a number; a key of another program is taken with --map id=external_id",
        es: "no es un número; la clave de otro programa se toma con --map id=external_id"
    )

    private func holdsName(_ column: ImportColumn) -> Bool {
        guard let names else { return column.fills(module.displayPosition) }
        return column.isWholeName || column.fills(names.family)
    }

    /// Whether a column contains the name of a record or part of it.
    func isOfName(_ column: ImportColumn) -> Bool {
        if case .field(let position) = column {
            return names?.contains(position) ?? (position == module.displayPosition)
        }
        return column.isWholeName
    }

    /// Returns a stage without the pipeline that HubSpot appends: `Closed won (Sales Pipeline)`.
    static func withoutPipeline(_ text: String) -> String? {
        guard text.last == ")", let bracket = text.firstIndex(of: "("), bracket > text.startIndex else { return nil }
        return String(text[..<bracket]).trimmed
    }

    /// Whether a cell names no record.
    func isNothing(_ text: String) -> Bool { text.isEmpty || Placeholders.isNothing(text) }

    /// Whether a cell contains a date without a year, as in many birthdays.
    func hasNoYear(_ text: String, at position: Int) -> Bool {
        guard module.fields[position].type == .date else { return false }
        return WrittenDate.hasNoYear(text) || position == birthdayPosition && WrittenDate.isDayOfMonth(text)
    }

    /// Returns the text for a one-line field with spaces in place of line breaks and tabs; `nil` if there are none.
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
