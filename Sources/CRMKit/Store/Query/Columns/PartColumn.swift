import Formats
import Localization

/// A column that holds all rows of a part of each record, in order.
public struct PartColumn: Sendable {
    /// One row.
    public struct Row: Sendable {
        /// The row's position, from 1.
        public let position: Int64
        /// The stored values, one for each field of the part.
        public let values: [Value]
        /// The names of the records that the row refers to, by the keys of the fields.
        public let names: [String: String]
        /// The currency of the record and its amounts.
        public let currency: String?
    }

    /// The part of the rows.
    public let part: Part
    private let module: ModuleName
    /// The kind of the rows in the column; `nil` for rows of every kind.
    private let kind: Choice?
    /// The references whose names follow the values.
    private let references: [Field]
    private let hasCurrency: Bool

    init(_ part: Part, of module: Module, kind: Choice? = nil) {
        self.part = part
        self.kind = kind
        self.module = module.name
        references = part.fields.filter { $0.type.target != nil }
        hasCurrency = module.position(of: Self.currency) != nil && part.fields.contains { $0.type == .money }
    }

    fileprivate static let currency = "currency"

    /// Returns the expression of the column: a JSON array with an array for each row, of its position, its values, the
    /// names of its references and the currency; null if there are no rows.
    func expression(in scope: Scope, _ registry: Registry) -> SQLFragment {
        let table = Table(part, of: scope.module)
        let row = "p"
        var terms: [SQLFragment] = [.column(Part.positionKey, of: row)]
        for field in part.fields {
            let columns = field.columns.map { SQLFragment.column($0, of: row) }
            terms.append(columns.count > 1 ? "\(columns[0]) || ':' || \(columns[1])" : columns[0])
        }
        for field in references {
            guard let module = field.type.target.map({ registry[$0] }) else { continue }
            terms.append(
                """
                (SELECT \(name: module.displayKey) FROM \(module.rows) AS "n" \
                WHERE "n"."id" = \(column: field.key, of: row))
                """
            )
        }
        if hasCurrency { terms.append(.column(Self.currency, of: scope.alias)) }
        let names = terms.indices.map { "v\($0)" }
        let ofKind: SQLFragment =
            if let kind, let field = part.kindField {
                " AND \(column: field.key, of: row) = \(bind: .text(kind.key))"
            } else {
                ""
            }
        let list = zip(terms, names).map { "\($0) AS \(name: $1)" as SQLFragment }
        return SQLFunctions.array(
            of: """
                SELECT \(list.joined(", ")) FROM \(name: table.name) AS \(name: row) \
                WHERE \(column: table.ownerColumn, of: row) = \(scope.id)\(ofKind) \
                ORDER BY \(column: Part.positionKey, of: row), \(column: "id", of: row)
                """,
            columns: names
        )
    }

    /// Reads the value of ``expression(in:_:)``.
    ///
    /// - Returns: no rows for empty text.
    /// - Throws: ``CRMError`` `configuration` for a malformed value, which only another program can have caused.
    public func rows(_ text: String) throws(CRMError) -> [Row] {
        if text.isEmpty { return [] }
        guard let rows = JSONValue.elements(ofArray: text) else { throw damaged }
        var read: [Row] = []
        for row in rows { read.append(try self.row(row)) }
        return read
    }

    /// The greatest number of bytes of a value whose rows are read at once, which takes less time.
    private static let wholeLength = 1 << 16

    /// Calls a closure with each row in the value of ``expression(in:_:)``, in order. Many rows take little more memory
    /// than few.
    ///
    /// - Throws: ``CRMError`` `configuration` for a malformed value, which only another program can have caused; the errors
    ///   of the closure.
    public func forEachRow(in value: UnsafeRawBufferPointer, _ body: (Row) throws -> Void) throws {
        guard value.count > Self.wholeLength else {
            return try rows(String(decoding: value, as: UTF8.self)).forEach(body)
        }
        var reader = JSONArrayReader(ByteSource(bytes: Array(value)))
        while let row = try element(from: &reader) { try body(self.row(row)) }
    }

    private func element(from reader: inout JSONArrayReader) throws(CRMError) -> JSONValue? {
        do throws(JSONError) {
            return try reader.next()
        } catch {
            throw damaged
        }
    }

