import Localization

extension RowWriter {
    /// Returns what identifies the record of a row, whose other rows of a part may stand apart in the input; `nil` if
    /// nothing does, or rows hold no parts.
    func groupKey(of reading: RowReading, _ plan: RowPlan) -> GroupKey? {
        guard options.onRepeat == .error, plan.part != nil || reading.rows.contains(where: \.areAll) else { return nil }
        return recordKey(of: reading.given, plan)
    }

    /// Returns what identifies the record of a row, by the values that it gives.
    private func recordKey(of given: [RowReading.Given], _ plan: RowPlan) -> GroupKey? {
        if let matcher = matcher(of: plan) { return GroupKey(given, by: matcher) }
        // New records are told apart by the fields whose values must be unique.
        let unique = given.first { module.fields[$0.position].traits.contains(.unique) && !$0.value.isNull }
        return unique.flatMap { GroupKey(given, by: uniqueMatcher(at: $0.position)) }
    }

    /// Returns what finds the record of a row; `nil` where every row makes one.
    func matcher(of plan: RowPlan) -> Matcher? { plan.impliesID ? idMatcher : matcher }

    private func uniqueMatcher(at position: Int) -> Matcher {
        if let known = uniqueMatchers[position] { return known }
        let made = Matcher(module, by: [position], addsUnmatchable: true, in: transaction)
        uniqueMatchers[position] = made
        return made
    }

    /// Returns the refusal of the rows of a record of which some are faulty, and keeps in mind that they were refused.
    func refusal(of rows: [InputRow], _ plan: RowPlan) throws -> any Error {
        let problems = RowProblems(problems: rows.flatMap(\.faults))
        // The cells of a ragged row may belong to other columns.
        let row = rows.first { !$0.isFaulty && $0.names == rows[0].names } ?? rows[0]
        guard let key = try attemptedKey(of: row, plan) else { return problems }
        let marked = try marked(problems, rows, plan, key)
        earlier.noteRejected(key.hash, rows[0])
        return marked
    }

    /// Returns what identifies the record of a row that is not written. What is made for its references is not kept.
    private func attemptedKey(of row: InputRow, _ plan: RowPlan) throws -> GroupKey? {
        guard options.onRepeat == .error else { return nil }
        var reading = RowReading()
        // The resolver remembers the records that it creates, which do not outlive the rehearsal.
        defer { resolver.forget() }
        try transaction.rehearse { try reader.read(row, plan: plan, into: &reading) }
        return recordKey(of: reading.given, plan)
    }

    /// Returns the record that earlier rows have begun, where rows are not matched but have a value that must be
    /// unique, so that the record was made in an earlier batch. A row that contradicts the record is about another one.
    func begunRecord(_ given: [RowReading.Given], _ row: InputRow, _ plan: RowPlan) throws -> Int64? {
        guard plan.part != nil, matcher == nil, !plan.impliesID, let key = recordKey(of: given, plan),
            let record = try key.record(), goesOn(record, row, plan),
            try repeats(given, record)
        else { return nil }
        return record
    }

    /// Whether the record already has all values that a row gives for it. A row that continues an earlier one need not
    /// repeat them.
    func repeats(_ given: [RowReading.Given], _ record: Int64) throws -> Bool {
        try table.holds(given.lazy.filter { !$0.value.isNull }.map { ($0.position, $0.value) }, id: record)
    }

    /// Whether a row gives what the first one of a record gave that was there before, or only says which one it is: what such a
    /// record had stays, so that it does not tell what rows gave.
    func repeats(_ given: [RowReading.Given], _ found: FoundMark, _ plan: RowPlan) -> Bool {
        let rest = given.filter { !$0.value.isNull && matcher(of: plan)?.matches(by: $0.position) != true }
        return rest.isEmpty || found.gave(hash(of: given))
    }

    /// Returns a hash of the values that a row gives, the same in every run of the program.
    func hash(of given: [RowReading.Given]) -> Int64 {
        let sorted = given.sorted { $0.position < $1.position }
        return StableHash(sorted.lazy.map { ($0.position, $0.value) }, in: module).value
    }

    /// Refuses further rows of a record of which earlier ones were rejected: the rows of one record go together, since
    /// those that come next replace the ones that are stored.
    func refuseRest(of key: GroupKey, _ row: InputRow, _ plan: RowPlan) throws {
        guard earlier.hasRejected, let first = earlier.nameOfRejected(key.hash, in: row.file) else { return }
        guard plan.part != nil else { throw MatchRefusal.repeated(as: first, in: module) }
        guard let taken = try takenRow(of: key, row, plan) else { throw MatchRefusal.rest(of: first) }
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
    func marked(_ error: any Error, _ rows: [InputRow], _ plan: RowPlan, _ key: GroupKey) throws -> any Error {
        var problems: [RowProblem]
        switch error {
        case let problem as RowProblem: problems = [problem]
        case let all as RowProblems: problems = all.problems
        default: return error
        }
        guard let first = try takenRow(of: key, rows[0], plan) else { return error }
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
    private func takenRow(of key: GroupKey, _ row: InputRow, _ plan: RowPlan) throws -> Text? {
        guard plan.part != nil else { return nil }
        do {
            return try key.record().flatMap { goesOn($0, row, plan) ? earlier.name(of: $0) : nil }
        } catch let error as CRMError where error.concernsOneRow {
            return nil
        }
    }
}

/// What identifies the record of a row among those that others of its input are about.
struct GroupKey {
    private let matcher: Matcher
    private let values: [Value]

    /// - Returns: `nil` for a row that gives nothing to match by.
    fileprivate init?(_ given: [RowReading.Given], by matcher: Matcher) {
        let key = matcher.key { position in given.first { $0.position == position }?.value ?? .null }
        guard let key else { return nil }
        (self.matcher, values) = (matcher, key)
    }

    /// Returns the id of the record; `nil` if there is none.
    fileprivate func record() throws -> Int64? { try matcher.find(key: values) }

    /// A hash that is the same in every run of the program.
    var hash: Int64 { matcher.hash(ofKey: values) }
}
