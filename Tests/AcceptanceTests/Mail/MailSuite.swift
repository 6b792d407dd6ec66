import Testing

/// A suite about mail that is taken in.
protocol MailSuite {
    /// The program, with the database of the test.
    var crm: CRM { get }
}

extension MailSuite {
    /// A message with a header of these lines.
    func message(_ id: String?, _ lines: [String] = [], text: String = "Hola\n") -> String {
        let head = (id.map { ["Message-ID: <\($0)>"] } ?? []) + lines
        let given = Set(head.map { $0.prefix { $0 != ":" } })
        let rest = [
            "From: Ana Ruiz <ana@example.org>", "To: ventas@example.com", "Date: Mon, 5 Jan 2026 10:00:00 +0100",
            "Subject: Hola",
        ].filter { !given.contains($0.prefix { $0 != ":" }) }
        return (head + rest).joined(separator: "\n") + "\n\n" + text
    }

    /// Takes in a message, and tells what became of it.
    func take(_ message: String, _ options: String...) throws -> JSON {
        let result = try crm.succeed(["email", "import", "-", "--json"] + options, stdin: message)
        return try JSON(result.outputBytes)
    }

    /// A message with a file that is told to be of no type.
    func withFiles(_ id: String, _ files: [(header: String, base64: String)], _ lines: [String] = []) -> String {
        let parts = files.map { file in
            "--b\nContent-Type: application/octet-stream\(file.header)\nContent-Transfer-Encoding: base64\n\n\(file.base64)\n"
        }
        let head = lines + ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"]
        return message(id, head, text: "--b\n\nHola\n" + parts.joined() + "--b--\n")
    }
}
