import Testing

/// A word in the place of a module that is none.
@Suite struct UnknownModuleTests {
    private static let lines = [
        "view save nothing v", "view list nothing", "view show nothing v", "field list nothing", "field add nothing x",
        "field show nothing x", "choice list nothing.stage", "choice add nothing.stage x", "log nothing 1",
        "schema nothing",
        "search x --module nothing", "contact timeline 1 --module nothing",
    ]

    @Test("It is a wrong command line wherever it stands", arguments: lines)
    func refused(line: String) throws {
        let crm = try CRM()
        let result = try crm.run(line.split(separator: " ").map(String.init))
        #expect(result.status == 2)
        #expect(result.errors.contains("there is no module \"nothing\""), "\(result.errors)")
        #expect(result.output == "")
    }
}
