import Foundation
import Testing

@Suite("History")
struct PrivacyTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("is shortened, which needs to be agreed to, and what stays can be undone")
    func pruning() throws {
        let before = try crm.succeed("export").output
        let refused = try crm.run("log", "prune", "--before", "2100-01-01")
        #expect(refused.status == 2 && refused.errors.contains("could still be undone"))
        #expect(try crm.run("log", "prune").status == 2)
        let dry = try crm.json("log", "prune", "--before", "2100-01-01", "--dry-run")
        #expect(dry["committed"] == .bool(false))
        #expect(try crm.json("log", "prune", "--before", "1990-01-01")["change_sets"]?.integer == 0)
        let pruned = try crm.json("log", "prune", "--before", "2100-01-01", "--yes")
        #expect(pruned["change_sets"] == dry["change_sets"] && pruned["compacted"] == .bool(true))
        #expect(try crm.succeed("export").output == before)
        #expect(try crm.succeed("log", "--no-header").lines.count == 1)
        #expect(try crm.run("undo").status == 3)
        try crm.succeed("check")
        try crm.add("contact", "--last-name", "Later")
        try crm.succeed("undo")
        #expect(try crm.succeed("export").output == before)
    }

    @Test("keeps no password of an address")
    func passwords() throws {
        try crm.add("contact", "--last-name", "A", "--description", "see https://ana:s3cret@example.org/x")
        let log = try crm.succeed("log", "--limit", "1", "--json").output
        #expect(log.contains("https://ana:…@example.org/x"))
        #expect(!log.components(separatedBy: "\"entries\"")[0].contains("s3cret"))
    }

    @Test("and all else that is held of a person is told that person, as JSON and as a page")
    func report() throws {
        let report = try crm.json("contact", "report-personal", "1")
        #expect(report["person"]?["id"]?.integer == 1)
        #expect(report["history"]?.elements.isEmpty == false)
        let page = try crm.succeed("contact", "report-personal", "1", "--lang", "es").output
        #expect(page.hasPrefix("<!doctype html>") && page.contains("<html lang=\"es\">"))
        try crm.succeed("contact", "report-personal", "1", "-o", "page.html")
        #expect(FileManager.default.fileExists(atPath: crm.file("page.html")))
        try crm.succeed("contact", "report-personal", "1", "-o", "held.json")
        #expect(try crm.read("held.json").first == UInt8(ascii: "{"))
        let other = try crm.run("contact", "report-personal", "1", "-o", "held.pdf")
        #expect(other.status == 2 && !crm.has("held.pdf"), "\(other.errors)")
        #expect(try crm.run("contact", "report-personal", "1", "--format", "csv").status == 2)
        #expect(try crm.run("contact", "report-personal", "99999").status == 3)
    }
}
