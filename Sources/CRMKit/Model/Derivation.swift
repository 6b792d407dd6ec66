/// Values computed from a record and the rows of one of its parts, and stored with them: the totals of an order.
///
/// A command computes them once per record, after all its changes to the record, and stores them in the same change
/// set. The fields that hold them have the trait `derived`; a part that holds them has the visibility `derived`.
struct Derivation: Sendable {
    /// The derived values.
    struct Result {
        /// The values of fields, by their keys.
        let values: [(field: String, value: Value)]
        /// The rows of the derived part, each the values of the part's fields in order.
        let rows: [[Value]]
    }

    /// Calls a closure with the values of each row of the part, in order. Values of fields that the derivation does not
    /// read may be null.
    typealias Rows = (_ body: ([Value]) throws -> Void) throws -> Void

    /// The name of the part from whose rows the values are computed.
    let part: String
    /// The keys of the row fields that the derivation reads, the others need not be supplied; `nil` for all.
    let reading: [String]?
    /// The name of the part whose rows are derived.
    let derivedPart: String
    /// Whether anything can be derived from a record, whatever rows it has. Records for which this is false are created
    /// and deleted without deriving.
    let concerns: @Sendable (Record) -> Bool
    /// Computes the derived values from a record and its rows.
    ///
    /// - Throws: ``CRMError`` `invalid` if the result cannot be stored.
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
