import Foundation
import TestSupport
import Testing

@testable import CRMKit

/// Strings compare by canonical equivalence, which is what folding is about; these tests compare scalars.
private func scalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value)
}

private func foldedBytes(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    bytes.withUnsafeBytes { Fold.fold($0, into: &output) }
    return output
}

@Suite("Folding")
struct FoldTests {
    @Test(
        "folds case, accents and spacing",
        arguments: [
            ("", ""),
            ("José", "jose"),
            ("JOSE\u{301}", "jose"),
            ("Ñandú", "nandu"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("STRASSE", "strasse"),
            ("İstanbul", "istanbul"),
            ("ırmak IŞIK Işık", "irmak isik isik"),
            ("Søren Đoković Łódź Ærø", "søren đokovic łodz ærø"),
            ("ﬁn ﬃ ﬆ ŉ ǰ", "fin ffi st ʼn j"),
            ("Việt Nam, Ǖ, Ṩ", "viet nam, u, s"),
            ("ΆΛΦΑ ΐ ᾧ ς Ω", "αλφα ι ω σ ω"),
            ("Ёлка Йод Київ", "елка иод киів"),
            ("K Å", "k a"),
            ("שָׁלוֹם", "שלום"),
            ("مُحَمَّد آل", "محمد ال"),
            ("क़िला", "क\u{93C}िला"),
            ("ปูปุ", "ปูปุ"),
            ("がカ゛", "か\u{3099}カ゛"),
            ("한국", "한국"),
            ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", "한국"),
            ("\u{D558}\u{11AB}", "한"),
            ("\u{2F800}", "\u{4E3D}"),
            ("𐐀", "𐐨"),
            ("ＡＢ", "ａｂ"),
            ("\u{FEFF}a\u{200B}b\u{AD}c❤\u{FE0F}", "abc❤"),
            ("\u{1F3F4}\u{E0067}\u{E007F}", "\u{1F3F4}"),
            ("  Ana \t\r\n Ruiz  ", "ana ruiz"),
            ("\u{A0}Ana\u{3000}\u{2028} Ruíz\u{2003}", "ana ruiz"),
            ("a \u{200B} b", "a b"),
            (" \u{301} ", ""),
            ("EXACTLY8", "exactly8"),
            ("@[`{ AZaz 09 AZ[@", "@[`{ azaz 09 az[@"),
            ("eight by eight  bytes   and more ", "eight by eight bytes and more"),
        ]
    )
    func folds(_ text: String, to expected: String) {
        #expect(scalars(Fold.fold(text)) == scalars(expected))
    }

    @Test("appends to what the output holds, without joining it")
    func appends() {
        var output = Array("x ".utf8)
        Array(" ".utf8).withUnsafeBytes { Fold.fold($0, into: &output) }
        Array("  Á b ".utf8).withUnsafeBytes { Fold.fold($0, into: &output) }
        #expect(String(decoding: output, as: UTF8.self) == "x a b")
    }

    @Test(
        "replaces what is not UTF-8 as the standard library does",
        arguments: [
            [0x80], [0xC3], [0x61, 0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x82, 0x41], [0xED, 0xA0, 0x80],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0xAF], [0xFF, 0xFE], [0xE0, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func replacesInvalidBytes(_ bytes: [UInt8]) {
        #expect(foldedBytes(bytes) == Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8))
    }

    @Test("is idempotent and gives UTF-8 for any bytes", arguments: 0..<8 as Range<UInt64>)
    func isIdempotent(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let bytes = generator.text(ofBytes: true)
            let once = foldedBytes(bytes)
            #expect(foldedBytes(once) == once, "\(bytes)")
            #expect(String(validating: once, as: UTF8.self) != nil, "\(bytes)")
        }
    }

    @Test("folds composed and decomposed text alike", arguments: 0..<8 as Range<UInt64>)
    func ignoresNormalization(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let text = String(decoding: generator.text(ofBytes: false), as: UTF8.self)
            let composed = Fold.fold(text.precomposedStringWithCanonicalMapping)
            let decomposed = Fold.fold(text.decomposedStringWithCanonicalMapping)
            #expect(scalars(composed) == scalars(decomposed), "\(scalars(text))")
        }
    }

    @Test("folds every scalar alike in its composed and decomposed form, and once for all")
    func coversEveryScalar() {
        for value in Array(0..<FoldTable.limit) + Array(0xE0000...0xE1000) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = String(Character(scalar))
            let once = Fold.fold(text)
            guard scalars(Fold.fold(once)) == scalars(once),
                scalars(Fold.fold(text.decomposedStringWithCanonicalMapping)) == scalars(once)
            else {
                Issue.record("U+\(String(value, radix: 16))")
                continue
            }
        }
    }

