import Formats
import Localization
import SQLite

/// Imports records of one module from rows, new or matched, together with their links.
///
/// The rows are read once, in constant memory. One import may span several transactions, with a call of
/// ``take(from:upTo:reject:)`` in each.
public final class RecordImport {
    /// The module of the records.
    public let module: Module
    let registry: Registry
    /// The requested options, completed by evidence in the table about the spelling of its cells.
    private var options: ImportOptions
    private let plans: RowPlans
    private let matchPositions: [Int]
    /// The counts of the import so far.
    public internal(set) var report = ImportReport()
    private var names: [String] = []
    private(set) var plan = RowPlan()
    /// The records that rows were about, as far as further rows may be about them.
    private let earlier = EarlierRows()
    /// The row read ahead, which shows where the rows of one record end.
    var ahead = RowAhead()
    /// The unknown columns that were skipped, in order of appearance.
    public var passedOver: [Text] { plans.passedOver }
    private var told = ToldValues()
    /// The notice about ambiguous numbers.
    private var numbers: Text?
    /// Notices for the user about the header, the cells and the rows.
    public var notices: [Text] {
        let ofHeader = names.isEmpty ? [] : plans.unmet + plans.homelessDates
        let ofCells = [numbers].compactMap(\.self) + told.notices
        let ofRecords = parted + [joined.notice(of: module), repeated.notice].compactMap(\.self)
        return rowNotices + ofCells + ofHeader + ofRecords
    }
    /// The first row that begins a new record though it has the name of the one before, and the column in which it
    /// differs.
    var firstParted: (row: Int, before: Int, column: String)?
    var partedCount = 0
    /// Rows that refer to records of the module that did not exist yet.
    var late = LateRows()
    /// Rows of records that may have further rows below.
    var apart = ApartRows()
    /// Rows that may belong to another record than the one they were joined to.
    var joined = JoinedRows()
    /// The lines of the rows of other modules, according to a column.
    private(set) var others: [ModuleName: Tally] = [:]
    /// The sums of the rows so far.
    var sums = RunningSums()
    /// The sums of the lines of a document; `nil` if rows have no lines.
    var below: LineTotals?
    /// The recognizer of rows that begin another table.
    private lazy var otherTable = OtherTable(registry)
    /// The number of skipped rows with totals among and below those of the last record.
    var passedWithin = 0
    /// The skipped rows.
    var passedOverRows = PassedOverLines()
    /// The check whether created records existed before.
    private var repeated: RepeatedRecords
    /// The lines of rows with content in skipped columns only.
    private(set) var blanks = Tally()
    /// The lines of rows with a name alone, and the number of other rows.
    private(set) var lone = Tally()
    private(set) var full = 0

    /// Prepares an import.
    ///
    /// - Throws: ``CRMError`` `usage` for a field to match by that does not exist or cannot be set.
    public init(_ module: Module, registry: Registry, options: ImportOptions) throws(CRMError) {
        self.module = module
        self.registry = registry
        self.options = options
        var positions: [Int] = []
        let plain = ImportHeader(module, registry: registry, map: options.map, matchesID: true)
        for key in options.match {
            guard let position = plain.field(matchedBy: key), module.fields[position].canMatch else {
                throw CRMError(
                    .usage,
                    Text(
                        en: "\(module.several.en) have no field \"\(key)\" to match by",
                        es: "\(module.spanish.theSeveral) no tienen un campo «\(key)» para emparejar"
                    ),
                    module: module.name
                )
            }
            positions.append(position)
        }
        matchPositions = positions
        // An unmatchable row that creates a record is duplicated when it is imported again.
        repeated = RepeatedRecords(module, isMatched: !positions.isEmpty && !options.addsUnmatchable)
        plans = RowPlans(module, registry: registry, options: options, matchPositions: positions)
        if positions.isEmpty, options.deletesMissing || options.onMatch != .update || options.fillsOnlyEmpty {
            throw CRMError(
                .usage,
                Text(
                    en: "say by --match which field tells whether a record is there already",
                    es: "indicar con --match qué campo dice si un registro ya existe"
                ),
                module: module.name
            )
        }
    }

