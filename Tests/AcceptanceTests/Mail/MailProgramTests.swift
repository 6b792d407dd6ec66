import Testing

/// What is written, as mblaze and mutt read it.
@Suite struct MailProgramTests {
    private let crm: CRM
    private let subject = "Cotización de año, 日本語, con un asunto tan largo que ocupa varias líneas del encabezado"
    private let text = "Año nuevo\nFrom aquí\n.\n"
    private let file = "cotización ñandú, revisada.txt"

    /// A message of the program's own, as a file, and in a mailbox and a Maildir.
    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "José", "--last-name", "Núñez", "--email", "jose@example.org")
        try crm.write(text, to: "carta.txt")
        try crm.write("uno", to: file)
        let words = [
            "email", "draft", "--from", "Ana Ruiz <ana@empresa.example>", "--contact", "1", "--subject", subject,
        ]
        try crm.write(crm.succeed(words + ["--body", "carta.txt", "--attach", file]).outputBytes, to: "draft.eml")
        try crm.succeed("email", "import", "draft.eml")
        try crm.succeed("email", "export", "--format", "mbox", "-o", "all.mbox")
        try crm.succeed("email", "export", "--format", "maildir", "-o", "all")
    }

    private func answer(_ command: String) throws -> String {
        let result = try crm.shell("export LC_ALL=C.UTF-8 HOME=\"$PWD\" TERM=xterm; \(command)")
        try #require(result.status == 0, "\(command): \(result.errors)")
        return result.output
    }

    @Test("mblaze shows the header, the text and the file")
    func mblaze() throws {
        _ = try Peer("mshow")
        for message in ["./draft.eml", "all/cur/*"] {
            #expect(
                try answer("mhdr -d -h Subject:From:To \(message)")
                    == "\(subject)\nAna Ruiz <ana@empresa.example>\nJosé Núñez <jose@example.org>\n"
            )
            #expect(try answer("mshow -O \(message) 2").hasPrefix(text))
            #expect(try answer("mshow -O \(message) 3") == "uno")
            #expect(try answer("mshow -t \(message)").contains("name=\"\(file)\""))
        }
    }

    @Test("mutt opens the mailbox and the folder", arguments: ["all.mbox", "all"])
    func mutt(_ box: String) throws {
        _ = try Peer("mutt")
        _ = try Peer("script")
        try crm.write("set folder=. pipe_decode wait_key=no crypt_use_gpgme=no charset=utf-8\n", to: "rc")
        let keys = "push '<pipe-message>cat>read.txt<enter><exit>'"
        let mutt = "mutt -n -F rc -R -f \(box) -e \\\"\(keys)\\\""
        _ = try answer("timeout 30 script -qec \"\(mutt)\" /dev/null </dev/null >/dev/null")
        let read = String(decoding: try crm.read("read.txt"), as: UTF8.self)
        #expect(read.replacing("\n ", with: " ").contains("\nSubject: \(subject)\n"))
        #expect(read.contains("\nTo: José Núñez <jose@example.org>\n") && read.contains("\n\n\(text)"))
    }
}
