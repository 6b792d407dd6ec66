import SQLite

extension MailThreads {
    /// Finds the messages with the subject of another one that may have to do with it.
    ///
    /// They are found by the subject and the period in which they were written, so that messages of other times are not
    /// looked at, however many have come since. Replies without references and the talks that they may answer are found
    /// apart, so that only those are read which are needed.
    struct CandidateLookup {
        private let ofSubject: Statement
        private let lastKey: Statement
        private let ofFormerKey: Statement
        /// Whether there are keys of earlier versions, which no message gets any more.
        private let hasFormerKeys: Bool
        private let own: OwnAddresses

        /// The length of a period in seconds.
        private static let length = Candidate.longestPause
        /// The number of the newest messages of a subject and a period that are examined.
        private static let mostOfPeriod = 64
        /// The number of messages of a subject after which no earlier period is examined, where none is known.
        private static let most = 256
        /// The number of the newest messages with a key of earlier versions, which says no period, that are examined.
        private static let mostOfFormerKey = 50

        init(in database: Database, own: OwnAddresses) throws {
            self.own = own
            func prepare(_ most: Int) throws -> Statement {
                // The order of the index is used: sorting would make each message as expensive as all before it.
                try database.prepare(
                    """
                    SELECT \(Candidate.columns) FROM (SELECT "id", "email" FROM "email_thread_key" WHERE "value" = ? \
                    ORDER BY "id" DESC LIMIT \(most)) AS "k" CROSS JOIN "email" AS "e" ON "e"."id" = "k"."email" \
                    WHERE "e"."thread" IS NOT NULL
                    """,
                    persistent: true
                )
            }
            ofSubject = try prepare(Self.mostOfPeriod)
            ofFormerKey = try prepare(Self.mostOfFormerKey)
            hasFormerKeys =
                try database.first(
                    "SELECT 1 FROM \"email_thread_key\" WHERE \"value\" >= 'subject:' AND \"value\" < 'subject;' LIMIT 1"
                ) != nil
            // Behind the beginning of its key, another subject that begins with this one has another bar.
            lastKey = try database.prepare(
                """
                SELECT "value" FROM "email_thread_key" WHERE "value" >= ?1 AND "value" < ?2 \
                AND instr(substr("value", length(?1) + 1), '|') = 0 ORDER BY "value" DESC LIMIT 1
                """,
                persistent: true
            )
        }

        /// Returns the key by which a message is found.
        static func key(of message: Message) -> String {
            "\(beginning(message.subject, areLost: message.isLost))\(text(message.date.map(period)))"
        }

        private static func beginning(_ subject: String, areLost: Bool) -> String {
            "\(areLost ? "reply" : "talk"):\(subject)|"
        }

        private static func text(_ period: Int64?) -> String { period.map { "\($0)" } ?? "-" }

        /// The number of the period of a date.
        private static func period(of date: Int64) -> Int64 {
            let rest = date % length
            return (date - (rest < 0 ? rest + length : rest)) / length
        }

        /// Returns the replies without references that have the subject of a message that is not stored yet.
        ///
        /// - Parameter reach: the seconds from its date to theirs.
        func replies(near message: Message, within reach: ClosedRange<Int64>) throws -> [Candidate] {
            try (formerly(message.subject) + near(message, areLost: true, within: reach)).filter(\.isLost)
        }

        /// Returns the messages with the subject of one that is not stored yet that such replies may answer.
        ///
        /// - Parameter reach: the seconds from its date to theirs.
        func talks(near message: Message, within reach: ClosedRange<Int64>) throws -> [Candidate] {
            try (formerly(message.subject) + near(message, areLost: false, within: reach)).filter { !$0.isLost }
        }

        private func near(
            _ message: Message,
            areLost: Bool,
            within reach: ClosedRange<Int64>
        ) throws -> [Candidate] {
            let beginning = Self.beginning(message.subject, areLost: areLost)
            guard let date = message.date else { return try ofAllPeriods(beginning) }
            // Messages without a date are near all others.
            var periods: [Int64?] = [nil]
            for period in Self.period(of: date + reach.lowerBound)...Self.period(of: date + reach.upperBound) {
                periods.append(period)
            }
            return try periods.flatMap { try read(ofSubject, by: beginning + Self.text($0)) }
        }

        /// Returns the messages of any period whose keys have a beginning: those without a date, then the newest.
        private func ofAllPeriods(_ beginning: String) throws -> [Candidate] {
            let undated = beginning + Self.text(nil)
            var found = try read(ofSubject, by: undated)
            // A period begins with a digit or a minus, and the colon is the character after the digits.
            var key = "\(beginning):"
            while found.count < Self.most, let last = try self.last(before: key, with: beginning) {
                key = last
                if key != undated { found += try read(ofSubject, by: key) }
            }
            return found
        }

        /// Returns the last key before another one that has a beginning and nothing but a period behind it.
        private func last(before key: String, with beginning: String) throws -> String? {
            try lastKey.bind(beginning, at: 1)
            try lastKey.bind(key, at: 2)
            defer { lastKey.reset() }
            return try lastKey.step() ? lastKey.text(at: 0) : nil
        }

        /// Returns the messages that earlier versions stored, by the keys as they wrote them.
        private func formerly(_ subject: String) throws -> [Candidate] {
            if !hasFormerKeys { return [] }
            let folded = Fold.fold(subject)
            let spellings = folded.utf8.elementsEqual(subject.utf8) ? [subject] : [subject, folded]
            return try spellings.flatMap { spelling in
                try read(ofFormerKey, by: "subject:\(spelling)")
            }
        }

        private func read(_ rows: Statement, by key: String) throws -> [Candidate] {
            try rows.bind(key, at: 1)
            defer { rows.reset() }
            var candidates: [Candidate] = []
            while try rows.step() { candidates.append(Candidate(rows, own: own)) }
            return candidates
        }
    }
}
