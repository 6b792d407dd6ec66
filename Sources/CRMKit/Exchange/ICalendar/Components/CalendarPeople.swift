import Localization
import SQLite

/// Finds the contacts linked with records, and the contacts that have an address.
final class CalendarPeople {
    private let store: Store
    private let contacts: Module
    private let places: KeyPlaces
    private let links: RecordLinks
    private let lookup: KeyLookup
    private var known: [Int64: CalendarPerson] = [:]
    private var found: [String: [Int64]] = [:]

    /// The maximum number of cached contacts and addresses, enough for the people at meetings.
    private static let mostKnown = 10_000

    /// - Returns: `nil` for a module whose records are not linked with contacts, or whose contacts have no addresses.
    init?(_ module: Module, by mapping: CalendarMapping, in store: Store) throws {
        let contacts = store.registry[store.registry.center]
        guard let relation = Relation(module, center: store.registry.center),
            let places = KeyPlaces("email", in: contacts),
            let links = try RecordLinks(relation, attribute: mapping.response.field, in: store)
        else { return nil }
        self.store = store
        self.contacts = contacts
        self.places = places
        self.links = links
        lookup = try KeyLookup(places, of: contacts, in: store)
    }

    /// Returns the contacts linked with a record, in the order of the links.
    func linked(with record: Int64) throws -> [CalendarPerson] {
        try links.contacts(of: record).compactMap { id, response in
            guard let person = try person(id) else { return nil }
            return CalendarPerson(id: id, name: person.name, addresses: person.addresses, response: response.text)
        }
    }

    private func person(_ id: Int64) throws -> CalendarPerson? {
        if let person = known[id] { return person }
        guard let record = try store.storedRecord(contacts, id: id) else { return nil }
        var addresses = places.fields.compactMap { record[$0.key].text }
        for place in places.parts {
            guard let part = place.table.part else { continue }
            for row in try store.partReader(place.table).rows(of: id) {
                let row = PartDraft(part, values: row.values)
                guard row[place.kind.field.key].text == place.kind.choice, let text = row[place.field.key].text else {
                    continue
                }
                addresses.append(text)
            }
        }
        let person = CalendarPerson(
            id: id,
            name: record.displayName,
            addresses: addresses.map { $0.lowercased() },
            response: nil
        )
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[id] = person
        return person
    }

    /// Returns the ids of the contacts that have an address, two at most.
    func contacts(at address: String) throws -> [Int64] {
        if let ids = found[address] { return ids }
        let ids = try lookup.ids(of: address, atMost: 2)
        if found.count >= Self.mostKnown { found.removeAll(keepingCapacity: true) }
        found[address] = ids
        return ids
    }

    /// Clears the caches.
    func forget() {
        known.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
    }
}
