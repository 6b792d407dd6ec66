import Formats
import Localization

/// Sets exchange rates from a table, in one transaction, all or nothing: columns `currency`, `rate`, and `date` and
/// `in` where they are not today and the file's own currency.
public struct RateImport {
    /// The counts of an import.
    public struct Report: WholeInputReport {
        /// Rows read.
        public var rows = 0
        /// The number of rates that changed.
        public var set = 0
        /// Rates that were the same before.
        public var unchanged = 0
        /// Rows refused.
        public var refused = 0
        /// Notices about skipped lines for the user.
        public var notices: [Text] = []
    }

    /// The meaning of a column.
    private enum Column: String, CaseIterable {
        case currency, target = "in", date, rate

        /// The field of an exchange rate with the column's values. Its key and labels are headers too.
        private var field: Field? { Module.exchangeRate.field(self == .target ? "target" : rawValue) }

        /// Other words for the column.
        private var synonyms: [String] {
            switch self {
            case .currency: ["divisa"]
            case .target: []
            case .date: ["on", "fecha"]
            case .rate: ["tipo", "tasa", "cambio"]
            }
        }

        init?(_ header: String) {
            let spelling = Choice.spelling(header)
            let found = Self.allCases.first { column in
                let names = [column.rawValue] + (column.field.map { [$0.key, $0.label.en, $0.label.es] } ?? [])
                return (names + column.synonyms).contains { Choice.spelling($0) == spelling }
            }
            guard let found else { return nil }
            self = found
        }
    }

    /// The spelling of numbers and dates in cells.
    private let rules: CellRules

    /// Prepares an import.
    public init(cells rules: CellRules = CellRules()) { self.rules = rules }

    /// Imports a whole input.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of delimited text, when it is not the format's default.
    ///   - reject: called for each bad row as it is met.
    /// - Returns: the report; when any row was rejected, the caller must not commit.
    public func run(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect? = nil,
        in transaction: Transaction,
        reject: (RowProblem) -> Void
    ) throws -> Report {
        var report = Report()
        var hasHeader = false
        var earlier: [RateDay: Int] = [:]
        (report.rows, report.notices) = try InputRows.forEachRow(
            of: source,
            format: format,
            dialect: dialect,
            name: Column.currency.rawValue,
            knowing: { $0.contains { Column($0) != nil } },
            checkingHeader: { head in
                hasHeader = true
                try Self.check(head, row: 0)
            },
            refuse: { problem in
                report.refused += 1
                reject(problem)
            },
            { row in
                if !hasHeader { try Self.check(row.head, row: row.number) }
                if try take(row, after: &earlier, in: transaction) {
                    report.set += 1
                } else {
                    report.unchanged += 1
                }
            }
        )
        return report
    }

    private static func repeated(_ row: InputRow, as former: Int, _ rate: ExchangeRate) -> RowProblem {
        RowProblem(
            row: row.number,
            line: row.line,
            column: nil,
            field: row.names.first { Column($0) == .date } ?? Column.date.rawValue,
            value: rate.date,
            reason: Text(
                en: "row \(former) says another rate of \(rate.currency.code) from that day on",
                es: "la fila \(former) indica otro tipo de cambio de \(rate.currency.code) desde ese día"
            )
        )
    }

    private static func check(_ head: TableHead, row: Int) throws(RowProblem) {
        let line = head.line
        var columns: [Column] = []
        for name in head.names {
            guard let column = Column(name) else {
                let list = Column.allCases.map(\.rawValue).joined(separator: ", ")
                let reason = Text(
                    en: "no such column; a column is one of \(list)",
                    es: "no existe esa columna; una columna es una de \(list)"
                )
                throw RowProblem(header: name, row: row, line: line, head.doubt?.remedy ?? reason)
            }
            guard !columns.contains(column) else {
                let reason = Text(en: "the column is named twice", es: "la columna está dos veces")
                throw RowProblem(header: name, row: row, line: line, reason)
            }
            columns.append(column)
        }
        for column in [Column.currency, .rate] where !columns.contains(column) {
            let reason = Text(en: "this column is needed", es: "esta columna hace falta")
            throw RowProblem(header: column.rawValue, row: row, line: line, reason)
        }
    }

    /// The key of a rate: a currency, the currency in which the rate is expressed, and a day.
    private struct RateDay: Hashable {
        let currency: String
        let target: String
        let date: String
    }

    /// - Parameter earlier: the number of the first row for each rate.
    /// - Returns: whether the rate differs from the stored one.
    /// - Throws: ``RowProblem`` for a cell that cannot be read, and for a rate that differs from that of an earlier row
    ///   for the same currencies and day.
    private func take(
        _ row: InputRow,
        after earlier: inout [RateDay: Int],
        in transaction: Transaction
    ) throws -> Bool {
        var request = RateRequest("")
        var rate = ""
        let rateType = FieldType.decimal(digits: Module.rateDigits)
        var rules = self.rules
        rules.isOfTable = !row.columns.isEmpty
        for (cell, name) in row.names.enumerated() {
            guard let text = row.texts[cell], !text.isEmpty, let column = Column(name) else { continue }
            do throws(ValueError) {
                switch column {
                case .currency: request.currency = text
                case .target: request.target = text
                case .date: request.date = try rules.canonical(text, for: .date)
                case .rate: rate = try rules.canonical(row.text(at: cell, for: rateType) ?? text, for: rateType)
                }
            } catch {
                throw RowProblem(
                    row: row.number,
                    line: row.line,
                    column: nil,
                    field: name,
                    value: text,
                    reason: row.columns.isEmpty ? error.reason : error.reasonInTables
                )
            }
        }
        do {
            let (set, isNew) = try transaction.setRate(request, to: rate, isOfFile: true)
            let day = RateDay(currency: set.currency.code, target: set.target.code, date: set.date)
            if isNew, let former = earlier[day] { throw Self.repeated(row, as: former, set) }
            earlier[day] = earlier[day] ?? row.number
            return isNew
        } catch let error as CRMError where error.concernsOneRow {
            guard let problem = error.problems.first, let column = Column(problem.field) else {
                throw RowProblem(row: row.number, line: row.line, field: nil, value: nil, error: error)
            }
            let name = row.names.first { Column($0) == column } ?? column.rawValue
            throw RowProblem(
                row: row.number,
                line: row.line,
                column: nil,
                field: name,
                value: problem.value,
                reason: row.columns.isEmpty ? problem.reason : problem.reasonInTables
            )
        }
    }
}
