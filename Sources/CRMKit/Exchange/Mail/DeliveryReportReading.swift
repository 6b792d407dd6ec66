import Formats

/// Collects the contents of a delivery report (RFC 6522, RFC 3464) while the parts of its message are read: the outcome
/// for each recipient, and the message concerned.
struct DeliveryReportReading {
    /// The contents of a report.
    struct Result {
        /// The recipients to whom delivery failed.
        let failures: [DeliveryReport.Recipient]
        /// The id of the undelivered message; `nil` when the report does not contain it.
        let messageID: String?
    }

    private var isReport = false
    /// The numbers of the parts: the delivery status, the returned header, and the returned message.
    private var (status, header, message): (Int?, Int?, Int?)
    private var statusBytes: [UInt8] = []
    private var headerBytes: [UInt8] = []
    private var messageID: String?

    private static let longest = 256 << 10

    /// Examines a part at its beginning.
    mutating func begin(_ part: MIMEPart) {
        if part.index == 0 {
            let type = part.contentType["report-type"]?.lowercased()
            isReport = part.mediaType == "multipart/report" && (type == nil || type == "delivery-status")
        }
        guard isReport else { return }
        if let message, part.parent == message, messageID == nil { messageID = Self.id(in: part.header) }
        guard !part.isEmbedded else { return }
        switch part.mediaType {
        case "message/delivery-status", "message/global-delivery-status": status = status ?? part.index
        case "text/rfc822-headers", "message/global-headers": header = header ?? part.index
        case "message/rfc822", "message/global": message = message ?? part.index
        default: break
        }
    }

    /// Adds bytes of the body of a part.
    mutating func append(_ bytes: UnsafeRawBufferPointer, of part: Int) {
        if part == status {
            statusBytes.append(contentsOf: bytes.prefix(Self.longest - statusBytes.count))
        } else if part == header {
            headerBytes.append(contentsOf: bytes.prefix(Self.longest - headerBytes.count))
        }
    }

    /// Returns the contents of the report, once the whole message was read; `nil` for a message that is not a report or
    /// that reports no failure.
    func result() throws -> Result? {
        guard status != nil else { return nil }
        let failures = DeliveryReport(statusBytes).recipients.filter(\.isFinal)
        guard !failures.isEmpty else { return nil }
        return Result(failures: failures, messageID: try messageID ?? writtenID())
    }

    /// Returns the id in the header that was returned instead of the message.
    private func writtenID() throws -> String? {
        guard header != nil else { return nil }
        let reading = MessageReading(looking: { _ in }, storing: { nil })
        let message = try MIMEParser.read(reading) { take in try headerBytes.withUnsafeBytes(take) }
        return Self.id(in: message.header)
    }

    private static func id(in header: MailHeader) -> String? {
        header.text("message-id").flatMap { MessageEnvelope.ids(in: $0).first }
    }
}
