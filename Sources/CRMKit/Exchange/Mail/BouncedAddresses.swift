import Formats
import SQLite

/// Marks the addresses of contacts that a server reports as undeliverable, and counts failures for the campaign of the
/// message.
struct BouncedAddresses {
    private let transaction: Transaction
    private let contact: Module
    private let lookup: MailLookup
    /// The writer of the rows that record known failures.
    private let keys: PartWriter?

    private static let longestReason = 300

    init(_ lookup: MailLookup, in transaction: Transaction) throws {
        self.lookup = lookup
        self.transaction = transaction
        contact = transaction.store.registry[.contact]
        keys = try transaction.partWriter(of: Table(.threadKey, of: transaction.store.registry[.email]))
    }

    /// Marks the addresses that failed in a delivery report because of the address itself.
    ///
    /// - Parameters:
    ///   - email: the id of the e-mail that is the report.
    ///   - date: the time of the report, in seconds since 1970.
    ///   - owners: returns the contacts that own an address.
    /// - Returns: the number of addresses newly marked.
    func take(
        _ report: DeliveryReportReading.Result,
        in email: Int64,
        on date: Int64?,
        _ owners: (MailAddress) throws -> [Int64]
    ) throws -> Int {
        let day = date.flatMap(Moment.init(secondsSinceEpoch:)).map(\.utcDate.description)
        var marked = 0
        for failure in report.failures where failure.concernsAddress {
            let words = [failure.status, failure.diagnostic].filter { !$0.isEmpty }.joined(separator: ": ")
            for address in failure.addresses {
                for id in try owners(MailAddress(name: "", address: address)) {
                    if try mark(address, of: id, on: day ?? transaction.today, words) { marked += 1 }
                }
            }
        }
        if let id = report.messageID { try count(report.failures, ofMessage: id, toldIn: email) }
        return marked
    }

    /// - Returns: whether the address is newly marked.
    private func mark(_ address: String, of id: Int64, on day: String, _ reason: String) throws -> Bool {
        let part = contact.part(required: Part.bounce.name)
        let rows = try transaction.rows(of: part, in: contact)
        let key = EmailAddress.matchKey(for: address)
        let known = try rows.rows(of: id).first { row in
            row.value("address", of: part).text.map { EmailAddress.matchKey(for: $0) } == key
        }
        if let known, (known.value("bounced_on", of: part).text ?? "") >= day { return false }
        let text = String(reason.prefix(Self.longestReason))
        var values = known?.values ?? part.defaults
        for (field, value) in [("bounced_on", day), ("reason", text)] where !value.isEmpty {
            values[part.position(required: field)] = .text(value)
        }
        if let known {
            try rows.set(values, of: id, in: known)
            return false
        }
        values[part.position(required: "address")] = .text(address)
        try rows.add(values, to: id)
        return true
    }

    /// Adds the failures to the campaign that the message was sent for, once for each recipient even if several reports
    /// name it.
    private func count(
        _ failures: [DeliveryReport.Recipient],
        ofMessage id: String,
        toldIn email: Int64
    ) throws {
        guard let message = try lookup.email(ofMessageID: id),
            let record = try transaction.store.storedRecord(transaction.store.registry[.email], id: message.id),
            let about = record["about"].text,
            about.hasPrefix("\(ModuleName.campaign.rawValue):"),
            let campaign = Int64(about.dropFirst(ModuleName.campaign.rawValue.utf8.count + 1))
        else { return }
        var new = 0
        for failure in failures {
            let address = failure.addresses.first.map { EmailAddress.matchKey(for: $0) } ?? ""
            if try note(CodeType.cleaned("bounce:\(id) \(address)"), toldIn: email) { new += 1 }
        }
        if new == 0 { return }
        let adjustment = [FieldInput("bounced_count", .adjustNumber(by: "+\(new)"))]
        _ = try transaction.edit(transaction.store.registry[.campaign], id: campaign, adjustment)
    }

    /// Stores the key of a failure with the report.
    ///
    /// - Returns: whether no report had the key before.
    private func note(_ key: String, toldIn email: Int64) throws -> Bool {
        if try lookup.isKnown(key: key) { return false }
        try keys?.add([.text(key)], to: email)
        return true
    }
}
