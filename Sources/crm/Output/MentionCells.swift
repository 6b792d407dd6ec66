import CRMKit

/// The cells of mentioned records for programs, as bytes.
struct MentionCells {
    private let columns: [MentionListing.Column]
    /// The values of the columns by the rows of each query. A column may have several values, one or none.
    private var values: [ObjectIdentifier: [[Value]]] = [:]
    private var text = MachineText()
    /// A buffer, reused for all cells.
    private var cell: [UInt8] = []

    /// A column of rows, reduced to the facts needed for every row: copying the column would cost more than writing the
    /// cell.
    private struct Value {
        enum Form { case bytes, integer, other }

        /// The index of the column in the listing.
        let place: Int
        let position: Int
        let form: Form
    }

    init(_ columns: [MentionListing.Column]) { self.columns = columns }

    /// Writes the row of a record.
    mutating func write(_ record: MentionedRecord, to listing: inout Listing) throws {
        let rows = record.rows
        for values in values(of: record) {
            cell.removeAll(keepingCapacity: true)
            var isFirst = true
            for value in values where !rows.isNull(value.position) {
                if !isFirst { cell += MachineText.separator.utf8 }
                isFirst = false
                switch value.form {
                case .bytes: cell += rows.bytes(value.position)
                case .integer: cell.append(decimal: rows.integer(value.position))
                case .other: try text.with(rows.columns[value.place], of: rows) { cell += $0 }
                }
            }
            try cell.withUnsafeBytes { try listing.writeCell($0) }
        }
        try listing.endRow()
    }

    private mutating func values(of record: MentionedRecord) -> [[Value]] {
        let rows = record.rows
        if let known = values[ObjectIdentifier(rows)] { return known }
        func value(_ column: OutputColumn) -> Value? {
            guard let place = rows.columns.firstIndex(where: { $0.key == column.key && $0.object == column.object })
            else { return nil }
            let form: Value.Form =
                switch column.kind {
                case .text, .choice: .bytes
                case .integer, .reference: .integer
                default: .other
                }
            return Value(place: place, position: column.position, form: form)
        }
        let found = columns.map { column -> [Value] in
            switch column {
            case .id: [value(record.id)].compactMap(\.self)
            case .name: [value(record.name)].compactMap(\.self)
            case .date: [value(record.date)].compactMap(\.self)
            case .details: record.details.compactMap(value)
            case .group, .days, .moment, .module, .contact, .contacts, .role, .field, .found, .value, .author, .state,
                .snippet, .matches:
                [record.column(column.rawValue).flatMap(value)].compactMap(\.self)
            }
        }
        values[ObjectIdentifier(rows)] = found
        return found
    }
}
