/// Finds events that overlap and involve the same person: the user they are assigned to, or a contact. Occurrences are
/// processed in the order of their starts, in several steps, and each gets every conflicting event once.
struct AgendaConflicts {
    /// The people whom an event needs.
    private struct Claim {
        let owner: String?
        /// In ascending order.
        let contacts: [Int64]

        init(_ item: EventOccurrence) {
            owner = item.assignedTo.map(Fold.fold)
            contacts = item.expected.sorted()
        }

        func isShared(with other: Claim) -> Bool {
            if let owner, owner == other.owner { return true }
            var (own, others) = (contacts[...], other.contacts[...])
            while let first = own.first, let second = others.first {
                if first == second { return true }
                if first < second { own.removeFirst() } else { others.removeFirst() }
            }
            return false
        }
    }

    /// An event with an occurrence in progress. Every event that begins is compared with all of these, so the values to
    /// compare are stored here instead of being looked up.
    private struct Going {
        let id: Int64
        let claim: Claim
        /// The latest end of its occurrences so far.
        var end: Int64
        /// The indices of the occurrences that may be in progress.
        var places: ArraySlice<Int>
    }

    private var claims: [Int64: Claim] = [:]
    /// The latest end of the occurrences so far, by event.
    private var ends: [Int64: Int64] = [:]
    /// The events with an occurrence in progress, in the order of their starts.
    private var going: [Going] = []

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
        for index in items.indices where items[index].involvesAnybody && items[index].takesTime {
            begin(index, &items)
        }
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
        if going.contains(where: { $0.end <= start }) { going.removeAll { $0.end <= start } }
        let previousEnd = ends[id] ?? .min
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
            guard going[place].claim.isShared(with: whom) else { continue }
            items[index].conflicts.append(other)
            for earlier in going[place].places.reversed() {
                // Earlier occurrences already have this event as a conflict.
                if previousEnd > items[earlier].start.secondsSinceEpoch { break }
                if items[earlier].busyEnd > start { items[earlier].conflicts.append(id) }
            }
        }
        let end = max(previousEnd, items[index].busyEnd)
        ends[id] = end
        if let own {
            going[own].places.append(index)
            going[own].end = end
        } else {
            going.append(Going(id: id, claim: whom, end: end, places: [index]))
        }
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
    /// Whether it involves anybody, without whom it can have no conflicts.
    fileprivate var involvesAnybody: Bool { assignedTo != nil || !companions.isEmpty }
    /// The contacts who have not declined.
    fileprivate var expected: [Int64] { companions.filter { $0.response != "declined" }.map(\.id) }
}
