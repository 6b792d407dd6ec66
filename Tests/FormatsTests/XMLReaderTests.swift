import Formats
import Testing

@Suite struct `XML reader` {
    /// What a document comes to: `<a b=c>` for a tag, text, `/a`; an error in the end.
    private func transcript(_ bytes: [UInt8], limits: XMLReader.Limits = .init(), chunkSize: Int = 4096) -> String {
        var reader = XMLReader(ByteSource(bytes: bytes, chunkSize: chunkSize), limits: limits)
        var pieces: [String] = []
        do throws(XMLError) {
            while let event = try reader.next() {
                switch event {
                case .start(let element):
                    pieces.append("<\(element.name)\(element.attributes.map { " \($0.name)=\($0.value)" }.joined())>")
                case .end(let name): pieces.append("/\(name)")
                case .text(let text): pieces.append(text)
                }
            }
        } catch {
            pieces.append("! \(error)")
        }
        return pieces.joined(separator: "|")
    }

    @Test(
        "A document is read as the standard says",
        arguments: [
            ("<a/>", "<a>|/a"),
            ("<?xml version='1.0' encoding=\"utf-8\" standalone = 'yes' ?>\n<a >b</a >\n<!-- c -->", "<a>|b|/a"),
            ("\r\n <?xml version='1.0'?><a/>", "<a>|/a"),
            ("<a b='1' c = \"x\ty\r\nz&#10;&amp;'\"/>", "<a b=1 c=x y z\n&'>|/a"),
            ("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>", "<a>|<>&\"'A😀|/a"),
            ("<a>1\r\n2\r3\n<![CDATA[<b>&amp;]] >]]></a>", "<a>|1\n2\n3\n|<b>&amp;]] >|/a"),
            ("<a><![CDATA[]]><?php echo 1 > 2 ?><!-- <b> --></a>", "<a>|/a"),
            ("<año día='1'>é</año>", "<año día=1>|é|/año"),
            (
                "<p:a xmlns:p='u' xmlns='v' p:c='1' c='2'><b xmlns=''/><p:b/><c/></p:a>",
                "<{u}a {u}c=1 c=2>|<b>|/b|<{u}b>|/{u}b|<{v}c>|/{v}c|/{u}a"
            ),
            ("<a xml:lang='es'/>", "<a {http://www.w3.org/XML/1998/namespace}lang=es>|/a"),
        ]
    )
    func documents(input: String, expected: String) {
        #expect(transcript(Array(input.utf8)) == expected)
        #expect(transcript(Array(input.utf8), chunkSize: 1) == expected)
        #expect(transcript(ByteSource.byteOrderMark + Array(input.utf8)) == expected)
    }

    /// How the characters of a document become bytes.
    enum Form: CaseIterable {
        case latin1, windows1252, utf8, littleEndian, bigEndian

        var name: String {
            switch self {
            case .latin1: "ISO-8859-1"
            case .windows1252: "windows-1252"
            case .utf8: "UTF-8"
            case .littleEndian, .bigEndian: "UTF-16"
            }
        }

        func bytes(_ text: String) -> [UInt8] {
            switch self {
            case .latin1, .windows1252: text.unicodeScalars.map { UInt8($0.value) }
            case .utf8: Array(text.utf8)
            case .littleEndian: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .bigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            }
        }
    }

    @Test("A document is read in the encoding that it declares or begins with", arguments: Form.allCases)
    func encodings(form: Form) {
        let document = form.bytes(
            "<?xml version=\"1.0\" encoding=\"\(form.name)\"?><a b=\"Ñandú\">señal</a>"
        )
        for chunkSize in [1, 3, 4096] {
            #expect(transcript(document, chunkSize: chunkSize) == "<a b=Ñandú>|señal|/a")
        }
    }

    @Test("What is declared as ISO-8859-1 and is not is read as what it is", arguments: [1, 3, 4096])
    func misdeclared(chunkSize: Int) {
        let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a b=\"Ñandú – 5 €\">señal</a>"
        #expect(transcript(Array(text.utf8), chunkSize: chunkSize) == "<a b=Ñandú – 5 €>|señal|/a")
        let windows = text.unicodeScalars.map { scalar -> UInt8 in
            switch scalar {
            case "–": 0x96
            case "€": 0x80
            default: UInt8(scalar.value)
            }
        }
        #expect(transcript(windows, chunkSize: chunkSize) == "<a b=Ñandú – 5 €>|señal|/a")
    }

