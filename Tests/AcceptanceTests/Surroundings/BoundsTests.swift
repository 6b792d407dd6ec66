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
