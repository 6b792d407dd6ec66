import Testing

/// Tables of groups on a terminal that has no room for all of their columns.
@Suite struct StageTableTests {
    private static let lines = [
        "report pipeline",
        "opportunity summarize --by stage --sum amount --avg amount --max amount --min amount --median amount",
    ]

    @Test("Stages are read whole, and it is told that columns have no room", arguments: lines, ["en", "es"])
    func stages(line: String, language: String) throws {
        let crm = try CRM()
        try crm.add("organization", "--name", "Vega")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        for stage in ["id_decision_makers", "perception_analysis"] {
            try crm.add(
                "opportunity",
                [
                    "--name", stage, "--contact", "1", "--organization", "1", "--stage", stage, "--amount", "123456.78",
                    "--force",
                ]
                    + ["--close-date", "2098-12-31"]
            )
        }
        let labels =
            language == "en"
            ? ["Id. Decision Makers", "Perception Analysis"] : ["Identificando quién decide", "Análisis de percepción"]
        let shown = try crm.screen("\(line) --lang \(language)")
        for label in labels { #expect(shown.contains("\(label)  "), "\(shown)") }
        #expect(shown.contains(language == "en" ? "found no room" : "no cup"), "\(shown)")
    }
}
