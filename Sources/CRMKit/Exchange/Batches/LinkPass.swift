import Localization
import SQLite

/// One pass over an input of links: the meaning of its columns, the statements used, and the counts.
struct LinkPass {
    /// Called for each bad row, in the order of the input.
    typealias Reject = (RowProblem) -> Void

    /// One column, ready to read its cells.
    private enum Cell {
        case contact(LinkSide)
        case record(LinkSide)
        case attribute(position: Int, Field)
        case ignored
    }

    /// The counts so far.
    private(set) var report = LinkBatch.Report()
    private let batch: LinkBatch
    private let rules: CellRules
    /// Whether the input names its columns, unlike a list of references.
    private let hasHeader: Bool
    private let transaction: Transaction
    private let writer: LinkWriter
    /// Ends the links of others in the same role; `nil` if that was not requested.
    private let handOver: HandOver?
    private var names: [String] = []
    private var cells: [Cell] = []
    /// The last text read in each attribute column, with its reading. The next row often has the same text.
    private var parsed: [ParsedText?] = []
    /// The indices of the attribute columns, and the attributes of an earlier row with the texts from which they were
    /// read.
    private var attributeCells: [Int] = []
    private var former: (texts: [String], attributes: LinkAttributes)?
    /// The unknown columns that were skipped, in the order in which they first appeared.
    private var ignored: [String] = []
    /// Texts of several lines that were joined into one.
    private var joined = ImportWarnings()
    /// The recognizer of rows that only contain totals, and the lines of such rows.
    private var totals = TotalRow(sums: [], ignored: [])
    private var passedOver = PassedOverLines()
    /// The rows whose links wait to be inserted, and the row being processed.
    private var waiting: [InputRow] = []

    init(
        _ batch: LinkBatch,
        cells rules: CellRules = CellRules(),
        hasHeader: Bool = true,
        transaction: Transaction
    ) throws {
        self.batch = batch
        self.rules = rules
        self.hasHeader = hasHeader
        self.transaction = transaction
        writer = try transaction.linkWriter(of: batch.module)
        guard case .link(replacing: true) = batch.action else {
            handOver = nil
            return
        }
        try HandOver.begin(in: transaction.store.database)
        handOver = try HandOver(batch.module, in: transaction)
    }

    /// Reads the column names.
    ///
    /// - Throws: ``RowProblem`` for an unknown column, for two columns with the same meaning, and for a side of the
    ///   links that no column or more than one names.
    mutating func read(_ head: TableHead, row: Int) throws {
        let (header, line) = (head.names, head.line)
        var columns: [LinkColumn?] = []
        for name in header {
            guard let column = batch.column(called: name, in: transaction.store.registry) else {
                guard batch.ignoresUnknownColumns, head.doubt == nil, header.count > 1 else {
                    throw unknown(name, in: head, row: row)
                }
                if !ignored.contains(name) { ignored.append(name) }
                columns.append(nil)
                continue
            }
            if let first = columns.firstIndex(of: column) {
                let place = columns.count + 1
                throw RowProblem(
                    header: name,
                    row: row,
                    line: line,
                    Text(
                        en:
                            "column \(place) holds the same as column \(first + 1), \"\(header[first])\": take one of them away",
                        es:
                            "la columna \(place) contiene lo mismo que la columna \(first + 1), «\(header[first])»: quitar una"
                    )
                )
            }
            columns.append(column)
        }
        try check(columns, row: row, line: line)
        cells = try columns.map(cell)
        parsed = Array(repeating: nil, count: cells.count)
        attributeCells = cells.indices.filter { if case .attribute = cells[$0] { true } else { false } }
        former = nil
        names = header
        totals = TotalRow(sums: [], ignored: [], others: Set(cells.indices))
    }

