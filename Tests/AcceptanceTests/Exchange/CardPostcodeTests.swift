import Testing

/// Postal codes that a spreadsheet has turned into numbers on their way to a card.
@Suite struct CardPostcodeTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "country", "MX")
    }

    private func importing(_ address: String) throws -> CRM.Result {
        try crm.write(
            "BEGIN:VCARD\nVERSION:3.0\nUID:k\nFN:Ana Paz\nADR;TYPE=home:\(address)\nEND:VCARD\n",
            to: "a.vcf"
        )
        return try crm.succeed("contact", "import", "a.vcf")
    }

    @Test(
        "A code gets the zero that it lost, by the country of its address, else by that of the settings, which is told",
        arguments: [
            (";;Calle 1;México;CDMX;6500;México", "06500", false), (";;C/ 1;Barcelona;;8013;España", "08013", false),
            (";;Calle 1;México;CDMX;6500;", "06500", true), (";;Calle 1\\, 2;México;;6500", "06500", true),
            (";;Weg 1;Basel;;4051;Schweiz", "4051", false), (";;Calle 1;X;;4051;Narnia", "4051", false),
            (";;Calle 1;México;CDMX;06500;", "06500", false), (";;Calle 1;México;;C.P. 06500;", "06500", false),
        ]
    )
    func codes(address: String, code: String, isTold: Bool) throws {
        let result = try importing(address)
        #expect(try crm.sql("SELECT postal_code FROM address") == code)
        #expect(result.errors.contains("the zero that a spreadsheet takes away") == isTold, "\(result)")
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(card.contains(";\(code)"))
        try crm.write(card, to: "o.vcf")
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
        #expect(try importing(address).output == "1 row, 1 unchanged\n")
    }

    @Test("A code that the record has so stays")
    func kept() throws {
        _ = try importing(";;Calle 1;México;CDMX;;México")
        try crm.succeed("address", "edit", "1", "--postal-code", "6500")
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        try crm.write(card, to: "o.vcf")
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
        #expect(try crm.sql("SELECT postal_code FROM address") == "6500")
    }

    @Test("The equal code of an address elsewhere does not keep one from its zero")
    func elsewhere() throws {
        let addresses = ";;Calle 1;México;CDMX;6500;México\nADR;TYPE=work:;;Weg 1;Basel;;6500;Schweiz"
        _ = try importing(addresses)
        #expect(try importing(addresses).output == "1 row, 1 unchanged\n")
        #expect(try crm.sql("SELECT group_concat(postal_code) FROM address") == "06500,6500")
    }
}
