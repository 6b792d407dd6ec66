import Formats

/// The information in a message's header.
struct MessageEnvelope {
    /// The id without brackets; `nil` where there is none.
    let messageID: String?
    let subject: String
    let from: [MailAddress]
    /// The text of the header about a sender without an address.
    let senderWords: String?
    let to: [MailAddress]
    let cc: [MailAddress]
    let bcc: [MailAddress]
    /// Seconds since 1970: as the message says, else as the newest server that passed it on does, else as its mailbox.
    let date: Int64?
    /// The ids that it answers, the oldest first.
    let references: [String]
    let inReplyTo: String?
    /// Whether a program sent the message to many people: then none of the people named is a correspondent.
    let isOfList: Bool
    /// Whether the header says more than is kept of it.
    let isCut: Bool
    /// Whether a mail program has marked it as deleted in its mailbox, from which it is gone once that is compacted, or it
    /// is where such a program keeps what it knows of the mailbox, which is no mail.
    let isDeleted: Bool
    /// What speaks against the charsets that the subject and the names of people are said to be in.
    let charsetDoubts: [CharacterSetDoubt]

    /// The most characters of a subject, and bytes of ids, that are kept.
    private static let longestSubject = 2000
    private static let longestID = 500
    private static let longestReferences = 9000
    /// The bit of X-Mozilla-Status that says so (nsMsgMessageFlags.h: Expunged), and the letter of X-Status that does
    /// (c-client, Dovecot).
    private static let deletedInMozilla = 0x0008
    private static let deletedInStatus: Character = "D"
    /// What c-client calls the first message of a mailbox, in which it counts the others; Dovecot keeps it.
    private static let ofMailbox = "DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"

    /// - Parameter deliveredAt: the time of delivery to the mailbox, in seconds since 1970, if it is known.
    init(_ header: MailHeader, deliveredAt: Int64?) {
        messageID = header.text("message-id").flatMap { Self.ids(in: $0).first }
        let subject = header.text("subject") ?? ""
        self.subject = String(subject.prefix(Self.longestSubject))
        func people(_ name: String) -> [MailAddress] { header.values(name).flatMap { MailAddress.list($0) } }
        let senders = people("from")
        from = senders.isEmpty ? people("sender") : senders
        senderWords = from.isEmpty ? header.text("from").map { String($0.prefix(Self.longestID)) } : nil
        (to, cc, bcc) = (people("to"), people("cc"), people("bcc"))
        isCut =
            header.isTellingCut || self.subject.utf8.count < subject.utf8.count
            || ![from, to, cc, bcc].allSatisfy(MailAddress.areShort)
        charsetDoubts = header.charsetDoubts(in: ["subject", "from", "sender", "to", "cc", "bcc"]).uniqued
        date = Self.date(of: header) ?? deliveredAt
        let flags = header.text("x-mozilla-status").flatMap { Int($0, radix: 16) } ?? 0
        isDeleted =
            flags & Self.deletedInMozilla != 0
            || header.text("x-status")?.contains(Self.deletedInStatus) ?? false
            || subject == Self.ofMailbox && ["x-imap", "x-imapbase"].contains { header.value($0) != nil }
        let answered = Self.ids(in: header.text("in-reply-to") ?? "", onlyBracketed: true)
        inReplyTo = answered.first
        var references = Self.ids(in: header.text("references") ?? "")
        for id in answered.prefix(1) where !references.contains(id) { references.append(id) }
        self.references = Self.shortened(references)
        let precedence = header.text("precedence")?.lowercased() ?? ""
        let isAutomatic = header.text("auto-submitted").map { $0.lowercased() != "no" } ?? false
        isOfList =
            isAutomatic || ["list", "bulk", "junk"].contains(precedence)
            || ["list-id", "list-unsubscribe", "list-post"].contains { header.value($0) != nil }
    }

    /// The first id, with which the thread begins, and of the others as many of the last as a field holds.
    private static func shortened(_ ids: [String]) -> [String] {
        var room = longestReferences - (ids.first?.utf8.count ?? 0)
        let last = ids.dropFirst().reversed().prefix { id in
            room -= id.utf8.count + 1
            return room >= 0
        }
        return ids.prefix(1) + last.reversed()
    }

    private static func date(of header: MailHeader) -> Int64? {
        if let date = header.value("date").flatMap({ MailDate($0) }) { return date.seconds }
        let received = header.value("received")?.split(separator: UInt8(ascii: ";")).last
        return (received.flatMap { MailDate($0) } ?? header.value("delivery-date").flatMap { MailDate($0) })?.seconds
    }

    /// The ids of a field, without those that are longer than is kept.
    static func ids(in text: String, onlyBracketed: Bool = false) -> [String] {
        MessageIDs.list(text, onlyBracketed: onlyBracketed).filter { $0.utf8.count <= longestID }
    }

    /// The addresses of the sender and the recipients, in lower case.
    var people: Set<String> { Set((from + to + cc + bcc).map { EmailAddress.matchKey(for: $0.address) }) }

    /// Who wrote and got it, by the roles of links and the fields that name them.
    var roles: [(role: String, people: [MailAddress])] { [("from", from), ("to", to), ("cc", cc), ("bcc", bcc)] }
}
