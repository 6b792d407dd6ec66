import Formats
import Testing

@Suite struct `CSV writer` {
    private func written(_ table: [[String]], _ dialect: CSVDialect) throws -> String {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink, dialect: dialect)
        for row in table {
            for field in row { try writer.writeField(field) }
            try writer.endRecord()
        }
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    @Test(
        "quotes only what must be quoted",
        arguments: [
            (["a", "", "b c"], "a,,b c\n"), ([""], "\"\"\n"), (["", ""], ",\n"), (["a,b"], "\"a,b\"\n"),
            (["say \"hi\"", "\""], "\"say \"\"hi\"\"\",\"\"\"\"\n"), (["a\nb", "a\rb"], "\"a\nb\",\"a\rb\"\n"),
            (["a;b\t|\\'", " x "], "a;b\t|\\', x \n"), (["0123456789,"], "\"0123456789,\"\n"),
            (["01234567\"9"], "\"01234567\"\"9\"\n"),
        ]
    )
    func quotesOnlyWhatMustBeQuoted(row: [String], expected: String) throws {
        #expect(try written([row], .csv()) == expected)
    }

    @Test("follows the dialect") func followsTheDialect() throws {
        let table = [["a,b", "c;d"], ["e\tf", "\\"]]
        #expect(
            try written(table, .csv(delimiter: .semicolon, lineEnd: .crlf)) == "a,b;\"c;d\"\r\ne\tf;\\\r\n"
        )
        #expect(try written(table, .tsv) == "a,b\tc;d\ne\\tf\t\\\\\n")
        #expect(try written([["\"a\"\r\n"], [""]], .tsv) == "\"a\"\\r\\n\n\n")
    }

    @Test(
        "keeps spreadsheets from taking text for formulas where asked",
        arguments: [
            ("=1+1", "'=1+1"), ("+34 600", "'+34 600"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
            ("\r=1", "\"'\r'=1\""), ("=\"a\",b", "\"'=\"\"a\"\",b\""), ("a=1", "a=1"), ("", ""), ("'x", "'x"),
            ("1-2", "1-2"), ("a;=1+1", "\"a;=1+1\""), ("a;=1+1;b", "\"a;'=1+1;b\""), ("a\t=1", "\"a\t=1\""),
            ("a\t=1|b", "\"a\t'=1|b\""), ("x;\"=1;y", "\"x;'\"\"=1;y\""),
            ("a,=1", "\"a,=1\""),
            ("one\n=1+1", "\"one\n'=1+1\""), ("one\r\n@x", "\"one\r\n'@x\""), ("a|b", "\"a|b\""), ("\tx", "\"'\tx\""),
            (" =1", "' =1"), ("\u{A0}\u{3000}+1", "'\u{A0}\u{3000}+1"), ("\u{FF1D}1", "'\u{FF1D}1"),
            ("\u{200B}\u{FF20}x", "'\u{200B}\u{FF20}x"), ("é=1", "é=1"), (" a", " a"),
        ]
    )
    func keepsSpreadsheetsFromTakingTextForFormulasWhereAsked(text: String, expected: String) throws {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink, isSpreadsheetSafe: true)
        try writer.writeField("x")
        try writer.writeField(text)
        try writer.writeField(integer: -5)
        try writer.endRecord()
        #expect(String(decoding: sink.bytes, as: UTF8.self) == "x,\(expected),-5\n")
    }

    @Test("guards formulas in backslash escapes too") func guardsFormulasInBackslashEscapesToo() throws {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink, dialect: .tsv, isSpreadsheetSafe: true)
        try writer.writeField("=1")
        try writer.writeField("\t=1")
        try writer.writeField("a;=1,-2 | b;c")
        try writer.endRecord()
        #expect(String(decoding: sink.bytes, as: UTF8.self) == "'=1\t'\\t=1\ta;'=1,'-2 | b;c\n")
    }

    @Test("writes numbers and ready-made fields between the others")
    func writesNumbersAndReadyMadeFieldsBetweenTheOthers() throws {
        let sink = ByteSink.memory()
        var writer = CSVWriter(sink)
        try writer.writeField(integer: .min)
        try Array("\"raw\"".utf8).withUnsafeBytes { try writer.writeRawField($0) }
        try writer.writeField("")
        try writer.endRecord()
        try writer.writeField(integer: 0)
        try writer.endRecord()
        #expect(String(decoding: sink.bytes, as: UTF8.self) == "-9223372036854775808,\"raw\",\n0\n")
    }
}
