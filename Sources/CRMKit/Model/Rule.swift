import Localization

/// A rule about the records of a module that fields alone cannot express: plain code next to the module's definition,
/// called at fixed points.
struct Rule: Sendable {
    /// A condition that holds for the records of a module as a whole, checked by undo and the integrity check.
    enum Invariant: Sendable {
        /// Among records with equal values in the fields `within`, at most one has the flag.
        case single(flag: String, within: [String])
        /// The record that a field names is linked in a role, and no other is.
        case mirrored(field: String, role: String)
    }

    /// A change of a record.
    struct Change: Sendable {
        /// As it was; `nil` for a new one.
        let old: Record?
        /// As it is now.
        let new: Record

        /// Whether a field has another value than before.
        func changes(_ key: String) -> Bool { changes(new.module.position(required: key)) }

        /// Whether the field at a position has another value than before.
        func changes(_ position: Int) -> Bool {
            guard let old else { return true }
            return old.values[position] != new.values[position]
        }
    }

    /// The same change of many records at once.
    struct SetChange: Sendable {
        /// The module of the records.
        let module: Module
        /// The fields that have another value than before.
        let keys: Set<String>
        /// The new values of the fields that have the same value in all records.
        let new: [String: Value]
    }

    /// A change of the link between a record and a contact.
    struct LinkChange {
        /// The record.
        let record: Int64
        /// The contact.
        let contact: Int64
        /// The role before the change; `nil` when there was no link, or it had no role. A merge of two contacts changes
        /// no role, so this then equals ``role``.
        let formerRole: String?
        /// The role after the change; `nil` when the link has no role or was removed.
        let role: String?
    }

    /// A rule about links that people or programs create, change or delete.
    struct LinkRule: Sendable {
        /// Whether the rule applies at all, given the settings of the file.
        let isInForce: @Sendable (any RuleWriter) throws -> Bool
        /// Writes the consequences of a changed link, or throws to refuse it.
        let check: @Sendable (LinkChange, any RuleWriter) throws -> Void
    }

    /// A change of the rows of a part of a record by one command.
    struct RowsChange {
        /// The record before its rows changed.
        let old: Record
        /// The record with what follows from its present rows.
        let new: Record
        /// The rows before the change.
        let formerRows: [PartRow]
        /// The rows as they are now.
        let rows: [PartRow]
    }

    /// A rule about the rows of a part, which looks at the rows of a record as a whole once a command has changed them.
    ///
    /// It does not run for new records, and not when records that rows refer to become one.
    struct RowRule: Sendable {
        /// The name of the part.
        let part: String
        /// Whether the rule applies to a record as it is before its rows change.
        let isInForce: @Sendable (Record, any RuleWriter) throws -> Bool
        /// Reports the change, or throws to refuse it. It must write nothing, since undo asks it too.
        let check: @Sendable (RowsChange, any RuleWriter) throws -> Void
    }

    /// The fields whose change the rule acts on. A bulk write that touches none of them skips the rule.
    ///
    /// Together with ``setting`` they are the only fields of a draft that the rule reads and writes, apart from the
    /// records they refer to. A bulk write therefore runs the rule once for all records with the same values in these
    /// fields.
    let watching: Set<String>
    /// The fields of a draft that the rule overwrites, since their values follow from the fields it watches.
    let setting: Set<String>
    /// The fields of a new record that the rule fills where input leaves them empty.
    let filling: Set<String>
    /// Completes and checks a draft: derived values, dates of closing. It runs for every new record, and for an edit
    /// that gives or changes a watched field.
    let before: (@Sendable (inout Draft, any RuleContext) throws -> Void)?
    /// Writes the consequences of a stored record, in the same change set. It runs for every new record, and for an
    /// edit that changes a watched field.
    let after: (@Sendable (Change, any RuleWriter) throws -> Void)?
    /// Writes the same for many records that changed in the same way; `nil` if ``after`` must run for each record.
    let afterAll: (@Sendable (SetChange, any SetRuleWriter) throws -> Void)?
    /// The rule about links, if there is one.
    let afterLink: LinkRule?
    /// The rule about the rows of a part, if there is one.
    let afterRows: RowRule?
    /// The conditions on all records together that the rule maintains.
    let invariants: [Invariant]
    /// What the rule derives from a record and the rows of one of its parts.
    let derivation: Derivation?
    /// Whether ``after`` also checks what an undo makes of a record whose links have changed since. It must then write
    /// nothing.
    let checksUndo: Bool
    /// The choices that the rule writes by itself, besides those that follow from ``invariants``.
    let choices: [FixedChoice]

