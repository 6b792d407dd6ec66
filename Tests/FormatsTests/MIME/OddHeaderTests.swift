import Formats
import Testing

/// Headers with lines that are no fields, and messages whose lines end in other ways.
@Suite struct `An odd header` {
    struct Case: Sendable {
        let message: String
        var from: String? = "eva@x.example"
        var subject: String? = "s"
        var text = "b\n"

        init(_ message: String, from: String? = "eva@x.example", subject: String? = "s", text: String = "b\n") {
            (self.message, self.from, self.subject, self.text) = (message, from, subject, text)
        }
    }

    @Test(
        "goes on behind lines that are none of it",
        arguments: [
            Case("Subject: s\nX-Categoría: 1\nFrom: eva@x.example\n\nb\n"),
            Case("Subject: s\nX Foo Bar: 1\n seguida\nFrom: eva@x.example\n\nb\n"),
            Case("Subject: s\nsin dos puntos\n: vacio\nNota: 1\nFrom: eva@x.example\n\nb\n"),
            Case("Subject: s\n>From a@b Mon Jan  5 10:00:00 2026\nFrom: eva@x.example\n\nb\n"),
            Case("Subject: s\nFrom a@b Mon Jan  5 10:00:00 2026\nFrom: eva@x.example\n\nb\n"),
            // Before the first field.
            Case("X-Ño: 1\nSubject: s\nFrom: eva@x.example\n\nb\n"),
            Case(" seguida de nada\nSubject: s\nFrom: eva@x.example\n\nb\n"),
            Case("+OK 123 octets\nSubject: s\nFrom: eva@x.example\n\nb\n"),
            Case("\n\nSubject: s\nFrom: eva@x.example\n\nb\n"),
            Case("From a@b Mon Jan  5 10:00:00 2026\n\nSubject: s\nFrom: eva@x.example\n\nb\n"),
            // Where it ends without an empty line, the body begins at once.
            Case("Subject: s\nFrom: eva@x.example\nHola\nb\n", text: "Hola\nb\n"),
            Case("Subject: s\nFrom: eva@x.example\nAtención: b\n\nc\n", text: "Atención: b\n\nc\n"),
            Case(
                "Subject: s\nFrom: eva@x.example\nHola\nFrom: ana\nSubject: t\n\nc\n",
                text: "Hola\nFrom: ana\nSubject: t\n\nc\n"
            ),
            Case("Hola\n\nFrom: eva@x.example\n", from: nil, subject: nil, text: "Hola\n\nFrom: eva@x.example\n"),
            Case("\nHola\n", from: nil, subject: nil, text: "Hola\n"),
            Case(
                "Subject: s\nFrom: eva@x.example\n" + String(repeating: "línea\n", count: 40) + "X-A: 1\n",
                text: String(repeating: "línea\n", count: 40) + "X-A: 1\n"
            ),
            Case("Subject: s\nFrom: eva@x.example\n-- \nX-Eva: 1\n", text: "-- \nX-Eva: 1\n"),
            // Carriage returns alone.
            Case("Subject: s\rFrom: eva@x.example\r\runo\rdos\r", text: "uno\rdos\r"),
            Case("Subject: s\rFrom:\r eva@x.example\r\runo\r\ndos\n", text: "uno\r\ndos\n"),
            Case("Subject: s\r\r\nFrom: eva@x.example\r\r\n\r\nb\n"),
            Case("Subject: s\nFrom: eva@x.example\n\nuno\rdos\n", text: "uno\rdos\n"),
        ]
    )
    func goesOn(_ one: Case) throws {
        for size in [4096, 1, 2, 3, 7] {
            let outcome = try MailOutcome.of(Array(one.message.utf8), pieces: size)
            #expect(outcome.header?.text("from") == one.from, "in pieces of \(size)")
            #expect(outcome.header?.text("subject") == one.subject, "in pieces of \(size)")
            #expect(outcome.parts.last.map { String(decoding: $0.body, as: UTF8.self) } == one.text)
        }
    }

