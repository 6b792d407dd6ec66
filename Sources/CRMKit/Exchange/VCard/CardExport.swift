import Formats
import Localization

/// Exports records of one module as cards.
public struct CardExport {
    private let store: Store
    private let kept: CardRemainder
    private let record: RecordCard
    private let identifier: String

    /// Prepares an export.
    ///
    /// - Returns: `nil` for a module without a mapping to cards.
    public init?(_ module: Module, from store: Store) {
        guard let mapping = module.cards, let table = module.cardRemainder else { return nil }
        self.store = store
        kept = CardRemainder(table)
        record = RecordCard(mapping, in: store)
        identifier = mapping.identifier
    }

    /// Calls a closure with the card of every record that a query finds, in its order, all read from the same state of
    /// the database.
    ///
    /// - Parameters:
    ///   - version: the version in which to write the card.
    ///   - body: receives a card and a file name for it, without a folder.
    /// - Throws: what the body throws; what ``ListQuery/rows(in:)`` throws.
    public func forEach(
        _ query: ListQuery,
        version: VCard.Version,
        _ body: (VCard, _ fileName: RecordFileName) throws -> Void
    ) throws {
        try store.forEachRecord(query) { found in
            try body(try card(of: found, version: version), fileName(of: found))
        }
    }

    private func card(of found: Record, version: VCard.Version) throws -> VCard {
        let own = try record.properties(of: found)
        var properties = try kept.properties(of: found, written: own, by: record, in: store).merged(into: own)
            .filter { !$0.isEmptyIdentifier }
        if found[identifier].isNull, !properties.contains(where: { $0.isNamed(CardMapping.uid) }),
            let uid = CardIdentity.text(of: found)
        {
            properties.insert(ContentProperty(CardMapping.uid, text: uid), at: 0)
        }
        if let revision = record.revision(of: found) { properties.append(revision) }
        // In version 4.0 a UID is a URI unless a parameter says otherwise (RFC 6350 section 6.7.6).
        if version == .v4_0 {
            properties = properties.map { property in
                guard property.isNamed(CardMapping.uid), !property.text.utf8.contains(UInt8(ascii: ":")) else {
                    return property
                }
                return property.with(parameters: property.parameters + [ContentParameter("VALUE", ["text"])])
            }
        }
        return VCard(version: .v4_0, properties: properties)
    }

    private func fileName(of found: Record) -> RecordFileName {
        RecordFileName(found[identifier].text, of: found, ending: ".vcf")
    }
}
