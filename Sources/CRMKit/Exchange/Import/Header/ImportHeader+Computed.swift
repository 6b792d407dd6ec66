extension ImportHeader {
    /// Whether a heading is that of a field which the program computes, and for which another table may have other
    /// values.
    func isComputed(_ heading: Heading) -> Bool {
        guard let position = position(ofField: Self.folded(meant(heading))) else { return false }
        return !module.fields[position].traits.isDisjoint(with: [.derived, .computed])
    }

    /// Returns the field of a heading, even if it cannot be set.
    private func field(of heading: Heading) -> Field? {
        let name = Self.folded(meant(heading))
        if let position = position(ofField: name) { return module.fields[position] }
        guard case .column(let key)? = foreign.target(of: name) else { return nil }
        return position(ofField: Self.folded(key)).map { module.fields[$0] }
    }

    /// Returns the indexes of the skipped columns with the total of a record.
    func totals(_ headings: [Heading], _ columns: [ImportColumn?]) -> [Int] {
        guard let total = Self.total(of: module) else { return [] }
        let words = Set((total.synonyms + Self.totals + Self.nets).map(Self.folded))
        return headings.indices.filter { index in
            guard words.contains(Self.folded(headings[index].name)) || isOfNet(headings[index]),
                !isMapped(headings[index])
            else { return false }
            switch columns[index] {
            case nil, .ignored: return true
            case .cell(let cell): return cell.meaning == .nothing
            default: return false
            }
        }
    }

    /// Whether a heading is that of what a line comes to, as this program calls it: `line.net`.
    private func isOfNet(_ heading: Heading) -> Bool { Self.isOfNet(heading.name, in: module) }

    private static func isOfNet(_ name: String, in module: Module) -> Bool {
        module.parts.contains { part in
            part.field("net")?.isWritable == false && folded(name) == folded("\(part.name).net")
        }
    }

    /// Whether a column of totals is called like the total before taxes, or like that of each line.
    static func isBeforeTaxes(_ name: String, in module: Module) -> Bool {
        let folded = folded(name)
        return isOfNet(name, in: module) || nets.contains { Self.folded($0) == folded }
    }

    /// The field for the total of a document, which the program computes; `nil` for other modules.
    static func total(of module: Module) -> Field? {
        module.field(total).flatMap { $0.type == .money && $0.traits.contains(.derived) ? $0 : nil }
    }

    /// Whether a column of lines is called like a total of the document or of a line, both of which the program computes.
    static func isOfTotals(_ name: String) -> Bool {
        let folded = folded(name)
        return ([total] + totals + nets).contains { Self.folded($0) == folded }
    }

    /// The key of the field for the total, and its names in other tables.
    private static let total = "total"
    private static let totals = [
        "Importe total", "Monto total", "Total general", "Gran total", "Grand total", "Total con IVA", "Total amount",
        "Amount total", "Total (con IVA)", "Total a pagar",
    ]
    /// The names in other tables for the total before taxes, and for that of each line.
    private static let nets = [
        "Subtotal", "Sub total", "Importe", "Importe neto", "Neto", "Net", "Net amount", "Total neto", "Base imponible",
        "Untaxed amount", "Line total", "Total línea", "Total de línea", "Importe línea",
    ]

    /// Whether a skipped column may distinguish records, as an id or a number does. An amount does not, nor does a
    /// column without a field.
    func tellsApart(_ heading: Heading) -> Bool { field(of: heading).map { !$0.type.isSummed } ?? false }

    /// Returns the meaning that a column of rows of a part would have without such rows; `nil` when it has no other.
    func alone(_ heading: Heading) -> ImportColumn? {
        guard !isMapped(heading), case .field(let position)? = column(called: heading.name),
            module.fields[position].type.takesLines
        else { return nil }
        return .field(position)
    }
}

extension ImportHeader {
    /// Assigns a column for remarks to the rows of a part if each row of the input has one and identifies its record:
    /// `Observaciones` next to `Folio` and `Concepto`. It stays with the record if it has the name of the record's own
    /// field.
    func settleRemarks(_ columns: inout [ImportColumn?], _ headings: [Heading], _ part: Part) {
        let tellsApart = columns.contains { column in
            if case .field(let position)? = column { module.fields[position].tellsApart } else { false }
        }
        guard tellsApart, let remark = part.remark else { return }
        let cell = PartCell(part: part.key, meaning: .field(remark.key, prefix: nil))
        for (index, heading) in headings.enumerated() where !isMapped(heading) {
            guard case .field(let position)? = columns[index], module.fields[position].key == Self.description,
                heading.name != Self.description, !columns.contains(where: { $0?.isCell(of: cell) == true })
            else { continue }
            columns[index] = .cell(cell)
        }
    }

    private static let description = "description"
}

extension Part {
    /// The field for a remark on a row: a text that does not say what the row is about; `nil` where rows have none.
    var remark: Field? {
        let subjects = subjectPositions
        return fields.indices.last {
            fields[$0].type.takesLines && fields[$0].isWritable && !subjects.isEmpty && !subjects.contains($0)
        }.map { fields[$0] }
    }
}

extension ImportColumn {
    /// Whether the column sets a field of rows of a part that another column would set too.
    func isCell(of other: PartCell) -> Bool {
        guard case .cell(let cell) = self else { return false }
        return cell == other || cell.part == other.part && !Set(cell.words).isDisjoint(with: other.words)
    }
}

extension PartCell {
    /// Whether the column holds a remark on a row.
    func isRemark(of module: Module) -> Bool {
        guard case .field(let word, nil) = meaning, let remark = part(of: module)?.remark else { return false }
        return remark.key == word
    }

    /// Whether the column holds a text of a part.
    func isText(in part: Part) -> Bool {
        guard case .field(let word, nil) = meaning else { return false }
        return part.field(called: word, given: "")?.type.takesLines ?? false
    }
}
