import SQLite

/// The fields on which the result of an edit depends: those that are given, those watched by the rules that react to
/// them, and conditions for what every record must fulfil.
struct DecidingFields {
    /// The record as the input alone would change it, before any rule.
    struct Reading {
        /// The currency that the record has.
        let currency: Value
        /// The record as it would be.
        let draft: Draft
    }

    /// The numbers that become more or less by the same in every record, whatever they are.
    let adjusted: [Field]
    /// The fields that rules set whatever they hold, which may hold something else in each record.
    let settled: [Field]
    /// Expressions over the columns of a record, under the alias ``alias``: the edit does the same to all records in
    /// which they are the same.
    let expressions: [SQLFragment]

    /// The alias of the records in ``expressions``.
    static let alias = "t"

    /// Determines the deciding fields of an edit.
    ///
    /// - Parameter readings: the readings of the input, one for the records of each currency.
    /// - Returns: `nil` when each record must be edited on its own: when the edit adds rows to parts, sets a unique
    ///   field or one by which other records are named, or could close a cycle of references.
    init?(_ inputs: [FieldInput], of module: Module, _ readings: [Reading]) {
        var keys: Set<String> = []
        var adjusted: [Field] = []
        var replaced: [Field] = []
        for input in inputs {
            guard let field = module.field(spelled: input.field), field.isWritable,
                field.traits.isDisjoint(with: [.acyclic, .unique])
            else { return nil }
            switch input.change {
            case .addRows, .addRecords, .making: return nil
            case .adjustNumber: adjusted.append(field)
            case .set, .setList: if field.type != .currency { replaced.append(field) }
            case .adjustList: break
            }
            let isShared = module.sharedKeyPositions.contains { module.fields[$0].key == field.key }
            if isShared, input.change.text?.isEmpty != true { return nil }
            keys.insert(field.key)
            if case .chosen(let key) = field.unit { keys.insert(key) }
            if field.type == .money { keys.insert("currency") }
        }
        self.init(keys, adjusted: adjusted, replaced: replaced, of: module, readings)
    }

    /// Determines the deciding fields of an action that sets fields.
    ///
    /// - Parameters:
    ///   - given: the keys of the fields that the action's inputs set.
    ///   - readings: the readings of the input, one for the records of each currency.
    /// - Returns: `nil` under the same conditions as for an edit.
    init?(_ setting: Action.Setting, _ given: [String], of module: Module, _ readings: [Reading]) {
        let fields = given.compactMap { module.field($0) }
        let isEach = fields.contains { field in
            !field.traits.isDisjoint(with: [.acyclic, .unique])
                || module.sharedKeyPositions.contains { module.fields[$0].key == field.key }
        }
        guard !isEach else { return nil }
        let replaced = fields.filter { !setting.watching.contains($0.key) }
        self.init(setting.watching.union(given), adjusted: [], replaced: replaced, of: module, readings)
    }

    /// - Parameters:
    ///   - given: the fields that decide by themselves, and those that are given.
    ///   - adjusted: the given fields that change by an amount.
    ///   - replaced: the given fields that get a value, whatever they hold.
    private init(
        _ given: Set<String>,
        adjusted: [Field],
        replaced: [Field],
        of module: Module,
        _ readings: [Reading]
    ) {
        var keys = given
        var settled: Set<String> = []
        let completing = module.rules.filter { $0.before != nil }
        for _ in completing {
            for rule in completing where !rule.watching.isDisjoint(with: keys.union(settled)) {
                keys.formUnion(rule.watching)
                settled.formUnion(rule.setting)
            }
        }
        let composed = Set(module.composedPositions.map { module.fields[$0].key })
        if !composed.isDisjoint(with: keys.union(settled)) { keys.formUnion(composed) }
        let watched = Set(completing.filter { !$0.watching.isDisjoint(with: keys) }.flatMap(\.watching))
        let isFree = { (field: Field) in
            !watched.contains(field.key) && !settled.contains(field.key) && !composed.contains(field.key)
        }
        self.adjusted = adjusted.filter(isFree)
        let replaced = replaced.filter(isFree)
        self.settled = settled.subtracting(keys).sorted().compactMap { module.field($0) }.filter(\.isStored)
        let free = Set((self.adjusted + replaced).map(\.key))
        let deciding = module.fields.filter { keys.contains($0.key) && !free.contains($0.key) && $0.isStored }
        let lacking = self.adjusted.map(\.key) + self.settled.map { $0.columns[0] }
        var all: [SQLFragment] = deciding.flatMap(\.columns).map { .column($0, of: Self.alias) }
        all += lacking.map { "\(column: $0, of: Self.alias) IS NULL" }
        all += replaced.map { Self.isSo($0, after: readings) }
        all += Self.demands(of: module, besides: keys) + Self.amounts(of: module, given: given)
        // Each of them becomes an operand.
        expressions = all.map { "(\($0))" }
    }

    /// Whether a field holds already what it would be given, an amount in the currency of its record.
    private static func isSo(_ field: Field, after readings: [Reading]) -> SQLFragment {
        func isSo(_ draft: Draft) -> SQLFragment {
            zip(field.columns, field.plainlyStored(draft[field.key])).map { column, value in
                SQLFunctions.isSame(.column(column, of: alias), .bind(value))
            }.conjunction
        }
        if let only = readings.first, readings.count == 1 { return isSo(only.draft) }
        let cases = readings.map { reading in
            """
            WHEN \(SQLFunctions.isSame(.column("currency", of: alias), .bind(reading.currency))) \
            THEN \(isSo(reading.draft))
            """ as SQLFragment
        }
        return "CASE \(cases.joined(" ")) END"
    }

    /// Returns conditions that are true for records lacking a required value or with dates out of order, in fields that
    /// the edit does not touch. The edit of such a record is refused.
    private static func demands(of module: Module, besides keys: Set<String>) -> [SQLFragment] {
        let missing = module.requiredPositions.map { module.fields[$0] }
            .filter { !keys.contains($0.key) && $0.isStored }
            .map { "\(column: $0.columns[0], of: alias) IS NULL" as SQLFragment }
        let disorder = module.dateOrders.filter { !keys.contains($0.earlier) && !keys.contains($0.later) }
            .map { "coalesce(\(column: $0.later, of: alias) < \(column: $0.earlier, of: alias), 0)" as SQLFragment }
        return [missing.disjunction] + disorder
    }

    /// Returns expressions for which amounts a record has, and in what currency, which decide whether its currency may
    /// change.
    private static func amounts(of module: Module, given: Set<String>) -> [SQLFragment] {
        let amounts = module.moneyPositions.map { module.fields[$0] }.filter(\.isStored)
        let isRecounted = given.contains("currency")
        let rows = isRecounted ? module.amountTables.map { $0.hasAmounts(of: .column("id", of: alias)) } : []
        guard !amounts.isEmpty else { return rows }
        let held = amounts.map { "\(column: $0.key, of: alias) IS NOT NULL" as SQLFragment }
        var expressions: [SQLFragment] = [
            "(\(column: "currency", of: alias) IS NULL AND \(held.disjunction))"
        ]
        guard isRecounted else { return expressions }
        for amount in amounts {
            expressions.append("\(column: amount.key, of: alias) IS NULL")
            if amount.traits.contains(.derived) { expressions.append("\(column: amount.key, of: alias) IS 0") }
        }
        return expressions + rows
    }
}
