import Formats
import Testing

@Suite struct `Delivery report` {
    /// What a report says of its recipients: addresses, whether it is for good and of the address, and the words of the
    /// server.
    private func recipients(_ status: String) -> [String] {
        DeliveryReport(Array(status.utf8)).recipients.map { recipient in
            [
                recipient.addresses.joined(separator: " "), recipient.status, "\(recipient.isFinal)",
                "\(recipient.concernsAddress)", recipient.diagnostic,
            ].joined(separator: " ")
        }
    }

    @Test("tells of each recipient")
    func tellsOfEachRecipient() {
        let status = """
            Reporting-MTA: dns; mail.example.net
            Arrival-Date: Mon, 5 Jan 2026 10:00:00 +0100

            Original-Recipient: rfc822;ana@example.org
            Final-Recipient: rfc822; ana.ruiz@host.example.org
            Action: failed (it was tried once)
            Status: 5.1.1 (no such mailbox)
            Diagnostic-Code: smtp; 550 5.1.1
                User unknown

            Final-Recipient: RFC822;<luis@example.org>
            Action: Delayed
            Status: 4.4.1

            Final-Recipient: utf-8; ñandú@example.org
            Action: FAILED
            Status: 5.2.2

            """
        let expected = [
            "ana@example.org ana.ruiz@host.example.org 5.1.1 true true 550 5.1.1 User unknown",
            "luis@example.org 4.4.1 false false ", "ñandú@example.org 5.2.2 true false ",
        ]
        #expect(recipients(status) == expected)
        #expect(recipients(status.replacing("\n", with: "\r\n")) == expected)
    }

    @Test(
        "says no more than there is",
        arguments: [
            ("Action: failed\nFinal-Recipient: rfc822; a@b.example\nStatus: 4.4.7", ["a@b.example 4.4.7 true false "]),
            ("Final-Recipient: a@b.example\nAction: failed", ["a@b.example  true true "]),
            ("Action: failed\nStatus: 5.1.1", []),
            ("Final-Recipient: rfc822; nobody\nAction: failed", []), ("", []), ("\n\n:\n x\n", []),
        ]
    )
    func saysNoMoreThanThereIs(status: String, expected: [String]) {
        #expect(recipients(status) == expected)
    }

    @Test(
        "marks no address for what is no fault of it, however the server words it",
        arguments: [
            // Exim has one status for all, and the reply says which.
            ("5.0.0", "smtp; 550 No Such User Here", true), ("5.0.0", "smtp; 550-5.1.1 No such account", true),
            ("5.0.0", "smtp; 552 5.2.2 Mailbox full", false), ("5.0.0", "smtp; 552-5.2.2 Over quota", false),
            ("5.0.0", "smtp; 552 Over quota", false), ("5.0.0", "smtp; 554 5.7.1 Rejected as spam", false),
            ("5.0.0", "smtp; 550 #5.1.0 Address rejected", true), ("5.0.0", "smtp; 451 Try again later", false),
            ("", "smtp; 550 (#5.7.1) 192.0.2.1 is listed", false), ("5.0.0", "", true),
            // A status that tells goes before the reply.
            ("5.1.1", "smtp; 554 5.7.1 Rejected", true), ("5.7.1", "smtp; 550 5.1.1 User unknown", false),
            // It took too long, went round, or the sender is at fault.
            ("5.4.7", "", false), ("5.4.300", "", false), ("5.4.6", "", false), ("5.4.14", "", false),
            ("5.1.8", "", false), ("5.1.7", "", false), ("5.4.4", "", true), ("5.4.1", "", true), ("5.1.10", "", true),
        ]
    )
    func marksNoAddress(status: String, reply: String, isMarked: Bool) {
        let report = """
            Final-Recipient: rfc822; a@b.example
            Action: failed
            Status: \(status)
            Diagnostic-Code: \(reply)
            """
        #expect(DeliveryReport(Array(report.utf8)).recipients.map(\.concernsAddress) == [isMarked])
    }
}
