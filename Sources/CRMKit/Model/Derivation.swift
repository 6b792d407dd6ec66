/// What follows from a record and the rows of one of its parts, and is kept beside them: the totals of an order.
///
/// It is derived once for all that a command does to a record, and stored in the same change set. The fields that hold it
/// have the trait `derived`, and so has the part, where there is one, the visibility.
struct Derivation: Sendable {
    /// What was derived.
    struct Result {
        /// Of the fields, by their keys.
        let values: [(field: String, value: Value)]
        /// Of the part, each row by the fields of it.
        let rows: [[Value]]
    }

    /// Calls a body with the values of each row of the part, in order.
    typealias Rows = (_ body: ([Value]) throws -> Void) throws -> Void

    /// The name of the part whose rows it follows from.
    let part: String
    /// The name of the part whose rows are derived.
    let derivedPart: String
    /// Derives it.
    ///
    /// - Throws: ``CRMError`` `invalid` where it cannot be stored.
    let derive: @Sendable (Record, Rows) throws -> Result
}
