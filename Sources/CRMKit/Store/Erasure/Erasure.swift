import SQLite

/// The extent of an erasure, planned or done.
public struct Erasure: Sendable {
    /// A number of rows of one kind.
    public struct Count: Sendable {
        /// The module of the records, links or rows.
        public let module: ModuleName
        /// Whether the rows are links with the module's records, and not the records themselves.
        public let isLinks: Bool
        /// The part of the rows; `nil` for records and links.
        public let part: Part?
        /// The number of rows.
        public let count: Int
        /// The names of the first three records.
        public var names: [String] = []
        /// Whether another contact replaces the person in the records, because they require one.
        public var isHandedOver = false
    }

    /// The person's id.
    public let id: Int64
    /// The former ids of records that were merged into the person's.
    public let former: [Int64]
    /// The person's own records and rows, in the order of the tables.
    public let own: [Count]
    /// The number of other records that lose a reference, by module.
    public let referring: [Count]
    /// The names of the person that are struck out of remaining texts.
    public let names: [String]
    /// The names, addresses and numbers of the person that stay in texts, because somebody else has them too.
    public let shared: [String]
    /// The number of texts that contained any of the names.
    public fileprivate(set) var struckOut = 0
    /// The places of the first of these texts.
    public fileprivate(set) var struckPlaces: [StruckPlace] = []
    /// The number of changes in the history that were deleted because they could not be read, and so could not be
    /// attributed to anybody.
    public fileprivate(set) var unreadable = 0
    /// The number of changes of erased rows in the history.
    public let changes: Int
    /// The remaining records with files that may mention the person: records attached to the person, or that came with
    /// mail attached to the person, and those whose text contains one of the names.
    public let files: [MentionedFile]
    /// The keys of the settings that contain any of the names. They are left for the user to change.
    public let settings: [String]
}

/// A record whose file may mention somebody and is never changed.
public struct MentionedFile: Sendable, Hashable {
    /// The record's module.
    public let module: ModuleName
    /// The record's id.
    public let id: Int64
}

extension Store {
    /// Whether the person with an id was erased.
    public func wasErased(_ id: Int64) throws(CRMError) -> Bool {
        try translating {
            try number(
                """
                SELECT EXISTS (SELECT 1 FROM "change" WHERE "table_name" = \(bind: .text(registry.center.rawValue)) \
                AND "record" = \(bind: .integer(id)) AND "action" = \(bind: .text(ChangeLog.Action.erase.rawValue)))
                """
            ) > 0
        }
    }

    /// Whether the history stores values of a record.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func historyKeeps(_ id: Int64, of module: Module) throws(CRMError) -> Bool {
        try translating {
            try number(
                """
                SELECT EXISTS (SELECT 1 FROM "change" WHERE "table_name" = \(bind: .text(module.table)) \
                AND "record" = \(bind: .integer(id)) AND "before" IS NOT NULL)
                """
            ) > 0
        }
    }

    /// Returns the erased rows of a person who exists now or in the history.
    func erasedRows(of id: Int64) throws -> ErasedRows {
        let center = registry[registry.center]
        guard try recordTable(of: center).exists(id) || historyKeeps(id, of: center) else {
            throw Self.missing(id, in: center)
        }
        return try ErasedRows(of: id, in: self)
    }
}

extension Erasure {
    fileprivate init(of id: Int64, _ rows: ErasedRows, knownBy names: ErasedNames, in store: Store) throws {
        self.id = id
        self.names = names.names
        shared = names.shared
        former = rows.former
        own = try store.tables.compactMap { table in
            let count = try rows.count(of: table)
            guard count > 0, table.isTold else { return nil }
            return Count(
                module: table.module.name,
                isLinks: table.relation != nil,
                part: table.part,
                count: count,
                names: table.holdsRecords ? try Self.names(in: table, in: store) : []
            )
        }
        referring = try Self.referring(rows, in: store)
        changes = try store.number(
            """
            SELECT count(*) FROM "change" AS "c" JOIN "temp"."erased" AS "e" \
            ON "e"."table_name" = "c"."table_name" AND "e"."id" = "c"."record"
            """
        )
        files = try MentionedFile.all(names, in: store)
        settings = try store.database.all(
            fragment: "SELECT \"key\", \"value\" FROM \(name: Settings.table) ORDER BY 1"
        ).compactMap { row in names.stand(in: row[1].text ?? "") ? row[0].text : nil }
    }

