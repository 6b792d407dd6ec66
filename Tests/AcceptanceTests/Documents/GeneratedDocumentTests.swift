import Foundation
import Testing

@Suite("The committed documents")
struct GeneratedDocumentTests {
    @Test("are what the program generates", arguments: ["man", "completions"])
    func fresh(kind: String) throws {
        let crm = try CRM(.nothing)
        let folder = crm.file("documents")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try crm.succeed("generate", kind, folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!names.isEmpty)
        #expect(try Checkout.names(in: kind) == names, "make documents renews \(kind)/")
        for name in names {
            let isFresh = try crm.read("documents/\(name)") == Checkout.bytes(of: "\(kind)/\(name)")
            #expect(isFresh, "\(kind)/\(name) is stale; make documents renews it")
        }
    }

    @Test("of the manual are clean mdoc that names only pages that exist")
    func lint() throws {
        let crm = try CRM(.nothing)
        let names = try Checkout.names(in: "man")
        for name in names {
            let page = Checkout.path("man/\(name)")
            let complaints = try crm.shell("mandoc -T lint -W warning '\(page)'")
            #expect(complaints.output.isEmpty, "\(complaints.output)")
            #expect(complaints.status == 0)
            let text = String(decoding: try Checkout.bytes(of: "man/\(name)"), as: UTF8.self)
            for reference in text.matches(of: /(?m)^\.Xr (?:\\&)?(\S+) 1/) {
                #expect(names.contains("\(reference.1).1"), "\(name) refers to \(reference.1)")
            }
        }
    }
}
