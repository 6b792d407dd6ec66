import Formats
import Localization

/// A problem of one row.
public struct RowProblem: Error, Sendable {
    /// The number of the row, from 1, not counting the header; 0 for the header.
    public let row: Int
    /// The line of the input, from 1.
    public let line: Int
    /// The byte within the line, from 1; `nil` if it is not known.
    public let column: Int?
    /// The name of the cell at fault; `nil` if the problem is not about a cell.
    public let field: String?
    /// The text of the cell at fault; `nil` if the problem is not about a cell.
    public let value: String?
    /// What is wrong.
    public let reason: Text
    /// The file, when there are several.
    public var file: String?
    /// Whether the name of the cell is unknown, so that its value does not matter.
    public var isOfName = false
}

/// All problems of one row.
struct RowProblems: Error {
    /// The problems in the order of the cells, at least one.
    let problems: [RowProblem]
}

extension RowProblem {
    /// Creates the problem of a row that an operation refused.
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

    /// Returns the problem as one of a file.
    func inFile(_ name: String?) -> RowProblem {
        var problem = self
        problem.file = name
        return problem
    }

    /// The problem with the advice for a row that is too long for a table.
    var advisingWhole: RowProblem {
        advising(
            Text(
                en: "a record with so much comes by 'export' and 'apply', which tell the rows of its parts apart",
                es: "un registro con tanto va con «export» y «apply», que dan aparte las filas de sus partes"
            )
        )
    }

    /// Creates the problem of a whole row.
    init(row: Int, line: Int, reason: Text) {
        self.init(row: row, line: line, column: nil, field: nil, value: nil, reason: reason)
    }

    /// Creates the problem of an input that is not in its format.
    ///
    /// - Parameter position: where in the input it is; `nil` if that is not known.
    init(row: Int, at position: (any InputPosition)?, reason: Text) {
        self.init(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: reason
        )
    }

    /// Creates the problem of a column's name.
    init(header name: String, row: Int, line: Int, _ reason: Text) {
        self.init(row: row, line: line, column: nil, field: name, value: nil, reason: reason)
    }

    /// The problem of an empty input that should begin with column names.
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
    /// The error that a list was given instead of a single value.
    static let list = ValueError(en: "must be one value, not a list", es: "debe ser un valor, no una lista")

    /// The error for a text that is no position of a row.
    static func position(_ text: String) -> ValueError {
        ValueError(
            en: "'\(text)' is no position; they count from 1",
            es: "'\(text)' no es una posición; cuentan desde 1"
        )
    }
}

extension CRMError {
    /// Whether the error is about a single row, so that other rows may still succeed.
    public var concernsOneRow: Bool {
        switch code {
        case .usage, .invalid, .notFound, .ambiguous, .refused, .conflict: true
        case .rejected, .inputOutput, .busy, .configuration, .interrupted, .failed: false
        }
    }

    /// The message with all fields that are wrong, in one line.
    var reason: Text {
        func words(_ language: Language) -> String {
            let parts = problems.map { "\($0.field): \($0.reason(in: language))" }
            if !parts.isEmpty { return parts.joined(separator: "; ") }
            guard code == .refused, details.isEmpty, let hint else {
                // What was given as a reference is at fault, and the hint says how to write it.
                return (reference == nil ? listed : advised)(in: language)
            }
            return "\(message(in: language)): \(hint(in: language))"
        }
        return Text(en: words(.english), es: words(.spanish))
    }
}
