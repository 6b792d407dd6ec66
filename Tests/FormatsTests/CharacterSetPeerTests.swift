import Formats
import Testing

/// What every sequence of bytes stands for in the encodings of mail, beside Python's codecs. The tables are the
/// WHATWG's; where Python's say otherwise, the reason stands with the case.
@Suite struct `Character sets beside Python's codecs` {
    /// An encoding, and how the standard's differs from Python's.
    struct Comparison: CustomTestStringConvertible {
        let label: String
        let codec: String
        /// How many sequences only the standard knows.
        var more = 0
        /// How many only Python knows.
        var fewer = 0
        /// What both know, but not as the same: the bytes and the standard's code point.
        var other: [String: UInt32] = [:]
        var testDescription: String { label }
    }

    /// Prints every sequence in hexadecimal digits, and the code point that it is, a hyphen for none.
    private static let peer = """
        import sys
        label, codec = sys.argv[1:]
        pairs = [bytes([a, b]) for a in range(0x80, 0x100) for b in range(0x40, 0xFF)]
        def four(pointer):
            rest, fourth = divmod(pointer, 10)
            rest, third = divmod(rest, 126)
            first, second = divmod(rest, 10)
            return bytes([0x81 + first, 0x30 + second, 0x81 + third, 0x30 + fourth])
        japanese = [(row, cell) for row in range(0x21, 0x7F) for cell in range(0x21, 0x7F)]
        def sequences():
            if label == "euc-jp":
                yield from pairs
                yield from (bytes([0x8F, 0x80 + row, 0x80 + cell]) for row, cell in japanese)
            elif label == "iso-2022-jp":
                for escape in (b"$B", b"$(D"):
                    yield from (b"\\x1b" + escape + bytes(pair) + b"\\x1b(B" for pair in japanese)
            elif label == "gb18030":
                yield from pairs
                yield from map(four, range(39420))
                yield from map(four, range(189000, 1237576, 997))
            elif label in ("shift_jis", "big5", "euc-kr"): yield from pairs
            yield from (bytes([byte]) for byte in range(0x80, 0x100))
        for data in sequences():
            try: text = data.decode(codec)
            except UnicodeDecodeError: text = ""
            print(data.hex(), ord(text) if len(text) == 1 else "-")
        """