    @Test(
        "What is wrong is told with its place",
        arguments: [
            ("", "! line 1, column 1: no element"),
            ("<!-- a -->\n", "! line 2, column 1: no element"),
            ("a", "! line 1, column 1: content outside of the document's element"),
            ("<a/>\n<b/>", "<a>|/a|! line 2, column 1: content outside of the document's element"),
            ("<a>", "<a>|! line 1, column 4: unexpected end"),
            ("<a b='1", "! line 1, column 8: unexpected end"),
            ("<a>\n</b>", "<a>|\n|! line 2, column 1: end of another element than 'a'"),
            ("<a b=1/>", "! line 1, column 6: malformed attribute"),
            ("<a b='<'/>", "! line 1, column 7: malformed attribute"),
            ("<a b='1'c='2'/>", "! line 1, column 9: malformed tag"),
            ("<a b='1' b='2'/>", "! line 1, column 10: second attribute 'b'"),
            ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "! line 1, column 36: second attribute 'q:b'"),
            ("<p:a/>", "! line 1, column 1: undeclared prefix 'p'"),
            ("<a xmlns:p=''/>", "! line 1, column 4: malformed namespace declaration"),
            ("<a:b:c/>", "! line 1, column 1: malformed name"),
            ("<1/>", "! line 1, column 2: malformed name"),
            (
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
                "! line 1, column 1: document type declaration"
            ),
            ("<a>&nbsp;</a>", "<a>|! line 1, column 4: unknown entity 'nbsp'"),
            ("<a>& </a>", "<a>|! line 1, column 5: malformed name"),
            ("<a>&amp </a>", "<a>|! line 1, column 4: malformed reference"),
            ("<a>&#0;</a>", "<a>|! line 1, column 4: invalid character U+0"),
            ("<a>&#xD800;</a>", "<a>|! line 1, column 4: invalid character U+d800"),
            ("<a>&#99999999999;</a>", "<a>|! line 1, column 4: malformed reference"),
            ("<a>]]></a>", "<a>|! line 1, column 4: ]]> outside of a CDATA section"),
            ("<a><!-- -- --></a>", "<a>|! line 1, column 4: malformed comment"),
            ("<a><!ELEMENT b></a>", "<a>|! line 1, column 4: unknown markup"),
            ("<!----><?xml version='1.0'?><a/>", "! line 1, column 8: malformed XML declaration"),
            ("<?xml encoding='utf-8'?><a/>", "! line 1, column 7: malformed XML declaration"),
            ("<?xml version='2.0'?><a/>", "! line 1, column 7: unknown version '2.0'"),
            ("<?xml version='1.0' encoding='EBCDIC-US'?><a/>", "! line 1, column 21: unknown encoding 'EBCDIC-US'"),
            ("<a>\u{1}</a>", "<a>|! line 1, column 4: invalid character U+1"),
        ]
    )
    func faults(input: String, expected: String) {
        #expect(transcript(Array(input.utf8)) == expected)
        #expect(transcript(Array(input.utf8), chunkSize: 2) == expected)
    }

    @Test("Bytes that are no UTF-8 are refused where they stand")
    func malformed() {
        let bytes = Array("<a>".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(transcript(bytes) == "<a>|! line 1, column 4: invalid UTF-8, byte 0xe9")
    }

    @Test("Nothing is taken beyond the limits, and a long text comes in pieces")
    func limits() {
        var limits = XMLReader.Limits()
        (limits.depth, limits.attributes, limits.name, limits.tag, limits.text) = (2, 2, 4, 16, 8)
        func refusal(_ input: String) -> String { transcript(Array(input.utf8), limits: limits) }
        #expect(refusal("<a><b><c/></b></a>").hasSuffix("column 7: more than 2: depth"))
        #expect(refusal("<a b='1' c='2' d='3'/>") == "! line 1, column 16: more than 2: attributes")
        #expect(refusal("<abcde/>") == "! line 1, column 2: more than 4: name")
        #expect(refusal("<a b='0123456789abcdef'/>") == "! line 1, column 5: more than 16: tag")
        #expect(refusal("<a>0123456789</a>") == "<a>|01234567|89|/a")
    }

    @Test("A document of many elements is read to its end")
    func many() {
        let piece = Array("<b c='1'>text</b><!-- comment -->".utf8)
        let document = Array("<a>".utf8) + (0..<30_000).flatMap { _ in piece } + Array("</a>".utf8)
        var reader = XMLReader(ByteSource(bytes: document))
        var count = 0
        do throws(XMLError) {
            while try reader.next() != nil { count += 1 }
        } catch {
            Issue.record("\(error)")
        }
        #expect(count == 90_002)
    }
}
