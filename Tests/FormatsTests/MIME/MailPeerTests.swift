import Formats
import Testing

/// Mail made and read by Python's `email` and `mailbox`.
@Suite struct `Mail read as Python reads it` {
    /// Writes an mbox of random messages, then what Python makes of each, a line of JSON a message; a line of hyphens
    /// stands between.
    private static let peer = #"""
        import email, email.message, email.policy, email.utils, json, mailbox, os, random, sys, tempfile
        seed, count = int(sys.argv[1]), int(sys.argv[2])
        rnd = random.Random(seed)
        words = {
            "us-ascii": "Invoice from the office, line of text. (a) <b> = ? _ end",
            "iso-8859-1": "Cotización: año, señor, ¿qué?", "iso-8859-15": "100 € œuvre",
            "windows-1252": "“comillas” – 5 €", "utf-8": "Árbol 日本語 👩‍👩‍👧 ñandú",
            "iso-2022-jp": "日本語のテスト件名", "shift_jis": "日本語カナ漢字", "euc-jp": "日本語の件名",
            "gb2312": "中文邮件标题", "gb18030": "中文邮件㐀", "big5": "繁體中文標題", "euc-kr": "한국어 제목",
            "koi8-r": "Привет мир", "windows-1251": "Договор №5", "iso-8859-7": "Ελληνικά",
            "windows-1250": "Příliš žluťoučký", "iso-8859-8": "שלום",
        }
        people = ["Ana Ruiz", "Ñandú Pérez", "日本"]
        names = ["a.bin", "informe año.pdf", "日本.txt", 'q"x;y.dat', "x" * 90 + ".bin"]
        def text(charset):
            choices = ["From here on", "", "> quoted", ">From x", words[charset], "-- ", "a" * rnd.randint(1, 90)]
            return "\n".join(rnd.choice(choices) for _ in range(rnd.randint(1, 12))) + "\n"
        def leaf(message):
            charset = rnd.choice(list(words))
            cte = rnd.choice(["quoted-printable", "base64", "8bit"])
            if charset in ("us-ascii", "iso-2022-jp"): cte = rnd.choice(["quoted-printable", "base64", "7bit"])
            try: message.set_content(text(charset), charset=charset, cte=cte, subtype=rnd.choice(["plain", "html"]))
            except Exception: message.set_content(text(charset), charset=charset, cte="base64")
        def build(depth):
            message = email.message.EmailMessage(policy=email.policy.default)
            leaf(message)
            if rnd.random() < 0.4: message.add_alternative("<p>" + words["utf-8"], subtype="html")
            for _ in range(rnd.choice([0, 0, 1, 2])):
                data = rnd.randbytes(rnd.randint(0, 3000))
                message.add_attachment(data, "application", "octet-stream", filename=rnd.choice(names))
            if depth and rnd.random() < 0.3: message.add_attachment(build(depth - 1))
            message["Subject"] = " ".join(words[rnd.choice(list(words))] for _ in range(rnd.randint(1, 2)))
            message["From"] = f"{rnd.choice(people)} <a{rnd.randint(1, 99)}@example.org>"
            recipients = ["Luis, Jr.", "O'Hara", "José"][: rnd.randint(1, 3)]
            message["To"] = ", ".join(f'"{name}" <{i}@example.com>' for i, name in enumerate(recipients))
            message["Date"] = email.utils.formatdate(rnd.randint(0, 2000000000), localtime=False)
            return message
        path = os.path.join(tempfile.mkdtemp(), "box")
        box = mailbox.mbox(path)
        for index in range(count):
            box.add(build(2).as_bytes())
        box.flush()
        out = []
        for key in box.keys():
            message = email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
            parts = []
            for part in message.walk():
                content = None
                if not part.is_multipart():
                    if part.get_content_maintype() == "text":
                        content = part.get_content().replace("\r\n", "\n").rstrip()
                    else: content = part.get_payload(decode=True).hex()
                parts.append([part.get_content_type(), part.get_filename(), content])
            def addresses(name): return [[a.display_name, a.addr_spec] for a in message[name].addresses]
            date = int(message["date"].datetime.timestamp())
            out.append([" ".join(message["subject"].split()), addresses("from"), addresses("to"), date, parts])
        sys.stdout.buffer.write(open(path, "rb").read() + b"\n" + b"-" * 40 + b"\n")
        sys.stdout.buffer.write(b"".join(json.dumps(line).encode() + b"\n" for line in out))
        """#

    @Test("messages of an mbox", arguments: [1, 2])
    func messagesOfAnMbox(seed: Int) throws {
        let count = MailOutcome.messages(otherwise: 150)
        let output = try Peer.python.output(["-c", Self.peer, "\(seed)", "\(count)"])
        let separator = Array("\n----------------------------------------\n".utf8)
        let cut = try #require(output.firstRange(of: separator))
        let expected = try lines(Array(output[cut.upperBound...]))
        let read = try MailOutcome.messages(Array(output[..<cut.lowerBound])).map { try MailOutcome.of($0) }
        #expect(read.count == expected.count)
        for (index, (read, expected)) in zip(read, expected).enumerated() {
            guard case .array(let read) = read.json, case .array(let expected) = expected else {
                Issue.record("no array")
                continue
            }
            for (one, other) in zip(read, expected) { #expect(one == other, "message \(index)") }
        }
    }

    private func lines(_ bytes: [UInt8]) throws -> [JSONValue] {
        var reader = JSONLinesReader(ByteSource(bytes: bytes))
        var values: [JSONValue] = []
        while let value = try reader.next() { values.append(value) }
        return values
    }
}
