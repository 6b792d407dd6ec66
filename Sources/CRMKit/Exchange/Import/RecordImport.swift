import Formats
import Localization
import SQLite

/// Imports records of one module from rows, new or matched, together with their links.
///
/// The rows are read once, in constant memory. One import may span several transactions, with a call of
/// ``take(from:upTo:in:reject:advance:)`` in each.
///
/// The road of a row, through the folders beside this file:
///
/// 1. **Header.** ``TableBeginning`` finds where a table begins, ``Heading`` and ``ImportHeader`` what its columns are
///    called and mean: an ``ImportColumn`` each (Columns). JSON, cards and calendars name the cells of each row.
/// 2. **Plan.** ``RowPlans`` makes of the meanings a ``RowPlan``: whatever can be decided of a column is decided there,
///    once, and not for each of its cells.
/// 3. **Row.** ``InputRows`` (Input) gives an ``InputRow``. What is no record is passed over here: repeated headers,
///    totals, blanks. Rows that only go on with the part of a record come as a group with its first.
/// 4. **Reading.** ``RowReader`` makes of the cells a ``RowReading``: values of fields, links, pieces, and what is wrong.
///    A cell that is plain (``PlainCells``) takes a short way; each of the many others is the matter of one extension of
///    the reader. How values are spelled is known to Cells and Amounts, whom they name to References.
/// 5. **Matching.** ``RowWriter/identity(of:_:_:_:)`` says which record it is. A row that names one which is not
///    there yet is put off (``LateRows``). Documents wait before that, while rows of theirs may come (``ApartRows``).
/// 6. **Settling.** Amounts, names and the like are read that depend on the record or on several cells. From here on
///    nothing is wrong with the row by itself.
/// 7. **Writing.** ``RecordSettler`` makes or changes the record; then come links, rows of parts (Parts), pieces, and
///    what cards and calendars keep.
/// 8. **Refusals.** The outcome is counted in the ``ImportReport``, with what was not taken as it stood. A row that was
///    refused is handed back with its bytes and every fault of it.
public final class RecordImport {
    /// The module of the records.
    public let module: Module
    let registry: Registry
    /// The requested options, completed by what the table shows about the spelling of its cells.
    var options: ImportOptions
    let matchPositions: [Int]
    /// What the columns hold.
    var columns: InputColumns
    /// The rows that are still to be imported.
    var waiting = WaitingRows()
    /// The sums of the rows so far.
    var sums = TableSums()
    /// By what a row is known that begins another table.
    private var otherTable: OtherTable
    /// The numbers that rows name, which are not free for other documents.
    let named: NamedNumbers
    /// The records that rows were about, as far as one may be about the record of another.
    let earlier = EarlierRows()
    /// Whether what it makes was there before.
    var repeated: RepeatedRecords
    /// What the rows show that the user should know.
    var findings = RowFindings()
    /// Whether the numbers that rows name are not known before all of them are taken.
    var mayLackNumbers = false
    /// The digest of the input, of an import in several runs.
    public var digest: InputDigest?
    /// The counts, changed with every row, which a public property would make slower.
    var counts = ImportReport()

    /// The counts of the import so far.
    public var report: ImportReport { counts }
    /// The unknown columns that were skipped, in order of appearance.
    public var passedOver: PassedOverColumns { columns.plans.passedOver }
    /// Notices for the user about the header, the cells and the rows.
    public var notices: [Text] {
        let ofRows = findings.ofRows(in: registry, areTaken: counts.failed == 0 || options.continuesOnError)
        let ofCells = [columns.numbers].compactMap(\.self) + findings.told.notices
        let ofRecords = [
            findings.parted.noticeOfParted(in: module), findings.joined.noticeOfJoined(in: module), repeated.notice,
            findings.ofFormer(in: registry),
        ]
        return ofRows + ofCells + columns.notices + ofRecords.compactMap(\.self) + findings.removed.notices
    }

