import Testing

/// Headers that also say how what is below them is written: the currency of amounts, the order of days.
@Suite struct AmountHeaderTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "The currency in a header is that of the amounts below it, unless they say another",
        arguments: [
            ("Valor (MXN)", "1200.50", "120050|MXN"), ("Valor (MXN)", "\"1,200.50\"", "120050|MXN"),
            ("Valor MXN", "\"$1,200.50\"", "120050|MXN"), ("Valor en EUR", "\"1.200,50\"", "120050|EUR"),
            ("Valor (€)", "12", "1200|EUR"), ("Valor €", "\"€12.5\"", "1250|EUR"), ("Value (JPY)", "1200", "1200|JPY"),
            ("Valor (M.N.)", "12", "1200|MXN"), ("Costo en dólares", "12", "1200|USD"),
            ("Valor (dólares)", "$12", "1200|USD"), ("Valor (MXN)", "19.989999999999998", "1999|MXN"),
            ("Valor (MXN)", "12 EUR", "1200|EUR"), ("Valor (MXN)", "-", "|"), ("Valor (MXN)", "", "|"),
        ]
    )
    func currencies(header: String, cell: String, stored: String) throws {
        let result = try importing("Nombre,Número de serie,\(header)\nA,1,\(cell)\n", as: "asset")
        #expect(result.status == 0, "\(result.errors)")
        let found = try crm.sql("SELECT value, CASE WHEN value IS NOT NULL THEN currency END FROM asset")
        #expect(found == stored)
    }

    @Test(
        "Such a word is no currency elsewhere, and two columns of one amount are not guessed at",
        arguments: ["Nombre (MXN)", "Saldo (MXN)", "Valor (aprox.)", "Valor (MXN),Valor (EUR)"]
    )
    func unknown(header: String) throws {
        let cells = header.split(separator: ",").map { _ in "1" }.joined(separator: ",")
        let result = try importing("name,serial,\(header)\nA,1,\(cells)\n", as: "asset")
        #expect(result.status == 6, "\(result.errors)")
        #expect(result.errors.contains(header.split(separator: ",").last ?? ""), "\(result.errors)")
    }

    @Test(
        "How days are written is no part of the name of their column",
        arguments: ["Garantía hasta (dd/mm/aaaa)", "Garantía hasta (AAAA-MM-DD)", "Warranty until (dd.mm.yyyy)"]
    )
    func days(header: String) throws {
        let result = try importing("Nombre,Número de serie,\(header)\nA,1,31/12/2026\n", as: "asset")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT warranty_until FROM asset") == "2026-12-31")
    }
}
