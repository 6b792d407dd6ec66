extension CellRules {
    /// Returns a cell of a row of a part in the form that a field reads; a unit after its number is read with the row.
    /// A percentage gets its sign, so whether the cell may hold a fraction must be checked separately, see
    /// ``refuseDoubtful(_:_:of:)``.
    ///
    /// - Throws: ``ValueError`` as ``canonical(_:for:isRequired:isOwn:)`` does.
    func spelled(_ text: String, _ word: String, of part: Part) throws(ValueError) -> String {
        guard let field = part.field(called: word, given: text) else { return text }
        return field.type.withSign(
            try counted(field.type.takesLines ? text : SpreadsheetWords.bare(text), for: field)
        )
    }

    /// Refuses a fraction of one in a field of rows of a part that has percentages.
    ///
    /// - Throws: ``ValueError`` for a number below one without a percent sign.
    func refuseDoubtful(_ text: String, _ word: String, of part: Part) throws(ValueError) {
        guard let field = part.field(called: word, given: text), field.type.isPercentage else { return }
        try BareFraction.refuse(canonical(text, for: field.type))
    }

    /// Returns a cell in the form that a field reads; a unit after its number stays.
    ///
    /// - Throws: ``ValueError`` as ``canonical(_:for:isRequired:isOwn:)`` does.
    func counted(_ text: String, for field: Field) throws(ValueError) -> String {
        let text = field.type.withoutTextMark(text, isOwn: false)
        guard field.unit != nil, let number = WrittenQuantity(text) else {
            let canonical = try canonical(text, for: field.type)
            try refuseWords(canonical, for: field.type)
            return canonical
        }
        return try "\(canonical(number.number, for: field.type)) \(number.word)"
    }
}

extension InputRow {
    /// Refuses several values in a cell for a field of rows of a part that takes one.
    ///
    /// - Throws: ``ValueError`` for such a cell.
    func refuseList(at index: Int, for cell: PartCell, in part: Part) throws(ValueError) {
        guard lists.contains(index), case .field(let word, _) = cell.meaning,
            texts[index]?.utf8.contains(UInt8(ascii: ",")) == true,
            part.field(called: word, given: "")?.type.isList == false
        else { return }
        throw .list
    }
}
