import Localization

/// The rules that react to changed links of a table, applied to links that move to other contacts or are deleted
/// together with their contacts.
struct LinkRules {
    private let table: Table
    private let relation: Relation
    private let rules: [Rule.LinkRule]
    private let transaction: Transaction

    /// - Returns: `nil` for rows that are not links, and if no rule is in force for the links.
    init?(_ table: Table, in transaction: Transaction) throws {
        guard let relation = table.relation else { return nil }
        let rules = try transaction.store.registry[relation.module].rules.compactMap(\.afterLink).filter { rule in
            try rule.isInForce(transaction)
        }
        if rules.isEmpty { return nil }
        self.table = table
        self.relation = relation
        self.rules = rules
        self.transaction = transaction
    }

    /// Reads links as changes to report to the rules, with the present role as both the former and the new one.
    func links(_ rows: RowSet) throws -> [Rule.LinkChange] {
        let role: SQLFragment = relation.link.hasRole ? .name("role") : "NULL"
        let found = try transaction.store.statement(
            """
            SELECT \(name: relation.module.rawValue), \(name: relation.center.rawValue), \(role) \
            FROM \(name: table.name) WHERE \(rows.condition(on: .name("id"))) ORDER BY \(name: "id")
            """
        )
        defer { found.reset() }
        var links: [Rule.LinkChange] = []
        while try found.step() {
            let role = found.value(at: 2).text
            links.append(
                Rule.LinkChange(
                    record: found.integer(at: 0),
                    contact: found.integer(at: 1),
                    formerRole: role,
                    role: role
                )
            )
        }
        return links
    }

    /// Returns the reason why a rule refuses a change; `nil` if none does.
    func refusal(of change: Rule.LinkChange) throws -> Text? {
        do {
            for rule in rules { try rule.check(change, transaction) }
        } catch let error as CRMError where error.code == .refused {
            return error.message
        }
        return nil
    }

    /// Reports changes to the rules.
    ///
    /// - Parameter blame: returns the words for what a refusal prevents.
    /// - Throws: ``CRMError`` `refused` when a rule refuses a change.
    func tell(_ changes: [Rule.LinkChange], _ blame: (Rule.LinkChange) -> Text) throws {
        for change in changes {
            do {
                for rule in rules { try rule.check(change, transaction) }
            } catch let error as CRMError where error.code == .refused {
                let lead = blame(change)
                throw CRMError(
                    .refused,
                    Text(en: "\(lead.en): \(error.message.en)", es: "\(lead.es): \(error.message.es)"),
                    hint: error.hint,
                    module: error.module,
                    reference: error.reference
                )
            }
        }
    }
}
