import CRMKit
import Formats

/// The text of a cell for programs, as bytes.
struct MachineText {
    /// A buffer, reused for all cells, so that formatting a number allocates nothing.
    private var scratch: [UInt8] = []

    /// Calls a body with the text of a cell: exact numbers, booleans as `true` and `false`, keys of choices, ids of
    /// references, lists joined by commas, and several values joined by `; ` without missing ones. The bytes are valid
    /// during the call.
    mutating func with(
        _ column: OutputColumn,
        of row: Rows,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        switch column.kind {
        case .text, .choice: try body(row.bytes(column.position))
        case .integer, .reference:
            scratch.removeAll(keepingCapacity: true)
            scratch.append(decimal: row.integer(column.position))
            try scratch.withUnsafeBytes(body)
        case .scaled(let digits): try scaled(row.integer(column.position), by: digits, body)
        case .boolean: try body(Self.word(row.integer(column.position) != 0))
        case .money(let currency):
            let text = column.type.text(of: row.value(column.position), currency: row.text(currency))
            try Self.with(text, body)
        case .anyReference(let id, _): try Self.with("\(row.text(column.position)):\(row.integer(id))", body)
        case .linked: try body(UnsafeRawBufferPointer(rebasing: row.bytes(column.position).dropFirst().dropLast()))
        case .several: try Self.with(Self.joined(column, of: row) { $0 }, body)
        case .rows(let rows):
            let texts = try rows.rows(row.text(column.position)).map { rows.text(of: $0) }
            try Self.with(texts.joined(separator: Self.separator), body)
        case .duration, .list: try Self.with(column.type.text(of: row.value(column.position), currency: nil), body)
        }
    }

    /// The separator between several values.
    static let separator = "; "

    /// Returns the values of a column with several, each spelled by a closure.
    static func joined(_ column: OutputColumn, of row: Rows, _ spell: (String) -> String) -> String {
        let elements = row.elements(of: column)
        // An attribute that only some links have is assigned to them by its position, so missing values leave their
        // place empty.
        let keepsPlaces = column.isOfLinks && elements.contains { !$0.value.isNull }
        return elements.filter { keepsPlaces || !$0.value.isNull }
            .map { $0.value.isNull ? "" : spell(column.type.text(of: $0.value, currency: $0.currency)) }
            .joined(separator: separator)
    }

    /// Returns the bytes of `true` or `false`.
    static func word(_ value: Bool) -> UnsafeRawBufferPointer {
        let word: StaticString = value ? "true" : "false"
        return UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    }

    private mutating func scaled(
        _ units: Int64,
        by digits: Int,
        _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        scratch.removeAll(keepingCapacity: true)
        ScaledDecimal(units: units, scale: digits).append(to: &scratch)
        try scratch.withUnsafeBytes(body)
    }

    private static func with(_ text: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var text = text
        try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
    }
}

extension [UInt8] {
    /// Appends a whole number in decimal.
    mutating func append(decimal number: Int64) {
        ScaledDecimal(units: number, scale: 0).append(to: &self)
    }
}
