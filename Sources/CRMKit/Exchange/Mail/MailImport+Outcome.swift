extension MailImport {
    /// The result of importing a message.
    public enum Outcome: Sendable, Equatable {
        /// A new message, stored under this id.
        case created(Int64)
        /// The message was stored already.
        case unchanged(Int64)
        /// The record had only the message's fields and was completed.
        case completed(Int64)
        /// The input is not a message: it has no header of mail, or no bytes at all.
        case rejected
        /// The message is marked as deleted or as a draft in its mailbox and was skipped.
        case setAside
        /// The input is not a message but data that a mail program stores about the mailbox, and was skipped.
        case mailboxData
    }

    /// The counts of an import of messages.
    public struct Report: Sendable {
        /// The number of messages.
        public var messages = 0
        /// The number of new messages.
        public var created = 0
        /// The number of messages that were stored already.
        public var unchanged = 0
        /// The number of records that had only the fields and were completed.
        public var completed = 0
        /// The number of inputs that are not messages.
        public var failed = 0
        /// The number of messages skipped because they are marked as deleted or as drafts.
        public var setAside = 0
        /// The number of new links with contacts.
        public var linked = 0
        /// The number of documents created from attachments.
        public var documents = 0
        /// The number of addresses newly marked as undeliverable by delivery reports.
        public var bounced = 0
        /// The number of contacts created.
        public var contacts = 0
        /// Whether the user's own addresses are configured, so that incoming and outgoing messages can be
        /// distinguished.
        public var knowsOwnAddresses = false
    }
}
