import Localization

/// Something in a database that should not be so.
public struct Finding: Sendable, Equatable {
    /// The severity of a finding.
    public enum Severity: String, Sendable, CaseIterable {
        /// The program cannot have written it, or searches would miss the record.
        case error
        /// A fault that does little harm: a choice that the definitions do not know.
        case warning
    }

    /// The severity.
    public let severity: Severity
    /// The record's module, where it is about one.
    public let module: ModuleName?
    /// The record, where it is about one, or about a row or a link of one.
    public let id: Int64?
    /// The table of the row at fault; `nil` when the finding is about none.
    let table: String?
    /// The id of the row at fault; `nil` when the finding is about none.
    let row: Int64?
    /// The fields of the row of which one is at fault, the likeliest first; none where it is about the row.
    let fields: [String]
    /// The fault.
    public let text: Text
    /// Whether ``Store/mend()`` puts it right.
    public let isMendable: Bool
}
