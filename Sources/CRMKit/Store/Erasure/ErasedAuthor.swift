import SQLite

/// What an erased person wrote in a conversation with others, such as messages in a room: the rows of a part whose
/// author is named by a row of another part (``Occasion/by(_:amongRowsOf:called:)``).
///
/// The rows remain, so that the conversation keeps its order, but without text and under another name. The name is
/// recognized later, so that importing the conversation again does not bring the text back.
struct ErasedAuthor {
    /// The prefix of the name given to an erased person, before a number.
    private static let prefix = ErasedNames.mark + "-"

    /// Whether a name stands for somebody who was erased.
    static func isErased(_ name: String?) -> Bool { name?.hasPrefix(prefix) ?? false }

    /// Returns the condition that a column has a name that stands for somebody who was erased.
    static func isErased(_ column: SQLFragment) -> SQLFragment {
        "substr(\(column), 1, \(bind: .integer(Int64(prefix.unicodeScalars.count)))) = \(bind: .text(prefix))"
    }

    /// The rows of one module that name their author.
    private struct Place {
        let words: Table
        /// The field with the name of the author.
        let author: Field
        let says: String?
        let people: Table
        /// The field with the name of a person.
        let name: Field
        let person: Field

        /// The fields of the messages that input can set.
        var wordFields: [Field] { words.part?.fields ?? [] }
        var peopleFields: [Field] { people.part?.fields ?? [] }
        /// The fields for further text besides the message itself.
        var texts: [Field] {
            wordFields.filter { field in
                let isText = field.type.takesLines || field.type.isFreeText && !field.type.isCode
                return isText && field.key != says && !field.isRequired
            }
        }
        /// The fields in which people are mentioned by their names alone.
        var mentioning: [Field] { wordFields.filter { $0.type.takesLines && $0.traits.contains(.opaque) } }
        var owner: SQLFragment { .name(words.ownerColumn) }
    }

    private let transaction: Transaction
    private let center: Module
    private var store: Store { transaction.store }

    init(in transaction: Transaction) {
        self.transaction = transaction
        center = transaction.store.registry[transaction.store.registry.center]
    }

    private var places: [Place] {
        store.registry.modules.flatMap { module in
            module.occasions.compactMap { occasion in
                guard let author = occasion.author, case .rows(let part, _) = occasion.source,
                    let words = module.part(named: part), let people = module.part(named: author.part),
                    let field = words.field(author.field), let name = people.field(author.key),
                    let person = people.fields.first(where: { $0.type == .reference(center.name) })
                else { return nil }
                return Place(
                    words: Table(words, of: module),
                    author: field,
                    says: occasion.says,
                    people: Table(people, of: module),
                    name: name,
                    person: person
                )
            }
        }
    }

    /// Returns the names under which the erased people wrote and which nobody else has.
    func names() throws -> [String] {
        var names: [String] = []
        for place in places {
            guard let gone = ErasedRows.isAbout(place.people, of: center) else { continue }
            let key = SQLFragment.name(place.name.key)
            names += try store.database.all(
                fragment: """
                    SELECT DISTINCT \(key) FROM \(name: place.people.name) WHERE \(gone) AND \(key) NOT IN \
                    (SELECT \(key) FROM \(name: place.people.name) WHERE \(name: place.person.key) IS NOT NULL \
                    AND NOT (\(gone))) ORDER BY 1
                    """
            ).compactMap { $0[0].text }
        }
        return names
    }

    /// Replaces the names of erased authors and removes their texts, in present rows and in the history.
    ///
    /// - Returns: the number of rows changed.
    func strike() throws -> Int {
        var count = 0
        for place in places {
            guard let isGone = ErasedRows.isAbout(place.people, of: center) else { continue }
            let people = try store.database.all(
                fragment: """
                    SELECT "id", \(place.owner), \(name: place.name.key) FROM \(name: place.people.name) \
                    WHERE \(isGone) AND \(place.owner) NOT IN (\(ErasedRows.ids(of: place.words.module.table)))
                    """
            )
            for row in people {
                guard let id = row[0].integer, let owner = row[1].integer, let name = row[2].text else { continue }
                count += try strike(id, called: name, in: owner, place)
            }
            count += try strikeDeleted(place)
        }
        return count
    }

    // MARK: - Deleted rows in the history

    private func strikeDeleted(_ place: Place) throws -> Int {
        let gone = ErasedRows.ids(of: center.table)
        let (owner, name) = (ChangeLog.former(place.words.ownerColumn), ChangeLog.former(place.name.key))
        let people = try store.database.all(
            fragment: """
                SELECT "record", \(owner), \(name) FROM "change" WHERE \(isDeleted(in: place.people)) \
                AND "record" IN (\(ErasedRows.recordsAbout(place.person, place.people, gone)))
                """
        )
        var count = 0
        for row in people {
            guard let id = row[0].integer, let room = row[1].integer, let name = row[2].text else { continue }
            let other = Value.text("\(Self.prefix)\(id)")
            try rewrite(
                place.peopleFields,
                [(place.name.key, other)],
                where: "\(isDeleted(in: place.people)) AND \"record\" = \(bind: .integer(id))"
            )
            let isOfRoom: SQLFragment = "\(isDeleted(in: place.words)) AND \(owner) = \(bind: .integer(room))"
            count += try rewrite(
                place.texts,
                [(place.author.key, other)] + (place.says.map { [($0, .text(ErasedNames.mark))] } ?? []),
                where: "\(isOfRoom) AND \(ChangeLog.former(place.author.key)) = \(bind: .text(name))"
            )
            count += try strikeDeletedMentions(of: name, isOfRoom, as: other, place)
        }
        return count
    }

