import Testing

@testable import Formats

@Suite struct MediaTypeTests {
    @Test(
        "bytes and name tell",
        arguments: [
            ("%PDF-1.7", "x.txt", "application/pdf"), ("hola", "x.txt", "text/plain"), ("hola", nil, "text/plain"),
            ("a,b\n1,2", "x.CSV", "text/csv"), ("{}", "x.json", "application/json"),
            ("\u{0}\u{1}", "x.txt", "application/octet-stream"), ("\u{0}\u{1}", "x.dwg", "image/vnd.dwg"),
            ("<!DOCTYPE html><p>", "x", "text/html"), ("  <html>", nil, "text/html"),
            ("<?xml version=\"1.0\"?><svg/>", "x.svg", "image/svg+xml"), ("<?xml ?>", "x.txt", "application/xml"),
            ("PK\u{3}\u{4}", "x.zip", "application/zip"), ("PK\u{3}\u{4}", nil, "application/zip"),
            (
                "PK\u{3}\u{4}", "x.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            ),
            ("PK\u{3}\u{4}", "x.pdf", "application/zip"), ("hola", "x.pdf", "text/plain"),
            ("BEGIN:VCARD\n", "x", "text/vcard"), ("", nil, "text/plain"),
            ("From: a@b.c\n\nx", "x.eml", "message/rfc822"),
        ] as [(String, String?, String)]
    )
    func bytesAndNameTell(beginning: String, name: String?, type: String) {
        let bytes = Array(beginning.utf8)
        #expect(bytes.withUnsafeBytes { MediaType(of: $0, named: name) }.description == type)
    }

    /// A file of an archive, as one begins (APPNOTE.TXT section 4.3.7).
    private static func entry(_ name: String, _ content: String = "") -> String {
        let sizes = "\(Character(Unicode.Scalar(UInt8(content.utf8.count))))\0\0\0"
        let lead = "PK\u{3}\u{4}" + String(repeating: "\0", count: 10) + "\0\0\0\0" + sizes + sizes
        return lead + "\(Character(Unicode.Scalar(UInt8(name.utf8.count))))\0" + "\0\0" + name + content
    }

    @Test(
        "what an archive holds tells",
        arguments: [
            ([Self.entry("[Content_Types].xml", "<x/>"), Self.entry("xl/workbook.xml")], "spreadsheetml.sheet"),
            (
                [Self.entry("_rels/.rels"), Self.entry("docProps/app.xml"), Self.entry("word/document.xml")],
                "wordprocessingml.document"
            ),
            ([Self.entry("[Content_Types].xml"), Self.entry("ppt/presentation.xml")], "presentationml.presentation"),
            (
                [Self.entry("mimetype", "application/vnd.oasis.opendocument.text"), Self.entry("content.xml")],
                "opendocument.text"
            ),
            ([Self.entry("mimetype", "application/epub+zip")], "epub+zip"), ([Self.entry("mimetype", "x")], "/zip"),
            ([Self.entry("a.docx", Self.entry("[Content_Types].xml") + Self.entry("word/document.xml"))], "/zip"),
            ([Self.entry("word/a.txt"), Self.entry("b")], "/zip"),
        ] as [([String], String)]
    )
    func whatAnArchiveHoldsTells(entries: [String], end: String) {
        for name in [nil, "x.zip", "x"] {
            let type = Array(entries.joined().utf8).withUnsafeBytes { MediaType(of: $0, named: name) }
            #expect(type.description.hasSuffix(end), "\(type)")
        }
    }

    @Test("a type is read without its parameters") func aTypeIsReadWithoutItsParameters() {
        #expect(MediaType(" Text/HTML; charset=utf-8") == .html)
        #expect(MediaType("text/csv").isText)
        #expect(!MediaType.pdf.isText)
    }

    @Test(
        "text tells its encoding",
        arguments: [
            (Array("ñandú".utf8), true, "ñandú"), ([0xEF, 0xBB, 0xBF, 0x61], true, "a"),
            ([0xF1, 0x61], true, "ña"), ([0x61, 0xC3], true, "aÃ"), ([0x61, 0xC3], false, "a"),
            ([0xEF, 0xBB, 0xBF, 0x61, 0xE6, 0x97], false, "a"), ([0x61, 0xF0, 0x9F, 0x99], false, "a"),
            (Array("a🙂".utf8), false, "a🙂"),
            ([0xFE, 0xFF, 0x00, 0x61], true, "a"), ([], true, ""),
        ] as [([UInt8], Bool, String)]
    )
    func textTellsItsEncoding(bytes: [UInt8], isWhole: Bool, text: String) {
        #expect(String(decoding: UndeclaredText.utf8(of: bytes, isWhole: isWhole), as: UTF8.self) == text)
    }
}
