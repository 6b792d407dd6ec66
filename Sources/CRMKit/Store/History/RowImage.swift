import Formats
import SQLite

/// The columns of one row as stored in the history, in their order there. It is used to read rows by the million.
struct RowMembers {
    private let members: [JSONMember]

    init(keptAs bytes: UnsafeRawBufferPointer) throws {
        guard let members = JSONValue.members(ofObject: String(decoding: bytes, as: UTF8.self)) else {
            throw RowImage.damaged
        }
        self.members = members
    }

    /// The names of the columns.
    var columns: [String] { members.map(\.name) }

    /// Returns the value of a field in the form that records use; `nil` when its column is missing.
    ///
    /// - Parameter place: the index where the search begins, just after the previous field's columns; it is moved past
    ///   this field's columns.
    func value(of field: Field, near place: inout Int) throws -> Value? {
        let columns = field.columns
        guard let first = columns.first, let index = index(of: first, near: place) else { return nil }
        place = index + columns.count
        let value = try Value(history: members[index].value)
        guard columns.count > 1, let second = self.index(of: columns[1], near: index + 1) else { return value }
        guard case .text(let module) = value, case .integer(let id) = try Value(history: members[second].value) else {
            return .null
        }
        return .text("\(module):\(id)")
    }

    private func index(of column: String, near place: Int) -> Int? {
        if place < members.count, members[place].name == column { return place }
        return members.firstIndex { $0.name == column }
    }
}

extension Value {
    /// Creates a value from the form of the change log.
    fileprivate init(history value: JSONValue) throws {
        switch value {
        case .null: self = .null
        case .string(let text): self = .text(text)
        case .number(let number):
            guard let integer = number.integer else { throw RowImage.damaged }
            self = .integer(integer)
        case .bool, .array, .object: throw RowImage.damaged
        }
    }
}

/// The columns of one row as they were at some time, by name.
struct RowImage: Equatable {
    private(set) var values: [String: Value]

    init() { values = [:] }

    init(_ values: [String: Value]) { self.values = values }

    /// Reads an image from the form of the change log, a JSON object of column values.
    init(json: String) throws {
        guard let members = JSONValue.members(ofObject: json) else { throw Self.damaged }
        values = [:]
        values.reserveCapacity(members.count)
        for member in members { values[member.name] = try Value(history: member.value) }
    }

    /// Reads an image from bytes that SQLite holds, in the form of the change log.
    init(keptAs bytes: UnsafeRawBufferPointer) throws { try self.init(json: String(decoding: bytes, as: UTF8.self)) }

    fileprivate static let damaged = CRMError.damagedHistory

    /// The value of a column; `nil` if the image does not include the column.
    subscript(column: String) -> Value? { values[column] }

    /// Replaces columns by those of an earlier image.
    mutating func goBack(to earlier: RowImage) {
        values.merge(earlier.values) { $1 }
    }

    /// Returns the value of a field in the form that records use; `nil` if the image does not include the field.
    func value(of field: Field) -> Value? {
        let columns = field.columns
        guard let first = columns.first, let value = values[first] else { return nil }
        guard columns.count > 1 else { return value }
        guard case .text(let module) = value, case .integer(let id) = values[columns[1]] else { return .null }
        return .text("\(module):\(id)")
    }
}

extension Store {
    /// Returns the present image of a row.
    ///
    /// - Returns: `nil` if the row does not exist.
    func image(of id: Int64, in table: LoggedRows) throws -> RowImage? {
        if case .settings = table {
            let settings = try settings()
            let stored = Settings.Key.all(in: registry).map { ($0.name, settings.stored[$0].map(Value.text) ?? .null) }
            return RowImage(Dictionary(uniqueKeysWithValues: stored))
        }
        let columns = table.columns
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        let statement = try statement("SELECT \(list) FROM \(table.name.quotedIdentifier) WHERE \"id\" = ?")
        try statement.bind(id, at: 1)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        var values: [String: Value] = [:]
        for (index, column) in columns.enumerated() { values[column] = statement.value(at: index) }
        return RowImage(values)
    }
}
