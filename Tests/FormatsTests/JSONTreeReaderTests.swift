import Formats
import Testing

@Suite struct JSONTreeReaderTests {
    /// What a text is read as, in chunks of a size: each piece with its path.
    private func pieces(_ text: String, _ lists: [[String]], chunkSize: Int = 128) throws -> [String] {
        var reader = JSONTreeReader(ByteSource(bytes: Array(text.utf8), chunkSize: chunkSize), lists: lists)
        var pieces: [String] = []
        while let piece = try reader.next() {
            pieces.append("\(piece.path.joined(separator: ".")) \(piece.isElement ? "-" : "=") \(piece.value.text)")
        }
        return pieces
    }

    @Test("gives the elements of long arrays one by one, and all else whole", arguments: [1, 2, 3, 7, 128])
    func reading(chunkSize: Int) throws {
        let text =
            #" { "result" : {"updated":[{"a":[1,"]"]}, 2 ],"deleted":[], "n\"é":{"x":1}} , "success":true,"list":[3] } "#
        let expected = [
            #"result.updated - {"a":[1,"]"]}"#, "result.updated - 2", #"result.n"é = {"x":1}"#, "success = true",
            "list = [3]",
        ]
        #expect(try pieces(text, [["result", "updated"], ["result", "deleted"]], chunkSize: chunkSize) == expected)
    }

    @Test("of no list everything is a member")
    func members() throws {
        #expect(try pieces("{}", []) == [])
        #expect(try pieces(#"{"a":null,"b":{"c":[1]}}"#, []) == ["a = null", #"b = {"c":[1]}"#])
        // What is no array where one could be is given as it is.
        #expect(try pieces(#"{"a":{"b":5}}"#, [["a", "b"]]) == ["a.b = 5"])
    }

    @Test(
        "fails where the text does",
        arguments: [
            "", "[]", "{", #"{"a""#, #"{"a":"#, #"{"a":[1"#, #"{"a":[1}"#, #"{"a":[,]}"#, #"{"a":1 "b":2}"#,
            #"{"a":1}x"#, "<html>", #"{"a":[1]"#, #"{"a":}"#, #"{"a\"#, "{1:2}",
        ]
    )
    func failing(text: String) { #expect(throws: JSONError.self) { try pieces(text, [["a"]]) } }
}
