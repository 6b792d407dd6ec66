import Foundation
import Testing

@Suite("The committed documents")
struct GeneratedDocumentTests {
    /// What is generated, the words that ask for it and the folder where it is committed.
    private static let kinds = [
        (["man"], "man"), (["man", "--lang", "es"], "man/es/man1"), (["completions"], "completions"),
    ]

    @Test("are what the program generates, wherever it speaks what language", arguments: kinds)
    func fresh(words: [String], kind: String) throws {
        let crm = try CRM(.nothing)
        let folder = crm.file("documents")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let made = try crm.run(["generate", words[0], folder] + words.dropFirst(), env: ["CRM_LANG": "es"])
        #expect(made.status == 0, "\(made.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!names.isEmpty)
        #expect(try Checkout.names(in: kind) == names, "make documents renews \(kind)/")
        for name in names {
            let isFresh = try crm.read("documents/\(name)") == Checkout.bytes(of: "\(kind)/\(name)")
            #expect(isFresh, "\(kind)/\(name) is stale; make documents renews it")
        }
    }

    /// What mandoc says of headings in another language than English, by which it would know the first chapter.
    private static let spanishHeadings = [
        "WARNING: first section is not \"NAME\": Sh ", "WARNING: description line outside NAME section: Nd",
    ]

    @Test("of the manual are clean mdoc that names only pages that exist", arguments: ["man", "man/es/man1"])
    func lint(folder: String) throws {
        let crm = try CRM(.nothing)
        let names = try Checkout.names(in: folder)
        #expect(names.contains("crm.1") && names.contains("crm-contact.1"))
        for name in names {
            let page = Checkout.path("\(folder)/\(name)")
            let complaints = try crm.shell("mandoc -T lint -W warning '\(page)'")
            let allowed = folder == "man" ? [] : Self.spanishHeadings
            let faults = complaints.lines.filter { line in !allowed.contains { line.contains($0) } }
            #expect(faults == [])
            if allowed.isEmpty { #expect(complaints.status == 0) }
            let text = String(decoding: try Checkout.bytes(of: "\(folder)/\(name)"), as: UTF8.self)
            for reference in text.matches(of: /(?m)^\.Xr (?:\\&)?(\S+) 1/) {
                #expect(names.contains("\(reference.1).1"), "\(name) refers to \(reference.1)")
            }
        }
    }

    @Test("of the manual say the same in Spanish: every chapter and command, and a line for every way to call one")
    func spanish() throws {
        let crm = try CRM(.nothing)
        for name in try Checkout.names(in: "man") {
            func page(_ folder: String) throws -> String {
                String(decoding: try Checkout.bytes(of: "\(folder)/\(name)"), as: UTF8.self)
            }
            let (english, spanish) = (try page("man"), try page("man/es/man1"))
            for macro in [".Sh ", ".Ss ", ".It ", ".Nm "] {
                func count(_ text: String) -> Int { text.split(separator: "\n").count { $0.hasPrefix(macro) } }
                #expect(count(english) == count(spanish), "\(name): \(macro)")
            }
            #expect(spanish.contains(".Sh \"NOMBRE\"") || spanish.contains(".Sh NOMBRE"))
        }
        let path = Checkout.path("man/es/man1/crm-contact.1")
        let shown = try crm.shell("MANWIDTH=80 mandoc -T utf8 '\(path)' | sed 's/.\\x08//g'")
        #expect(shown.lines.contains("SINOPSIS"))
        #expect(shown.lines.contains("     crm contact list [opciones]"))
        #expect(shown.lines.contains { $0.hasPrefix("     crm contact show [opciones] REF") })
    }
}
