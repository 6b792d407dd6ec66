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
        let matched = plan.impliesID ? [0] : positions
        telling.areOne = !matched.isEmpty
        telling.cells = plan.columns.indices.filter { cell in
            if telling.areOne { return matched.contains(where: plan.columns[cell].fills) }
            // Of new records, what no other may have says which rows are about the same one.
            return module.fields.indices.contains { position in
                module.fields[position].traits.contains(.unique) && plan.columns[cell].fills(position)
            }
        }
    }

    /// Returns what a row says of which record it is about; `nil` if it says nothing.
    func key(of row: InputRow) -> ApartRows.Key? {
        let texts = telling.cells.map { row.texts[$0]?.trimmed ?? "" }
        guard let place = texts.firstIndex(where: { !$0.isEmpty }) else { return nil }
        if telling.areOne { return ApartRows.Key(file: row.file, texts: texts) }
        return ApartRows.Key(file: row.file, texts: ["\(place)", texts[place]])
    }
}
