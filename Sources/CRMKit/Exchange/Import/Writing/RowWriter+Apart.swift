extension RowWriter {
    /// The rows are deferred, since their record has more rows of the part.
    struct Apart: Error {
        let record: Int64
        /// The number of missing records that were created for the rows.
        let createdMissing: Int
    }

    /// Whether there are fewer rows of a part than the matched record has, so that later rows may belong to it too.
    func isPart(_ rows: [InputRow], of record: Int64, _ plan: RowPlan) throws -> Bool {
        guard plan.part != nil, options.onRepeat == .error, !options.fillsOnlyEmpty,
            let part = module.parts.first(where: { $0.key == plan.part }),
            !transaction.log.hasCreated(record, in: module.table)
        else { return false }
        let told = plan.partCells.joiningTexts(rows, in: part).filter(plan.partCells.tellRow).count
        return try told > 0 && told < transaction.rows(of: part, in: module).rows(of: record).count
    }

    /// Returns the values that identify the record whose rows of a part may stand apart in the input; `nil` if they do
    /// not, or none identify it.
    func groupKey(of reading: RowReading, _ plan: RowPlan) -> [Value]? {
        guard plan.part != nil, options.onRepeat == .error, let matcher = plan.impliesID ? idMatcher : matcher else {
            return nil
        }
        return matcher.key { position in reading.given.first { $0.position == position }?.value ?? .null }
    }

    /// Refuses further rows of a record of which earlier ones were rejected: the rows of one record go together, since
    /// those that come next replace the ones that are stored.
    func refuseRest(of key: [Value], _ row: InputRow) throws {
        if let first = earlier.nameOfRejected(key, in: row.file) { throw MatchRefusal.rest(of: first) }
    }
}
