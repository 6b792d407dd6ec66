/// The numbers that an input names for documents of a module. No other document gets one of them by the pattern, though
/// the row that names it was rejected, or is still to come in another change set.
final class NamedNumbers {
    /// The error that a document needs a number while those that the input names further down are not known.
    struct Unknown: Error {}

    private let module: ModuleName
    /// The hashes of the numbers, of which there may be as many as rows.
    private var hashes: Set<Int> = []
    /// Whether rows that are still to come may name numbers and will do so in another change set.
    var lacksLater = false

    init(of module: Module) { self.module = module.name }

    /// Adds a number that a field at a position has.
    func insert(_ number: String, at position: Int) { hashes.insert(Self.hash(number, position)) }

    /// Takes over the numbers that another reading of the input has found.
    func take(from other: NamedNumbers) { hashes.formUnion(other.hashes) }

    /// Whether a number is named for a document.
    ///
    /// - Throws: ``Unknown`` if this is not known yet.
    func contains(_ number: String, at position: Int, of module: ModuleName) throws(Unknown) -> Bool {
        guard module == self.module else { return false }
        if lacksLater { throw Unknown() }
        return hashes.contains(Self.hash(number, position))
    }

    private static func hash(_ number: String, _ position: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(position)
        hasher.combine(number)
        return hasher.finalize()
    }
}
