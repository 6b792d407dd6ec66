import Formats

/// Marks the addresses of contacts as undeliverable where a server says so, and counts it where the message belonged to a
/// campaign.
struct BouncedAddresses {
    private let transaction: Transaction
    private let contact: Module
    private let lookup: MailLookup

    private static let longestReason = 300

    init(_ lookup: MailLookup, in transaction: Transaction) {
        self.lookup = lookup
        self.transaction = transaction
        contact = transaction.store.registry[.contact]
    }

    /// Takes what a report says.
    ///
    /// - Parameters:
    ///   - date: when it was written, in seconds since 1970.
    ///   - owners: the contacts that own an address.
    /// - Returns: how many addresses were marked that were not yet.
    func take(
        _ report: DeliveryReportReading.Result,
        on date: Int64?,
        _ owners: (MailAddress) throws -> [Int64]
    ) throws -> Int {
        let day = date.flatMap(Moment.init(secondsSinceEpoch:)).map { String($0.description.prefix(10)) }
        var marked = 0
        for failure in report.failures {
            let words = [failure.status, failure.diagnostic].filter { !$0.isEmpty }.joined(separator: ": ")
            for address in failure.addresses {
                for id in try owners(MailAddress(name: "", address: address)) {
                    if try mark(address, of: id, on: day ?? transaction.today, words) { marked += 1 }
                }
            }
        }
        if let id = report.messageID { try count(report.failures.count, ofMessage: id) }
        return marked
    }

    /// - Returns: whether the address was not marked yet.
    private func mark(_ address: String, of id: Int64, on day: String, _ reason: String) throws -> Bool {
        let rows = try transaction.rows(of: .bounce, in: contact)
        let text = String(reason.prefix(Self.longestReason))
        let values: [Value] = [.text(address), .text(day), text.isEmpty ? .null : .text(text)]
        let key = EmailAddress.matchKey(for: address)
        let present = try rows.rows(of: id)
        let known = present.first { row in
            row.value("address", of: .bounce).text.map { EmailAddress.matchKey(for: $0) } == key
        }
        guard let known else {
            try rows.add(values, to: id)
            return true
        }
        if (known.value("bounced_on", of: .bounce).text ?? "") < day {
            try rows.set([known.values[0]] + values.dropFirst(), of: id, in: known)
        }
        return false
    }

    /// Adds to the campaign that a message was sent for.
    private func count(_ failures: Int, ofMessage id: String) throws {
        guard let message = try lookup.email(ofMessageID: id),
            let record = try transaction.store.storedRecord(transaction.store.registry[.email], id: message.id),
            let about = record["about"].text,
            about.hasPrefix("\(ModuleName.campaign.rawValue):"),
            let campaign = Int64(about.dropFirst(ModuleName.campaign.rawValue.utf8.count + 1))
        else { return }
        let adjustment = [FieldInput("bounced_count", .adjustNumber(by: "+\(failures)"))]
        _ = try transaction.edit(transaction.store.registry[.campaign], id: campaign, adjustment)
    }
}
