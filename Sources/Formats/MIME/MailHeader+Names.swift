extension MailHeader {
    /// The fields by which a header is one of mail.
    private static let ofMail: Set<String> = [
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "sender", "reply-to", "in-reply-to", "references",
        "received", "return-path", "delivered-to", "envelope-to", "delivery-date", "apparently-to", "mime-version",
        "content-type", "resent-from", "resent-to", "resent-date",
    ]
    /// The further fields that are usual in mail.
    private static let usual: Set<String> = [
        "authentication-results", "auto-submitted", "comments", "disposition-notification-to", "errors-to",
        "importance",
        "keywords", "lines", "mailing-list", "organization", "precedence", "priority", "sensitivity", "status",
        "thread-index", "thread-topic", "user-agent",
    ]
    /// The beginnings of the names of further fields.
    private static let beginnings = ["x-", "content-", "resent-", "list-", "arc-", "dkim-", "received-", "domainkey-"]
    /// The fields that a header has once (RFC 5322 section 3.6).
    private static let single: Set<String> = [
        "from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id",
    ]

    /// Returns the name of the field on a line, in lower case.
    static func name(in line: UnsafeBufferPointer<UInt8>, colon: Int) -> String {
        String(decoding: line[..<colon].prefix { !$0.isBlank }, as: UTF8.self).lowercased()
    }

    /// Whether the name of a field, in lower case, is one that headers of mail usually have.
    static func isUsual(_ name: String) -> Bool {
        ofMail.contains(name) || usual.contains(name) || beginnings.contains(where: name.hasPrefix)
    }

    /// Returns whether a field behind lines that are none may be one of this header, rather than words of the text.
    ///
    /// - Parameters:
    ///   - name: the name of the field, in lower case.
    ///   - isOfMessage: whether the header is that of a message, and not of a part of one.
    func mayGoOn(with name: String, ofMessage isOfMessage: Bool) -> Bool {
        guard isOfMessage else { return name.hasPrefix("content-") }
        return Self.isUsual(name) && !(Self.single.contains(name) && value(name) != nil)
    }

    /// Whether any field is one by which a header is one of mail.
    public var isOfMail: Bool { names.contains(where: Self.ofMail.contains) }
}
