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
        var reading = Reading(bytes: bytes)
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

/// A place in the bytes of a row.
private struct Reading {
    let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func pass(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func pass(_ beginning: [UInt8]) -> Bool {
        guard bytes.count - place >= beginning.count else { return false }
        for index in beginning.indices where bytes[place + index] != beginning[index] { return false }
        place += beginning.count
        return true
    }

    private static let null = Array("null".utf8)

    /// - Returns: `nil` for what is no plain value.
    mutating func value() -> Value? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "\""): return text().map(Value.text)
        case UInt8(ascii: "n"): return pass(Self.null) ? .null : nil
        default: return integer().map(Value.integer)
        }
    }

    private mutating func text() -> String? {
        let start = place + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        place = end + 1
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    private mutating func integer() -> Int64? {
        let isNegative = pass(UInt8(ascii: "-"))
        let start = place
        var number: Int64 = 0
        while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
            let (tens, isTooMuch) = number.multipliedReportingOverflow(by: 10)
            let (next, isBeyond) = tens.subtractingReportingOverflow(Int64(digit))
            if isTooMuch || isBeyond { return nil }
            number = next
            place += 1
        }
        if place == start || (number == .min && !isNegative) { return nil }
        return isNegative ? number : -number
    }
}
