import CLIKit
import Localization
import Testing

@Suite("Quoting for the shell")
struct ShellQuotationTests {
    @Test(
        "is done only where a shell needs it",
        arguments: [
            ("team.db", "team.db"), ("/home/ana/año.db", "/home/ana/año.db"), ("my dir/a.db", "'my dir/a.db'"),
            ("O'Brien", #"'O'\''Brien'"#), ("", "''"), ("$HOME", "'$HOME'"), ("a;b", "'a;b'"), ("~/x", "'~/x'"),
        ]
    )
    func words(text: String, quoted: String) throws {
        #expect(text.quotedForShell == quoted)
        #expect(try ShellWords.split(text.quotedForShell) == [text])
        #expect(try ShellWords.split(text.inShellQuotes) == [text])
    }
}
