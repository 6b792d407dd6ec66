/// A mail server's report about the delivery of a message to its recipients (RFC 3464; RFC 6533 for addresses in
/// UTF-8).
public struct DeliveryReport: Sendable {
    /// The outcome of the delivery to one recipient.
    public struct Recipient: Sendable, Equatable {
        /// The recipient's addresses: the one the sender wrote, if the report has it, then the last one known.
        public let addresses: [String]
        /// `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        public let action: String
        /// Three numbers separated by periods: `5.1.1` (RFC 3463). Empty if there is none.
        public let status: String
        /// The reply of the other server in its own words; empty if the report has none.
        public let diagnostic: String

        /// Whether the message does not arrive. Servers that give up after days report their last, temporary status.
        public var isFinal: Bool { action == "failed" }

        /// Whether the status concerns the address, which may fail for the next message as well. The sender, full
        /// mailboxes, the servers themselves, the time it took, contents and policy do not (RFC 3463, sections 3.2 to
        /// 3.8), nor does a temporary status.
        public var concernsAddress: Bool {
            let status = tellingStatus
            let parts = status.split(separator: ".", omittingEmptySubsequences: false)
            if status.hasPrefix("4") { return false }
            guard parts.count == 3 else { return true }
            return switch parts[1] {
            case "1": parts[2] != "7" && parts[2] != "8"
            case "2": parts[2] != "2" && parts[2] != "3"
            // Exchange has numbers of its own for messages that were passed on too often or for too long.
            case "4": !["3", "5", "6", "7", "14", "300"].contains(parts[2])
            case "3", "6", "7": false
            default: true
            }
        }

        /// The status or, where it says no more than that delivery failed, the one in the other server's reply: Exim
        /// reports each failure as 5.0.0.
        private var tellingStatus: String {
            if !["", "5.0.0"].contains(status) { return status }
            let words = diagnostic.split { $0.isWhitespace || "-#()[]<>:;,".contains($0) }.prefix(Self.mostWords)
            if let enhanced = words.first(where: Self.isStatus) { return String(enhanced) }
            // A reply may have no more than a code (RFC 5321 section 4.2.3).
            guard let code = words.first, code.count == 3, Int(code) != nil else { return status }
            return code == "552" ? "5.2.2" : code.hasPrefix("4") ? "4.0.0" : status
        }

        /// The number of words at the beginning of a reply among which a status is looked for.
        private static let mostWords = 8

        /// Whether a word is a status that says more than that delivery failed.
        private static func isStatus(_ word: Substring) -> Bool {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "4" || parts[0] == "5", word != "5.0.0" else { return false }
            return parts.dropFirst().allSatisfy { (1...3).contains($0.count) && $0.isASCIIDigits }
        }
    }

    /// The recipients that the report covers, in order.
    public let recipients: [Recipient]

    /// The greatest number of recipients that are read.
    private static let most = 1000

    /// Reads the body of a `message/delivery-status`: groups of fields, the first about the message, then one for each
    /// recipient.
    public init(_ status: [UInt8]) {
        recipients = Array(Self.groups(of: status).compactMap(Self.recipient).prefix(Self.most))
    }

    private static func groups(of status: [UInt8]) -> [MailHeader] {
        var groups: [MailHeader] = []
        var group = MailHeader.empty
        for line in status.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = Array(line.trimmingTrailingBlanks)
            if text.isEmpty {
                if group.count > 0 { groups.append(group) }
                group = .empty
                continue
            }
            text.withUnsafeBufferPointer { line in
                if line.first == 0x20 || line.first == 0x09 {
                    group.append(line)
                } else if let colon = MailHeader.colon(in: line) {
                    group.begin(line, colon: colon)
                }
            }
        }
        return group.count > 0 ? groups + [group] : groups
    }

    private static func recipient(_ group: MailHeader) -> Recipient? {
        let addresses = ["original-recipient", "final-recipient"].compactMap { name in
            group.text(name).flatMap { MailAddress.list(typed($0)).first?.address }
        }
        guard let last = addresses.last else { return nil }
        func word(_ name: String) -> String {
            String((group.text(name) ?? "").prefix { !$0.isWhitespace && $0 != "(" }).lowercased()
        }
        return Recipient(
            addresses: addresses.first == last ? [last] : addresses,
            action: word("action"),
            status: word("status"),
            diagnostic: group.text("diagnostic-code").map(typed) ?? ""
        )
    }

    /// Returns the value after a type and a semicolon: `rfc822; ana@example.org`.
    private static func typed(_ text: String) -> String {
        guard let end = text.firstIndex(of: ";") else { return text }
        return String(text[text.index(after: end)...].drop(while: \.isWhitespace))
    }
}
