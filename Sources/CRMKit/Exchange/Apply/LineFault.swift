import Localization
import SQLite

/// A fault in a member of a line.
struct LineFault: Error {
    let field: String
    let value: String?
    let cause: any Error
    /// Whether the name of the member is unknown, so that its value does not matter.
    var isOfName = false
}

/// All faults of one line.
struct LineFaults: Error {
    /// The faults in the order of the members, at least one.
    let faults: [LineFault]
}

extension Error {
    /// Whether the error is about a single line, whose other members may still be examined.
    var concernsOneLine: Bool { self is ValueError || (self as? CRMError)?.concernsOneRow == true }
}

/// The error that definitions in lines are invalid, so that the following lines have no meaning.
struct RefusedDefinitions: Error {
    let cause: CRMError
    /// The place of the invalid definition.
    let place: LinePlace
    /// The change that its line made, which is counted already.
    let change: RowWriter.Change
}

extension RowProblem {
    /// Creates the problem of a line for the report.
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
