import Foundation
import Testing

@Suite("crm contact report-personal")
struct PersonalReportTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", ["--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org"])
        try crm.add(
            "contact",
            ["--last-name", "Vega", "--birthdate", "1980-02-03", "--reports-to", "1"]
                + ["--description", "private of Vega"]
        )
        try crm.succeed("contact", "edit", "1", "--title", "Former title")
        try crm.succeed("contact", "edit", "1", "--title", "Boss")
    }

    @Test("tells of other people who they are and no more") func others() throws {
        let report = try crm.succeed("contact", "report-personal", "1", "--json").output
        #expect(!report.contains("1980-02-03") && !report.contains("private of"))
        let other = try JSON(report)["records"]?["contact"]?.elements.first
        #expect(other?["link"]?["field"] == "reports_to" && other?["record"]?["id"]?.integer == 2)
        let page = try crm.succeed("contact", "report-personal", "1").output
        #expect(page.contains("Vega") && !page.contains("1980") && !page.contains("private of"))
    }

    @Test("tells what cards held beside, what others wrote, and what was before, as JSON and as a page")
    func everything() throws {
        let card =
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Ruiz\r\nN:Ruiz;Ana;;;\r\nEMAIL:ana@example.org\r\n"
            + "NICKNAME:Anita\r\nPHOTO:https://example.org/ana.jpg\r\nEND:VCARD\r\n"
        try crm.succeed("contact", "import", "--input-format", "vcard", "--match", "email", stdin: card)
        try crm.add("comment", "--contact", "2", "--body", "seen with Ana Ruiz in Lugo")
        try crm.add("contact", "--last-name", "Oldname", "--email", "old@example.org")
        try crm.succeed("contact", "merge", "1", "3", "--yes")
        let report = try crm.json("contact", "report-personal", "1")
        let kept = try #require(report["kept"]?.elements.first?["values"]?["properties"]?.string)
        #expect(kept.contains("Anita") && kept.contains("ana.jpg"))
        #expect(report["texts"]?.elements.map { $0["text"]?.string } == ["seen with Ana Ruiz in Lugo"])
        #expect(report["merged"]?.elements.first?["record"]?["last_name"] == "Oldname")
        let page = try crm.succeed("contact", "report-personal", "1").output
        for text in ["Anita", "seen with Ana Ruiz in Lugo", "Oldname", "Former title"] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test("tells of the files of others in whose text the person stands") func mentions() throws {
        try crm.write("Acta: asistió Ana Ruiz", to: "acta.txt")
        try crm.write("Acta: asistió nadie", to: "otra.txt")
        for file in ["acta.txt", "otra.txt"] { try crm.succeed("document", "add", file, "--contact", "2") }
        let files = try crm.json("contact", "report-personal", "1")["files"]?.elements
        #expect(files?.map { $0["id"]?.integer } == [1])
    }

    @Test("tells what was deleted of the person's own, alone or with the person", arguments: [false, true])
    func removed(isWhole: Bool) throws {
        try crm.succeed("contact", "point", "add", "1", "--kind", "email", "--value", "home@example.org")
        try crm.add("address", "--contact", "1", "--street", "Callejon 5")
        if isWhole {
            try crm.succeed("contact", "edit", "2", "--reports-to", "")
            try crm.succeed("contact", "delete", "1", "--yes", "--force")
        } else {
            try crm.succeed("contact", "point", "remove", "1", "1")
            try crm.succeed("address", "delete", "1", "--yes")
        }
        let rows = try #require(try crm.json("contact", "report-personal", "1")["removed"]?.elements)
        #expect(rows.map { $0["part"]?.string ?? $0["module"]?.string } == ["point", "address"])
        #expect(rows.first?["values"]?["value"] == "home@example.org")
        #expect(rows.last?["values"]?["street"] == "Callejon 5")
        let page = try crm.succeed("contact", "report-personal", "1").output
        #expect(page.contains("home@example.org") && page.contains("Callejon 5"))
    }

    @Test("tells of somebody who was deleted what history still holds") func deleted() throws {
        try crm.succeed("contact", "edit", "2", "--reports-to", "")
        try crm.succeed("contact", "delete", "1", "--yes")
        let report = try crm.json("contact", "report-personal", "1")
        #expect(report["deleted"] == true && report["person"]?["last_name"] == "Ruiz")
        #expect(try crm.succeed("contact", "report-personal", "1").output.contains("Former title"))
    }
}
