import Testing

/// Mail as programs keep it in files of their own.
@Suite struct MailFormTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let message =
        "From: ana@example.org\nSubject: Hola\nDate: Tue, 3 Mar 2026 10:00:00 +0000\n\nCuerpo\n"
    private static let properties = "<?xml version=\"1.0\"?>\n<plist><dict/></plist>\n"

    @Test(
        "Of a file of Apple Mail the message is taken, not the length before it or the properties behind it",
        arguments: ["\(message.utf8.count)\n", "\(message.utf8.count)      \n"]
    )
    func appleMail(length: String) throws {
        try crm.write(length + Self.message + Self.properties, to: "1.emlx")
        try crm.succeed("email", "import", "1.emlx")
        #expect(try crm.sql("SELECT subject FROM email") == "Hola")
        #expect(try crm.succeed("email", "show", "1", "--raw").output == Self.message)
    }

    @Test(
        "What Apple Mail has marked as deleted or as a draft is passed over, which is told",
        arguments: [(8_623_489, 1), (0, 1), (0x45, 0), (3, 0)]
    )
    func setAsideInAppleMail(flags: Int, count: Int) throws {
        let flags = "<key>date</key>\n\t<integer>2</integer>\n\t<key>flags</key>\n\t<integer>\(flags)</integer>"
        let properties = Self.properties.replacing("<dict/>", with: "\n<dict>\n\t\(flags)\n</dict>\n")
        try crm.write("\(Self.message.utf8.count)\n\(Self.message)\(properties)", to: "1.emlx")
        let result = try crm.succeed("email", "import", "1.emlx", "--json")
        #expect(try JSON(result.outputBytes)["created"]?.integer == count)
        #expect(result.errors.contains("passed over what is a draft") == (count == 0), "\(result.errors)")
    }

    @Test("A charset that nobody knows is told once, and one that does not matter is not")
    func charsets() throws {
        try crm.shell("mkdir mail")
        for (number, charset) in ["cp1125", "cp1125", "nonsense", "windows-1252"].enumerated() {
            let body: [UInt8] = charset == "nonsense" ? [0x41] : [0x41, 0xA4, 0x6F]
            let head = "From: a@x.example\nSubject: \(number)\nContent-Type: text/plain; charset=\(charset)\n\n"
            try crm.write(Array(head.utf8) + body, to: "mail/\(number).eml")
        }
        let told = try crm.succeed("email", "import", "mail").errors
        #expect(told.ranges(of: "the charset cp1125").count == 1, "\(told)")
        #expect(!told.contains("nonsense") && !told.contains("charset windows"), "\(told)")
    }

    @Test(
        "So is one that a header or a text is plainly not in, and not one that was named for what is UTF-8",
        arguments: [
            ("=?cp1125?Q?Factura_=A4o?=", "the charset cp1125 is not known: a header of a message was read as"),
            ("=?x-nada?B?/w==?= =?x-nada?B?/w==?=", "the charset x-nada is not known: a header"),
            ("=?utf-8?Q?Se=F1al_=E1?=", "is not in utf-8, as it says: it was read as windows-1252"),
            ("=?utf-8?Q?Se=C3=B1al_=F1?=", "a header of a message is not all in utf-8"),
            ("=?euc-jp?Q?=FF=FF?=", "a header of a message is not all in euc-jp"),
            ("=?iso-8859-1?Q?Se=C3=B1al?=", nil), ("=?x-nada?Q?Se=C3=B1al?=", nil), ("=?x-nada?Q?llano?=", nil),
            ("=?iso-8859-1*es?Q?Se=F1al?=", nil), ("=?utf-8?Q?Se=C3?= =?utf-8?Q?=B1al?=", nil),
        ] as [(String, String?)]
    )
    func headerCharsets(subject: String, notice: String?) throws {
        let head = "From: \(subject) <a@x.example>\nTo: \(subject) <b@x.example>\nSubject: \(subject)\n\nb\n"
        let told = try crm.succeed(["email", "import", "-"], stdin: head).errors
        #expect((told.contains("charset") || told.contains("a header of")) == (notice != nil), "\(told)")
        if let notice { #expect(told.ranges(of: notice).count == 1, "\(told)") }
    }

    @Test(
        "The characters of MS-DOS and of seven bits are read, in headers and texts",
        arguments: [
            ("cp850", "A=A4o; =E0 =D5 =87", "Año; Ó ı ç"), ("ibm850", "Se=A4al", "Señal"),
            ("utf-7", "A+APE-o 2+-2 +2D3eAA- fin", "Año 2+2 😀 fin"), ("UNICODE-1-1-UTF-7", "Se+APE-al", "Señal"),
        ]
    )
    func oldCharsets(charset: String, quoted: String, text: String) throws {
        let words = quoted.replacing(" ", with: "_")
        let head = "From: a@x.example\nSubject: =?\(charset)?Q?\(words)?=\nMIME-Version: 1.0\n"
        let type = "Content-Type: text/plain; charset=\(charset)\nContent-Transfer-Encoding: quoted-printable\n\n"
        let told = try crm.succeed(["email", "import", "-"], stdin: head + type + quoted + "\n").errors
        #expect(!told.contains("charset"), "\(told)")
        let mail = try crm.json("email", "show", "1")
        #expect(mail["subject"] == .string(text))
        #expect(mail["text"]?.string?.hasPrefix(text) == true, "\(mail["text"]?.string ?? "")")
    }

    @Test("What of a folder is no mail as it is sent is named, and a folder without any is told")
    func folders() throws {
        try crm.shell("mkdir mail empty")
        try crm.write("\(Self.message.utf8.count)\n\(Self.message)\(Self.properties)", to: "mail/1.emlx")
        try crm.write([0xD0, 0xCF, 0x11, 0xE0], to: "mail/2.msg")
        try crm.write("nota", to: "mail/leeme.txt")
        let result = try crm.succeed("email", "import", "mail")
        #expect(result.output.hasPrefix("1 message, 1 created"))
        #expect(result.errors.contains("save it as .eml or mbox: mail/2.msg\n"), "\(result.errors)")
        // Links to files are followed, what is no file is told.
        try crm.write(Self.message.replacing("Message-ID: <", with: "Message-ID: <otro."), to: "fuera.eml")
        try crm.shell("mkdir links; ln -s ../fuera.eml links/1.eml; ln -s ../mail links/mail; ln -s nada links/2.eml")
        let links = try crm.succeed("email", "import", "links")
        #expect(links.output.hasPrefix("1 message"), "\(links.output)")
        #expect(links.errors.contains("nor a link to one: links/2.eml, links/mail\n"), "\(links.errors)")
        let empty = try crm.succeed("email", "import", "empty")
        #expect(empty.errors.contains("empty holds no mail"), "\(empty.errors)")
    }

    @Test("Mail in files and folders whose names are not UTF-8 is taken")
    func foreignNames() throws {
        for number in 1...4 {
            try crm.write(Self.message.replacing("Hola", with: "Hola \(number)"), to: "\(number).eml")
        }
        let script = """
            set -e; n=$(printf 'a\\361o'); mkdir -p "mail/$n" mail/M/cur mail/M/new "mail/M/.$n/cur" "mail/M/.$n/new"
            mv 1.eml "mail/$n.eml"; mv 2.eml "mail/$n/2.eml"; mv 3.eml "mail/M/cur/$n:2,S"; mv 4.eml "mail/M/.$n/cur/4"
            """
        #expect(try crm.shell(script).status == 0)
        let result = try crm.succeed("email", "import", "mail")
        #expect(result.output == "4 messages, 4 created\n")
        #expect(!result.errors.contains("passed over"), "\(result.errors)")
        try crm.shell("rm -r mail")
    }

    @Test("A file that holds mail in another form says what to do with it")
    func foreignForms() throws {
        for (bytes, words) in [
            ([0x1F, 0x8B, 8, 0], "gzip -dc"), ([0xD0, 0xCF, 0x11, 0xE0], "msgconvert"),
            ([0xFF, 0xFE, 0x46, 0], "iconv"),
        ] as [([UInt8], String)] {
            try crm.write(bytes, to: "buzon")
            let result = try crm.run("email", "import", "buzon")
            #expect(result.status == 6 && result.errors.contains(words), "\(result.errors)")
        }
    }
}