    /// Whether some of the names at a table's beginning are known.
    public func knows(_ names: [String]) -> Bool { plans.columns(names).contains { $0 != nil } }

    /// Whether the meaning of some column names, or the reading of numbers, depends on the rows below.
    public func samples(_ names: [String]) -> Bool { plans.dependOnRows(names) }

    /// Returns the meaning of the columns of an input, with their headers in the order of first appearance. For a
    /// format without a header, all rows are read.
    ///
    /// - Throws: ``RowProblem`` for a row that cannot be read.
    public func mapping(of rows: inout InputRows) throws -> [(header: String, column: ImportColumn?)] {
        var names = rows.header ?? []
        if rows.header == nil {
            var known: Set<String> = []
            while let row = try rows.next() {
                for name in row.names where known.insert(name).inserted { names.append(name) }
            }
        }
        return zip(Heading.all(names), plans.columns(names)).map { (header: $0.spelling, column: $1) }
    }

    /// Imports rows until there are no more, or as many as requested.
    ///
    /// - Parameters:
    ///   - limit: the maximum number of rows.
    ///   - reject: called for each bad row when it is found, with the row if it could be read, otherwise its bytes.
    ///   - advance: called after each row.
    /// - Returns: whether more rows may follow.
    /// - Throws: errors that are not the fault of a single row.
    public func take(
        from rows: inout InputRows,
        upTo limit: Int = .max,
        in transaction: Transaction,
        reject: ([RowProblem], RejectedRow) throws -> Void,
        advance: () throws -> Void
    ) throws -> Bool {
        if options.deletesMissing, report.rows == 0 {
            // This happens once for the whole input, however many transactions it takes.
            try MissingRecords.begin(in: transaction.store.database)
        }
        if names.isEmpty, let head = rows.head {
            do throws(RowProblems) {
                try prepare(head, row: 0)
            } catch {
                report.failed += 1
                try reject(error.problems, .header)
                return false
            }
        }
        try repeated.begin(in: transaction.store)
        let writer = try RowWriter(
            module,
            options: options,
            matchPositions: matchPositions,
            registry: registry,
            earlier: earlier,
            in: transaction
        )
        (writer.putsOff, writer.putsOffApart) = (true, true)
        let goesOn = try takeRows(from: &rows, upTo: limit, by: writer, reject: reject, advance: advance)
        try takeApart(by: writer, reject: reject)
        try takeLate(by: writer, reject: reject)
        if !goesOn, report.failed == 0 || options.continuesOnError {
            let isWhole = limit == .max && !transaction.request.isDryRun
            try repeated.look(in: transaction.store, canUndo: isWhole)
        }
        return goesOn
    }

    /// Imports rows until there are no more, or as many as requested, except those that are held back.
    private func takeRows(
        from rows: inout InputRows,
        upTo limit: Int,
        by writer: RowWriter,
        reject: ([RowProblem], RejectedRow) throws -> Void,
        advance: () throws -> Void
    ) throws -> Bool {
        var taken = 0
        // A local copy is passed on for every row, since reading the property each time would copy it.
        var plan = plan
        while taken < limit {
            if ahead.isEmpty, rows.stoppedEarly { return false }
            passedWithin = 0
            let next: (row: InputRow, raw: [UInt8]?)
            var raw: [UInt8] = []
            do {
                guard let found = try ahead.next(of: &rows, raw: &raw) else { return false }
                next = found
            } catch {
                let problems = try Self.problems(error, of: nil)
                report.rows += 1
                report.failed += 1
                taken += 1
                try reject(problems, .raw(raw))
                try advance()
                continue
            }
            // The row with those that only have further rows of a part. Their bytes are copied if reading continues, or
            // if they are refused.
            var group: [(row: InputRow, raw: [UInt8]?)] = []
            do {
                if try prepare(next.row) { plan = self.plan }
                try take(next, &group, from: &rows, plan, by: writer)
            } catch is ReferenceResolver.Awaited {
                if group.isEmpty { group = [next] }
                late.add(group.map { ($0.row, $0.raw ?? rows.raw) }, plan)
                if late.isFull { writer.putsOff = false }
            } catch let found as RowWriter.Apart {
                if group.isEmpty { group = [next] }
                apart.add(group.map { ($0.row, $0.raw ?? rows.raw) }, plan, of: found.record)
                if apart.isFull { writer.putsOffApart = false }
                report.createdMissing += found.createdMissing
            } catch {
                if group.isEmpty { group = [next] }
                let problems = try Self.problems(error, of: next.row)
                report.failed += group.count
                try Self.reject(group.map { ($0.row, $0.raw ?? rows.raw) }, problems, by: reject)
            }
            let count = max(group.count, 1) + passedWithin
            report.rows += count
            taken += count
            for _ in 0..<count { try advance() }
        }
        return true
    }

