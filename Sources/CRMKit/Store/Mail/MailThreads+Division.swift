import SQLite

/// Threads of replies without references whose message arrives after them: some go to it, and what they alone held
/// together is no longer one thread.
extension MailThreads {
    /// The messages of a thread by the threads that they are in from now on.
    struct Division {
        /// Messages that stay together.
        struct Part {
            var ids: [Int64] = []
            /// The least id among those that begin the messages.
            var beginning: String
        }

        let thread: String
        /// Those that are in one thread with the new message.
        let joining: Part
        /// The others.
        let rest: [Part]
    }

    /// The maximum number of messages of a thread that is divided. What remains of it may get another name each time.
    private static let mostDivided = 512

    /// Divides the thread of replies to a new message. A thread that is too long joins as a whole.
    ///
    /// - Returns: `nil` if no message of the thread joins the new one.
    func division(of thread: String, by message: Message, _ new: Candidate) throws -> Division? {
        if try count(of: thread, atMost: Self.mostDivided + 1) > Self.mostDivided {
            return Division(thread: thread, joining: Division.Part(beginning: thread), rest: [])
        }
        let members = try members(of: thread)
        let all = members + [new]
        var groups = Groups(count: all.count)
        try joinByIDs(all, &groups, in: thread, message)
        Self.joinBySubjects(all, &groups)
        var parts: [Int: Division.Part] = [:]
        for (place, member) in members.enumerated() {
            let beginning = member.beginning
            var part = parts[groups.group(of: place)] ?? Division.Part(beginning: beginning)
            part.ids.append(member.id)
            part.beginning = min(part.beginning, beginning)
            parts[groups.group(of: place)] = part
        }
        guard let joining = parts.removeValue(forKey: groups.group(of: members.count)) else { return nil }
        return Division(thread: thread, joining: joining, rest: parts.values.sorted { $0.beginning < $1.beginning })
    }

    private func members(of thread: String) throws -> [Candidate] {
        let rows = try transaction.store.database.prepare(
            "SELECT \(Candidate.columns) FROM \"email\" AS \"e\" WHERE \"e\".\"thread\" = ? ORDER BY \"e\".\"id\""
        )
        try rows.bind(thread, at: 1)
        var members: [Candidate] = []
        while try rows.step() { members.append(Candidate(rows, own: own)) }
        return members
    }

    /// Joins messages that share an id.
    ///
    /// - Parameter all: the members of the thread, and the new message behind them.
    private func joinByIDs(
        _ all: [Candidate],
        _ groups: inout Groups,
        in thread: String,
        _ message: Message
    ) throws {
        let places = Dictionary(all.indices.map { (all[$0].id, $0) }) { first, _ in first }
        var placesOfKeys = Dictionary(ids(of: message).map { (Self.idKey($0), all.count - 1) }) { first, _ in first }
        let rows = try transaction.store.database.prepare(
            """
            SELECT "k"."email", "k"."value" FROM "email" AS "e" \
            JOIN "email_thread_key" AS "k" ON "k"."email" = "e"."id" \
            WHERE "e"."thread" = ? AND "k"."value" >= 'id:' AND "k"."value" < 'id;'
            """
        )
        try rows.bind(thread, at: 1)
        while try rows.step() {
            guard let place = places[rows.integer(at: 0)] else { continue }
            let key = rows.text(at: 1)
            if let other = placesOfKeys[key] { groups.join(place, other) } else { placesOfKeys[key] = place }
        }
    }

    /// Joins replies without references to the messages that they answer, or to each other where there is none.
    private static func joinBySubjects(_ all: [Candidate], _ groups: inout Groups) {
        for (subject, places) in Dictionary(grouping: all.indices, by: { all[$0].subject }) where !subject.isEmpty {
            let talks = places.filter { !all[$0].isLost }
            var open: [Int] = []
            for reply in places where all[reply].isLost {
                let hosts = talks.filter { all[$0].mayBeAnswered(by: all[reply]) }
                if let host = hosts.max(by: { all[$0].rank < all[$1].rank }) {
                    groups.join(reply, host)
                    continue
                }
                for other in open where groups.group(of: other) != groups.group(of: reply) {
                    if all[other].isBeside(all[reply]) { groups.join(other, reply) }
                }
                open.append(reply)
            }
        }
    }
}

/// Places that are joined to groups one after the other.
private struct Groups {
    private var parents: [Int]

    /// Each place is a group of its own.
    init(count: Int) { parents = Array(0..<count) }

    /// Returns a place that stands for the group of a place, the same for all in it.
    mutating func group(of place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }

    mutating func join(_ one: Int, _ other: Int) { parents[group(of: one)] = group(of: other) }
}
