import Localization

/// The values that cells give for fields.
extension RowReader {
    /// Adds a value. Several columns may give values for a list, which are combined. A reference may be given twice, as
    /// by `organization` and `organization.name` of an export, if both name the same record.
    func give(_ value: Value, _ position: Int, cell: Int, to reading: inout RowReading) throws(ValueError) {
        guard let index = reading.given.firstIndex(where: { $0.position == position }) else {
            reading.given.append(RowReading.Given(position: position, value: value, cell: cell))
            return
        }
        let present = reading.given[index].value
        if present.isNull {
            reading.given[index] = RowReading.Given(position: position, value: value, cell: cell)
        } else if module.fields[position].type == .list(.text), !value.isNull {
            var list = StoredList(present, of: .text)
            list.formUnion(StoredList(value, of: .text))
            reading.given[index] = RowReading.Given(position: position, value: list.stored, cell: cell)
        } else if !value.isNull, value != present, module.fields[position].traits.contains(.refusal) {
            let former = reading.given[index].cell
            let (refusing, other) = value == .integer(0) ? (former, cell) : (cell, former)
            reading.overruled.append(other)
            reading.given[index] = RowReading.Given(position: position, value: .integer(1), cell: refusing)
        } else if !value.isNull, value != present {
            throw ValueError(
                en: "this and another column name different records: pass one of them over with --map 'COLUMN=-'",
                es: "esta y otra columna nombran registros distintos: omitir una de ellas con --map 'COLUMNA=-'"
            )
        }
    }

    /// Returns the value of a cell for a field. An empty cell for a boolean is `false` if that is its default.
    func value(_ text: String, at position: Int, origin: CellOrigin = .foreign) throws -> Value {
        let value = try valueAsWritten(text, at: position, origin: origin)
        return value.isNull && boxes.contains(position) ? module.fields[position].defaultValue : value
    }

    private func valueAsWritten(_ text: String, at position: Int, origin: CellOrigin) throws -> Value {
        if text.isEmpty { return .null }
        switch module.fields[position].type {
        case .identifier where Int64(SpreadsheetNumber.digits(text.trimmed)) == nil: throw Self.foreignID
        case .reference where isNothing(text), .anyReference where isNothing(text): return .null
        case .reference(let target):
            let column = module.fields[position].key
            return .integer(try resolver.id(text, prefix: nil, in: registry[target], column: column))
        case .anyReference: return try store.value(of: module.fields[position], from: text, context: context)
        case .text where origin == .foreign && names?.contains(position) == true && Placeholders.isNoName(text):
            return .null
        case let type:
            let field = module.fields[position]
            do throws(ValueError) {
                let isOwn = origin == .own
                let canonical =
                    origin == .standard
                    ? text : try cells.canonical(text, for: type, isRequired: field.isRequired, isOwn: isOwn)
                try cells.refuseWords(canonical, for: type)
                return try field.read(canonical, in: context)
            } catch {
                throw type.choices.isEmpty ? error : error.advisingChoice(of: field, in: module)
            }
        }
    }

    /// Replaces the values of a row by the changes that a calendar makes to a record.
    func give(_ changes: [(field: String, text: String?)], of row: InputRow, to reading: inout RowReading) throws {
        reading.given = []
        for (key, text) in changes {
            guard let position = module.position(of: key) else { continue }
            let cell = row.names.firstIndex(of: key)
            do {
                let value = try value(text ?? "", at: position, origin: .standard)
                reading.given.append(RowReading.Given(position: position, value: value, cell: cell ?? 0))
            } catch {
                throw row.problem(error, cell: cell)
            }
        }
    }
}
