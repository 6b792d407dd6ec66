import Foundation
import Testing

/// The lines that the form of a document asks for.
@Suite struct LineFormTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "currency", "MXN")
        try crm.add("product", "--name", "Cable HDMI", "--code", "SKU-1", "--price", "30", "--tax-rate", "16")
    }

    private static let line = "(a text, or what is sold by name, code:CODE or id"
    private static let save = "Save? (yes, no, or the number of a field to change): "
    private static let change = "Line to change (number; -N removes it; other words add one; empty ends): "

    /// A form that has come to its end with the lines `Visita` and `Cable HDMI`.
    private func filled() throws -> PseudoTerminal {
        let terminal = try crm.terminal("quote add", columns: 200)
        try terminal.answer("Subject *: ", "Equipo")
        try terminal.skip(to: "Line 1 \(Self.line); empty ends): ")
        try terminal.type("Visita\n")
        try terminal.answer("  Quantity * [1]: ", "2")
        try terminal.answer("  Unit price *: ", "850")
        try terminal.answer("  Taxes: ", "vat:16")
        try terminal.answer("Line 2 \(Self.line); empty ends): ", "Cable HDMI")
        try terminal.answer("  Quantity * [1]: ", "")
        try terminal.answer("  Unit price * [30.00]: ", "")
        try terminal.answer("Line 3 \(Self.line); empty ends): ", "")
        return terminal
    }

    /// The number by which a form changes its lines.
    private func number(in summary: String) -> String {
        let row = summary.split(separator: "\n").last { $0.contains("  Lines:") } ?? ""
        return String(row.split(separator: " ").first ?? "")
    }

    private func lines() throws -> [String] {
        try crm.json("quote", "show", "1")["lines"]?.elements.map { line in
            let what = line["product"]?["name"]?.string ?? line["text"]?.string ?? ""
            let taxes = line["taxes"]?.elements.compactMap(\.string).joined(separator: ",") ?? ""
            return "\(what) \(line["quantity"]?.digits ?? "") × \(line["unit_price"]?.digits ?? "") [\(taxes)]"
        } ?? []
    }

    /// Answers once the lines are chosen before saving, and the lines that are saved then.
    private static let changes: [([(String, String)], [String])] = [
        ([(change, "")], ["Visita 2 × 850.00 [vat:16]", "Cable HDMI 1 × 30.00 [vat:16]"]),
        (
            [
                (change, "1"), ("Line 1 \(line)) [Visita]: ", ""), ("  Quantity * [2]: ", "3"),
                ("  Unit price * [850]: ", ""), ("  Taxes [vat:16]: ", "-"), (change, ""),
            ],
            ["Visita 3 × 850.00 []", "Cable HDMI 1 × 30.00 [vat:16]"]
        ),
        (
            [
                (change, "2"), ("Line 2 \(line)) [Cable HDMI]: ", "Flete"), ("  Quantity * [1]: ", ""),
                ("  Unit price *: ", "99"), ("  Taxes: ", ""), (change, ""),
            ],
            ["Visita 2 × 850.00 [vat:16]", "Flete 1 × 99.00 []"]
        ),
        ([(change, "-1"), (change, "")], ["Cable HDMI 1 × 30.00 [vat:16]"]),
        (
            [
                (change, "Flete"), ("  Quantity * [1]: ", ""), ("  Unit price *: ", "99"), ("  Taxes: ", ""),
                (change, "-4"), (change, "4"), (change, "-2"), (change, ""),
            ],
            ["Visita 2 × 850.00 [vat:16]", "Flete 1 × 99.00 []"]
        ),
        ([(change, "-2"), (change, "-1"), ("Line 1 \(line); empty ends): ", "")], []),
    ]

    @Test(
        "Lines that were answered stay when they are looked at again, and can be changed one by one",
        arguments: changes
    )
    func again(answers: [(String, String)], expected: [String]) throws {
        let terminal = try filled()
        let number = number(in: try terminal.expect(Self.save))
        try terminal.type("\(number)\n")
        for (question, answer) in answers { try terminal.answer(question, answer) }
        try terminal.answer(Self.save, "yes")
        #expect(try terminal.finish() == 0)
        #expect(try lines() == expected)
    }

    /// Answers to the question which product a part of its name means, and the line that is saved then.
    private static let candidates: [([String], String)] = [
        (["1"], "Cable HDMI 1 × 30.00 [vat:16]"), (["9", "1"], "Cable HDMI 1 × 30.00 [vat:16]"),
        ([""], "cable 1 × 30.00 []"), (["Flete"], "Flete 1 × 30.00 []"),
    ]

    @Test("A part of the name of what is sold offers it, and is a text where that is meant", arguments: candidates)
    func partOfName(answers: [String], line: String) throws {
        let terminal = try crm.terminal("quote add", columns: 200)
        try terminal.answer("Subject *: ", "Equipo")
        try terminal.skip(to: "Line 1 \(Self.line); empty ends): ")
        try terminal.type("cable\n")
        for answer in answers {
            let told = try terminal.answer("empty takes \"cable\" as a text): ", answer)
            #expect(told.contains("Cable HDMI") || answer != answers[0], "\(told)")
        }
        try terminal.answer("  Quantity * [1]: ", "")
        if line.hasPrefix("Cable") {
            try terminal.answer("  Unit price * [30.00]: ", "")
        } else {
            try terminal.answer("  Unit price *: ", "30")
            try terminal.answer("  Taxes: ", "")
        }
        try terminal.answer("Line 2 \(Self.line); empty ends): ", "")
        try terminal.answer(Self.save, "yes")
        #expect(try terminal.finish() == 0)
        #expect(try lines() == [line])
    }

    @Test("What is refused when it is saved can be changed: nothing that was answered is lost")
    func refusal() throws {
        let terminal = try filled()
        try terminal.expect(Self.save)
        // Another user sells the last before this one saves.
        try crm.succeed("product", "delete", "1", "--yes", "--force")
        try terminal.type("yes\n")
        let summary = try terminal.expect(Self.save)
        #expect(summary.contains("Visita") && summary.contains("no product"), "\(summary)")
        let number = number(in: summary)
        try terminal.type("\(number)\n")
        try terminal.answer(Self.change, "-2")
        try terminal.answer(Self.change, "")
        try terminal.answer(Self.save, "yes")
        #expect(try terminal.finish() == 0)
        #expect(try lines() == ["Visita 2 × 850.00 [vat:16]"])
    }

    @Test("A record is made when it is saved, not when its form is opened")
    func time() throws {
        let terminal = try crm.terminal("quote add")
        try terminal.expect("Subject *: ")
        // Stored times have no fractions: the next second is the first that tells the two apart.
        let opened = Date().timeIntervalSince1970.rounded(.down)
        let answered = opened + 1
        Thread.sleep(until: Date(timeIntervalSince1970: answered))
        try terminal.type("Equipo\n")
        try terminal.skip(to: "to change): ")
        try terminal.type("yes\n")
        #expect(try terminal.finish() == 0)
        for time in [try crm.json("quote", "show", "1")["created_at"], try crm.json("log").elements.first?["at"]] {
            let made = try ISO8601DateFormatter().date(from: #require(time?.string))
            #expect(try #require(made).timeIntervalSince1970 >= answered)
        }
    }
}
