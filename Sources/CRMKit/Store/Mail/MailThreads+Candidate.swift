import Formats
import SQLite

extension MailThreads {
    /// A message among those with its subject, with what decides which of them a reply without references answers.
    ///
    /// No order of arrival is in what it says of two messages.
    final class Candidate {
        /// The id of the record; 0 for a message that is not stored yet.
        let id: Int64
        let messageID: String
        /// The thread; empty for a message that is not stored yet.
        let thread: String
        let date: Int64?
        /// Whether the message is a reply without a reference to the message it answers.
        let isLost: Bool
        /// The subject, the two fields with references, the sender and the recipients, as the fields store them. Of most
        /// messages few are looked at.
        private let fields: [String?]
        private let own: OwnAddresses
        /// The subject without the prefixes of replies, folded.
        private(set) lazy var subject = MailSubject(fields[0] ?? "").base
        /// The ids that the message refers to, the oldest first.
        private(set) lazy var references: [String] = {
            let named = MessageIDs.list(self.fields[1] ?? "")
            return named + MessageIDs.list(self.fields[2] ?? "").prefix(1).filter { !named.contains($0) }
        }()
        /// The addresses of the sender and the recipients in their comparable form.
        private lazy var addresses = Set(
            fields[3...].flatMap { MailAddress.list($0 ?? "") }.map { EmailAddress.matchKey(for: $0.address) }
        )
        /// The addresses without the user's own, if there are others.
        private lazy var people = own.others(among: addresses)

        /// The maximum time in seconds between a message and a reply that names only its subject.
        static let longestPause: Int64 = 60 * Int64.secondsPerDay
        /// The maximum difference in seconds between the clocks of two correspondents.
        static let longestLag: Int64 = 600

        /// The columns of the table of messages, under the name `e`, in the order in which they are read.
        static let columns = [
            "id", "message_id", "thread", "date", "subject", "references", "in_reply_to", "from", "to", "cc", "bcc",
        ].map { "\"e\".\($0.quotedIdentifier)" }.joined(separator: ", ")

        /// Reads a stored message from a row of ``columns``.
        init(_ row: Statement, own: OwnAddresses) {
            func text(_ place: Int) -> String? { row.isNull(at: place) ? nil : row.text(at: place) }
            id = row.integer(at: 0)
            messageID = MailThreads.messageID(text(1), of: id)
            thread = row.text(at: 2)
            date = text(3).flatMap(Moment.seconds(stored:))
            fields = (4...10).map(text)
            isLost = row.isNull(at: 5) && row.isNull(at: 6) && MailSubject(row.text(at: 4)).isAnswer
            self.own = own
        }

        /// Describes a message that is not stored yet.
        init(_ message: Message) {
            (id, messageID, thread) = (0, message.messageID, "")
            (date, isLost) = (message.date, message.isLost)
            (fields, own) = ([], OwnAddresses(nil))
            (subject, references) = (message.subject, message.references)
            (addresses, people) = (message.addresses, message.people)
        }

        /// The id of the message that began the thread, as far as this one tells.
        var beginning: String { references.first ?? messageID }

        /// The rank among the messages that a reply may answer; the highest one counts.
        var rank: (Int64, String) { (date ?? .min, messageID) }

        /// Whether a reply without references may be one to this message, of the same subject: it was written before
        /// it, as far as clocks agree, and one of the people in the reply wrote or received it.
        func mayBeAnswered(by reply: Candidate) -> Bool {
            !isLost && isBefore(reply) && isNear(reply) && !references.contains(reply.messageID)
                && !addresses.isDisjoint(with: reply.people)
        }

        /// Returns the message that this reply without references answers, among those with its subject.
        func host(among all: [Candidate]) -> Candidate? {
            var host: Candidate?
            // Ranks are compared first: addresses have to be read.
            for one in all where host.map({ $0.rank < one.rank }) ?? true {
                if one.mayBeAnswered(by: self) { host = one }
            }
            return host
        }

        /// Whether this and another message are replies without references that may answer one message.
        func isBeside(_ other: Candidate) -> Bool {
            isLost && other.isLost && isNear(other)
                && !(addresses.isDisjoint(with: other.people) && other.addresses.isDisjoint(with: people))
        }

        private func isBefore(_ other: Candidate) -> Bool {
            guard let date, let last = other.date else { return true }
            return date <= last + Self.longestLag
        }

        /// Whether the time between the messages is short enough for a reply.
        private func isNear(_ other: Candidate) -> Bool {
            guard let date, let last = other.date else { return true }
            return abs(date - last) <= Self.longestPause
        }
    }
}
