extension RowWriter {
    /// Rows are put off, since their record has more rows of the part than they are.
    struct Apart: Error {
        let record: Int64
        /// How many records were made that the rows name.
        let createdMissing: Int
    }

    /// Whether rows of a part are fewer than those of the record that they match, and others may go on with it.
    func isPart(_ rows: [InputRow], of record: Int64, _ plan: RowPlan) throws -> Bool {
        guard plan.part != nil, options.onRepeat == .error, !options.fillsOnlyEmpty,
            let part = module.parts.first(where: { $0.key == plan.part }),
            !transaction.log.hasCreated(record, in: module.table)
        else { return false }
        let told = rows.filter(plan.tellsRow).count
        return try told > 0 && told < transaction.rows(of: part, in: module).rows(of: record).count
    }
}