    private func row(_ json: JSONValue) throws(CRMError) -> Row {
        guard case .array(let elements) = json, elements.count >= part.fields.count + 1 else { throw damaged }
        var values: [Value] = []
        for element in elements {
            switch element {
            case .null: values.append(.null)
            case .string(let text): values.append(.text(text))
            case .number(let number):
                guard let integer = number.integer else { throw damaged }
                values.append(.integer(integer))
            case .bool, .array, .object: throw damaged
            }
        }
        let beside = values[(part.fields.count + 1)...]
        let names = zip(references, beside).compactMap { field, name in name.text.map { (field.key, $0) } }
        return Row(
            position: values[0].integer ?? 0,
            values: Array(values[1...part.fields.count]),
            names: Dictionary(names) { first, _ in first },
            currency: hasCurrency ? beside.last?.text : nil
        )
    }

    private var damaged: CRMError {
        CRMError(
            .configuration,
            Text(
                en: "\(part.plural.en.lowercased()) of this database are damaged",
                es: "hay datos dañados en \(part.plural.es.lowercased()) de esta base de datos"
            )
        )
    }
}

extension PartColumn: Hashable {
    /// Whether two columns hold the same rows of the same part.
    public static func == (left: PartColumn, right: PartColumn) -> Bool {
        left.module == right.module && left.part.name == right.part.name && left.kind?.key == right.kind?.key
    }

    /// Hashes the names of the module, of the part and of the kind.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(module)
        hasher.combine(part.name)
        hasher.combine(kind?.key)
    }
}

// MARK: - Texts

extension PartColumn {
    /// Returns a row as text in the form that options take, with all its fields; in a column for one kind of rows, in
    /// the form that cells of this kind take.
    public func text(of row: Row) -> String {
        let texts = zip(part.fields, row.values).map { field, value in
            value == field.emptyOverride ? StoredList.emptyText : field.type.text(of: value, currency: row.currency)
        }
        if kind != nil, let field = part.kindField { return PartText(part).text(texts, besides: field) }
        return PartText(part).text(texts)
    }

    /// Returns a row as text shown to the user: the fields of the shorthand, then other fields with a value in
    /// parentheses.
    public func label(of row: Row, for audience: Audience) -> String {
        var lead: [String] = []
        var rest: [String] = []
        for (field, value) in zip(part.fields, row.values) where !value.isNull {
            let text =
                value == field.emptyOverride
                ? Field.nothing(in: audience.language)
                : row.names[field.key] ?? field.type.label(of: value, currency: row.currency, for: audience)
            if part.shorthand.contains(field.key) {
                lead.append(text)
            } else if field.type == .boolean {
                if value == .integer(1) { rest.append(field.label(in: audience.language)) }
            } else {
                rest.append("\(field.label(in: audience.language)): \(text)")
            }
        }
        if lead.isEmpty { return rest.joined(separator: ", ") }
        return lead.joined(separator: " ") + (rest.isEmpty ? "" : " (\(rest.joined(separator: ", ")))")
    }
}

// MARK: - Columns

/// The columns for parts, which follow the columns of the fields.
public enum PartColumns: Sendable, Hashable {
    /// No columns.
    case none
    /// One column for all rows of each part.
    case whole
    /// One column for the rows of each kind, and one for their order, for a part whose rows have kinds; for another part,
    /// one for all rows.
    case byKind
}

extension Part {
    /// Returns the key of the column for values of one kind: `point.email`.
    public func key(of choice: Choice) -> String { "\(name).\(choice.key)" }

    /// The key of the column for the kinds of all rows in their order, by which columns of single kinds are one list:
    /// `points.kind`; `nil` for a part whose rows have no kinds.
    public var orderKey: String? { kindField.map { "\(key).\($0.key)" } }
}

extension Selection {
    /// Adds columns for the parts that are shown.
    mutating func addParts(_ form: PartColumns, in scope: Scope) {
        for part in scope.module.shownParts {
            switch form {
            case .none: continue
            case .whole: addRows(of: part, key: part.key, in: scope)
            // Derived rows cannot be read back.
            case .byKind where part.visibility == .derived: continue
            case .byKind:
                let choices = part.kindField?.type.choices ?? []
                if choices.isEmpty { addRows(of: part, key: part.key, in: scope) }
                for choice in choices { addRows(of: part, kind: choice, key: part.key(of: choice), in: scope) }
                if !choices.isEmpty { addKinds(of: part, in: scope) }
            }
        }
    }

    /// Adds the column for the kinds of all rows of a part, in their order.
    private mutating func addKinds(of part: Part, in scope: Scope) {
        guard let kind = part.kindField, let key = part.orderKey else { return }
        append(
            values(of: kind, in: part, scope),
            key: key,
            label: part.plural.leading(to: kind.label),
            object: nil,
            kind: .several(isNested: false),
            type: kind.type
        )
    }