    @Test(
        "of a part too, and a delimiter ends it",
        arguments: [
            ("--b\nX-Ñ: 1\nContent-Type: text/x\n\n1\n--b--\n", ["text/x:1"]),
            ("--b\nHola\nSubject: y\n\n1\n--b--\n", ["text/plain:Hola\nSubject: y\n\n1"]),
            ("--b\nHola\n--b\n\n2\n--b--\n", ["text/plain:Hola", "text/plain:2"]),
            (
                "--b\nContent-Type: message/rfc822\n\n\nÑ\nSubject: x\n\n1\n--b--\n",
                ["message/rfc822:\nÑ\nSubject: x\n\n1", "text/plain:1"]
            ),
            (
                "--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/x; boundary=c\n--c\n\n1\n--c--\n--b--\n",
                [
                    "message/rfc822:Content-Type: multipart/x; boundary=c\n--c\n\n1\n--c--", "multipart/x:",
                    "text/plain:1",
                ]
            ),
        ]
    )
    func ofAPart(body: String, parts: [String]) throws {
        let head = "Content-Type: multipart/mixed; boundary=b\n"
        for (message, size) in [(head + "\n" + body, 4096), (head + body, 4096), (head + "\n" + body, 3)] {
            let outcome = try MailOutcome.of(Array(message.utf8), pieces: size)
            let read = outcome.parts.dropFirst().map { "\($0.mediaType):\(String(decoding: $0.body, as: UTF8.self))" }
            #expect(read == parts)
        }
    }

    @Test("of an mbox loses the mark before From") func ofAnMboxLosesTheMarkBeforeFrom() throws {
        let message = Array(">From : Ana <ana@x.example>\nSubject: s\n\nb\n".utf8)
        let outcome = try MailOutcome.of(message, unquotesFrom: true)
        #expect(outcome.header?.text("from") == "Ana <ana@x.example>")
        #expect(outcome.header?.text("subject") == "s")
    }

    @Test(
        "is one of mail, or it is that of something else",
        arguments: [
            ("Received: x\n\n", true), ("X-A: 1\nsubject : y\n\n", true), ("X-A: 1\n\n", false),
            ("root:x:0:0:root:/root:/bin/sh\nmail:x:8:8\n", false), ("3 V1 N2\n25006 :1276528487.M364837\n", false),
        ]
    )
    func isOneOfMail(message: String, isOfMail: Bool) throws {
        #expect(try MailOutcome.of(message).header?.isOfMail == isOfMail)
    }
}

@Suite struct `A mailbox with odd beginnings` {
    private static let from = "From a@x.org Mon Jan  5 10:00:00 2026\n"

    @Test(
        "is cut into its messages",
        arguments: [
            (
                from + "X-Ño: 1\nSubject: a\n\n1\n\n" + from + "\nSubject: b\n\n2\n",
                ["X-Ño: 1\nSubject: a\n\n1\n", "\nSubject: b\n\n2\n"]
            ),
            (
                from + "Subject: a\n\n1\n\n" + from + "+OK\nSubject: b\n\n2\n",
                ["Subject: a\n\n1\n", "+OK\nSubject: b\n\n2\n"]
            ),
            (
                "+OK 9\nSubject: a\n\n" + from + "Subject: b\n\n2\n",
                ["+OK 9\nSubject: a\n\n" + from + "Subject: b\n\n2\n"]
            ),
            (from + "Subject: a\n\n1\n\n" + from + "\nHola\n", ["Subject: a\n\n1\n\n" + from + "\nHola\n"]),
            // Carriage returns alone.
            (
                (from + "Subject: a\n\n1\n\n" + from + "Subject: b\n\n2\n").replacing("\n", with: "\r"),
                ["Subject: a\r\r1\r", "Subject: b\r\r2\r"]
            ),
        ]
    )
    func isCutIntoItsMessages(bytes: String, messages: [String]) throws {
        #expect(try MailOutcome.messages(Array(bytes.utf8)).map { String(decoding: $0, as: UTF8.self) } == messages)
    }
}