    init(
        watching: Set<String> = [],
        setting: Set<String> = [],
        filling: Set<String> = [],
        before: (@Sendable (inout Draft, any RuleContext) throws -> Void)? = nil,
        after: (@Sendable (Change, any RuleWriter) throws -> Void)? = nil,
        afterAll: (@Sendable (SetChange, any SetRuleWriter) throws -> Void)? = nil,
        afterLink: LinkRule? = nil,
        afterRows: RowRule? = nil,
        keeping invariants: [Invariant] = [],
        deriving derivation: Derivation? = nil,
        checksUndo: Bool = false,
        choosing choices: [FixedChoice] = []
    ) {
        self.watching = watching
        self.setting = setting
        self.filling = filling
        self.before = before
        self.after = after
        self.afterAll = afterAll
        self.afterLink = afterLink
        self.afterRows = afterRows
        self.invariants = invariants
        self.derivation = derivation
        self.checksUndo = checksUndo
        self.choices = choices
    }
}

extension Module {
    /// Runs the rules that complete and check a draft, in their order.
    func complete(_ draft: inout Draft, _ context: any RuleContext) throws {
        for placed in completingRules where placed.concerns(draft) { try placed.rule.before?(&draft, context) }
    }

    /// Runs the rules that write the consequences of a change, in their order.
    func follow(_ change: Rule.Change, _ writer: any RuleWriter) throws {
        for placed in followingRules where placed.concerns(change) { try placed.rule.after?(change, writer) }
    }

    /// Whether all that the rules write after a change of some fields can be written for many records at once.
    func followsTogether(_ keys: Set<String>) -> Bool {
        followingRules.allSatisfy { $0.rule.afterAll != nil || $0.rule.watching.isDisjoint(with: keys) }
    }

    /// Runs the rules that write the consequences of a change of many records, in their order.
    func follow(_ change: Rule.SetChange, _ writer: any SetRuleWriter) throws {
        for placed in followingRules where !placed.rule.watching.isDisjoint(with: change.keys) {
            try placed.rule.afterAll?(change, writer)
        }
    }

    /// Whether rules look at each link.
    var looksAtLinks: Bool { rules.contains { $0.afterLink != nil } }

    /// Returns the rules about the rows of a part.
    func rowRules(of part: String) -> [Rule.RowRule] { rules.compactMap(\.afterRows).filter { $0.part == part } }

    /// The conditions that the rules keep for the records as a whole.
    var invariants: [Rule.Invariant] { rules.flatMap(\.invariants) }
}

// MARK: - Rules that more than one module may want

extension Rule {
    /// At most one record of a group has a flag. Setting it on another record clears it on the first, and reports that.
    ///
    /// - Parameter group: the fields whose equal values make a group.
    static func single(_ flag: String, within group: [String]) -> Rule {
        Rule(
            watching: Set([flag] + group),
            after: { change, writer in
                let record = change.new
                guard record[flag] == .integer(1) else { return }
                let module = record.module
                let label = module.field(required: flag).label
                let same = group.map { (field: $0, value: record[$0]) }
                for id in try writer.ids(of: module.name, having: [(flag, .integer(1))] + same) where id != record.id {
                    try writer.set([(flag, .integer(0))], of: id, in: module.name)
                    writer.notice(
                        Text(
                            en: "\(module.called(id).en) is no longer \"\(label.en)\"",
                            es: "\(module.called(id).es) ya no es «\(label.es)»"
                        )
                    )
                }
            },
            keeping: [.single(flag: flag, within: group)]
        )
    }

    /// Empty fields that are not given are copied from the record that a reference is set to.
    static func taking(_ keys: [String], from reference: String) -> Rule {
        Rule(
            watching: Set([reference] + keys),
            before: { draft, context in
                guard draft.gives(reference), draft.changes(reference), let id = draft[reference].integer,
                    let target = draft.module.field(required: reference).type.target
                else { return }
                for key in keys where !draft.isGiven(key) && draft[key].isNull {
                    draft[key] = try context.value(of: key, in: target, id: id)
                }
            }
        )
    }

    /// The contact that a field names is linked to the record in a role, which nothing else sets.
    static func mirroring(_ field: String, as role: String) -> Rule {
        Rule(
            watching: [field],
            after: { change, writer in
                try writer.keepOnlyLink(
                    of: change.new.module.name,
                    record: change.new.id,
                    role: role,
                    to: change.new[field].integer,
                    isNew: change.old == nil
                )
            },
            keeping: [.mirrored(field: field, role: role)]
        )
    }
}
