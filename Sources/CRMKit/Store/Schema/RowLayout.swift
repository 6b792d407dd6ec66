import Glibc
import SQLite

/// The columns of the rows of one table, and how values are written to them and read.
struct RowLayout {
    /// The properties of a field that reading a row needs. It is smaller than the field, since rows are read by the
    /// million.
    private struct Cell {
        /// The position of the value in a row.
        let position: Int
        let matching: FieldType.Matching?
        let isAnyReference: Bool
        /// The index in ``variants`` of the rule for comparing the value; `nil` when ``matching`` is the rule.
        let variant: Int?
        /// The number of columns.
        var width: Int { isAnyReference || matching != nil ? 2 : 1 }
    }

    /// The types by which a value is compared, depending on a choice in the row.
    private struct Variant {
        let position: Int
        let types: FieldVariants
    }

    private let cells: [Cell]
    private let variants: [Variant]
    /// The columns, including comparable forms.
    let columns: [String]
    /// The index of the first column of the field at each position; `nil` for fields without columns.
    private let places: [Int?]
    private let isAny: [Bool]

    /// - Parameters:
    ///   - keys: the keys of the fields whose columns the rows have; `nil` for all.
    ///   - first: the index in the table of the first field.
    init(_ table: Table, reading keys: Set<String>? = nil, from first: Int = 0) {
        var variants: [Variant] = []
        let fields = zip(table.positions, table.fields).dropFirst(first).filter { keys?.contains($1.key) ?? true }
            .map { position, field in (position - first, field) }
        cells = fields.map { position, field in
            if let types = field.variants, let place = table.fields.firstIndex(where: { $0.key == types.key }) {
                variants.append(Variant(position: table.positions[place] - first, types: types))
            }
            return Cell(
                position: position,
                matching: field.matching,
                isAnyReference: field.type == .anyReference,
                variant: field.variants == nil ? nil : variants.count - 1
            )
        }
        self.variants = variants
        columns = fields.flatMap(\.1.allColumns)
        let count = (table.positions.max() ?? -1) + 1
        var places: [Int?] = Array(repeating: nil, count: count)
        var isAny = Array(repeating: false, count: count)
        var next = 0
        for cell in cells {
            places[cell.position] = next
            isAny[cell.position] = cell.isAnyReference
            next += cell.width
        }
        self.places = places
        self.isAny = isAny
    }

    /// Adds the values of a row's columns to its parameters.
    func fill(_ row: inout RowParameters, with values: [Value], country: String?) {
        for cell in cells {
            switch values[cell.position] {
            // Most fields of most rows are empty.
            case .null: row.skip(cell.width)
            case .text(let text) where !cell.isAnyReference:
                row.append(text)
                guard let matching = cell.matching else { continue }
                guard let variant = cell.variant else {
                    row.appendText { matching.appendKey(for: text, country: country, to: &$0) }
                    continue
                }
                let type = variants[variant].types.type(beside: values[variants[variant].position])
                row.append(type?.matchKey(for: text, country: country) ?? matching.key(for: text, country: country))
            case let value where cell.isAnyReference:
                let (module, id) = value.referenceParts
                row.append(module)
                row.append(id)
            case let value:
                row.append(value)
                if cell.matching != nil { row.skip(1) }
            }
        }
    }

    /// Reads a row with all columns into the values at their positions. Values without columns stay unchanged.
    func read(_ row: Statement, into values: inout [Value]) {
        var column = 0
        for cell in cells {
            if !cell.isAnyReference {
                values[cell.position] = row.value(at: column)
            } else if !row.isNull(at: column) {
                values[cell.position] = reference(row, at: column)
            }
            column += cell.width
        }
    }

    /// Returns one value of a row with all columns; null for a position without columns.
    func value(_ row: Statement, at position: Int) -> Value {
        guard position < places.count, let column = places[position] else { return .null }
        guard isAny[position] else { return row.value(at: column) }
        return row.isNull(at: column) ? .null : reference(row, at: column)
    }

