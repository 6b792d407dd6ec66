import Formats

extension OwnAddresses {
    /// Where a message went, seen from oneself; `nil` where nobody has said who that is.
    func direction(of envelope: MessageEnvelope) -> String? {
        direction(from: envelope.from, to: envelope.to + envelope.cc + envelope.bcc)
    }

    /// Where a message went that some wrote to others.
    func direction(from senders: [MailAddress], to others: [MailAddress]) -> String? {
        guard !isEmpty else { return nil }
        guard senders.contains(where: { contains($0.address) }) else { return "incoming" }
        return !others.isEmpty && others.allSatisfy { contains($0.address) } ? "internal" : "outgoing"
    }
}