    private func isDeleted(in table: Table) -> SQLFragment {
        """
        "table_name" = \(bind: .text(table.name)) AND \(ChangeLog.isReadable) \
        AND "action" = \(bind: .text(ChangeLog.Action.delete.rawValue)) \
        AND "record" NOT IN (SELECT "id" FROM \(name: table.name))
        """
    }

    /// Removes some fields from entries of the history, and sets others.
    ///
    /// - Returns: the number of entries that were changed.
    @discardableResult
    private func rewrite(
        _ emptied: [Field],
        _ values: [(column: String, value: Value)],
        where condition: SQLFragment
    ) throws -> Int {
        let without = ChangeLog.without(emptied.map(\.key))
        let image = values.reduce(without) { JSONFunctions.setting($1.column, to: .bind($1.value), in: $0) }
        return try store.run("UPDATE \"change\" SET \"before\" = \(image) WHERE \(condition)")
    }

    private func strikeDeletedMentions(
        of name: String,
        _ isOfRoom: SQLFragment,
        as other: Value,
        _ place: Place
    ) throws -> Int {
        var count = 0
        for field in place.mentioning {
            let value = ChangeLog.former(field.key)
            let isNamed = SQLFunctions.contains(value, .bind(.text(name)))
            let rows = try store.database.all(
                fragment: "SELECT \"id\", \(value) FROM \"change\" WHERE \(isOfRoom) AND \(isNamed)"
            )
            for row in rows {
                guard let id = row[0].integer, let text = row[1].text, let other = other.text else { continue }
                let struck = Self.renamed(name, to: other, in: text)
                guard struck != text else { continue }
                count += 1
                try rewrite([], [(field.key, .text(struck))], where: "\"id\" = \(bind: .integer(id))")
            }
        }
        return count
    }

    // MARK: - Present rows

    private func strike(_ id: Int64, called name: String, in owner: Int64, _ place: Place) throws -> Int {
        let other = Value.text("\(Self.prefix)\(id)")
        let isOfOwner: SQLFragment = "\(place.owner) = \(bind: .integer(owner))"
        let own = try ids(
            of: place.words,
            where: "\(isOfOwner) AND \(name: place.author.key) = \(bind: .text(name))"
        )
        let others = place.peopleFields.filter { $0.key != place.name.key && $0.key != place.person.key }
        let emptied = [TableWriter.Change(place.name, to: other)] + empty(others.filter { !$0.isRequired })
        try complete([id], emptied, in: place.people)
        try forget(place.peopleFields, of: "= \(bind: .integer(id))", in: place.people)
        var changes = [TableWriter.Change(place.author, to: other)] + empty(place.texts)
        if let says = place.wordFields.first(where: { $0.key == place.says }) {
            changes.append(TableWriter.Change(says, to: .text(ErasedNames.mark)))
        }
        try complete(own, changes, in: place.words)
        let written: SQLFragment = """
            IN (SELECT "id" FROM \(name: place.words.name) WHERE \(isOfOwner) \
            AND \(name: place.author.key) = \(bind: other))
            """
        try forget(
            place.wordFields.filter { $0.type.isFreeText || $0.key == place.author.key },
            of: written,
            in: place.words
        )
        return try own.count + strikeMentions(of: name, isOfOwner, as: other, place)
    }

    /// Replaces a person's name where others only mention it, such as in the reactions to a message.
    private func strikeMentions(of name: String, _ isOfOwner: SQLFragment, as other: Value, _ place: Place) throws
        -> Int
    {
        guard let replacement = other.text else { return 0 }
        var count = 0
        for field in place.mentioning {
            let rows = try store.database.all(
                fragment: """
                    SELECT "id", \(name: field.key) FROM \(name: place.words.name) \
                    WHERE \(isOfOwner) AND instr(\(name: field.key), \(bind: .text(name))) > 0
                    """
            )
            for row in rows {
                guard let id = row[0].integer, let text = row[1].text else { continue }
                let struck = Self.renamed(name, to: replacement, in: text)
                guard struck != text else { continue }
                count += 1
                try complete([id], [TableWriter.Change(field, to: .text(struck))], in: place.words)
                try forget([field], of: "= \(bind: .integer(id))", in: place.words)
            }
        }
        return count
    }

    /// Replaces a name wherever it stands alone between blanks.
    private static func renamed(_ name: String, to other: String, in text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0 == name ? other : String($0) }.joined(separator: " ")
        }.joined(separator: "\n")
    }

    private func empty(_ fields: [Field]) -> [TableWriter.Change] {
        fields.filter(\.isStored).map { TableWriter.Change($0, to: .null) }
    }

    private func ids(of table: Table, where condition: SQLFragment) throws -> [Int64] {
        try store.database.prepare(fragment: "SELECT \"id\" FROM \(name: table.name) WHERE \(condition)").integers()
    }

    private func complete(_ ids: [Int64], _ changes: [TableWriter.Change], in table: Table) throws {
        let writer = transaction.writer(of: table)
        for id in ids { try writer.complete(id, changes) }
    }

    /// Removes fields of some rows from the history.
    private func forget(_ fields: [Field], of rows: SQLFragment, in table: Table) throws {
        let emptied = ChangeLog.without(fields.map(\.key))
        try store.run(
            """
            UPDATE "change" SET "before" = \(emptied) WHERE "table_name" = \(bind: .text(table.name)) \
            AND "before" IS NOT NULL AND "record" \(rows)
            """
        )
    }
}