    @Test("every sequence", arguments: multibyte + singleByte)
    func everySequence(of encoding: Comparison) throws {
        let output = try Peer.python.output(["-c", Self.peer, encoding.label, encoding.codec])
        let set = try #require(ForeignCharacterSet(label: encoding.label))
        var (more, fewer) = (0, 0)
        var other: [String: UInt32] = [:]
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            let (text, faults) = set.decode(Self.bytes(words[0]))
            let scalars = text.unicodeScalars
            let ours = faults == 0 && scalars.count == 1 ? scalars.first?.value : nil
            switch (ours, UInt32(words[1])) {
            case (nil, nil): break
            case (_?, nil): more += 1
            case (nil, _?): fewer += 1
            case (let ours?, let theirs?): if ours != theirs { other[String(words[0])] = ours }
            }
        }
        #expect(more == encoding.more)
        #expect(fewer == encoding.fewer)
        #expect(other == encoding.other)
    }

    private static func bytes(_ digits: Substring) -> [UInt8] {
        let values = digits.compactMap { $0.hexDigitValue.map(UInt8.init) }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    private static let multibyte: [Comparison] = [
        // Windows has the no-break space and three characters of private use at bytes that are none to the standard.
        Comparison(label: "shift_jis", codec: "cp932", fewer: 4),
        // The rows of NEC and IBM, 83 and 374 characters, are the standard's alone; Python has the signs of JIS X 0208
        // and the tilde of JIS X 0212 as Unix had them, the standard as Windows has them.
        Comparison(
            label: "euc-jp",
            codec: "euc_jp",
            more: 457,
            other: [
                "a1c1": 0xFF5E, "a1c2": 0x2225, "a1dd": 0xFF0D, "a1f1": 0xFFE0, "a1f2": 0xFFE1, "a2cc": 0xFFE2,
                "8fa2b7": 0xFF5E,
            ]
        ),
        // The same.
        Comparison(
            label: "iso-2022-jp",
            codec: "iso2022_jp_1",
            more: 457,
            other: [
                "1b244221411b2842": 0xFF5E, "1b244221421b2842": 0x2225, "1b2442215d1b2842": 0xFF0D,
                "1b244221711b2842": 0xFFE0, "1b244221721b2842": 0xFFE1, "1b2442224c1b2842": 0xFFE2,
                "1b24284422371b2842": 0xFF5E,
            ]
        ),
        // The euro sign of GBK at 0x80, and what the editions of 2005 and 2022 took from the private use area.
        Comparison(
            label: "gb18030",
            codec: "gb18030",
            more: 1,
            other: [
                "a3a0": 0x3000, "a6d9": 0xFE10, "a6da": 0xFE12, "a6db": 0xFE11, "a6dc": 0xFE13, "a6dd": 0xFE14,
                "a6de": 0xFE15, "a6df": 0xFE16, "a6ec": 0xFE17, "a6ed": 0xFE18, "a6f3": 0xFE19, "a8bc": 0x1E3F,
                "fe59": 0x9FB4, "fe61": 0x9FB5, "fe66": 0x9FB6, "fe67": 0x9FB7, "fe6d": 0x9FB8, "fe7e": 0x9FB9,
                "fe90": 0x9FBA, "fea0": 0x9FBB, "8135f437": 0xE7C7,
            ]
        ),
        // Python has the Hong Kong set of 2004, the standard that of 2008, the second places of characters that have
        // two, the pictures of control characters, and signs as Windows has them.
        Comparison(
            label: "big5",
            codec: "big5hkscs",
            more: 192,
            other: [
                "a145": 0x2027, "a14e": 0xFE51, "a1c2": 0xAF, "a1e3": 0xFF5E, "a1f2": 0x2295, "a1f3": 0x2299,
                "a241": 0x2215, "a242": 0xFE68, "a244": 0xFFE5, "a246": 0xFFE0, "a247": 0xFFE1,
            ]
        ),
        Comparison(label: "euc-kr", codec: "cp949"),
    ]

    private static let singleByte: [Comparison] =
        """
        ibm850:cp850 ibm866:cp866 iso-8859-2:iso8859_2 iso-8859-3:iso8859_3 iso-8859-4:iso8859_4 iso-8859-5:iso8859_5
        iso-8859-6:iso8859_6 iso-8859-7:iso8859_7 iso-8859-8:iso8859_8 iso-8859-10:iso8859_10
        iso-8859-13:iso8859_13 iso-8859-14:iso8859_14 iso-8859-15:iso8859_15 iso-8859-16:iso8859_16
        koi8-r:koi8_r macintosh:mac_roman windows-1256:cp1256 x-mac-cyrillic:mac_cyrillic
        """
        .split(whereSeparator: \.isWhitespace).map { pair in
            let names = pair.split(separator: ":")
            return Comparison(label: String(names[0]), codec: String(names[1]))
        } + [
            // Bytes that Windows leaves undefined are the control characters of their numbers.
            Comparison(label: "windows-874", codec: "cp874", more: 23),
            Comparison(label: "windows-1250", codec: "cp1250", more: 5),
            Comparison(label: "windows-1251", codec: "cp1251", more: 1),
            Comparison(label: "windows-1252", codec: "cp1252", more: 5),
            Comparison(label: "windows-1253", codec: "cp1253", more: 14),
            Comparison(label: "windows-1254", codec: "cp1254", more: 7),
            Comparison(label: "windows-1255", codec: "cp1255", more: 13),  // 0xCA is a vowel sign of Hebrew beside.
            Comparison(label: "windows-1257", codec: "cp1257", more: 10),
            Comparison(label: "windows-1258", codec: "cp1258", more: 9),
            // The letter that Belarusian has beside those of Ukrainian.
            Comparison(label: "koi8-u", codec: "koi8_u", other: ["ae": 0x45E, "be": 0x40E]),
        ]
}
