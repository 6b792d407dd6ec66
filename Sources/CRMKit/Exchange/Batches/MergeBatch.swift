import Formats
import Localization

/// Merges the two records that each row of an input names, in one transaction, all or nothing.
///
/// A row has the record to keep under `keep` and the other one under `merge`. A record that an earlier row has merged
/// stands for the one that was kept. Other columns from the output of ``DuplicateSearch`` are ignored.
public struct MergeBatch {
    /// The counts of a batch.
    public struct Report: WholeInputReport {
        /// Rows read.
        public fileprivate(set) var rows = 0
        /// Records merged into another.
        public fileprivate(set) var merged = 0
        /// The number of rows whose records were merged already.
        public fileprivate(set) var alreadyMerged = 0
        /// Rows refused.
        public fileprivate(set) var refused = 0
        /// The number of values in which links of merged records differed. They are written to the notes of the links.
        public fileprivate(set) var conflicts = 0
        /// The values of fields that only the history has afterwards, by field.
        public fileprivate(set) var lost: [Lost] = []
        /// The number of values that only the history has afterwards.
        public var lostCount: Int { lost.reduce(0) { $0 + $1.count } }
        /// Notices about skipped lines for the user.
        public fileprivate(set) var notices: [Text] = []
    }

    /// The values of one field that only the history has after the merges.
    public struct Lost: Sendable {
        /// The field.
        public let field: Field
        /// The number of values.
        public fileprivate(set) var count: Int
    }

    /// The meaning of a column.
    private enum Column: String, CaseIterable {
        case keep, merge
    }

    /// The further columns that the search for duplicates and a dry run print, which are ignored.
    private static let besides: Set<String> = ["keep.name", "merge.name", "score", "reasons", "differences"]

    private let module: Module
    private let preferences: MergePreferences

    /// - Parameter preferences: the choice of the record whose values each merge keeps.
    /// - Throws: ``CRMError`` `usage` for a preference that names a record.
    public init(_ module: Module, _ preferences: MergePreferences) throws(CRMError) {
        self.module = module
        self.preferences = preferences
        guard let choice = preferences.named.first else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--prefer \(choice.key)=\(choice.id) names a record, and the input names many",
                es: "--prefer \(choice.key)=\(choice.id) nombra un registro, y la entrada nombra muchos"
            ),
            hint: Text(en: "prefer newer or older", es: "preferir newer u older")
        )
    }

    /// Processes a whole input.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of delimited text, when it is not the format's default.
    ///   - reject: called for each bad row as it is met.
    ///   - tell: called with each merge.
    /// - Returns: the report; when any row was rejected, the caller must not commit.
    public func run(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect? = nil,
        in transaction: Transaction,
        reject: (RowProblem) -> Void,
        tell: (MergeReport) throws -> Void
    ) throws -> Report {
        var report = Report()
        (report.rows, report.notices) = try InputRows.forEachRow(
            of: source,
            format: format,
            dialect: dialect,
            name: Column.merge.rawValue,
            knowing: { $0.contains { Column(rawValue: $0) != nil } },
            checkingHeader: { try check($0, row: 0) },
            refuse: { problem in
                report.refused += 1
                reject(problem)
            },
            { row in
                guard let merged = try take(row, in: transaction) else { return report.alreadyMerged += 1 }
                report.add(merged)
                try tell(merged)
            }
        )
        if let notice = report.notice { report.notices.append(notice) }
        return report
    }

    private func check(_ head: TableHead, row: Int) throws(RowProblem) {
        let (names, line) = (head.names, head.line)
        for name in names where Column(rawValue: name) == nil && !Self.besides.contains(name) {
            throw RowProblem(
                header: name,
                row: row,
                line: line,
                head.doubt?.remedy
                    ?? Text(
                        en: "no such column; a column is one of keep, merge",
                        es: "no existe esa columna; una columna es una de keep, merge"
                    )
            )
        }
        for column in Column.allCases where names.count(where: { $0 == column.rawValue }) != 1 {
            throw RowProblem(
                header: column.rawValue,
                row: row,
                line: line,
                Text(en: "the column must be there, once", es: "la columna debe estar, una vez")
            )
        }
    }

    /// - Returns: `nil` if the records were merged already.
    private func take(_ row: InputRow, in transaction: Transaction) throws -> MergeReport? {
        try check(row.head, row: row.number)
        let kept = try id(.keep, of: row, in: transaction)
        let other = try id(.merge, of: row, in: transaction)
        guard kept.id != other.id else {
            if !kept.isFormer, !other.isFormer {
                throw problem(CRMError(mergingIntoItself: kept.id, of: module), .merge, of: row)
            }
            return nil
        }
        do {
            return try transaction.attempt {
                try transaction.merge(module, keeping: kept.id, [other.id], preferences)
            }
        } catch {
            throw problem(error, .merge, of: row)
        }
    }

    /// Returns the record that a cell names.
    ///
    /// - Returns: the record's id, and whether the cell may name a record that was merged into it.
    private func id(_ column: Column, of row: InputRow, in transaction: Transaction) throws -> (
        id: Int64, isFormer: Bool
    ) {
        let text = SpreadsheetWords.bare(cell(column, of: row).flatMap { row.texts[$0] } ?? "")
        do {
            if text.isEmpty {
                throw ValueError(en: "no \(module.one.en) is named", es: "no se nombra \(module.spanish.no)")
            }
            let reference = try transaction.store.withoutDecimals(text, in: module)
            return try transaction.store.resolvedForMerging(reference, in: module)
        } catch {
            throw problem(error, column, of: row)
        }
    }

    private func cell(_ column: Column, of row: InputRow) -> Int? { row.names.firstIndex(of: column.rawValue) }

    private func problem(_ error: any Error, _ column: Column, of row: InputRow) -> any Error {
        row.problem(error, cell: cell(column, of: row))
    }
}

extension MergeBatch.Report {
    fileprivate mutating func add(_ merge: MergeReport) {
        merged += 1
        conflicts += merge.conflicts.count
        for difference in merge.plan.differences {
            let count = difference.fates.count { $0 == .history }
            guard count > 0 else { continue }
            if let place = lost.firstIndex(where: { $0.field.key == difference.field.key }) {
                lost[place].count += count
            } else {
                lost.append(MergeBatch.Lost(field: difference.field, count: count))
            }
        }
    }

    /// The notice about values in which links differed; `nil` if there are none.
    fileprivate var notice: Text? {
        guard conflicts > 0 else { return nil }
        return conflicts == 1
            ? Text(
                en: "one value that two links had otherwise stands in the note of the link",
                es: "un valor en que dos vínculos diferían queda en la nota del vínculo"
            )
            : Text(
                en: "\(conflicts) values that links had otherwise stand in the notes of the links",
                es: "\(conflicts) valores en que los vínculos diferían quedan en las notas de los vínculos"
            )
    }
}
