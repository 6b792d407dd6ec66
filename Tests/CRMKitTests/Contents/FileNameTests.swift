import Testing

@testable import CRMKit

@Suite struct FileNameTests {
    @Test(
        "a safe name is in its folder",
        arguments: [
            ("a.txt", "a.txt"), ("../../x", "x"), ("C:\\temp\\x.doc", "x.doc"), ("/", "otro"), ("..", "otro"),
            ("", "otro"), (".bashrc", "bashrc"), ("a\u{0}b\n.txt", "a_b_.txt"), ("x\u{202E}gpj.exe", "x_gpj.exe"),
            ("--rf", "rf"), ("~root", "root"), ("año ñ.pdf", "año ñ.pdf"),
            (String(repeating: "é", count: 300) + ".pdf", String(repeating: "é", count: 98) + ".pdf"),
        ]
    )
    func aSafeNameIsInItsFolder(name: String, safe: String) {
        #expect(FileName.safe(name, otherwise: "otro") == safe)
    }

    @Test("a number stands before the ending") func aNumberStandsBeforeTheEnding() {
        #expect(FileName.numbered("a.tar.gz", 2) == "a.tar (2).gz")
        #expect(FileName.numbered("a", 3) == "a (3)")
    }

    @Test(
        "the next version counts on",
        arguments: [("1", "2"), ("2.9", "2.10"), ("borrador", "borrador-2"), ("v", "v-2"), ("09", "10")]
    )
    func theNextVersionCountsOn(version: String, next: String) {
        #expect(DocumentFiling.next(after: version, among: [version]) == next)
    }

    @Test("no version comes twice") func noVersionComesTwice() {
        #expect(DocumentFiling.next(after: "1", among: ["1", "2", "3"]) == "4")
    }
}