    /// Prepares an import.
    ///
    /// - Throws: ``CRMError`` `usage` for a field to match by that does not exist or cannot be set.
    public init(_ module: Module, registry: Registry, options: ImportOptions) throws(CRMError) {
        self.module = module
        self.registry = registry
        self.options = options
        otherTable = OtherTable(registry)
        named = NamedNumbers(of: module)
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
        columns = InputColumns(RowPlans(module, registry: registry, options: options, matchPositions: positions))
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
        if options.handsOver, report.rows == 0 { try HandOver.begin(in: transaction.store.database) }
        if columns.names.isEmpty, let head = rows.head {
            do throws(RowProblems) {
                try prepare(head, row: 0)
            } catch {
                counts.failed += 1
                try reject(error.problems, .header)
                return false
            }
        }
        try repeated.begin(in: transaction.store)
        (transaction.givenNumbers, transaction.namedNumbers) = (GivenNumbers(), named)
        defer { (transaction.givenNumbers, transaction.namedNumbers) = (nil, nil) }
        let writer = try RowWriter(
            module,
            options: options,
            matchPositions: matchPositions,
            registry: registry,
            earlier: earlier,
            in: transaction
        )
        writer.putsOff = true
        let goesOn: Bool
        do {
            goesOn = try transaction.log.gathering {
                let goesOn = try takeRows(from: &rows, upTo: limit, by: writer, reject: reject, advance: advance)
                while let (rows, plan) = waiting.apart.next() { try takeHeld(rows, plan, by: writer, reject: reject) }
                try takeLate(by: writer, reject: reject)
                return goesOn
            }
        } catch is NamedNumbers.Unknown {
            throw Self.numbersAreUnknown(in: module)
        }
        findings.former = findings.former ?? writer.former
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
        var plan = columns.plan
        while taken < limit {
            if waiting.ahead.isEmpty, rows.stoppedEarly { return false }
            sums.passed = 0
            let next: (row: InputRow, raw: [UInt8]?)
            var raw: [UInt8] = []
            do {
                guard let found = try waiting.ahead.next(of: &rows, raw: &raw) else { return false }
                // Where records have no parts in rows, a row that cannot be read does not concern other rows.
                if found.row.isFaulty, plan.part == nil { throw RowProblems(problems: found.row.faults) }
                next = found
            } catch {
                let problems = try Self.problems(error, of: nil)
                counts.rows += 1
                counts.failed += 1
                taken += 1
                try reject(problems, .raw(raw))
                try advance()
                continue
            }
            // The row with those that only have further rows of a part. Their bytes are copied if reading continues, or
            // if they are refused.
            var group: [(row: InputRow, raw: [UInt8]?)] = []
            do {
                try take(next, &group, from: &rows, &plan, by: writer)
            } catch is ReferenceResolver.Awaited {
                if group.isEmpty { group = [next] }
                hold(group.map { ($0.row, $0.raw ?? rows.raw) }, plan, by: writer)
            } catch {
                if group.isEmpty { group = [next] }
                try refuse(group.map { ($0.row, $0.raw ?? rows.raw) }, error, by: writer, reject: reject)
            }
            while waiting.apart.isFull, let (rows, plan) = waiting.apart.next() {
                try takeHeld(rows, plan, by: writer, reject: reject)
            }
            let count = max(group.count, 1) + sums.passed
            counts.rows += count
            taken += count
            for _ in 0..<count { try advance() }
        }
        return true
    }

