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

    /// Calls a body with the values of each row of the part, in order; those of fields that are not read may be null.
    typealias Rows = (_ body: ([Value]) throws -> Void) throws -> Void

    /// The name of the part whose rows it follows from.
    let part: String
    /// The keys of the fields of those rows that it looks at, whose others it need not be given; `nil` for all.
    let reading: [String]?
    /// The name of the part whose rows are derived.
    let derivedPart: String
    /// Whether there is anything to derive from a record, whatever rows it has: where there is nothing, records come and go
    /// without its being looked at.
    let concerns: @Sendable (Record) -> Bool
    /// Derives it.
    ///
    /// - Throws: ``CRMError`` `invalid` where it cannot be stored.
    let derive: @Sendable (Record, Rows) throws -> Result

    init(
        part: String,
        reading: [String]? = nil,
        derivedPart: String,
        of concerns: @escaping @Sendable (Record) -> Bool = { _ in true },
        derive: @escaping @Sendable (Record, Rows) throws -> Result
    ) {
        self.part = part
        self.reading = reading
        self.derivedPart = derivedPart
        self.concerns = concerns
        self.derive = derive
    }
}
