import Formats
import Testing

/// Mail that is not as the rules have it, beside what Python's `email` makes of it, or, where a fault is forgiven that
/// stops Python, of the same message without the fault.
@Suite struct `Faulty mail read as far as it can be` {
    /// Writes messages, each after a line with how many bytes it has and before one of JSON: the fault, then what is
    /// expected of it.
    private static let peer = #"""
        import base64, datetime, email, email.policy, json, quopri, random, sys
        rnd = random.Random(int(sys.argv[1]))
        words = ["Cotización: año, señor, ¿qué?", "Árbol ñandú – “x” 5 €", "Привет мир", "Ελληνικά", "日本語のテスト", "한국어"]
        plain = ["Line of text", "From here on", "> quoted", "", "--", "--x", "a=b", "  indented", ".", "=20 is a blank"]
        def word(): return rnd.choice(words)
        def lines(): return "\n".join(rnd.choice(plain + words) for _ in range(rnd.randint(1, 8)))
        def ascii_lines(): return "\n".join(rnd.choice(plain) for _ in range(rnd.randint(1, 8)))
        def b64(data): return base64.encodebytes(data).decode()
        def encoded(text): return "=?utf-8?b?" + base64.b64encode(text.encode()).decode() + "?="
        dates = ["Mon, 5 Jan 2026 10:00:00 +0100", "5 Jan 2026 10:00 -0600", "Mon, 05 Jan 26 10:00:00 GMT",
                 "Mon,  5 Jan 2026 10:00:00 EST", "Mon, 5 Jan 2026 10:00:00 +0000 (UTC)", "5 Jan 2026 10:00:00"]
        def head(fields, body): return "".join(f"{n}: {v}\n" for n, v in fields) + "\n" + body
        def text_part(text, charset="utf-8", cte="quoted-printable"):
            body = text
            if cte == "quoted-printable": body = quopri.encodestring(text.encode()).decode()
            if cte == "base64": body = b64(text.encode())
            return [("Content-Type", f"text/plain; charset={charset}"), ("Content-Transfer-Encoding", cte)], body + "\n"
        def multipart(parts, boundary, kind="mixed"):
            body = "".join(f"--{boundary}\n{head(*part)}\n" for part in parts) + f"--{boundary}--\n"
            return [("Content-Type", f'multipart/{kind}; boundary="{boundary}"')], body
        def file_part(name, data):
            fields = [("Content-Type", "application/octet-stream"), ("Content-Transfer-Encoding", "base64"),
                      ("Content-Disposition", f"attachment; {name}")]
            return fields, b64(data)
        def message(part, subject=None, date=None, people=None):
            fields = [("From", people or "Ana Ruiz <ana@example.org>"), ("To", "luis@example.com"),
                      ("Date", dates[0] if date is None else date),
                      ("Subject", encoded(word()) if subject is None else subject), ("MIME-Version", "1.0")]
            return head(fields + part[0], part[1])
        def some(): return text_part(lines(), cte=rnd.choice(["quoted-printable", "base64", "8bit"]))
        def nested(depth=0):
            parts = [some() for _ in range(rnd.randint(1, 3))]
            if depth < rnd.randint(1, 12): parts.append(nested(depth + 1))
            return multipart(parts, "bound" * (depth + 1), rnd.choice(["mixed", "alternative", "related"]))