    private static func names(in table: Table, in store: Store) throws -> [String] {
        try store.database.all(
            fragment: """
                SELECT \(name: table.module.displayKey) FROM \(name: table.name) \
                WHERE "id" IN (\(ErasedRows.ids(of: table.name))) ORDER BY "id" LIMIT 3
                """
        ).compactMap { $0[0].text }
    }

    private static func referring(_ rows: ErasedRows, in store: Store) throws -> [Count] {
        var counts: [Count] = []
        for module in store.registry.modules where rows.tables.contains(module.table) {
            for incoming in store.incoming(to: module.name) where incoming.table.holdsRecords {
                guard incoming.bond == .referring || incoming.bond == .requiring else { continue }
                let condition = incoming.table.condition(
                    that: incoming.field,
                    names: .all(ErasedRows.ids(of: module.table)),
                    of: module.name
                )
                let count = try store.number(
                    """
                    SELECT count(*) FROM \(name: incoming.table.name) WHERE \(condition) \
                    AND "id" NOT IN (\(ErasedRows.ids(of: incoming.table.name)))
                    """
                )
                if count > 0 {
                    counts.append(
                        Count(
                            module: incoming.table.module.name,
                            isLinks: false,
                            part: nil,
                            count: count,
                            isHandedOver: incoming.bond == .requiring
                        )
                    )
                }
            }
        }
        return counts
    }
}

extension Transaction {
    /// Erases a person, everything that belongs to the person alone, and every trace in the history, in command lines
    /// and in texts of other records. An erasure cannot be undone; one entry in the history says that it was done.
    ///
    /// The file still contains the erased bytes until ``Store/compact()``.
    ///
    /// - Throws: ``CRMError`` `notFound` if there is no such person, now or in the history.
    public func erase(_ id: Int64) throws(CRMError) -> Erasure {
        try store.translating {
            // Deleted content is overwritten with zeros: https://www.sqlite.org/pragma.html#pragma_secure_delete
            try store.database.execute("PRAGMA secure_delete = ON; PRAGMA defer_foreign_keys = ON")
            let unreadable = try forgetUnreadable()
            let rows = try store.erasedRows(of: id)
            let names = try ErasedNames(of: rows, calledAlso: ErasedAuthor(in: self).names(), in: store)
            try store.define(names)
            var erasure = try Erasure(of: id, rows, knownBy: names, in: store)
            erasure.unreadable = unreadable
            let author = ErasedAuthor(in: self)
            erasure.struckOut = try author.strike()
            try letGoOfMessages(rows)
            try letGo(of: rows)
            try ErasedHistory(store: store, rows: rows).run()
            try remove(rows)
            var striking = StrikingOut(names, in: self)
            try striking.run()
            erasure.struckOut += striking.count
            erasure.struckPlaces = striking.places
            let center = store.registry[store.registry.center].table
            try log.noteErased(ErasedRows.ids(of: center), in: center)
            try rows.forget()
            try pruneContents()
            try store.dropSearch()
            return erasure
        }
    }

    /// Deletes the unreadable parts of a damaged history, which may contain anything about the person and are useless
    /// for an undo.
    ///
    /// - Returns: the number of changes deleted.
    private func forgetUnreadable() throws -> Int {
        try store.run("DELETE FROM \"change\" WHERE \"before\" IS NOT NULL AND NOT \(ChangeLog.isReadable)")
    }

    /// Clears the references of remaining rows to erased records, or hands the rows over to another contact.
    private func letGo(of rows: ErasedRows) throws {
        for module in store.registry.modules where rows.tables.contains(module.table) {
            for incoming in store.incoming(to: module.name) {
                let gone = RowSet.all(ErasedRows.ids(of: module.table))
                let condition = incoming.table.condition(that: incoming.field, names: gone, of: module.name)
                switch incoming.bond {
                case .owned, .linked: continue
                case .requiring: try handOver(incoming, condition)
                case .referring:
                    let columns = incoming.field.allColumns.map { "\(name: $0) = NULL" as SQLFragment }
                    try store.run(RowStatements(incoming.table.name).update(columns, where: condition))
                    log.noteChanged(incoming.table.name)
                }
            }
        }
    }

