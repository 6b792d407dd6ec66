import Formats

/// The information in a message's header.
struct MessageEnvelope {
    /// The message id without angle brackets; `nil` if there is none.
    let messageID: String?
    let subject: String
    let from: [MailAddress]
    /// The text of the `From` field when it has no address.
    let senderWords: String?
    let to: [MailAddress]
    let cc: [MailAddress]
    let bcc: [MailAddress]
    /// The date in seconds since 1970: that of the message, otherwise that of the last server, otherwise that of the
    /// mailbox.
    let date: Int64?
    /// The ids of earlier messages in the thread, oldest first.
    let references: [String]
    let inReplyTo: String?
    /// Whether a program or a mailing list sent the message, so that the people in it are not correspondents.
    let isOfList: Bool
    /// Whether the header is longer than the part of it that is stored.
    let isCut: Bool
    /// Whether a mail program has marked the message in its mailbox as deleted, where it remains until the mailbox is
    /// compacted, or as a draft, which nobody has received.
    let isSetAside: Bool
    /// Whether this is the pseudo-message in which a mail program stores data about the mailbox.
    let isOfMailbox: Bool
    /// The doubts about the charsets of the subject and the names of people.
    let charsetDoubts: [CharacterSetDoubt]

    /// The maximum number of characters of a subject, and of bytes of ids, that are stored.
    private static let longestSubject = 2000
    private static let longestID = 500
    private static let longestReferences = 9000
    /// The marks of a deleted message and of a draft: a bit of X-Mozilla-Status (nsMsgMessageFlags.h: Expunged),
    /// letters of X-Status (c-client, Dovecot), and labels in an archive of Gmail. Thunderbird's X-Mozilla-Draft-Info
    /// is none: it also stands in messages that were sent.
    private static let deletedInMozilla = 0x0008
    private static let deletedInStatus: Character = "D"
    private static let draftInStatus: Character = "T"
    /// The letters of X-Status. KMail writes others too, in which a T is for an attachment.
    private static let lettersOfStatus = "ADFT"
    private static let setAsideLabels: Set<String> = ["trash", "papelera", "drafts", "borradores"]
    /// The subject of the pseudo-message in which c-client stores data about a mailbox; Dovecot has it too.
    private static let ofMailbox = "DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"

    /// - Parameter deliveredAt: the time of delivery to the mailbox, in seconds since 1970, if it is known.
    init(_ header: MailHeader, deliveredAt: Int64?) {
        messageID = header.text("message-id").flatMap { Self.ids(in: $0).first }
        let subject = (header.text("subject") ?? "").withoutMarks.trimmed
        self.subject = Self.shortened(subject, to: Self.longestSubject)
        func people(_ name: String) -> [MailAddress] { header.values(name).flatMap { MailAddress.list($0) } }
        let senders = people("from")
        from = senders.isEmpty ? people("sender") : senders
        senderWords = from.isEmpty ? header.text("from").map { Self.shortened($0, to: Self.longestID) } : nil
        (to, cc, bcc) = (people("to"), people("cc"), people("bcc"))
        isCut =
            header.isEssentialCut || self.subject.utf8.count < subject.utf8.count
            || ![from, to, cc, bcc].allSatisfy(MailAddress.areShort)
        charsetDoubts = header.charsetDoubts(in: ["subject", "from", "sender", "to", "cc", "bcc"]).uniqued
        date = Self.date(of: header) ?? deliveredAt
        let flags = header.text("x-mozilla-status").flatMap { Int($0, radix: 16) } ?? 0
        let status = header.text("x-status")?.trimmed ?? ""
        let labels = (header.text("x-gmail-labels") ?? "").lowercased().split(separator: ",")
        isSetAside =
            flags & Self.deletedInMozilla != 0 || status.contains(Self.deletedInStatus)
            || status.contains(Self.draftInStatus) && status.allSatisfy { Self.lettersOfStatus.contains($0) }
            || labels.contains { Self.setAsideLabels.contains(String($0).trimmed) }
        isOfMailbox = subject == Self.ofMailbox && ["x-imap", "x-imapbase"].contains { header.value($0) != nil }
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

    /// Returns a line with at most some number of characters, and not more scalars than a line can have.
    private static func shortened(_ line: String, to most: Int) -> String {
        String(line.prefix(most).unicodeScalars.prefix(PlainText.lineLimit)).trimmed
    }

    /// Returns the first id, which identifies the thread, and as many of the last ids as fit into a field.
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

    /// Returns the ids in a field in the form in which they are stored, without those that are too long.
    static func ids(in text: String, onlyBracketed: Bool = false) -> [String] {
        MessageIDs.list(text, onlyBracketed: onlyBracketed).filter { $0.utf8.count <= 2 * longestID }
            .map(CodeType.cleaned).filter { !$0.isEmpty && $0.utf8.count <= longestID }.uniqued
    }

    /// The addresses of the sender and the recipients, in lower case.
    var people: Set<String> { Set((from + to + cc + bcc).map { EmailAddress.matchKey(for: $0.address) }) }

    /// The people in each role. Links and fields have the same names for the roles.
    var roles: [(role: String, people: [MailAddress])] { [("from", from), ("to", to), ("cc", cc), ("bcc", bcc)] }
}
