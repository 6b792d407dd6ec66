import Formats
import Testing

@Suite struct `JSON writer` {
    private func written(
        _ layout: JSONWriter.Layout = .compact,
        _ body: (inout JSONWriter) throws -> Void
    ) rethrows -> String {
        let sink = ByteSink.memory()
        var writer = JSONWriter(sink, layout: layout)
        try body(&writer)
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    private func person(_ writer: inout JSONWriter) throws {
        try writer.beginObject()
        try writer.key(JSONKey("id"))
        try writer.number(-7)
        try writer.key("tags")
        try writer.beginArray()
        try writer.string("a")
        try writer.bool(true)
        try writer.null()
        try writer.endArray()
        try writer.key("none")
        try writer.beginArray()
        try writer.endArray()
        try writer.key("amount")
        try Array("12500.00".utf8).withUnsafeBytes { try writer.number(literal: $0) }
        try writer.key("more")
        try writer.beginObject()
        try writer.endObject()
        try writer.endObject()
    }

    @Test("puts commas where they belong") func putsCommasWhereTheyBelong() throws {
        #expect(
            try written { try person(&$0) }
                == #"{"id":-7,"tags":["a",true,null],"none":[],"amount":12500.00,"more":{}}"#
        )
    }

    @Test("indents as jq does") func indentsAsJqDoes() throws {
        let expected = """
            {
              "id": -7,
              "tags": [
                "a",
                true,
                null
              ],
              "none": [],
              "amount": 12500.00,
              "more": {}
            }

            """
        let text = try written(.indented) { writer in
            try person(&writer)
            try writer.endLine()
        }
        #expect(text == expected)
    }

    @Test("writes one value a line") func writesOneValueALine() throws {
        let text = try written { writer in
            for number in 1...3 {
                try writer.number(Int64(number))
                try writer.endLine()
            }
        }
        #expect(text == "1\n2\n3\n")
    }

    @Test(
        "escapes what strings and keys cannot hold",
        arguments: [
            ("", #""""#), ("a\"b\\c/", #""a\"b\\c/""#), ("\u{8}\u{9}\n\u{C}\r", #""\b\t\n\f\r""#),
            ("\0\u{1}\u{F}\u{10}\u{1F}\u{7F}", #""\u0000\u0001\u000f\u0010\u001f"# + "\u{7F}\""),
            ("ñ日😀\u{2028}", "\"ñ日😀\u{2028}\""),
            ("0123456789abcdef\"ñ0123456789", #""0123456789abcdef\"ñ0123456789""#),
        ]
    )
    func escapesWhatStringsAndKeysCannotHold(text: String, expected: String) throws {
        #expect(try written { try $0.string(text) } == expected)
        #expect(try written { try $0.string(bytes: Array(text.utf8)) } == expected)
        let object = "{\(expected):null}"
        let withKey = try written { writer in
            try writer.beginObject()
            try writer.key(JSONKey(text))
            try writer.null()
            try writer.endObject()
        }
        #expect(withKey == object)
        #expect(try written { try $0.value(.object([JSONMember(text, .null)])) } == object)
    }

    @Test(
        "replaces broken UTF-8, so that the output is JSON",
        arguments: [
            ([0xFF], "\u{FFFD}"), ([0x61, 0xC3, 0x62], "a\u{FFFD}b"), ([0xC3], "\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xC3, 0xB1, 0x80], "ñ\u{FFFD}"),
            ([0xE2, 0x82, 0x22], "\u{FFFD}\u{FFFD}\\\""),
        ]
    )
    func replacesBrokenUTF8SoThatTheOutputIsJSON(bytes: [UInt8], expected: String) throws {
        let text = try written { try $0.string(bytes: bytes) }
        #expect(text == "\"\(expected)\"")
        var parser = JSONParser()
        _ = try parser.parse(text)
    }
}

extension JSONWriter {
    fileprivate mutating func string(bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try string($0) }
    }
}
