import Localization

/// What is known of the columns of an input.
struct InputColumns {
    let plans: RowPlans
    /// The names of the current columns, and what these mean.
    var names: [String] = []
    var plan = RowPlan()
    /// The columns that say which record a row is about, and whether all of them do together, as those to match by.
    private var telling: (cells: [Int], areOne: Bool) = ([], true)
    /// The notice about ambiguous numbers.
    var numbers: Text?

    init(_ plans: RowPlans) { self.plans = plans }

    /// Notices for the user about the header.
    var notices: [Text] { names.isEmpty ? [] : plans.unmet + plans.homelessDates }

    /// Learns by which columns rows of the same record are known.
    ///
    /// - Parameter positions: the positions of the fields to match by.
    mutating func identify(by positions: [Int], in module: Module) {
        telling = Self.telling(plan, by: positions, in: module)
    }

    private static func telling(
        _ plan: RowPlan,
        by positions: [Int],
        in module: Module
    ) -> (cells: [Int], areOne: Bool) {
        let matched = plan.impliesID ? [0] : positions
        let cells = plan.columns.indices.filter { cell in
            if !matched.isEmpty { return matched.contains(where: plan.columns[cell].fills) }
            // New records are told apart by the fields whose values must be unique.
            return module.fields.indices.contains { position in
                module.fields[position].traits.contains(.unique) && plan.columns[cell].fills(position)
            }
        }
        return (cells, !matched.isEmpty)
    }

    /// Returns a row of which some members have no meaning, as one that is refused with the others of its record.
    ///
    /// - Parameter problems: what is wrong with its members.
    /// - Returns: the row, the meaning of its other members, and which record they say it is about; `nil` where records
    ///   have no rows of parts, or where the others cannot be read either.
    func faulty(
        _ row: InputRow,
        _ problems: RowProblems,
        in module: Module
    ) -> (row: InputRow, plan: RowPlan, key: ApartRows.Key?)? {
        guard !module.parts.isEmpty, row.hasOnlyCells || row.card == nil && row.entry == nil else { return nil }
        do throws(RowProblems) {
            let plan = try plans.indulgent.plan(of: row.head, row: row.number)
            var row = row
            row.faults = problems.problems
            return (row, plan, key(of: row, Self.telling(plan, by: plans.matchPositions, in: module)))
        } catch {
            // More is wrong than members without a meaning, so that nothing is known of the row.
            return nil
        }
    }

    /// Returns the values by which a row identifies its record; `nil` if it has none.
    func key(of row: InputRow) -> ApartRows.Key? { key(of: row, telling) }

    private func key(of row: InputRow, _ telling: (cells: [Int], areOne: Bool)) -> ApartRows.Key? {
        let texts = telling.cells.map { row.texts[$0]?.trimmed ?? "" }
        guard let place = texts.firstIndex(where: { !$0.isEmpty }) else { return nil }
        if telling.areOne { return ApartRows.Key(file: row.file, texts: texts) }
        return ApartRows.Key(file: row.file, texts: ["\(place)", texts[place]])
    }
}