    /// Imports a row or skips it.
    ///
    /// - Parameters:
    ///   - group: receives the row and those after it that only have further rows of a part of its record. It stays
    ///     empty if rows have none, to avoid copying every row.
    ///   - plan: the meaning of the columns.
    /// - Throws: see ``RowWriter/write(_:_:plan:)``.
    private func take(
        _ next: (row: InputRow, raw: [UInt8]?),
        _ group: inout [(row: InputRow, raw: [UInt8]?)],
        from rows: inout InputRows,
        _ plan: RowPlan,
        by writer: RowWriter
    ) throws {
        let unexpected = plan.unexpected(next.row)
        // The first row of a document is refused together with the document's further rows.
        if !unexpected.isEmpty, !plan.tellsRow(next.row) { throw RowProblems(problems: unexpected) }
        let isOther = otherTable.isBegun(by: next.row)
        if plan.otherHeader?.isMet(by: next.row) == true {
            passedOverRows.headers.add(next.row.line)
            report.skipped += 1
        } else if plan.isTotal(next.row, below: sums) {
            sums.pass()
            passedOverRows.totals.add(next.row.line)
            report.skipped += 1
        } else if let other = plan.otherModule(next.row) {
            others[other, default: Tally()].add(next.row.line)
            report.skipped += 1
        } else if plan.isBlank(next.row) {
            blanks.add(next.row.line)
            report.skipped += 1
        } else if isOther {
            throw OtherTable.problem(next.row)
        } else {
            if plan.isLone(next.row, in: module) { lone.add(next.row.line) } else { full += 1 }
            if !plan.summed.isEmpty { sums.add(next.row, in: plan.summed) }
            if plan.part != nil {
                group = [(next.row, next.raw ?? rows.raw)]
                below?.begin()
                below?.add(next.row)
                while let more = try following(group, &rows) { group.append(more) }
            }
            try write(next.row, group.isEmpty ? [] : group.dropFirst().map(\.row), plan, by: writer)
        }
    }

    /// Imports the rows held back because they refer to other records of the module, once those are written.
    private func takeLate(by writer: RowWriter, reject: ([RowProblem], RejectedRow) throws -> Void) throws {
        while let groups = late.next() {
            writer.putsOff = late.isAwaiting
            writer.circle = late.isAwaiting ? nil : ReferenceCycle(groups, in: module, isLast: late.isLast)
            for (rows, plan) in groups { try takeHeld(rows, plan, by: writer, reject: reject) }
        }
    }

    /// Skips rows that an earlier run has committed or rejected, and continues reading up to the point that run had
    /// reached.
    ///
    /// - Returns: `false` if the input has fewer rows.
    public func skip(_ count: Int, of rows: inout InputRows) throws -> Bool {
        if let head = rows.head { try prepare(head, row: 0) }
        var last: InputRow?
        for _ in 0..<count {
            if rows.stoppedEarly { return false }
            do {
                guard let row = try rows.next() else { return false }
                last = row
            } catch is RowProblem {
                // A row that cannot be read was rejected.
                last = nil
            }
        }
        // Only the next row shows that a record has no further rows.
        if let last, holdsParts(last), !rows.stoppedEarly { ahead.keep(try RowAhead.read(&rows)) }
        return true
    }

