import Formats

/// The `UID` by which the card of a record without a key of its own is known again in the file it comes from: module,
/// id and when the record was made, which no record of another file shares but by chance.
enum CardIdentity {
    private static let lead = "urn:x-crm:"

    /// Returns the `UID` for a record.
    ///
    /// - Returns: `nil` when the time of the record's creation is not known.
    static func text(of record: Record) -> String? {
        record["created_at"].text.map { "\(lead)\(record.module.name.noun):\(record.id):\(plain($0))" }
    }

    /// Whether this program wrote a card, by its `UID`. The values of such a card are read as they are.
    static func isOwn(_ card: VCard) -> Bool {
        card.properties.contains { $0.isNamed(CardMapping.uid) && $0.text.hasPrefix(lead) }
    }

    /// Returns the id of the record that a `UID` of this program identifies; `nil` for any other text, and if the
    /// record is not in this file.
    static func id(of text: String, in module: Module, _ store: Store) throws -> Int64? {
        guard text.hasPrefix(lead) else { return nil }
        let parts = text.dropFirst(lead.count).split(separator: ":")
        guard parts.count == 3, parts[0] == module.name.noun, let id = Int64(parts[1]), id > 0,
            let record = try store.storedRecord(module, id: id), let moment = record["created_at"].text,
            plain(moment) == parts[2]
        else { return nil }
        return id
    }

    /// Returns the other spellings of a `UID` that is a UUID: as a URN in version 4.0 (RFC 9562 section 4), and with a
    /// suffix in Apple's address book.
    static func otherSpellings(of uid: String) -> [String] {
        var bare = uid.after(scheme: urn) ?? uid[...]
        if bare.hasSuffix(applesEnding) { bare = bare.dropLast(applesEnding.count) }
        let groups = bare.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12],
            groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isHexDigit } })
        else { return [] }
        return ["\(bare)", "\(urn)\(bare)", "\(bare)\(applesEnding)"].filter { $0 != uid }
    }

    private static let urn = "urn:uuid:"
    private static let applesEnding = ":ABPerson"

    private static func plain(_ moment: String) -> String { moment.filter { $0 != "-" && $0 != ":" } }
}