    /// Adds the column for a key of a part: `points`, `point.email`.
    ///
    /// - Returns: whether the key is one of a part.
    mutating func addPart(_ key: String, in scope: Scope) -> Bool {
        // This runs for every column, and few of them are columns of parts.
        let mayHaveKind = key.utf8.contains(UInt8(ascii: "."))
        guard mayHaveKind || scope.module.parts.contains(where: { $0.key == key }) else { return false }
        for part in scope.module.shownParts {
            if key == part.key {
                addRows(of: part, key: key, in: scope)
                return true
            }
            guard mayHaveKind else { continue }
            if let choice = part.kindField?.type.choices.first(where: { part.key(of: $0) == key }) {
                addValues(of: choice, in: part, key: key, in: scope)
                return true
            }
        }
        return false
    }

    private mutating func addRows(of part: Part, kind: Choice? = nil, key: String, in scope: Scope) {
        let column = PartColumn(part, of: scope.module, kind: kind)
        append(
            column.expression(in: scope, registry),
            key: key,
            label: kind.map { part.label.leading(to: $0.label) } ?? part.plural,
            object: nil,
            kind: .rows(column),
            type: .list(.text)
        )
    }

    /// Returns the values of a field in the rows of a part, in their order.
    ///
    /// - Parameter restriction: the choice that the rows have in a field; `nil` for all rows.
    private func values(
        of field: Field,
        in part: Part,
        _ scope: Scope,
        where restriction: (field: Field, choice: Choice)? = nil
    ) -> SQLFragment {
        let table = Table(part, of: scope.module)
        let row = "p"
        let isChosen: SQLFragment =
            restriction.map { "AND \(column: $0.field.key, of: row) = \(bind: .text($0.choice.key)) " } ?? ""
        let values: SQLFragment = """
            SELECT \(column: field.key, of: row) AS \(name: field.key) FROM \(name: table.name) AS \(name: row) \
            WHERE \(column: table.ownerColumn, of: row) = \(scope.id) \(isChosen)\
            ORDER BY \(column: Part.positionKey, of: row), \(column: "id", of: row)
            """
        return SQLFunctions.array(of: values, columns: [field.key])
    }

    private mutating func addValues(of choice: Choice, in part: Part, key: String, in scope: Scope) {
        guard let value = part.keyField, let kind = part.kindField else { return }
        append(
            values(of: value, in: part, scope, where: (kind, choice)),
            key: key,
            label: part.label.leading(to: choice.label),
            object: nil,
            kind: .several(isNested: false),
            type: value.type
        )
    }
}

// MARK: - Rows in queries

extension Table {
    /// The rows of the table; those of a part with amounts come with the currency of their record.
    var rows: SQLFragment {
        guard let part, module.position(of: PartColumn.currency) != nil,
            part.fields.contains(where: { $0.type == .money })
        else { return .name(name) }
        return """
            (SELECT "r".*, "m".\(name: PartColumn.currency) FROM \(name: name) AS "r" \
            JOIN \(name: module.table) AS "m" ON "m"."id" = "r".\(name: ownerColumn))
            """
    }
}

// MARK: - The rows of one record

extension Store {
    /// Returns the rows of a part of a record, in order.
    ///
    /// - Parameter columns: paths from a row; if there are none, the position and the fields.
    /// - Throws: ``CRMError`` `notFound` for a missing record, `usage` for a malformed path, and for errors that SQLite
    ///   reports.
    public func list(
        _ part: Part,
        of record: Int64,
        in module: Module,
        columns: [String] = []
    ) throws(CRMError) -> Rows {
        try translating {
            guard try recordTable(of: module).exists(record) else { throw Self.missing(record, in: module) }
            let table = Table(part, of: module)
            let row = "p"
            var selection = Selection(registry: registry, today: clock.today, withNames: true)
            if columns.isEmpty {
                for field in table.fields.prefix(Table.fieldsBeforePart).suffix(1) + part.fields {
                    try selection.add(Scope.Source(field: field, alias: row), key: field.key, object: nil)
                }
            } else {
                let scope = Scope(module: module, part: part, alias: row, link: nil)
                for column in columns {
                    // A field of the part may have the name of a part of the record; the field takes precedence.
                    if let field = part.field(column) {
                        try selection.add(Scope.Source(field: field, alias: row), key: field.key, object: nil)
                    } else {
                        try selection.add(column, in: scope)
                    }
                }
            }
            let owner = table.ownerColumn
            let query: SQLFragment = """
                SELECT \(selection.list) FROM \(table.rows) AS \(name: row)\(selection.joined) \
                WHERE \(column: owner, of: row) = \(bind: .integer(record)) \
                ORDER BY \(column: Part.positionKey, of: row), \(column: "id", of: row)
                """
            return Rows(try database.prepare(fragment: query), columns: selection.columns, limit: nil, path: path)
        }
    }
}
