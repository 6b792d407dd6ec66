/// Finds events that overlap and involve the same person: the user they are assigned to, or a contact. Occurrences are
/// processed in the order of their starts, in several steps, and each gets every conflicting event once.
struct AgendaConflicts {
    /// The people whom an event needs.
    private struct Claim {
        let owner: String?
        let contacts: Set<Int64>

        init(_ item: EventOccurrence) {
            owner = item.assignedTo.map(Fold.fold)
            contacts = Set(item.expected)
        }

        func isShared(with other: Claim) -> Bool {
            owner != nil && owner == other.owner || !contacts.isDisjoint(with: other.contacts)
        }
    }

    private var claims: [Int64: Claim] = [:]
    /// The latest end of the occurrences so far, by event.
    private var ends: [Int64: Int64] = [:]
    /// The events with an occurrence in progress, in the order of their starts, each with the indices of the
    /// occurrences that may be in progress.
    private var going: [(id: Int64, places: ArraySlice<Int>)] = []

    private mutating func claim(_ item: EventOccurrence) -> Claim {
        if let claim = claims[item.id] { return claim }
        let claim = Claim(item)
        claims[item.id] = claim
        return claim
    }

    /// Marks the conflicts of occurrences.
    ///
    /// - Parameters:
    ///   - items: occurrences that begin after the previously marked ones.
    ///   - later: for each event, the first occurrence that begins after these and before all of them have ended.
    mutating func mark(_ items: inout [EventOccurrence], _ later: [EventOccurrence]) {
        for index in going.indices { going[index].places = [] }
        for index in items.indices where items[index].takesTime { begin(index, &items) }
        for other in later {
            let start = other.start.secondsSinceEpoch
            let whom = claim(other)
            for index in items.indices where items[index].takesTime && items[index].busyEnd > start {
                let id = items[index].id
                let isKnown = ends[other.id].map { $0 > items[index].start.secondsSinceEpoch } ?? false
                if id != other.id, !isKnown, claims[id]?.isShared(with: whom) ?? false {
                    items[index].conflicts.append(other.id)
                }
            }
        }
    }

    private mutating func begin(_ index: Int, _ items: inout [EventOccurrence]) {
        let (id, start) = (items[index].id, items[index].start.secondsSinceEpoch)
        let whom = claim(items[index])
        if going.contains(where: { (ends[$0.id] ?? start) <= start }) {
            going = going.filter { (ends[$0.id] ?? start) > start }
        }
        var own: Int?
        for place in going.indices {
            let other = going[place].id
            while let first = going[place].places.first, items[first].busyEnd <= start {
                going[place].places.removeFirst()
            }
            if other == id {
                own = place
                continue
            }
            guard claims[other]?.isShared(with: whom) ?? false else { continue }
            items[index].conflicts.append(other)
            for earlier in going[place].places.reversed() {
                // Earlier occurrences already have this event as a conflict.
                if let end = ends[id], end > items[earlier].start.secondsSinceEpoch { break }
                if items[earlier].busyEnd > start { items[earlier].conflicts.append(id) }
            }
        }
        ends[id] = max(ends[id] ?? .min, items[index].busyEnd)
        if let own { going[own].places.append(index) } else { going.append((id, [index])) }
    }
}

/// The people whom occurrences need.
struct ClaimedPeople {
    /// The users to whom they are assigned, folded.
    let owners: Set<String>
    let contacts: Set<Int64>

    init(_ items: [EventOccurrence]) {
        owners = Set(items.compactMap { $0.assignedTo.map(Fold.fold) })
        contacts = Set(items.flatMap(\.expected))
    }

    var isEmpty: Bool { owners.isEmpty && contacts.isEmpty }

    /// The maximum number of people for whom a separate query is worth it.
    private static let most = 500

    /// The condition that an event involves one of these people; `nil` when they are too many to list.
    var condition: SQLFragment? {
        guard owners.count + contacts.count <= Self.most else { return nil }
        let names = owners.sorted().map { SQLFragment.bind(.text($0)) }.joined(", ")
        let ids = contacts.sorted().map { SQLFragment.bind(.integer($0)) }.joined(", ")
        return """
            ("e"."assigned_to_match" IN (\(names)) OR EXISTS (SELECT 1 FROM "contact_event" AS "l" \
            WHERE "l"."event" = "e"."id" AND "l"."contact" IN (\(ids))))
            """
    }
}

extension EventOccurrence {
    /// The contacts who have not declined.
    fileprivate var expected: [Int64] { companions.filter { $0.response != "declined" }.map(\.id) }
}
