import Foundation
import Testing

@testable import CLIKit

@Suite("Pager", .serialized)
struct PagerTests {
    @Test(
        "is named by PAGER",
        arguments: [
            (["PAGER": ""], nil),
            (["PAGER": "  "], nil),
            (["PAGER": "cat"], nil),
            (["PAGER": "sh -c true", "PATH": "/bin"], "sh -c true"),
            (["PAGER": "/bin/sh"], "/bin/sh"),
            (["PAGER": "no-such-pager --flag", "PATH": "/bin"], nil),
            (["PAGER": "LESS=R no-such-pager", "PATH": "/bin"], "LESS=R no-such-pager"),
            (["PATH": "/nowhere"], nil),
        ] as [([String: String], String?)]
    )
    func isNamed(_ variables: [String: String], command: String?) {
        #expect(Pager.command(in: Environment(variables)) == command)
    }

    @Test("gets what is written and is waited for", arguments: [nil, "S"])
    func runs(less: String?) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        let pagerLine = #"{ cat; echo "$LESS $LESSCHARSET"; } > "$OUT""#
        var variables = ["PATH": "/usr/bin:/bin", "OUT": url.path, "PAGER": pagerLine]
        variables["LESS"] = less
        let pager = try #require(Pager(environment: Environment(variables)))
        try pager.input.write(Array("one\ntwo\n".utf8))
        pager.close()
        pager.close()
        #expect(try String(contentsOf: url, encoding: .utf8) == "one\ntwo\n\(less ?? "FRX") utf-8\n")
    }
}
