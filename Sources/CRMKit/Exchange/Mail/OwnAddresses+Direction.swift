import Formats

extension OwnAddresses {
    /// Returns the direction of a message from the user's point of view; `nil` if no own addresses are configured.
    func direction(of envelope: MessageEnvelope) -> String? {
        direction(from: envelope.from, to: envelope.to + envelope.cc + envelope.bcc)
    }

    /// Returns the direction of a message with some senders and recipients.
    func direction(from senders: [MailAddress], to others: [MailAddress]) -> String? {
        guard !isEmpty else { return nil }
        guard senders.contains(where: { contains($0.address) }) else { return "incoming" }
        return !others.isEmpty && others.allSatisfy { contains($0.address) } ? "internal" : "outgoing"
    }
}
