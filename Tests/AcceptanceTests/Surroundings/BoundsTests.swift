import Foundation
import Testing

/// Input of any size is taken in time that grows with it, or refused with its limit.
@Suite struct BoundsTests {
    /// How long a command takes, in seconds.
    private func time(_ crm: CRM, _ words: [String]) throws -> Double {
        let start = Date()
        _ = try crm.run(words)
        return Date().timeIntervalSince(start)
    }

    @Test("Twice as much takes no more than twice as long", arguments: ["--tag", "--where"])
    func doubling(option: String) throws {
        let crm = try CRM()
        func words(_ count: Int) -> [String] {
            let isTag = option == "--tag"
            let beginning = isTag ? ["add", "--last-name", "Ruiz"] : ["list", "--count"]
            let options = (0..<count).flatMap { [option, isTag ? "t\($0)" : "id!=\($0)"] }
            return ["contact"] + beginning + options
        }
        let sizes = option == "--tag" ? (2_000, 8_000) : (100, 400)
        let (few, many) = (try time(crm, words(sizes.0)), try time(crm, words(sizes.1)))
        // Four times as much: a quadratic part would make sixteen times of it.
        #expect(many < few * 8 + 0.5, "\(few) s, \(many) s")
    }

    @Test(
        "Alternatives that ask for related records are one question, and so are those denied together",
        arguments: [("or", ""), ("and", "not ")]
    )
    func relatedRecords(connective: String, negation: String) throws {
        let crm = try CRM(.sample)
        func filter(_ count: Int) -> String {
            (1...count).map { "\(negation)has asset(id = \($0))" }.joined(separator: " \(connective) ")
        }
        func contacts(_ filter: String) throws -> String {
            try crm.succeed("contact", "list", "--where", filter, "--format", "id").output
        }
        #expect(try contacts(filter(80)) == contacts("\(negation)has asset(id <= 80)"))
        let other = "\(filter(70)) \(connective) \(negation)has asset(link.until < 2020-01-01)"
        #expect(
            try contacts(other)
                == contacts(
                    "\(negation)has asset(id <= 70) \(connective) \(negation)has asset(link.until < 2020-01-01)"
                )
        )
        let (few, many) = (
            try time(crm, ["contact", "list", "--count", "--where", filter(500)]),
            try time(crm, ["contact", "list", "--count", "--where", filter(2000)])
        )
        #expect(many < few * 8 + 0.5, "\(few) s, \(many) s")
    }

    @Test("A thousand conditions on related records are no more than the database can compare")
    func manyConditions() throws {
        let crm = try CRM(.sample)
        let conditions = (0..<1200).flatMap { ["--where", "not has asset(serial = x\($0))"] }
        #expect(try crm.run(["contact", "list", "--count"] + conditions).output == "5\n")
    }

    @Test(
        "Questions about other records that are none about the same are so many and no more",
        arguments: [
            ("not has email(id = #)", "or"), ("(has asset(id = #) or has email(id = #))", "and"),
            ("(has asset(id = #) and not has email(id = #))", "or"), ("organization.name ~ a#", "or"),
        ]
    )
    func questions(question: String, connective: String) throws {
        let crm = try CRM(.sample)
        func list(_ count: Int) throws -> CRM.Result {
            let asked = (1...count).map { question.replacing("#", with: "\($0)") }
            return try crm.run("contact", "list", "--count", "--where", asked.joined(separator: " \(connective) "))
        }
        #expect(try list(200).status == 0)
        let refused = try list(600)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("it asks for other records more than 500 times"), "\(refused.errors)")
    }

    @Test("A misspelt key of every line is told without a search for what was meant in every line")
    func misspeltKey() throws {
        let crm = try CRM()
        try crm.write(String(repeating: "{\"last_name\":\"Ruiz\",\"emial\":1}\n", count: 3000), to: "many.jsonl")
        let words = ["contact", "import", "many.jsonl", "--dry-run"]
        let (passed, told) = (try time(crm, words + ["--ignore-unknown"]), try time(crm, words))
        #expect(told < passed * 4 + 0.5, "\(passed) s, \(told) s")
        let result = try crm.run("contact", "import", "many.jsonl", "--dry-run")
        #expect(result.errors.contains("did you mean email?"), "\(result.errors)")
    }

    @Test("A line of more keys than a table has columns is refused, and told once")
    func keys() throws {
        let crm = try CRM()
        let keys = (0..<20_000).map { "\"x\($0)\":1" }.joined(separator: ",")
        let result = try crm.run("apply", "-", stdin: "{\"module\":\"contact\",\(keys)}\n")
        #expect(result.status == 6)
        #expect(result.errors.contains("has 20001 keys; at most 2000 are read"), "\(result.errors.prefix(999))")
        #expect(result.errorLines.count < 4)
    }

    @Test("Misspelt keys that differ in every line are told, the first with what was meant")
    func misspeltKeys() throws {
        let crm = try CRM()
        let lines = (100..<700).map { "{\"last_name\":\"Ruiz\",\"lead_source\($0)\":1}\n" }
        try crm.write(lines.joined(), to: "many.jsonl")
        let result = try crm.run("contact", "import", "many.jsonl", "--dry-run")
        #expect(result.status == 6)
        #expect(result.errorLines.filter { $0.contains("no such column") }.count == 600, "\(result.errors.prefix(999))")
        let guesses = result.errorLines.filter { $0.contains("did you mean lead_source?") }.count
        #expect((1...300).contains(guesses), "\(guesses)")
    }

    @Test("A file of more columns than a table has is refused", arguments: ["csv", "jsonl"])
    func columns(format: String) throws {
        let crm = try CRM()
        let names = (0..<100_000).map { "x\($0)" }
        let text =
            format == "csv"
            ? names.joined(separator: ",") + "\n" + names.map { _ in "1" }.joined(separator: ",") + "\n"
            : "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}\n"
        let file = try crm.write(text, to: "wide.\(format)")
        let result = try crm.run("contact", "import", file)
        #expect(result.status == 6)
        #expect(result.errors.contains("100000 columns; at most 2000 are read"))
        let mapping = try crm.run("contact", "import", file, "--show-mapping")
        #expect(mapping.status == 6 && mapping.output == "")
        #expect(mapping.errors.contains("100000 columns; at most 2000 are read"))
    }
}