        # Each gives the message, and the one that Python is to read where that is another.
        def date(): return message(some(), date=rnd.choice(dates)), None
        def no_date(): return message(some(), date=rnd.choice(["yesterday", "", "32 Foo 2026", "Mon, 5 Jan"])), None
        def boundaries_that_begin_alike(): return message(nested()), None
        def space_before_colon():
            clean = message(some())
            name = rnd.choice(["Subject", "From", "Content-Type", "Date"])
            return clean.replace(name + ":", name + rnd.choice([" ", "\t", "   "]) + ":", 1), clean
        def rubbish_in_base64():
            clean = message(file_part("filename=a.bin", rnd.randbytes(rnd.randint(4, 400))))
            at = clean.index("\n\n") + 2 + rnd.randrange(3)
            return clean[:at] + rnd.choice(["!", "*", " ", "\n", "?.", "é"]) + clean[at:], clean
        def base64_without_padding():
            clean = message(file_part("filename=a.bin", rnd.randbytes(rnd.choice([1, 2, 4, 5]))))
            return clean.rstrip("=\n") + "\n", clean
        def faults_in_quoted_printable():
            rest = rnd.choice(["a=ZZb", "=c3=b1", "end=", "50=% off", "x=3D=3d"])
            fields, body = text_part(lines())
            return message((fields, body.rstrip("\n") + "\n" + rest + "\n")), None
        def blanks_that_transport_added():
            # RFC 2045 section 6.7 has them deleted, which Python does not.
            clean = message(text_part("uno\ndos\n" + lines()), subject="x")
            return clean.replace("uno\ndos\n", "uno \t\ndos  \n", 1), clean
        def truncated():
            clean = message(multipart([some(), file_part("filename=a.bin", rnd.randbytes(300))], "bound"))
            return clean[: clean.rindex("\n--bound--")], clean
        def unknown_charset():
            text = ascii_lines()
            label = rnd.choice(["x-none", "utf8mb4", '"foo bar"', "cp99999"])
            return message(subject="x", part=text_part(text, label)), message(subject="x", part=text_part(text))
        def lie_about_the_charset():
            text = lines() + word()
            given = text_part(text, rnd.choice(["us-ascii", "iso-8859-1"]), "8bit")
            return message(given, subject="x"), message(text_part(text), subject="x")
        def name_in_sections():
            name = "carta " + rnd.choice(["año", "日本", "Ελλ"]) + str(rnd.random()) + ".pdf"
            pieces = ["".join(f"%{byte:02X}" if byte >= 0x80 or byte == 32 else chr(byte) for byte in piece.encode())
                      for piece in (name[:3], name[3:9], name[9:])]
            sections = "; ".join(f"filename*{i}*={'' if i else chr(39).join(['utf-8', '', ''])}{p}" for i, p in enumerate(pieces))
            return message(file_part(sections, b"x")), None
        def names_that_lead_elsewhere():
            name = rnd.choice(['"../../x"', '"/etc/passwd"', '"C:\\\\x\\\\y.txt"', '"a;b=c"', "a.b", '"q\\"x"'])
            return message(file_part("filename=" + name, b"x")), None
        def words_cut_within_characters():
            text, part = word() + " " + word(), text_part("x")
            data, at, pieces = text.encode(), 0, []
            while at < len(data):
                length = rnd.randint(1, 9)
                pieces.append("=?UTF-8?B?" + base64.b64encode(data[at : at + length]).decode() + "?=")
                at += length
            return message(part, subject="\n ".join(pieces)), message(part, subject=encoded(text))
        def header_in_utf8():
            subject, name, part = word(), rnd.choice(["José Núñez", "日本"]), text_part("x")
            clean = message(part, subject=encoded(subject), people=encoded(name) + " <a@example.org>")
            return message(part, subject=subject, people=name + " <a@example.org>"), clean
        def no_line_between():
            clean = message(text_part("No field " + ascii_lines(), cte="8bit"))
            return clean.replace("\n\n", "\n", 1), clean
        def no_boundary():
            clean = message(multipart([some(), some()], "bound"))
            return clean.replace('; boundary="bound"', "", 1), clean
        def encodings_as_people_write_them():
            clean = message(text_part(lines()))
            name = rnd.choice(["QUOTED-PRINTABLE", " Quoted-Printable ", "quoted-printable (as is)"])
            return clean.replace("quoted-printable", name, 1), clean
        def message_within():
            inner = message(multipart([some(), some()], "inner"))
            return message(multipart([some(), ([("Content-Type", "message/rfc822")], inner)], "bound")), None
        def no_type():
            fields = [("Subject", "x"), ("From", "a@example.org"), ("To", "b@example.org"), ("Date", dates[0])]
            return head(fields, ascii_lines() + "\n"), None
        faults = [date, no_date, boundaries_that_begin_alike, space_before_colon, rubbish_in_base64, base64_without_padding,
                  faults_in_quoted_printable, blanks_that_transport_added, truncated, unknown_charset, lie_about_the_charset, name_in_sections,
                  names_that_lead_elsewhere, words_cut_within_characters, header_in_utf8, no_line_between, no_boundary,
                  encodings_as_people_write_them, message_within, no_type]
        def reading(data):
            read = email.message_from_bytes(data, policy=email.policy.default)
            def addresses(name): return [[a.display_name, a.addr_spec] for a in read[name].addresses]
            parts = []
            for part in read.walk():
                content = None
                if not part.is_multipart():
                    data = part.get_payload(decode=True)
                    content = data.hex()
                    if part.get_content_maintype() == "text":
                        text = data.decode(part.get_content_charset("ascii"), "replace")
                        content = text.replace("\r\n", "\n").rstrip()
                parts.append([part.get_content_type(), part.get_filename(), content])
            when = read["date"].datetime
            if when is not None and when.tzinfo is None: when = when.replace(tzinfo=datetime.timezone.utc)
            date = None if when is None else int(when.timestamp())
            return [" ".join(str(read["subject"]).split()), addresses("from"), addresses("to"), date, parts]
        for index in range(int(sys.argv[2])):
            fault = faults[index % len(faults)]
            given, clean = fault()
            data, other = given.encode(), (clean or given).encode()
            if rnd.random() < 0.3: data, other = data.replace(b"\n", b"\r\n"), other.replace(b"\n", b"\r\n")
            sys.stdout.buffer.write(b"%d\n" % len(data) + data + b"\n")
            sys.stdout.buffer.write(json.dumps([fault.__name__, reading(other)]).encode() + b"\n")
        """#

    private static let count = MailOutcome.messages(otherwise: 1700)

    @Test("messages with a fault each")
    func messagesWithAFaultEach() throws {
        var rest = try Peer.python.output(["-c", Self.peer, "7", "\(Self.count)"])[...]
        var count = 0
        while let end = rest.firstIndex(of: 0x0A) {
            let length = try #require(Int(String(decoding: rest[..<end], as: UTF8.self)))
            let message = Array(rest[(end + 1)..<(end + 1 + length)])
            rest = rest[(end + length + 2)...]
            let lineEnd = try #require(rest.firstIndex(of: 0x0A))
            var reader = JSONLinesReader(ByteSource(bytes: Array(rest[..<lineEnd])))
            rest = rest[(lineEnd + 1)...]
            guard case .array(let line)? = try reader.next(), case .array(let expected)? = line.last,
                case .array(let read) = try MailOutcome.of(message, pieces: 1 + count % 300).json
            else {
                Issue.record("no array")
                continue
            }
            for (one, other) in zip(read, expected) {
                #expect(one == other, "\(line[0]) \(String(decoding: message, as: UTF8.self))")
            }
            count += 1
        }
        #expect(count == Self.count)
    }
}
