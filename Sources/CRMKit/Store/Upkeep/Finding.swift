import Localization

/// Something in a database that should not be so.
public struct Finding: Sendable, Equatable {
    /// How bad it is.
    public enum Severity: String, Sendable, CaseIterable {
        /// The program cannot have written it, or searches would miss the record.
        case error
        /// It can be lived with: a choice that the definitions do not know.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// The record's module, where it is about one.
    public let module: ModuleName?
    /// The record, where it is about one, or about a row or a link of one.
    public let id: Int64?
    /// The table of the row that it is about; `nil` where it is about none.
    let table: String?
    /// The id of the row at fault; `nil` when the finding is about none.
    let row: Int64?
    /// The fields of the row of which one is at fault, the likeliest first; none where it is about the row.
    let fields: [String]
    /// What is wrong.
    public let text: Text
    /// Whether ``Store/mend()`` puts it right.
    public let isMendable: Bool
}
