import Testing

/// Headings of reports with many figures on a terminal of 80 columns.
@Suite struct ReportHeadTests {
    @Test(
        "No heading of a figure is cut",
        arguments: ["service-adoption", "campaign-results"],
        ["en", "es"]
    )
    func headings(report: String, language: String) throws {
        let crm = try CRM()
        try crm.add("organization", "--name", "Vega", "--industry", "construction")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("service", "--name", "Mantenimiento")
        try crm.succeed("contact", "link", "service", "1", "1", "--status", "provided")
        try crm.add("campaign", "--name", "Feria de primavera", "--target-size", "12")
        try crm.succeed("campaign", "link", "contact", "1", "1", "--response", "responded")
        let lines = try crm.screen("report \(report) --lang \(language) --quiet").split(separator: "\n")
        let row = try #require(lines.lastIndex { $0.contains("1  ") })
        let figures = lines[..<row].map { $0.dropFirst(26) }
        #expect(!figures.isEmpty && figures.allSatisfy { !$0.contains("…") }, "\(lines)")
        #expect(figures.contains { $0.contains("-") }, "\(lines)")
    }
}
