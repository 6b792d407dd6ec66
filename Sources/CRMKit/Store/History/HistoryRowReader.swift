import SQLite

/// Reads rows stored in the history in a single pass over their bytes: JSON objects whose members are the columns in
/// the order of the fields, as ``ChangeLog`` writes them.
///
/// Rows in another form, with fields of an earlier version or with escapes in texts, are left to the slower
/// ``RowMembers``.
struct HistoryRowReader {
    private struct Member {
        let field: Field
        /// The position of the field's value in a row.
        let position: Int
        /// The bytes before the value of each of the field's columns: the quoted name and a colon.
        let beginnings: [[UInt8]]
        /// Whether the stored value can be used unchanged, whatever it is.
        let isAsKept: Bool
    }

    private let members: [Member]
    private let width: Int
    private let context: ValueContext

    /// - Parameter context: the context of the defaults for rows that lack a value of a field that has become
    ///   required.
    init(_ table: Table, in context: ValueContext) {
        self.context = context
        members = zip(table.positions, table.fields).map { position, field in
            Member(
                field: field,
                position: position,
                beginnings: field.columns.map { Array("\"\($0)\":".utf8) },
                isAsKept: !field.isNormalized && !field.traits.contains(.custom)
            )
        }
        width = (table.positions.max() ?? -1) + 1
    }

    /// Returns the values of a row, each at its position; `nil` if the row does not have exactly the expected form.
    func values(in bytes: UnsafeRawBufferPointer) -> [Value]? {
        var values: [Value] = Array(repeating: .null, count: width)
        var reading = HistoryRowCursor(bytes: bytes)
        var separator = UInt8(ascii: "{")
        for member in members {
            var value = Value.null
            for (number, beginning) in member.beginnings.enumerated() {
                guard reading.pass(separator), reading.pass(beginning), let read = reading.value() else { return nil }
                separator = UInt8(ascii: ",")
                if number == 0 {
                    value = read
                } else if case .text(let module) = value, case .integer(let id) = read {
                    value = .text("\(module):\(id)")
                } else {
                    value = .null
                }
            }
            values[member.position] =
                member.isAsKept ? value : member.field.restored(member.field.inNormalForm(value), in: context)
        }
        return reading.pass(UInt8(ascii: "}")) && reading.isAtEnd ? values : nil
    }
}