    /// Returns the column of the value at a position; `nil` if it has no column or several.
    func onlyColumn(at position: Int) -> String? {
        guard position < places.count, !isAny[position], let column = places[position] else { return nil }
        return columns[column]
    }

    /// Whether the value at a position has one column.
    func isWhole(at position: Int) -> Bool { position < places.count && !isAny[position] && places[position] != nil }

    private func reference(_ row: Statement, at column: Int) -> Value {
        FieldType.anyReference.reference(
            to: row.integer(at: column + 1),
            in: ModuleName(rawValue: row.text(at: column))
        )
    }

    /// Whether a row with all columns has a value at a position, byte for byte. The rest of the row is not read.
    ///
    /// - Returns: `false` also if the field has more than one column.
    func holds(_ row: Statement, _ value: Value, at position: Int) -> Bool {
        guard position < places.count, !isAny[position], let column = places[position] else { return false }
        return row.holds(value, at: column)
    }
}

extension Field {
    /// The columns of the field and of its comparable form, in the order of ``stored(_:country:)``.
    var allColumns: [String] { columns + (matchColumn.map { [$0] } ?? []) }

    /// Returns the contents of the field's columns for a value: its own columns, then the comparable form. A choice
    /// that decides the field's type is not taken into account.
    ///
    /// - Parameter country: the country assumed for telephone numbers without a country code.
    func stored(_ value: Value, country: String?) -> [Value] {
        if type == .anyReference {
            let (module, id) = value.referenceParts
            return [module, id]
        }
        guard matchColumn != nil else { return [value] }
        guard case .text(let text) = value else { return [value, .null] }
        return [value, .text(type.matchKey(for: text, country: country))]
    }

    /// Adds the contents of ``stored(_:country:)`` to the parameters of a row.
    func fill(_ row: inout RowParameters, with value: Value, country: String?) {
        if case .anyReference = type {
            let (module, id) = value.referenceParts
            row.append(module)
            row.append(id)
            return
        }
        row.append(value)
        guard let matching else { return }
        guard case .text(let text) = value else { return row.append(.null) }
        row.appendText { matching.appendKey(for: text, country: country, to: &$0) }
    }

    /// Returns the contents of the field's own columns for a value.
    func plainlyStored(_ value: Value) -> [Value] {
        guard type == .anyReference else { return [value] }
        let (module, id) = value.referenceParts
        return [module, id]
    }

    /// Adds each of the field's own columns with its content for a value.
    func append(_ value: Value, to row: inout [(column: String, value: Value)]) {
        guard case .anyReference = type else {
            if isStored { row.append((key, value)) }
            return
        }
        row += zip(columns, plainlyStored(value)).map { ($0, $1) }
    }
}

extension Value {
    /// The module and the id in a reference to any record such as `case:3`; nulls if it is not one.
    var referenceParts: (module: Value, id: Value) {
        guard case .text(let reference) = self, let colon = reference.firstIndex(of: ":"),
            let id = Int64(reference[reference.index(after: colon)...])
        else { return (.null, .null) }
        return (.text(String(reference[..<colon])), .integer(id))
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes equal others.
    func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let start = baseAddress, let other = other.baseAddress else {
            return count == other.count
        }
        return memcmp(start, other, count) == 0
    }
}

extension Statement {
    /// Whether a column has a value, byte for byte.
    func holds(_ value: Value, at column: Int) -> Bool {
        switch value {
        case .null: return isNull(at: column)
        case .integer(let integer): return type(at: column) == .integer && self.integer(at: column) == integer
        case .text(var text):
            guard type(at: column) == .text else { return false }
            return text.withUTF8 { UnsafeRawBufferPointer($0).isSame(as: textBytes(at: column)) }
        case .real, .blob: return self.value(at: column) == value
        }
    }
}
