extension ImportHeader {
    /// Whether a heading is that of a field which the program computes, and for which another table may have other
    /// values.
    func isComputed(_ heading: Heading) -> Bool {
        guard let position = position(ofField: Self.folded(meant(heading))) else { return false }
        return !module.fields[position].traits.isDisjoint(with: [.derived, .computed])
    }

    /// Returns the field of a heading, even if it cannot be set.
    func field(of heading: Heading) -> Field? {
        let name = Self.folded(meant(heading))
        if let position = position(ofField: name) { return module.fields[position] }
        guard case .column(let key)? = foreign.target(of: name) else { return nil }
        return position(ofField: Self.folded(key)).map { module.fields[$0] }
    }

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
