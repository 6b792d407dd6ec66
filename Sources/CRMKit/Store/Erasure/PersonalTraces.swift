import SQLite

/// A text of another record that contains a name, address or number of a person.
public struct NamingText: Sendable {
    /// The module of the record.
    public let module: ModuleName
    /// The id of the record.
    public let id: Int64
    /// The part whose row has the text; `nil` for the record itself.
    public let part: Part?
    /// The field that contains the text.
    public let field: Field
    /// The text.
    public let text: String
}

/// A deleted row that belonged to a person, as stored in the history.
public struct FormerRow: Sendable {
    /// The module of the record, of the link, or of the record that had the row.
    public let module: ModuleName
    /// The id of the row.
    public let id: Int64
    /// The part that the row belonged to; `nil` for a record and for a link.
    public let part: Part?
    /// Whether the row was a link with a record of the module.
    public let isLink: Bool
    /// The last values of the row: every field with a value, given as the value before.
    public let values: [FieldChange]
}

extension Store {
    /// Calls a closure with the deleted rows of a person that an erasure would remove from the history, without the
    /// person's own record and those merged into it.
    ///
    /// - Throws: ``CRMError`` `notFound`; what the body throws.
    public func forEachFormerRow(ofPerson id: Int64, _ body: (FormerRow) throws -> Void) throws {
        do {
            try reading {
                let rows = try erasedRows(of: id)
                let center = registry[registry.center].table
                for table in tables where rows.tables.contains(table.name) && table.name != center && table.isTold {
                    try forEachFormerRow(in: table, body)
                }
                try rows.forget()
            }
        } catch {
            throw CRMError.translated(error, path: path)
        }
    }

    private func forEachFormerRow(in table: Table, _ body: (FormerRow) throws -> Void) throws {
        let rows = LoggedRows.table(table)
        try forEachRow { isNext in
            """
            SELECT "id" FROM "temp"."erased" WHERE "table_name" = \(bind: .text(table.name)) AND \(isNext) \
            AND "id" NOT IN (SELECT "id" FROM \(name: table.name))
            """
        } _: { id, _ in
            guard let deletion = try rowEvents(of: id, in: rows).first(where: \.isDeletion) else { return }
            try body(
                FormerRow(
                    module: table.module.name,
                    id: id,
                    part: table.part,
                    isLink: table.relation != nil,
                    values: try fieldChanges(from: deletion.image, to: RowImage(), in: rows)
                )
            )
        }
    }

    /// Returns the values of a record, or its last values if it was deleted: every field with a value, given as the
    /// value before.
    ///
    /// - Throws: ``CRMError`` `notFound` if the record neither exists nor was deleted in the history.
    public func lastKnown(_ id: Int64, in module: Module) throws(CRMError) -> [FieldChange] {
        try translating {
            let rows = LoggedRows.table(Table(module))
            if let image = try image(of: id, in: rows) {
                return try fieldChanges(from: image, to: RowImage(), in: rows)
            }
            for event in try rowEvents(of: id, in: rows) {
                guard case .deleted = event.action else { continue }
                return try fieldChanges(from: event.image, to: RowImage(), in: rows)
            }
            throw Self.missing(id, in: module)
        }
    }

    /// Returns the rows of a record that the program stores for itself, such as the properties of a card that have no
    /// field. Each has the fields with a value.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func keptRows(
        of id: Int64,
        in module: Module
    ) throws(CRMError) -> [(part: Part, values: [LinkEnd.Attribute])] {
        try translating {
            var kept: [(part: Part, values: [LinkEnd.Attribute])] = []
            for part in module.parts where part.visibility == .kept {
                for row in try partReader(of: part, in: module).rows(of: id) {
                    let values = part.fields.map { LinkEnd.Attribute(field: $0, value: row.value($0.key, of: part)) }
                    kept.append((part: part, values: values.filter { !$0.value.isNull }))
                }
            }
            return kept
        }
    }

    /// Returns the ids of the records that were merged into a person's, who may have been deleted.
    ///
    /// - Throws: ``CRMError`` `notFound` if there is no such person, now or in the history.
    public func formerIDs(ofPerson id: Int64) throws(CRMError) -> [Int64] {
        try translating {
            try reading {
                let rows = try erasedRows(of: id)
                let former = rows.former
                try rows.forget()
                return former
            }
        }
    }

    /// Returns the records with files that belong to a person: linked with the person, about the person, attached to a
    /// mail linked with the person, or with one of the person's names in their text.
    ///
    /// - Throws: ``CRMError`` `notFound` if there is no such person, now or in the history.
    public func files(ofPerson id: Int64) throws(CRMError) -> [MentionedFile] {
        try translating {
            try reading {
                let rows = try erasedRows(of: id)
                let names = try ErasedNames(of: rows, in: self)
                try define(names)
                let files = try MentionedFile.files(of: SQLFunctions.rows([id]), naming: names, in: self)
                try rows.forget()
                return files.sorted { ($0.module.rawValue, $0.id) < ($1.module.rawValue, $1.id) }
            }
        }
    }

    /// Calls a closure with every text about others that contains a person's names, which an erasure would strike out.
    ///
    /// - Throws: ``CRMError`` `notFound`; what the body throws.
    public func forEachText(naming id: Int64, _ body: (NamingText) throws -> Void) throws {
        do {
            try reading {
                let rows = try erasedRows(of: id)
                let names = try ErasedNames(of: rows, in: self)
                if !names.isEmpty {
                    try define(names)
                    for table in tables where !Registry.isDefinition(table: table.name) {
                        try forEachText(in: table, with: names, body)
                    }
                }
                try rows.forget()
            }
        } catch {
            throw CRMError.translated(error, path: path)
        }
    }

    private func forEachText(in table: Table, with names: ErasedNames, _ body: (NamingText) throws -> Void) throws {
        let composed = StrikingOut.composedName(of: table)
        let fields = StrikingOut.texts(of: table).filter { $0.key != composed }
        guard !fields.isEmpty else { return }
        let words = names.inWords
        // A link's text is reported with its other end, since the person's record is erased.
        let owner = table.owners.last?.key ?? "id"
        let list = (["id", owner] + fields.map(\.key)).map(SQLFragment.name).joined(", ")
        try forEachRow { isNext in
            """
            SELECT \(list) FROM \(name: table.name) WHERE \(isNext) AND \(ErasedNames.stand(inAnyOf: fields.map(\.key))) \
            AND "id" NOT IN (\(ErasedRows.ids(of: table.name)))
            """
        } _: { _, row in
            guard let id = row[1].integer else { return }
            for (field, value) in zip(fields, row.dropFirst(2)) {
                guard let text = value.text, (field.type == .code ? words : names).stand(in: text) else { continue }
                try body(
                    NamingText(module: table.module.name, id: id, part: table.part, field: field, text: text)
                )
            }
        }
    }
}
