import SQLite

/// Reads rows of a table as history keeps them, by going through their bytes once: objects whose members are the columns
/// in the order of the fields, as ``ChangeLog`` writes them.
///
/// What it is not sure of it leaves to ``RowMembers``, which takes longer: rows of a version that had other fields, texts
/// with escapes in them.
struct KeptRowReader {
    private struct Member {
        let field: Field
        /// Where its value stands among those of a row.
        let position: Int
        /// What stands before the value of each of its columns: the name and a colon.
        let beginnings: [[UInt8]]
        /// Whether what was kept is what the field holds, whatever it is.
        let isAsKept: Bool
    }

    private let members: [Member]
    private let width: Int

    init(_ table: Table) {
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

    /// What the fields of a row held, each at its position.
    ///
    /// - Returns: `nil` for what is to be read by other means.
    func values(in bytes: UnsafeRawBufferPointer) -> [Value]? {
        var values: [Value] = Array(repeating: .null, count: width)
        var reading = KeptReading(bytes: bytes)
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
            values[member.position] = member.isAsKept ? value : member.field.restored(member.field.inNormalForm(value))
        }
        return reading.pass(UInt8(ascii: "}")) && reading.isAtEnd ? values : nil
    }
}