    /// Returns the problem of an unknown column.
    private func unknown(_ name: String, in head: TableHead, row: Int) -> RowProblem {
        if let doubt = head.doubt { return RowProblem(header: name, row: row, line: head.line, doubt.remedy) }
        let known = LinkColumn.names(relation: batch.relation, center: batch.center, module: batch.module)
        let list = known.joined(separator: ", ")
        if head.names.count == 1, case .neither = batch.fixed, row == 0 {
            return RowProblem(header: name, row: row, line: head.line, oneSide(known: list))
        }
        let way = head.names.count > 1
        return RowProblem(
            row: row,
            line: head.line,
            column: nil,
            field: name,
            value: nil,
            reason: Text(
                en: "no such column\(way ? ": pass it over with --ignore-unknown" : ""); a column is one of \(list)",
                es:
                    "no existe esa columna\(way ? ": omitirla con --ignore-unknown" : ""); una columna es una de \(list)"
            )
        )
    }

    /// Returns the message for references to one side only, without a header.
    private func oneSide(known: String) -> Text {
        let (center, module) = (batch.center.name.noun, batch.module.name.noun)
        return Text(
            en: """
                no such column: references one a line need the record on the other side named, as in \
                '\(center) link \(module) 42 --input -'; else a column is one of \(known)
                """,
            es: """
                no existe esa columna: las referencias, una por línea, necesitan nombrado el registro del otro lado, como en \
                '\(center) link \(module) 42 --input -'; si no, una columna es una de \(known)
                """
        )
    }

    private func check(_ columns: [LinkColumn?], row: Int, line: Int) throws(RowProblem) {
        let contacts = columns.filter { if case .contact? = $0 { true } else { false } }.count
        let records = columns.filter { if case .record? = $0 { true } else { false } }.count
        let (needsContacts, needsRecords) =
            switch batch.fixed {
            case .neither: (1, 1)
            case .contact: (0, 1)
            case .record: (1, 0)
            }
        guard contacts != needsContacts || records != needsRecords else { return }
        let wanted = [needsContacts == 1 ? batch.center : nil, needsRecords == 1 ? batch.module : nil]
            .compactMap { $0?.name.rawValue }.joined(separator: ", ")
        throw RowProblem(
            row: row,
            line: line,
            reason: Text(
                en: "the columns must name each of these once, and no other record: \(wanted)",
                es: "las columnas deben nombrar una vez cada uno de estos, y ningún otro registro: \(wanted)"
            )
        )
    }

    private func cell(_ column: LinkColumn?) throws -> Cell {
        switch column {
        case nil: .ignored
        case .contact(let prefix): .contact(try side(batch.center, prefix: prefix))
        case .record(let prefix): .record(try side(batch.module, prefix: prefix))
        case .attribute(let position):
            .attribute(position: position, batch.relation.link.attributes[position])
        }
    }

    private func side(_ module: Module, prefix: String?) throws -> LinkSide {
        try LinkSide(module, prefix: prefix, in: transaction.store, hasHeader: hasHeader)
    }

    /// Processes one row; a bad one is counted and rejected.
    mutating func take(_ row: InputRow, reject: Reject) throws {
        do {
            if names != row.names || cells.isEmpty {
                // The waiting rows were read with the present cells.
                try insertWaiting(reject: reject)
                try read(row.head, row: row.number)
            }
            guard let link = try link(in: row) else { return }
            waiting.append(row)
            defer { forgetSettled(link) }
            do {
                try apply(link, reject: reject)
            } catch {
                throw problem(error, of: link, in: row)
            }
        } catch is RowProblem where isTotal(row), is RowProblems where isTotal(row) {
            passedOver.totals.add(row.line)
        } catch let problem as RowProblem {
            try refuse(problem, reject: reject)
        } catch let row as RowProblems {
            try refuse(row.problems, reject: reject)
        }
    }

    /// Whether a row that names no records only says what those above come to.
    private func isTotal(_ row: InputRow) -> Bool {
        if totals.isMet(by: row) { return true }
        let told = row.texts.compactMap { $0 }.filter { !$0.isEmpty }
        return row.texts.count > 1 && !row.columns.isEmpty && told.count == 1 && TotalRow.isWord(told[0])
    }

