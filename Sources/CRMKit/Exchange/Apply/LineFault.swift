import Localization
import SQLite

/// A fault in a member of a line.
struct LineFault: Error {
    let field: String
    let value: String?
    let cause: any Error
    /// Whether the fault is the member's unknown name, whatever its value.
    var isOfName = false
}

/// All that is wrong with the members of a line.
struct LineFaults: Error {
    /// In the order of the members, one at least.
    let faults: [LineFault]
}

extension Error {
    /// Whether what else a line says may still be looked at where this is wrong with it.
    var concernsOneLine: Bool { self is ValueError || (self as? CRMError)?.concernsOneRow == true }
}

/// The error that the definitions added by lines are impossible, so that the following lines have no meaning.
struct RefusedDefinitions: Error {
    let cause: CRMError
    /// The place of the impossible definition.
    let place: LinePlace
    /// The change that its line made, as already counted.
    let change: RowWriter.Change
}

extension RowProblem {
    /// The problem of a line for the report.
    ///
    /// - Throws: the error itself when it is not the fault of a single line.
    init(_ error: any Error, at place: LinePlace) throws {
        var (field, value, cause): (String?, String?, any Error) = (nil, nil, error)
        if let fault = error as? LineFault { (field, value, cause) = (fault.field, fault.value, fault.cause) }
        if let fault = cause as? LineFault { (field, value, cause) = (fault.field, fault.value, fault.cause) }
        let reason: Text
        switch cause {
        case let refused as RefusedDefinitions: throw refused
        case let problem as RowProblem:
            self = problem
            return
        case let error as ValueError: reason = error.reason
        case let error as CRMError where error.concernsOneRow:
            reason = error.problems.count == 1 ? error.problems[0].reason : error.reason
            if error.problems.count == 1 { (field, value) = (error.problems[0].field, error.problems[0].value) }
        case let error as SQLiteError:
            guard case .constraint = error.code else { throw error }
            reason = error.reason
        default: throw cause
        }
        self.init(row: place.row, line: place.line, column: nil, field: field, value: value, reason: reason)
        isOfName = (error as? LineFault)?.isOfName == true
    }
}
