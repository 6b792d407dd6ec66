import Formats
import Testing

@Suite struct HTTPHeadTests {
    private func head(_ text: String) -> HTTPHead? { HTTPHead(Array(text.utf8)[...]) }

    @Test("has the status and the fields, whatever ends the lines")
    func fields() throws {
        let text = "HTTP/1.1 429 Too Many Requests\r\nRetry-After:  7 \r\nX-RateLimit-Reset: 1700000000000\r\n\r\n{}"
        let found = try #require(head(text))
        #expect(found.status == 429)
        #expect(found["retry-after"] == "7")
        #expect(found["x-ratelimit-reset"] == "1700000000000")
        #expect(found["date"] == nil)
        #expect(found.length == text.utf8.count - 2)
        #expect(head("HTTP/2 200\nA: b\n\n")?.fields.count == 1)
    }

    @Test("passes over provisional ones")
    func provisional() throws {
        let found = try #require(head("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nbody"))
        #expect(found.status == 200)
        #expect(found["a"] == "b")
    }

    @Test(
        "is none where the bytes are no whole head",
        arguments: [
            "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 OK\r\n\r\n", "<html>\n\n", "HTTP/1.1 100 Continue\r\n\r\n", "\r\n\r\n",
        ]
    )
    func broken(text: String) { #expect(head(text) == nil) }

    @Test(
        "has a date",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"), ("Sun Nov  6 08:49:37 1994", nil),
            ("Sun, 06 Nix 1994 08:49:37 GMT", nil), ("", nil),
        ] as [(String, String?)]
    )
    func date(text: String, instant: String?) { #expect(HTTPDate.instant(text) == instant) }
}