    @Test("agrees with a plain byte loop on ASCII", arguments: 0..<8 as Range<UInt64>)
    func agreesOnASCII(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array(" \t AZaz@[`{~\u{7F}\u{1}0M".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\t" }
            #expect(foldedBytes(bytes) == Array(words.joined(separator: " ").lowercased().utf8))
        }
    }
}

@Suite("Folding beside FTS5")
struct FoldPeerTests {
    /// Latin in all its blocks up to 15 accents on one letter, and Greek and Cyrillic where no accent is composed.
    static let blocks: [ClosedRange<UInt32>] = [
        0x41...0x7A, 0xC0...0x24F, 0x391...0x3A1, 0x3A3...0x3A9, 0x3B1...0x3C9, 0x410...0x418, 0x41A...0x438,
        0x43A...0x44F, 0x531...0x556, 0x1E00...0x1EFF, 0x10400...0x1044F,
    ]

    /// Latin letters with an accent that unicode61 keeps: æ, ø and ʒ with one, a with dot and macron; and those that
    /// full case folding writes with others: ß, ẞ, ı, ŉ and ẚ.
    static let keptByFTS5: Set<UInt32> = [
        0xDF, 0x1E9E, 0x131, 0x149, 0x1E9A,
        0x1E0, 0x1E1, 0x1E2, 0x1E3, 0x1EE, 0x1EF, 0x1FC, 0x1FD, 0x1FE, 0x1FF,
    ]

    @Test("folds letters as unicode61 remove_diacritics 2 does", arguments: blocks)
    func agreesWithFTS5(_ block: ClosedRange<UInt32>) throws {
        let terms = try fts5Terms(of: block)
        #expect(terms.count > block.count / 2)
        for (value, term) in terms where !Self.keptByFTS5.contains(value) {
            let scalar = try #require(Unicode.Scalar(value))
            #expect(scalars(Fold.fold(String(Character(scalar)))) == scalars(term), "U+\(String(value, radix: 16))")
        }
    }

    /// What the tokenizer makes of each letter of a block, asked of the sqlite3 shell.
    private func fts5Terms(of block: ClosedRange<UInt32>) throws -> [UInt32: String] {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        shell.arguments = [
            "sqlite3", "-bail", ":memory:",
            """
            CREATE VIRTUAL TABLE letter USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
            WITH RECURSIVE point(value) AS
                (SELECT \(block.lowerBound) UNION ALL SELECT value + 1 FROM point WHERE value < \(block.upperBound))
                INSERT INTO letter(rowid, text) SELECT value, char(value) FROM point;
            CREATE VIRTUAL TABLE term USING fts5vocab(letter, instance);
            SELECT doc || ' ' || term FROM term;
            """,
        ]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        try #require(shell.terminationStatus == 0, "the sqlite3 shell with FTS5 is needed")
        let pairs = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.split(separator: " ").first.flatMap { UInt32($0) }.map {
                ($0, String(line.drop { $0 != " " }.dropFirst()))
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}

extension SeededGenerator {
    /// Up to 24 pieces of text, most of them such as take part in folding; among them stray bytes when asked for. A
    /// nukta is never loose: on a kana, where no language has it, its place depends on the normal form.
    fileprivate mutating func text(ofBytes strayBytes: Bool) -> [UInt8] {
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x09...0x20, 0xC0...0x24F, 0x300...0x345, 0x386...0x3CE, 0x400...0x45F, 0x591...0x5C7,
            0x622...0x655, 0x915...0x939, 0x958...0x95F, 0x1100...0x11FF, 0x2000...0x200F, 0x3040...0x30FF,
            0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x1D15E...0x1D164, 0x10000...0x10FFFF,
        ]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...24, using: &self) {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &self)]
            if strayBytes, Int.random(in: 0..<8, using: &self) == 0 {
                bytes.append(UInt8.random(in: 0x80...0xFF, using: &self))
            } else if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) {
                bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
            }
        }
        return bytes
    }
}