    /// Imports a row, skips it, or holds it back with others of its document.
    ///
    /// - Parameters:
    ///   - group: gets the row and those after it that only hold further rows of a part of its record; it stays empty
    ///     where rows hold none, as a copy of every row would be much.
    ///   - plan: the meaning of the columns, which is another one from a row on that has others.
    /// - Throws: as ``RowWriter/write(_:_:plan:)`` does.
    private func take(
        _ next: (row: InputRow, raw: [UInt8]?),
        _ group: inout [(row: InputRow, raw: [UInt8]?)],
        from rows: inout InputRows,
        _ plan: inout RowPlan,
        by writer: RowWriter
    ) throws {
        do throws(RowProblems) {
            if try prepare(next.row) { plan = columns.plan }
        } catch {
            guard let faulty = columns.faulty(next.row, error, in: module) else { throw error }
            return try keepTogether([(faulty.row, next.raw ?? rows.raw)], faulty.plan, of: faulty.key, by: writer)
        }
        if next.row.isFaulty {
            group = try followed(next, from: &rows, plan)
            return try keepTogether(
                group.map { ($0.row, $0.raw ?? []) },
                plan,
                of: columns.key(of: next.row),
                by: writer
            )
        }
        if !plan.passedOver.isEmpty { columns.plans.passedOver.note(next.row, plan.passedOver) }
        // One of a document is refused with the rows after it that hold the document's other lines.
        if plan.hasUnexpected, !plan.partCells.tellRow(next.row) { try plan.refuseUnexpected(in: next.row) }
        let isOther = otherTable.isBegun(by: next.row)
        if findings.passOver(next.row, plan, below: &sums.ofTable) {
            counts.skipped += 1
            return
        }
        if isOther { throw OtherTable.problem(next.row) }
        if let problem = plan.problemOfElement(in: next.row, of: module) { throw problem }
        findings.note(next.row, plan, in: module)
        if !plan.summed.isEmpty { sums.ofTable.add(next.row, in: plan.summed) }
        if plan.part != nil {
            group = try followed(next, from: &rows, plan)
            if plan.hasUnexpected { plan.findUnexpected(in: &group) }
            return try keepTogether(
                group.map { ($0.row, $0.raw ?? []) },
                plan,
                of: columns.key(of: next.row),
                by: writer
            )
        }
        try write(next.row, [], plan, by: writer)
    }

    /// Imports the rows held back because they refer to other records of the module, once those are written.
    private func takeLate(by writer: RowWriter, reject: ([RowProblem], RejectedRow) throws -> Void) throws {
        while let groups = waiting.late.next() {
            writer.putsOff = waiting.late.isAwaiting
            writer.circle =
                waiting.late.isAwaiting ? nil : ReferenceCycle(groups, in: module, isLast: waiting.late.isLast)
            for (rows, plan) in groups { try takeHeld(rows, plan, by: writer, reject: reject) }
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
        counts.deleted = try missing.delete(afterRows: report.rows, created: report.created, advance: advance)
    }

    /// Ends the links that are replaced by links in the whole input.
    public func finishHandOver(in transaction: Transaction) throws {
        guard options.handsOver, report.failed == 0 || options.continuesOnError else { return }
        let center = registry[registry.center]
        let modules = module.name == center.name ? module.linkedModules(in: registry).map { registry[$0] } : [module]
        for module in modules where module.contacts.link != nil {
            counts.ended += try HandOver(module, in: transaction).finish()
        }
    }

    /// Writes a row together with further rows of its record. The meaning of the columns may depend on all of them.
    func write(_ row: InputRow, _ more: [InputRow], _ plan: RowPlan, by writer: RowWriter) throws {
        if row.isFaulty || more.contains(where: \.isFaulty) { throw try writer.refusal(of: [row] + more, plan) }
        guard !more.isEmpty || plan.hasRemark else { return try writeSettled(row, more, plan, by: writer) }
        try writeSettled(row, more, plan.settled(for: [row] + more, of: module), by: writer)
    }

    private func writeSettled(_ row: InputRow, _ more: [InputRow], _ plan: RowPlan, by writer: RowWriter) throws {
        let outcome: RowWriter.Outcome
        // A row that is refused for a shared value is stored already by then, so it needs a savepoint.
        if options.continuesOnError || writer.transaction.request.refusesDuplicates || plan.references.nameOwn(row) {
            outcome = try writer.attempt(row, more, plan: plan)
        } else {
            outcome = try writer.write(row, more, plan: plan)
        }
        counts.count(outcome)
        if !outcome.told.isEmpty { findings.told.note(outcome.told, of: row) }
        if !outcome.removed.isEmpty { findings.removed.add(outcome.removed) }
    }
}

extension Field {
    /// Whether rows can be matched by the field. An amount's meaning depends on its currency, which may be that of the
    /// matched record.
    fileprivate var canMatch: Bool { isStored && type != .money }
}