    /// Deletes the original messages of records shared with others. Their contents are also in the fields, where names
    /// can be struck out.
    private func letGoOfMessages(_ rows: ErasedRows) throws {
        for module in store.registry.modules {
            guard let relation = Relation(module, center: store.registry.center), rows.tables.contains(relation.table)
            else { continue }
            let earlier = ChangeLog.former(relation.module.rawValue)
            let gone = ErasedRows.ids(of: relation.table)
            try letGoOfMessages(
                """
                SELECT \(name: relation.module.rawValue) FROM \(name: relation.table) WHERE "id" IN (\(gone)) \
                UNION SELECT \(earlier) FROM "change" WHERE "table_name" = \(bind: .text(relation.table)) \
                AND "record" IN (\(gone)) AND \(ChangeLog.isReadable)
                """,
                in: module
            )
        }
    }

    /// Removes from records the message that they were read from, both now and in their history.
    ///
    /// - Parameter ids: the ids of the records, a list or a query.
    func letGoOfMessages(_ ids: SQLFragment, in module: Module) throws {
        for field in Table(module).messageFields {
            try store.run(
                RowStatements(module.table).update(["\(name: field.key) = NULL"], where: "\"id\" IN (\(ids))")
            )
            let emptied = ChangeLog.without([field.key])
            try store.run(
                """
                UPDATE "change" SET "before" = \(emptied) WHERE "table_name" = \(bind: .text(module.table)) \
                AND "before" IS NOT NULL AND "record" IN (\(ids))
                """
            )
            log.noteChanged(module.table)
        }
    }

    /// Assigns records that require a contact to the first other contact linked with them.
    private func handOver(_ incoming: Incoming, _ condition: SQLFragment) throws {
        let table = incoming.table
        guard table.holdsRecords, let mirror = table.module.mirror, mirror.field == incoming.field.key,
            let relation = Relation(table.module, center: store.registry.center)
        else { return }
        let staying: SQLFragment = "\(condition) AND \"id\" NOT IN (\(ErasedRows.ids(of: table.name)))"
        let links = ErasedRows.stayingLinks(relation, of: .column("id", of: table.name))
        let first: SQLFragment = "(\(links) ORDER BY 1 LIMIT 1)"
        let linkRows = RowStatements(relation.table)
        try store.run(linkRows.delete(where: "\"id\" IN (\(ErasedRows.ids(of: relation.table)))"))
        try store.run(
            linkRows.update(
                ["\"role\" = \(bind: .text(mirror.role))"],
                where: "\"id\" IN (SELECT \(first) FROM \(name: table.name) WHERE \(staying))"
            )
        )
        let other: SQLFragment = """
            \(name: incoming.field.key) = \
            (SELECT \(name: relation.center.rawValue) FROM \(name: relation.table) WHERE "id" = \(first))
            """
        try store.run(RowStatements(table.name).update([other], where: staying))
        log.noteChanged(table.name)
    }

    private func remove(_ rows: ErasedRows) throws {
        for table in store.tables where rows.tables.contains(table.name) {
            try store.run(
                RowStatements(table.name).delete(where: "\"id\" IN (\(ErasedRows.ids(of: table.name)))")
            )
            log.noteChanged(table.name)
        }
        for module in store.registry.modules where rows.tables.contains(module.table) {
            try store.run(
                """
                DELETE FROM "former_id" WHERE "module" = \(bind: .text(module.name.rawValue)) \
                AND "record" IN (\(ErasedRows.ids(of: module.table)))
                """
            )
        }
    }
}

extension Store {
    /// Rewrites the file without deleted content and empties its write-ahead log, so that no erased byte is left.
    ///
    /// - Returns: `false` if it was not done, because others are using the file.
    /// - Throws: ``CRMError`` for what SQLite reports, such as a full disk.
    public func compact() throws(CRMError) -> Bool {
        forgetStatements()
        return try translating {
            do {
                try database.execute("PRAGMA secure_delete = ON; VACUUM")
                let answer = try database.first("PRAGMA wal_checkpoint(TRUNCATE)")
                return answer?.first == .integer(0)
            } catch let error as SQLiteError where error.code == .busy || error.code == .locked {
                return false
            }
        }
    }
}
