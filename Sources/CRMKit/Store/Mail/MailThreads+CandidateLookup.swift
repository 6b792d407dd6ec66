import SQLite

extension MailThreads {
    /// Finds the messages with the subject of another one that may have to do with it.
    ///
    /// They are found by the subject and the period in which they were written, so that messages of other times are not
    /// looked at, however many have come since. Replies without references are found apart: where there are none, nothing
    /// else need be read.
    struct CandidateLookup {
        private let ofSubject: Statement
        private let ofAnyPeriod: Statement
        private let ofFormerKey: Statement
        private let own: OwnAddresses

        /// The length of a period in seconds: a message and a reply to it are in one period or in two neighbouring ones.
        private static let length = Candidate.longestPause
        /// The number of the newest messages of a subject and a period that are examined.
        private static let mostOfPeriod = 64
        /// The number of the newest messages of a subject that are examined where the period is not known.
        private static let most = 256
        /// The number of the newest messages with a key of earlier versions, which says no period, that are examined.
        private static let mostOfFormerKey = 50

        init(in database: Database, own: OwnAddresses) throws {
            self.own = own
            func prepare(_ condition: String, _ most: Int) throws -> Statement {
                // The order of the index is used: sorting would make each message as expensive as all before it.
                try database.prepare(
                    """
                    SELECT \(Candidate.columns) FROM (SELECT "id", "email" FROM "email_thread_key" WHERE \(condition) \
                    LIMIT \(most)) AS "k" CROSS JOIN "email" AS "e" ON "e"."id" = "k"."email" \
                    WHERE "e"."thread" IS NOT NULL
                    """,
                    persistent: true
                )
            }
            ofSubject = try prepare("\"value\" = ? ORDER BY \"id\" DESC", Self.mostOfPeriod)
            ofAnyPeriod = try prepare("\"value\" >= ? AND \"value\" < ?", Self.most)
            ofFormerKey = try prepare("\"value\" = ? ORDER BY \"id\" DESC", Self.mostOfFormerKey)
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

        /// Returns the messages with the subject of a message that is not stored yet, each once: the replies without
        /// references that may be beside it or answer it, and, if there are any or it is one, what they may answer.
        func candidates(for message: Message) throws -> [Candidate] {
            var found = try formerly(message.subject) + near(message, areLost: true, within: 1)
            if message.isLost || found.contains(where: \.isLost) {
                // What another reply answers may be as far from that as that is from the message.
                found += try near(message, areLost: false, within: 2)
            }
            var seen: Set<Int64> = []
            return found.filter { seen.insert($0.id).inserted }
        }

        /// - Parameter reach: the number of periods before and after that of the message.
        private func near(_ message: Message, areLost: Bool, within reach: Int64) throws -> [Candidate] {
            let beginning = Self.beginning(message.subject, areLost: areLost)
            guard let date = message.date else {
                // The end of the subject is followed by nothing but the period.
                try ofAnyPeriod.bind(beginning, at: 1)
                try ofAnyPeriod.bind("\(beginning.dropLast())}", at: 2)
                return try read(ofAnyPeriod).filter { $0.subject == message.subject }
            }
            let period = Self.period(of: date)
            // Messages without a date are near all others.
            var periods: [Int64?] = [nil]
            for number in period - reach...period + reach { periods.append(number) }
            return try periods.flatMap { period in
                try ofSubject.bind(beginning + Self.text(period), at: 1)
                return try read(ofSubject)
            }
        }

        /// Returns the messages that earlier versions stored, by the keys as they wrote them.
        private func formerly(_ subject: String) throws -> [Candidate] {
            let folded = Fold.fold(subject)
            let spellings = folded.utf8.elementsEqual(subject.utf8) ? [subject] : [subject, folded]
            return try spellings.flatMap { spelling in
                try ofFormerKey.bind("subject:\(spelling)", at: 1)
                return try read(ofFormerKey)
            }
        }

        private func read(_ rows: Statement) throws -> [Candidate] {
            defer { rows.reset() }
            var candidates: [Candidate] = []
            while try rows.step() { candidates.append(Candidate(rows, own: own)) }
            return candidates
        }
    }
}
