import Localization

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
        guard plan.part != nil, options.onRepeat == .error else { return nil }
        if let matcher = plan.impliesID ? idMatcher : matcher {
            return matcher.key { position in reading.given.first { $0.position == position }?.value ?? .null }
        }
        // Of new records, what no other record may have says which rows are about the same one.
        return reading.given.first { module.fields[$0.position].traits.contains(.unique) && !$0.value.isNull }
            .map { [.integer(Int64($0.position)), $0.value] }
    }

    /// Refuses further rows of a record of which earlier ones were rejected: the rows of one record go together, since
    /// those that come next replace the ones that are stored.
    func refuseRest(of key: [Value], _ row: InputRow, _ plan: RowPlan, _ given: [RowReading.Given]) throws {
        guard let first = earlier.nameOfRejected(key, in: row.file) else { return }
        guard let taken = try takenRow(given, of: row, plan) else { throw MatchRefusal.rest(of: first) }
        throw CRMError(.refused, MatchRefusal.goingOn(with: taken))
    }

    /// Refuses rows that an earlier import has refused while it took others of the same record: alone they would replace
    /// those.
    func refuseOfTaken(_ rows: [InputRow], _ plan: RowPlan) throws {
        guard plan.part != nil, plan.reasonCell != nil, options.onRepeat == .error else { return }
        let isOfTaken = rows.contains { formerReason($0, plan).map(MatchRefusal.isOfTaken) ?? false }
        if isOfTaken { throw MatchRefusal.ofTaken(in: module) }
    }

    /// Returns the problems of rejected rows. Where earlier rows of the same record are not rejected, each of them says
    /// so, since alone they would replace the rows of the part that those have made.
    func marked(
        _ error: any Error,
        _ rows: [InputRow],
        _ plan: RowPlan,
        _ given: [RowReading.Given]
    ) throws -> any Error {
        var problems: [RowProblem]
        switch error {
        case let problem as RowProblem: problems = [problem]
        case let all as RowProblems: problems = all.problems
        default: return error
        }
        guard let first = try takenRow(given, of: rows[0], plan) else { return error }
        let mark = MatchRefusal.goingOn(with: first)
        for row in rows {
            guard let place = problems.firstIndex(where: { $0.row == row.number }) else {
                problems.append(row.problem(mark, cell: nil, value: nil))
                continue
            }
            if !MatchRefusal.isOfTaken(problems[place].reason.en) { problems[place] = problems[place].advising(mark) }
        }
        return RowProblems(problems: problems)
    }

    /// Returns the words for an earlier row of the same file that has been taken and is about the record of a row.
    private func takenRow(_ given: [RowReading.Given], of row: InputRow, _ plan: RowPlan) throws -> Text? {
        guard plan.part != nil, let matcher = plan.impliesID ? idMatcher : matcher else { return nil }
        do {
            let id = try matcher.find { position in given.first { $0.position == position }?.value ?? .null }
            return id.flatMap { goesOn($0, row, plan) ? earlier.name(of: $0) : nil }
        } catch let error as CRMError where error.concernsOneRow {
            return nil
        }
    }
}
