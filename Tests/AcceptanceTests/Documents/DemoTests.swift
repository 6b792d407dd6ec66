import Testing

@Suite("make demo")
struct DemoTests {
    @Test("does the main job and shows it within 80 columns, wherever its output goes")
    func demo() throws {
        let crm = try CRM(.nothing)
        let run = try RunningProcess(
            Checkout.path("Tests/Demo/run"),
            [crm.program],
            environment: crm.environment,
            in: crm.folder
        )
        let output = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 0, "\(output)\(String(decoding: run.errors, as: UTF8.self))")
        for part in [
            "400 rows, 400 created", "100000 linked", "Organization:         Bakery Northgate",
            #"{"stage":"qualification","count":1,"total":12500}"#, "Propuesta/Cotiza",
        ] {
            #expect(output.contains(part), "\(part) is missing in\n\(output)")
        }
        for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(!crm.has("data"), "the demo touches nothing but its own folder")
    }
}
