import Localization

/// Cells that may not have the meaning of their column.
extension RowReader {
    /// - Throws: ``ValueError`` for a number, or yes or no, in a column whose header is just a noun for records of
    ///   another module. In exports, `Activo` tells whether somebody is active, `Proyectos` how many there are.
    func refuseCount(_ row: InputRow, _ cell: Int, _ column: ImportColumn) throws(ValueError) {
        guard let text = row.texts[cell]?.trimmed, row.name(at: cell) == nil, !isNothing(text),
            TotalRow.isAmount(text) || BooleanText.isOne(SpreadsheetWords.word(forMark: text)),
            let (key, target) = referred(by: column)
        else { return }
        let (name, module) = (row.names[cell], registry[target])
        let (over, byID) = ("\(name)=-".inShellQuotes, "\(name)=\(key).id".inShellQuotes)
        throw ValueError(
            en: """
                a number, or yes or no, names no \(module.one.en) where the column is not called \(key).id: pass it over with \
                --map \(over) or, where these are ids, give --map \(byID)
                """,
            es: """
                un número, o sí o no, no indica un registro de \(module.several.es) si la columna no se llama \(key).id: omitirla \
                con --map \(over) o, si son ids, dar --map \(byID)
                """
        )
    }

    /// Returns the key in paths and the module of the record that a column names; `nil` for another column.
    private func referred(by column: ImportColumn) -> (key: String, module: ModuleName)? {
        switch column {
        case .field(let position):
            let field = module.fields[position]
            return field.type.target.map { (field.key, $0) }
        case .linked(let other, _): return (other.rawValue, other)
        case .linkedList(let other, _): return (registry[other].linkedKey, other)
        default: return nil
        }
    }

    /// Returns the text of a cell. For a tax that is stated as an amount, this is the rate.
    ///
    /// - Throws: ``ValueError`` if the meaning of the cell is not clear.
    func undoubted(
        _ row: InputRow,
        _ cell: Int,
        _ column: ImportColumn,
        _ plan: RowPlan,
        isExact: Bool,
        _ reading: inout RowReading
    ) throws(ValueError) -> String? {
        // Cells for a row of a part are checked when that row is read.
        if case .cell = column { return row.texts[cell] }
        if !row.isCard, !row.isEntry, let rate = try plan.taxes?.rate(at: cell, of: row, spelled: cells) {
            reading.told.append(ImportWarning(.taxed, of: Text(row.names[cell]), row.texts[cell] ?? "", becoming: rate))
            return rate
        }
        let text = stated(row, cell, column)
        if !isExact, !row.isCard, !row.isEntry { try refuseDoubtful(text, row, cell, column, plan) }
        return text
    }

    /// Returns the text of a cell. A JSON number under the key of a percentage is in percent, as this program writes it;
    /// under a name of other programs and people it may be a part of one.
    private func stated(_ row: InputRow, _ cell: Int, _ column: ImportColumn) -> String? {
        guard case .field(let position) = column else { return row.texts[cell] }
        let field = module.fields[position]
        let text = row.text(at: cell, for: field.type)
        guard field.type.isPercentage, row.numbers.contains(cell), row.names[cell] == field.key else { return text }
        return text.map(field.type.withSign)
    }

    /// - Throws: ``ValueError`` for a fraction of 1 in a column of percentages, and for the status of a customer in a
    ///   column taken as the state of an address.
    private func refuseDoubtful(
        _ text: String?,
        _ row: InputRow,
        _ cell: Int,
        _ column: ImportColumn,
        _ plan: RowPlan
    ) throws(ValueError) {
        guard let text, !text.isEmpty else { return }
        switch column {
        case .field(let position), .translated(let position, _):
            let field = module.fields[position]
            // This program writes percentages.
            guard field.type.isPercentage, !plan.author.knowsIDs else { return }
            if case .translated(_, let words) = column, words[Choice.spelling(text)] != nil { return }
            let number = try cells.canonical(text, for: field.type)
            if plan.wholes.contains(cell) { try BareFraction.refuseWhole(number) }
            try BareFraction.refuse(number)
        case .piece(.address(_, "state", _)) where !row.columns.isEmpty && StatusWords.contains(text):
            let name = row.names[cell]
            let over = "\(name)=-".inShellQuotes
            let (field, campo) = ("\(name)=FIELD".inShellQuotes, "\(name)=CAMPO".inShellQuotes)
            throw ValueError(
                en: """
                    this column is taken as the state of an address, and that is none: say what it is with \
                    --map \(field), or pass it over with --map \(over)
                    """,
                es: """
                    esta columna se toma como el estado de una dirección, y eso no lo es: decir qué es con \
                    --map \(campo), u omitirla con --map \(over)
                    """
            )
        default: return
        }
    }
}

/// Words in tables for the status of a customer, which are not names of states or provinces.
private enum StatusWords {
    static func contains(_ text: String) -> Bool {
        text.utf8.count <= 20 && words.contains(Choice.spelling(text))
    }

    private static let words = Set(
        [
            "activo", "activa", "active", "inactivo", "inactiva", "inactive", "open", "abierto", "abierta", "closed",
            "cerrado", "cerrada", "pendiente", "pending", "nuevo", "nueva", "new", "baja", "alta", "dado de baja",
            "suspendido", "suspendida", "suspended", "bloqueado", "bloqueada", "blocked", "archivado", "archived",
            "enabled", "disabled", "habilitado", "deshabilitado", "en proceso", "in progress", "lead", "customer",
            "cliente", "prospecto", "prospect", "suscrito", "subscribed", "unsubscribed", "cleaned", "bounced",
            "verificado", "verified", "vigente", "vencido", "ganado", "perdido", "won", "lost", "qualified",
            "calificado", "contacted", "contactado", "converted", "convertido", "ok", "true", "false", "verdadero",
            "falso", "si", "no", "yes", "completado", "completed", "cancelado", "cancelled", "canceled", "draft",
            "borrador", "invitado", "invited", "registrado", "registered", "confirmado", "confirmed",
        ].map(Choice.spelling)
    )
}
