import Localization
import SQLite

/// What is wrong with a member of a line.
struct LineFault: Error {
    let field: String
    let value: String?
    let cause: any Error
    /// Whether it is the name of the member that means nothing, whatever it holds.
    var isOfName = false
}

/// All that is wrong with the members of a line.
struct LineFaults: Error {
    /// In the order of the members, one at least.
    let faults: [LineFault]
}

/// What the lines add to the definitions cannot be; the lines that follow mean nothing then.
struct RefusedDefinitions: Error {
    let cause: CRMError
    /// Where the definition stands that cannot be.
    let place: LinePlace
    /// What its line has come to, as it was counted before.
    let change: RowWriter.Change
}

extension RowProblem {
    /// What is wrong with a line.
    ///
    /// - Throws: the error itself where it is no fault of one line.
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