    /// Whether a row has a row of a part.
    private func holdsParts(_ row: InputRow) -> Bool {
        do throws(RowProblems) {
            try prepare(row.head, row: row.number)
            return plan.part != nil
        } catch {
            return false
        }
    }

    /// Deletes the records that no row of the whole input matched.
    ///
    /// - Parameter advance: called before every record that is deleted.
    /// - Throws: ``CRMError`` `refused` if the input looks empty or cut off: it has no rows, or fewer than half of the
    ///   records would remain, and the request is not forced.
    public func deleteMissing(in transaction: Transaction, advance: () throws -> Void = {}) throws {
        guard options.deletesMissing, report.failed == 0 else { return }
        let missing = MissingRecords(module, matchPositions: matchPositions, transaction: transaction)
        report.deleted = try missing.delete(afterRows: report.rows, created: report.created, advance: advance)
    }

    /// Determines the meaning of the columns for a row, if its cell names differ from those before.
    ///
    /// - Returns: whether the columns have changed.
    /// - Throws: the problems of all columns.
    private func prepare(_ row: InputRow) throws(RowProblems) -> Bool {
        guard row.names != names || names.isEmpty else { return false }
        return try prepare(row.head, row: row.number)
    }

    /// Determines the meaning of the columns.
    ///
    /// - Parameter row: the number of the row with the names, 0 for a header.
    /// - Returns: whether the columns have changed.
    /// - Throws: the problems of all columns.
    @discardableResult
    private func prepare(_ head: TableHead, row: Int) throws(RowProblems) -> Bool {
        guard head.names != names || names.isEmpty else { return false }
        names = []
        plan = RowPlan()
        plan = try plans.plan(of: head, row: row)
        below = LineTotals(plan, of: module)
        let filled = module.fields.indices.filter { position in plan.columns.contains { $0.fills(position) } }
        repeated.note(filled, areMatched: plan.impliesID)
        names = head.names
        if row == 0 { learn(from: head) }
        return true
    }

    /// Determines the decimal mark from the first rows of a table, if it was not given.
    private func learn(from head: TableHead) {
        options.cells.isOfTable = true
        guard options.cells.decimal == nil else { return }
        let evidence = DecimalEvidence(head.sample, named: head.names, types: plan.numberTypes(in: module))
        options.cells.shown = evidence.mark
        // This program writes a decimal point.
        if !plan.impliesID, !matchPositions.contains(0) { numbers = evidence.notice }
    }

    /// Writes a row together with further rows of its record. The meaning of the columns may depend on all of them.
    func write(_ row: InputRow, _ more: [InputRow], _ plan: RowPlan, by writer: RowWriter) throws {
        let unexpected = plan.unexpected(row) + more.flatMap(plan.unexpected)
        if !unexpected.isEmpty { throw RowProblems(problems: unexpected) }
        guard !more.isEmpty || plan.hasRemark else { return try writeSettled(row, more, plan, by: writer) }
        try writeSettled(row, more, plan.settled(for: [row] + more, of: module), by: writer)
    }

    private func writeSettled(_ row: InputRow, _ more: [InputRow], _ plan: RowPlan, by writer: RowWriter) throws {
        let outcome: RowWriter.Outcome
        // A row that is refused for a shared value is stored already by then, so it needs a savepoint.
        if options.continuesOnError || writer.transaction.request.refusesDuplicates || plan.namesOwn(row) {
            outcome = try writer.attempt(row, more, plan: plan)
        } else {
            outcome = try writer.write(row, more, plan: plan)
        }
        switch outcome.change {
        case .created: report.created += 1
        case .updated: report.updated += 1
        case .unchanged: report.unchanged += 1
        case .skipped: report.skipped += 1
        }
        report.linked += outcome.linked
        report.createdMissing += outcome.createdMissing
        told.note(outcome.told, of: row)
    }
}

extension Field {
    /// Whether rows can be matched by the field. An amount's meaning depends on its currency, which may be that of the
    /// matched record.
    fileprivate var canMatch: Bool { isStored && type != .money }
}
