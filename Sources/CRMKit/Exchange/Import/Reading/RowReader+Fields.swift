/// The text of a cell, and how it is to be read.
struct SaidText {
    var text: String
    /// Whether it was given as a list.
    let isList: Bool
    let origin: CellOrigin
    let cell: Int
    /// The values of rows of a part in it that were given as numbers.
    var numbers: Set<String> = []

    /// Whether the text means exactly what it says, without the freedoms that people take in tables.
    var isExact: Bool { origin == .standard }

    /// Returns the text between the marks of `="0012"`, if it stands in a table that this program has not written whole.
    /// Its own exports have the marks where they are the text.
    func unquoted(isOfTable: Bool) -> SaidText {
        guard isOfTable, origin == .foreign, text.utf8.first == UInt8(ascii: "=") else { return self }
        var plain = self
        plain.text = SpreadsheetNumber.unquoted(text)
        return plain
    }

    /// Returns the text without what spreadsheets and people put around it.
    ///
    /// - Parameters:
    ///   - isOfName: whether it is a name or part of one.
    ///   - takesLines: whether it may have several lines, in which quotation marks are part of the text.
    func plain(isOfName: Bool, takesLines: Bool) -> SaidText {
        var plain = self
        if origin == .foreign, !takesLines { plain.text = SpreadsheetWords.unquoted(text) }
        if !isExact, isOfName { plain.text = plain.text.withoutMarks }
        return plain
    }
}

/// Cells of fields.
extension RowReader {
    /// Reads the cell of a field. Amounts and counted units wait for what the record says; several values that people write
    /// into one cell are parted.
    func readField(_ said: SaidText, at position: Int, into reading: inout RowReading) throws {
        let (field, cell) = (module.fields[position], said.cell)
        var said = said
        if !said.isExact { said.text = field.type.withoutTextMark(said.text, isOwn: said.origin == .own) }
        let text = said.text
        if let place = keyPosition(for: said, at: position) {
            try give(try value(text.trimmed, at: place), place, cell: cell, to: &reading)
        } else if module.moneyPositions.contains(position) {
            reading.money.append((position, text, cell))
        } else if !said.isExact, try giveExemption(text, at: position, cell: cell, to: &reading) {
            return
        } else if !said.isExact, let (values, piece) = pieces?.several(text, at: position) {
            try give(try value(values[0], at: position), position, cell: cell, to: &reading)
            for text in values.dropFirst() { reading.pieces.take(piece, text, cell: cell) }
        } else if !said.isExact, let (values, row) = severalRows(text, at: position) {
            try give(try value(values[0], at: position), position, cell: cell, to: &reading)
            for text in values.dropFirst() { reading.further.append((position, row, text, cell)) }
        } else if !said.isExact, let line = oneLine(text, at: position) {
            reading.told.append(ImportWarning(.joined, of: field, line))
            try give(try value(line, at: position), position, cell: cell, to: &reading)
        } else if hasNoYear(text, at: position) {
            reading.told.append(ImportWarning(.yearless, of: field, text.trimmed))
        } else if field.unit != nil, WrittenQuantity(text) != nil {
            reading.counted.append((position, text, cell))
        } else {
            try readValue(said, at: position, into: &reading)
        }
    }

    /// Returns the position of the field for keys of other programs, for such a key in a column of ids: the `Id` of
    /// Salesforce.
    private func keyPosition(for said: SaidText, at position: Int) -> Int? {
        guard module.fields[position].type == .identifier, !said.isExact, SalesforceID.isOne(said.text.trimmed) else {
            return nil
        }
        return module.position(of: "external_id")
    }

    /// Reads the cell of a field that holds one value.
    private func readValue(_ said: SaidText, at position: Int, into reading: inout RowReading) throws {
        let text = said.origin == .foreign ? code(in: said.text, at: position, &reading) : said.text
        let value = try value(text, at: position, origin: said.origin)
        if position == birthdayPosition, !said.isExact, let day = Self.dayOfUnknownYear(value) {
            reading.told.append(ImportWarning(.yearless, of: module.fields[position], day))
        } else {
            try give(value, position, cell: said.cell, to: &reading)
        }
    }

    /// Returns the word of a field for one of another program; the word itself if it is not known.
    func translated(_ text: String, by words: [String: String], at position: Int) -> String {
        let own = ReferenceResolver.name(inExport: text) ?? text
        if let word = words[Choice.spelling(own)] { return word }
        let isChoice = !module.fields[position].type.choices.isEmpty
        guard isChoice, let bare = Self.withoutPipeline(own) else { return own }
        return words[Choice.spelling(bare)] ?? bare
    }
}
