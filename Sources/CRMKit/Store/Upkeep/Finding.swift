import Localization

/// A fault in a database.
public struct Finding: Sendable, Equatable {
    /// The severity of a finding.
    public enum Severity: String, Sendable, CaseIterable {
        /// A fault that the program does not cause, or that hides a record from searches.
        case error
        /// A fault that does little harm, such as a value that is not one of the choices.
        case warning
    }

    /// The severity.
    public let severity: Severity
    /// The module of the record; `nil` when the finding is about none.
    public let module: ModuleName?
    /// The id of the record, also for a fault in one of its rows or links; `nil` when the finding is about none.
    public let id: Int64?
    /// The table of the row at fault; `nil` when the finding is about none.
    let table: String?
    /// The id of the row at fault; `nil` when the finding is about none.
    let row: Int64?
    /// The fields that may be at fault, the likeliest first; empty when the fault concerns the whole row.
    let fields: [String]
    /// The description of the fault.
    public let text: Text
    /// Whether ``Store/mend(_:)`` repairs it.
    public let isMendable: Bool

    /// The finding in a file that cannot be repaired.
    var withoutMending: Finding {
        Finding(
            severity: severity,
            module: module,
            id: id,
            table: table,
            row: row,
            fields: fields,
            text: text,
            isMendable: false
        )
    }
}