    /// Counts and rejects a row, after inserting the links of the rows before it.
    mutating func refuse(_ problem: RowProblem, reject: Reject) throws { try refuse([problem], reject: reject) }

    private mutating func refuse(_ problems: [RowProblem], reject: Reject) throws {
        try insertWaiting(reject: reject)
        report.refused += 1
        problems.forEach(reject)
    }

    /// Begins the reading of an input.
    func begin() throws { try writer.beginInput() }

    /// Ends the reading of an input: inserts the waiting links and completes the report.
    mutating func finish(rows: Int, notices: [Text], reject: Reject) throws {
        try insertWaiting(reject: reject)
        writer.endInput()
        if report.refused == 0 { try finishHandOver() }
        report.rows = rows
        report.notices = notices + passedOver.notices + joined.notices
        if let columns = PassedOverColumns.notice(ignored.map { Text($0) }) { report.notices.append(columns) }
    }

    /// Ends the links of those whose place others have taken.
    mutating func finishHandOver() throws { report.ended += try handOver?.finish() ?? 0 }

    private mutating func insertWaiting(reject: Reject) throws {
        try writer.insertWaiting { link, error in try refuse(link, error, reject: reject) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Drops the rows whose links no longer wait, including the present row if its link does not.
    private mutating func forgetSettled(_ link: LinkInsertion.Link) {
        if !writer.isWaiting(link) { waiting.removeLast() }
        let count = waiting.count - writer.waitingCount
        if count == waiting.count {
            waiting.removeAll(keepingCapacity: true)
        } else if count > 0 {
            waiting.removeFirst(count)
        }
    }

    /// Processes a pair of records that is not from a row.
    mutating func take(contact: Int64, record: Int64) throws {
        report.rows += 1
        try apply(LinkInsertion.Link(contact: contact, record: record, attributes: batch.attributes)) { _ in }
    }

    private mutating func link(in row: InputRow) throws -> LinkInsertion.Link? {
        var contact: Int64? = if case .contact(let id) = batch.fixed { id } else { nil }
        var record: Int64? = if case .record(let id) = batch.fixed { id } else { nil }
        let isAsBefore = hasAttributesAsBefore(row)
        var attributes = isAsBefore ? former?.attributes ?? batch.attributes : batch.attributes
        var problems: [RowProblem] = []
        var isJoined = false
        for index in cells.indices {
            if isAsBefore, case .attribute = cells[index] { continue }
            var text = SpreadsheetWords.bare(text(of: row, at: index))
            do {
                if row.lists.contains(index) { throw ValueError.list }
                switch cells[index] {
                case .ignored: continue
                case .contact(let side): contact = try side.id(of: text)
                case .record(let side): record = try side.id(of: text)
                case .attribute(let position, let field):
                    if text.isEmpty { continue }
                    if field.type == .text, let line = SpreadsheetWords.oneLine(text) {
                        joined.note([ImportWarning(.joined, of: field, line)], of: row)
                        isJoined = true
                        text = line
                    }
                    attributes.set(position, to: try reading(of: text, field, column: index))
                }
            } catch {
                // The other cells are still read, so that all problems of the row are found.
                guard let problem = row.problem(error, cell: index, by: rules) as? RowProblem else { throw error }
                problems.append(problem)
            }
        }
        if !problems.isEmpty {
            try problems += missing(contact: contact, record: record, in: row)
            throw RowProblems(problems: problems.sorted { ($0.column ?? 0) < ($1.column ?? 0) })
        }
        if !isAsBefore, !isJoined, !attributeCells.isEmpty, row.lists.isEmpty, row.numbers.isEmpty {
            former = (attributeCells.map { row.texts[$0] ?? "" }, attributes)
        }
        guard let contact, let record else { return nil }
        return LinkInsertion.Link(contact: contact, record: record, attributes: attributes, row: row.number)
    }

    private func text(of row: InputRow, at index: Int) -> String {
        guard case .attribute(_, let field) = cells[index] else { return row.texts[index] ?? "" }
        return row.text(at: index, for: field.type) ?? ""
    }

    /// Whether the attribute cells of a row have exactly the texts from which the attributes of the earlier row were
    /// read.
    private func hasAttributesAsBefore(_ row: InputRow) -> Bool {
        guard let former, row.lists.isEmpty, row.numbers.isEmpty else { return false }
        return attributeCells.indices.allSatisfy { former.texts[$0] == row.texts[attributeCells[$0]] ?? "" }
    }

    /// Returns the problems of references to missing records in a row that has other problems. Its link is not written,
    /// so no foreign key finds them.
    private func missing(contact: Int64?, record: Int64?, in row: InputRow) throws -> [RowProblem] {
        try cells.indices.compactMap { index in
            let (id, module): (Int64?, Module)
            switch cells[index] {
            case .contact: (id, module) = (contact, batch.center)
            case .record: (id, module) = (record, batch.module)
            case .attribute, .ignored: return nil
            }
            guard let id else { return nil }
            do {
                try transaction.checkExists(id, in: module)
                return nil
            } catch {
                guard let problem = row.problem(error, cell: index) as? RowProblem else { throw error }
                return problem
            }
        }
    }

    private mutating func reading(
        of text: String,
        _ field: Field,
        column: Int
    ) throws(ValueError) -> (value: Value, unit: Choice?) {
        if let former = parsed[column], former.text == text { return former.reading }
        let reading = try field.readForLink(try rules.counted(text, for: field), in: transaction.values)
        parsed[column] = ParsedText(text, reading)
        return reading
    }

    private mutating func apply(_ link: LinkInsertion.Link, reject: Reject) throws {
        switch batch.action {
        case .link(replacing: false) where link.row != nil:
            let outcome = try writer.linkSoon(link) { link, error in try refuse(link, error, reject: reject) }
            report.count(outcome)
        case .link:
            let outcome =
                try handOver?.link(contact: link.contact, record: link.record, link.attributes)
                ?? writer.link(contact: link.contact, record: link.record, link.attributes)
            report.count(outcome)
        case .unlink(let date):
            try transaction.checkExists(link.contact, in: batch.center)
            try transaction.checkExists(link.record, in: batch.module)
            let ended = try writer.unlink(
                contact: link.contact,
                record: link.record,
                role: link.attributes["role"],
                endedOn: date
            )
            report.ended += ended
            if ended == 0 { report.notLinked += 1 }
        }
    }

    /// Counts and rejects a row whose link a constraint refused. The link was counted as linked when it began to wait.
    private mutating func refuse(_ link: LinkInsertion.Link, _ error: SQLiteError, reject: Reject) throws {
        guard let row = waiting.last(where: { $0.number == link.row }),
            let problem = problem(error, of: link, in: row) as? RowProblem
        else { throw error }
        report.linked -= 1
        report.refused += 1
        reject(problem)
    }

    /// Returns the problem of a row. If one of its records does not exist, the problem is that of the record's cell.
    private func problem(_ error: any Error, of link: LinkInsertion.Link, in row: InputRow) -> any Error {
        let isViolation = (error as? SQLiteError)?.code == .constraint(.foreignKey)
        guard isViolation || (error as? CRMError)?.code == .notFound else {
            return row.problem(error, cell: nil)
        }
        do {
            try transaction.checkExists(link.contact, in: batch.center)
        } catch {
            return row.problem(error, cell: cells.firstIndex { if case .contact = $0 { true } else { false } })
        }
        do {
            try transaction.checkExists(link.record, in: batch.module)
        } catch {
            return row.problem(error, cell: cells.firstIndex { if case .record = $0 { true } else { false } })
        }
        return row.problem(error, cell: nil)
    }
}
