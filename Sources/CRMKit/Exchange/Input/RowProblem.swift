import Localization

/// A problem of one row.
public struct RowProblem: Error, Sendable {
    /// The row, from 1, the header not counted; 0 is the header.
    public let row: Int
    /// The line of the input, from 1.
    public let line: Int
    /// The byte within the line, from 1, where it is known.
    public let column: Int?
    /// The name of the cell, where one is at fault.
    public let field: String?
    /// The cell, where one is at fault.
    public let value: String?
    /// The reason: what is wrong.
    public let reason: Text
    /// The file, where there are several.
    public var file: String?
    /// Whether the fault is the unknown name of the cell, whatever its value.
    public var isOfName = false
}

/// All that is wrong with one row.
struct RowProblems: Error {
    /// In the order of the cells, one at least.
    let problems: [RowProblem]
}

extension RowProblem {
    /// A row that an operation refused.
    public init(row: Int, line: Int, field: String?, value: String?, error: CRMError) {
        self.init(row: row, line: line, column: nil, field: field, value: value, reason: error.reason)
    }
}

extension RowProblem {
    /// Returns the problem with advice on what to do.
    func advising(_ remedy: Text) -> RowProblem {
        let reason = Text(en: "\(reason.en); \(remedy.en)", es: "\(reason.es); \(remedy.es)")
        return RowProblem(
            row: row,
            line: line,
            column: column,
            field: field,
            value: value,
            reason: reason,
            file: file
        )
    }

    /// The problem with advice for a row too long for a table.
    var advisingWhole: RowProblem {
        advising(
            Text(
                en: "a record with so much comes by 'export' and 'apply', which tell the rows of its parts apart",
                es: "un registro con tanto va con «export» y «apply», que dan aparte las filas de sus partes"
            )
        )
    }

    /// A problem of a row as a whole.
    init(row: Int, line: Int, reason: Text) {
        self.init(row: row, line: line, column: nil, field: nil, value: nil, reason: reason)
    }

    /// A problem of a column's name.
    init(header name: String, row: Int, line: Int, _ reason: Text) {
        self.init(row: row, line: line, column: nil, field: name, value: nil, reason: reason)
    }

    /// An input that should begin with the names of its columns and has nothing at all.
    static let emptyTable = RowProblem(
        row: 0,
        line: 1,
        reason: Text(
            en: "the input is empty, and its first line should name the columns",
            es: "la entrada está vacía, y su primera línea debería nombrar las columnas"
        )
    )
}

extension ValueError {
    /// An array where one value is wanted.
    static let list = ValueError(en: "must be one value, not a list", es: "debe ser un valor, no una lista")
}

extension CRMError {
    /// Whether another row may still succeed where this one failed.
    public var concernsOneRow: Bool {
        switch code {
        case .usage, .invalid, .notFound, .ambiguous, .refused, .conflict: true
        case .rejected, .inputOutput, .busy, .configuration, .interrupted, .failed: false
        }
    }

    /// The message with every field that is wrong, in one line.
    var reason: Text {
        func words(_ language: Language) -> String {
            let parts = problems.map { "\($0.field): \($0.reason(in: language))" }
            return parts.isEmpty ? listed(in: language) : parts.joined(separator: "; ")
        }
        return Text(en: words(.english), es: words(.spanish))
    }
}
