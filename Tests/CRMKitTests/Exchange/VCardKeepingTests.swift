import Formats
import Testing

@testable import CRMKit

/// What a card holds and a field cannot is kept and written again; what a field holds and was edited wins, part by
/// part.
@Suite("What a card says beyond its fields")
struct VCardKeepingTests {
    private let exchange: VCardExchange
    private var crm: TemporaryStore { exchange.crm }

    init() throws { exchange = try VCardExchange() }

    private func value(_ field: String, of table: String = "contact") throws -> String {
        let value = try crm.store.database.scalar("SELECT \"\(field)\" FROM \"\(table)\"")
        return value?.text ?? "-"
    }

    private static func card(name: String, _ lines: [String] = []) -> String {
        (["BEGIN:VCARD", "VERSION:3.0", "UID:u1", "FN:x", name] + lines + ["END:VCARD", ""])
            .joined(separator: "\r\n")
    }

    @Test(
        "stays though no field holds it",
        arguments: [
            ("EMAIL:nobody", "email"), ("TEL;TYPE=CELL:1-800-FLOWERS", "mobile"),
            ("TEL:ask at the desk", "other_phone"),
            ("BDAY:01/02/1980", "birthdate"), ("BDAY:15/01/80", "birthdate"), ("BDAY:1604/01/15", "birthdate"),
            ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-15", "birthdate"), ("BDAY:1980-01", "birthdate"),
            ("BDAY;VALUE=text:circa 1980", "birthdate"), ("BDAY:en 1980 días", "birthdate"),
            ("BDAY:1980-13-01", "birthdate"), ("BDAY:2999-01-01", "birthdate"), ("BDAY:--0412", "birthdate"),
            ("CATEGORIES:a\\,b", "tags"), ("TITLE:\(String(repeating: "x", count: 10_001))", "title"),
            ("ORG:\(String(repeating: "x", count: 10_001))", "organization"),
        ]
    )
    func unheld(line: String, field: String) throws {
        let card = VCardExchange.card(line)
        let (report, problems) = try exchange.take(card)
        #expect(problems.map(\.reason.en) == [])
        #expect(report.created == 1)
        #expect(try value(field) == "-")
        let cards = try exchange.cards()
        #expect(cards.replacing("\r\n ", with: "").contains("\r\n\(line)\r\n"))
        #expect(try exchange.take(card).report.unchanged == 1)
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test(
        "gives a field as much as it can hold",
        arguments: [
            ("TEL;TYPE=CELL:+34600000001\\,\\,12#", "mobile", "+34600000001"),
            ("TITLE:Directora\\nde ventas", "title", "Directora de ventas"),
            ("NOTE:uno\u{B}dos", "description", "unodos"),
            ("ORG:Acme;Ventas\\nNorte", "department", "Ventas Norte"),
            ("CATEGORIES:vip,a\\,b", "tags", #"["vip"]"#),
        ]
    )
    func partly(line: String, field: String, text: String) throws {
        let card = VCardExchange.card(line)
        #expect(try exchange.take(card).problems.map(\.reason.en) == [])
        #expect(try value(field) == text)
        #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
        #expect(try exchange.take(card).report.unchanged == 1)
    }

    @Test("tells how a person is addressed whom no choice stands for, and writes it again")
    func address() throws {
        let card = Self.card(name: "N:Sol;Luz;;Excma.;PhD")
        try exchange.take(card)
        #expect(try value("salutation") == "-")
        #expect(try exchange.cards().contains("\r\nN:Sol;Luz;;Excma.;PhD\r\n"))
        try crm.edit(.contact, 1, ["salutation": "dr"])
        #expect(try exchange.cards().contains("\r\nN:Sol;Luz;;Dr.;PhD\r\n"))
    }

    @Test(
        "keeps the units of a company below the department",
        arguments: ["Acme;Ventas;Norte;3", ";Ventas;Norte", "Acme;;Norte"]
    )
    func lowerUnits(units: String) throws {
        let card = VCardExchange.card("ORG:\(units)")
        try exchange.take(card)
        #expect(try exchange.cards().contains("\r\nORG:\(units)\r\n"))
        try crm.edit(.contact, 1, ["department": "Compras"])
        let parts = units.split(separator: ";", omittingEmptySubsequences: false)
        let changed = ([parts[0], "Compras"] + parts.dropFirst(2)).joined(separator: ";")
        #expect(try exchange.cards().contains("\r\nORG:\(changed)\r\n"))
        #expect(try exchange.take(exchange.cards()).report.unchanged == 1)
    }

    @Test(
        "gives an organization its name",
        arguments: [
            ("Acme, Inc.", "Acme, Inc."), ("Acme\\, Inc.", "Acme, Inc."), ("Ruiz,Vega y Cía", "Ruiz,Vega y Cía"),
            ("Acme\\; S.A.;Ventas", "Acme; S.A."),
        ]
    )
    func organization(text: String, name: String) throws {
        try exchange.take(VCardExchange.card("ORG:\(text)"))
        #expect(try value("name", of: "organization") == name)
        #expect(try exchange.cards().contains("\r\nORG:\(text)\r\n"))
    }

    @Test(
        "gives an address in one line what stands in two",
        arguments: [
            (";5 calle alguna\\n12345 algures;;;;;", "neighborhood", "5 calle alguna, 12345 algures"),
            (";;Calle 5, 3;Puebla;;;", "street", "Calle 5, 3"),
        ]
    )
    func addressLines(components: String, field: String, text: String) throws {
        let line = "ADR;TYPE=home:\(components)"
        try exchange.take(VCardExchange.card(line))
        #expect(try value(field, of: "address") == text)
        #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
    }

    @Test("of a birthday goes when one is set, and of a number does not")
    func setLater() throws {
        try exchange.take(VCardExchange.card("BDAY:--0412", "TEL;TYPE=CELL:1-800-FLOWERS"))
        try crm.edit(.contact, 1, ["birthdate": "1980-04-12", "mobile": "600"])
        let cards = try exchange.cards()
        #expect(!cards.contains("--0412"))
        #expect(cards.contains("BDAY:19800412\r\n"))
        #expect(cards.contains("TEL;TYPE=cell:600\r\n"))
        #expect(cards.contains("TEL;TYPE=CELL:1-800-FLOWERS\r\n"))
    }

    @Test("of a birthday does not come back when the one that was set is cleared, unless both are undone")
    func cleared() throws {
        let card = VCardExchange.card("BDAY:--0412", "X-PET:Rex")
        try exchange.take(card)
        try crm.edit(.contact, 1, ["birthdate": "1980-04-12"])
        try crm.edit(.contact, 1, ["birthdate": ""])
        let cards = try exchange.cards()
        #expect(!cards.contains("BDAY") && cards.contains("X-PET:Rex"))
        try crm.undo()
        try crm.undo()
        try crm.edit(.contact, 1, ["title": "x"])
        #expect(try exchange.cards().contains("BDAY:--0412"))
    }

    @Test("of the purpose of a number stays with it though no field knows the word", arguments: ["x-playa", "x-casa"])
    func types(type: String) throws {
        try exchange.take(VCardExchange.card("TEL;TYPE=\(type):600"))
        #expect(try exchange.cards().contains("\r\nTEL;TYPE=\(type):600\r\n"))
        let keys = ["phone", "mobile", "home_phone", "other_phone"]
        let key = try #require(try keys.first { try value($0) == "600" })
        try crm.write { transaction in
            _ = try transaction.edit(Registry.standard[.contact], id: 1, [FieldInput(key, .set("601"))])
        }
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nTEL;TYPE=\(type):601\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test(
        "of a name stays beside what is edited",
        arguments: [
            (["first_name": "Ana"], "de la Cruz;Ana;;Dra.;PhD"),
            (["first_name": "Ana Luisa"], "de la Cruz;Ana Luisa;;Dra.;PhD"),
            (["first_name": "Ana Inés"], "de la Cruz;Ana;Inés;Dra.;PhD"),
            (["first_name": "Maria Jose Ines"], "de la Cruz;Maria Jose;Ines;Dra.;PhD"),
            (["first_name": "María José"], "de la Cruz;María José;;Dra.;PhD"),
            (["first_name": ""], "de la Cruz;;;Dra.;PhD"),
            (["last_name": "Ruiz"], "Ruiz;María José;Inés;Dra.;PhD"),
            (["salutation": "prof"], "de la Cruz;María José;Inés;Prof.;PhD"),
            (["salutation": ""], "de la Cruz;María José;Inés;;PhD"),
            (["title": "Jefa"], "de la Cruz;María José;Inés;Dra.;PhD"),
        ]
    )
    func name(edit: [String: String], name: String) throws {
        try exchange.take(Self.card(name: "N:de la Cruz;María José;Inés;Dra.;PhD"))
        try crm.write { transaction in
            let inputs = edit.map { FieldInput($0.key, .set($0.value)) }
            _ = try transaction.edit(Registry.standard[.contact], id: 1, inputs)
        }
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nN:\(name)\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
        #expect(try exchange.cards() == cards)
        // Elsewhere it is the name that it is here.
        let other = try VCardExchange()
        try other.take(cards)
        let names = "SELECT first_name, last_name FROM contact"
        #expect(try other.crm.store.database.all(names) == crm.store.database.all(names))
    }

    @Test(
        "of a name keeps its additional names where only the spelling of the given one is mended, and those are no others",
        arguments: [
            ([["first_name": "Maria Jose"]], "Maria Jose;Inés"), ([["first_name": "MARÍA JOSÉ"]], "MARÍA JOSÉ;Inés"),
            ([["first_name": "Maria Jose"], ["last_name": "Cruz"]], "Maria Jose;Inés"),
        ]
    )
    func mendedName(edits: [[String: String]], names: String) throws {
        try exchange.take(Self.card(name: "N:de la Cruz;María José;Inés;Dra.;PhD"))
        let (former, other) = (try exchange.cards(), try VCardExchange())
        for edit in edits {
            try crm.write { transaction in
                let inputs = edit.map { FieldInput($0.key, .set($0.value)) }
                _ = try transaction.edit(Registry.standard[.contact], id: 1, inputs)
            }
        }
        let cards = try exchange.cards()
        #expect(cards != former && cards.contains(";\(names);Dra.;PhD\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
        #expect(try exchange.cards() == cards)
        try other.take(cards)
        let sql = "SELECT first_name, last_name FROM contact"
        #expect(try other.crm.store.database.all(sql) == crm.store.database.all(sql))
        for (edit, names) in [("Majo", "Majo;Inés"), ("Eva Inés", "Eva;Inés"), ("", ";")] {
            for exchange in [other, self.exchange] {
                try exchange.crm.edit(.contact, 1, ["first_name": edit])
                let cards = try exchange.cards()
                #expect(cards.contains(";\(names);Dra.;PhD\r\n"), "\(cards)")
            }
        }
    }

    @Test(
        "of a name stays until an edit takes it away, part by part, however many there are",
        arguments: [
            (["Maria Jose", "Majo"], "Dra. Majo de la Cruz, PhD", "Majo;Inés"),
            (["Maria Jose", "Majo", "Eva"], "Dra. Eva de la Cruz, PhD", "Eva;Inés"),
            (["Maria Jose", "Majo", "Majo Luz"], "Dra. Majo Luz de la Cruz, PhD", "Majo Luz;Inés"),
            (["Ana", "Ana Luisa"], "Dra. Ana Luisa de la Cruz, PhD", "Ana Luisa;"),
            (["Maria Jose", "María José Inés"], "Dra. María José de la Cruz, PhD", "María José;Inés"),
        ]
    )
    func editsInARow(edits: [String], formatted: String, names: String) throws {
        let card = Self.card(name: "N:de la Cruz;María José;Inés;Dra.;PhD")
        try exchange.take(card.replacing("FN:x", with: "FN:Dra. María José de la Cruz\\, PhD"))
        for edit in edits {
            try crm.edit(.contact, 1, ["first_name": edit])
            // What lies between does not matter.
            try crm.edit(.contact, 1, ["title": "Jefa de \(edit)"])
        }
        let cards = try exchange.cards()
        #expect(cards.contains(":de la Cruz;\(names);Dra.;PhD\r\n"), "\(cards)")
        #expect(cards.contains("\r\nFN:\(formatted.replacing(",", with: "\\,"))\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
        #expect(try exchange.cards() == cards)
        try crm.edit(.contact, 1, ["last_name": "Cruz"])
        #expect(try exchange.cards().contains(":Cruz;\(names);Dra.;PhD\r\n"))
    }

    @Test(
        "of a given name takes the additional names from the name that people read, of which it may hold some alone",
        arguments: [
            ("Mtro. Luis Ángel García III", "Mtro. Lucho García III"),
            ("Mtro. Luis Ángel Juan García III", "Mtro. Lucho García III"),
            ("Luis Juan García", "Lucho García"), ("Luis A. J. García", "Lucho García"),
            ("García, Luis Ángel", "García, Lucho"), ("Luis García", "Lucho García"),
        ]
    )
    func additionalNames(whole: String, formatted: String) throws {
        let card = Self.card(name: "N:García;Luis;Ángel,Juan;Mtro.;III")
        try exchange.take(card.replacing("FN:x", with: "FN:\(whole.replacing(",", with: "\\,"))"))
        try crm.write { transaction in
            _ = try transaction.edit(Registry.standard[.contact], id: 1, [FieldInput("first_name", .set("Lucho"))])
        }
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nFN:\(formatted.replacing(",", with: "\\,"))\r\n"), "\(cards)")
        #expect(cards.contains("\r\nN:García;Lucho;;Mtro.;III\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test(
        "of a name is in the name that people read too",
        arguments: [
            ("Dra. María José de la Cruz, PhD", ["first_name": "Ana"], "Dra. Ana de la Cruz, PhD"),
            ("Dra. María José de la Cruz, PhD", ["last_name": "Ruiz"], "Dra. María José Ruiz, PhD"),
            ("Dra. María José de la Cruz, PhD", ["salutation": "prof"], "Prof. María José de la Cruz, PhD"),
            ("Dra. María José de la Cruz, PhD", ["salutation": ""], "María José de la Cruz, PhD"),
            ("María José Inés de la Cruz", ["first_name": "Ana"], "Ana de la Cruz"),
            ("Majo", ["first_name": "Ana"], "Ana de la Cruz"), ("Majo", ["title": "Jefa"], "Majo"),
        ]
    )
    func formattedName(whole: String, edit: [String: String], formatted: String) throws {
        let card = Self.card(name: "N:de la Cruz;María José;Inés;Dra.;PhD")
        try exchange.take(card.replacing("FN:x", with: "FN:\(whole.replacing(",", with: "\\,"))"))
        try crm.write { transaction in
            let inputs = edit.map { FieldInput($0.key, .set($0.value)) }
            _ = try transaction.edit(Registry.standard[.contact], id: 1, inputs)
        }
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nFN:\(formatted.replacing(",", with: "\\,"))\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
        #expect(try exchange.cards() == cards)
    }

    @Test(
        "of a name follows every edit in the name that people read, even if the fields hold the parts alone",
        arguments: [
            ("Dra. Ana Paz", "N:Paz;Ana;;Dra.;", ["Dra. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Lic. Ana Paz", "N:Paz;Ana;;Lic.;", ["Lic. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Dra. Ana Paz", "N:Paz;Ana;;Dra.,Lic.;", ["Dra. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Dra.,Lic. Ana Paz", "N:Paz;Ana;;Dra.,Lic.;", ["Dra., Lic. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Doctora Ana Paz", "N:Paz;Ana;;Dra.;", ["Doctora Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Lic. Ana Paz", "N:Paz;Ana;;;", ["Lic. Ana Gil", "Prof. Ana Gil", "Lic. Ana Gil"]),
            ("Lic. Ana Paz", "N:;;;;", ["Lic. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Lic. Ana Paz", "N:Paz;Lic. Ana;;;", ["Lic. Ana Gil", "Prof. Ana Gil", "Ana Gil"]),
            ("Ana Paz", "N:Paz;Ana;;Dra.;", ["Ana Gil", "Ana Gil", "Ana Gil"]),
            ("Ana Paz (Acme)", "N:Paz;Ana;;Dra.;", ["Ana Gil (Acme)", "Ana Gil (Acme)", "Ana Gil (Acme)"]),
        ]
    )
    func followed(whole: String, name: String, formatted: [String]) throws {
        let card = Self.card(name: name)
        try exchange.take(card.replacing("FN:x", with: "FN:\(whole.replacing(",", with: "\\,"))"))
        let edits = [("last_name", "Gil"), ("salutation", "prof"), ("salutation", "")]
        for (edit, formatted) in zip(edits, formatted) {
            try crm.edit(.contact, 1, [edit.0: edit.1])
            let cards = try exchange.cards()
            #expect(cards.contains("\r\nFN:\(formatted.replacing(",", with: "\\,"))\r\n"), "\(cards)")
            if edit.1 == "prof" { #expect(cards.contains("\r\nN:Gil;Ana;;Prof.;\r\n"), "\(cards)") }
            #expect(try exchange.take(cards).report.unchanged == 1)
            #expect(try exchange.cards() == cards)
        }
    }

    @Test("of a name without parts follows the edits of its parts", arguments: ["Lic. Ana Paz", "Ana Paz"])
    func followedWhole(whole: String) throws {
        try exchange.take("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u1\r\nFN:\(whole)\r\nEND:VCARD\r\n")
        try crm.edit(.contact, 1, ["last_name": "Gil"])
        #expect(try exchange.cards().contains("\r\nFN:\(whole.replacing("Paz", with: "Gil"))\r\n"))
    }

    @Test("of a company's units goes with the company and the department, and stays with one of them")
    func units() throws {
        try exchange.take(VCardExchange.card("ORG:Acme;Ventas;Norte"))
        try crm.edit(.organization, 1, ["name": "Acme México"])
        #expect(try exchange.cards().contains("\r\nORG:Acme México;Ventas;Norte\r\n"))
        let other = try crm.add(.organization, ["name": "Zeta"])
        for (organization, line) in [("", "ORG:;Ventas;Norte"), ("\(other)", "ORG:Zeta;Ventas;Norte")] {
            try crm.edit(.contact, 1, ["organization": organization])
            #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
        }
        try crm.edit(.contact, 1, ["department": "Compras"])
        #expect(try exchange.cards().contains("\r\nORG:Zeta;Compras\r\n"))
    }

    @Test("of a name without a family name gives way to another name")
    func onlyName() throws {
        try exchange.take(Self.card(name: "N:;Saldo;;;x"))
        try crm.edit(.contact, 1, ["last_name": "Ruiz"])
        #expect(try exchange.cards().contains("\r\nN:Ruiz;;;;x\r\n"))
    }

    @Test(
        "is a name where there is no other",
        arguments: [("ORG:Acme", "Acme"), ("EMAIL:a@example.org", "a@example.org"), ("TEL:600", "600")]
    )
    func nameless(line: String, name: String) throws {
        try exchange.take("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\r\nN:;;;;\r\n\(line)\r\nEND:VCARD\r\n")
        #expect(try value("name") == name)
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nFN:\(name)\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test("stays in the other components, units and tags of what is edited")
    func parts() throws {
        let before = [
            "ORG:Acme;Ventas;Norte", "item1.ADR;TYPE=home;X-A=1:;a\\nb;Calle;Puebla;;;Narnia",
            "ADR;TYPE=work:;;Otra;Puebla;;;", "CATEGORIES;X-A=1:vip,zona,c\\,d", "item2.TEL;TYPE=WORK:600",
            "item2.X-ABLabel:Trabajo",
        ]
        try exchange.take(VCardExchange.card(before[0], before[1], before[2], before[3], before[4], before[5]))
        try crm.edit(.contact, 1, ["department": "Compras", "tags": "vip,nuevo", "phone": "601"])
        try crm.edit(.address, 1, ["city": "Cholula"])
        let cards = try exchange.cards()
        for line in [
            "ORG:Acme;Compras;Norte", "item1.ADR;TYPE=home;X-A=1:;a\\nb;Calle;Cholula;;;Narnia",
            "ADR;TYPE=work:;;Otra;Puebla;;;", "CATEGORIES;X-A=1:vip,c\\,d,nuevo", "item2.TEL;TYPE=WORK:601",
            "item2.X-ABLabel:Trabajo",
        ] {
            #expect(cards.contains("\r\n\(line)\r\n"), "\(cards)")
        }
        #expect(try exchange.take(cards).report.unchanged == 1)
        try crm.edit(.address, 1, ["country": "MX", "neighborhood": "Centro"])
        #expect(try exchange.cards().contains(":;Centro;Calle;Cholula;;;MX\r\n"))
    }

    @Test(
        "of how a name is sorted and spoken goes with the name",
        arguments: [
            "X-EVOLUTION-FILE-AS:Ruiz\\, Ana", "X-FILE-AS:Ruiz", "SORT-STRING:Ruiz", "X-PHONETIC-LAST-NAME:ruis",
        ]
    )
    func sorting(line: String) throws {
        try exchange.take(VCardExchange.card(line))
        try crm.edit(.contact, 1, ["title": "Jefa", "salutation": "dr"])
        #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
        try crm.edit(.contact, 1, ["last_name": "Zapata"])
        let cards = try exchange.cards()
        #expect(!cards.contains(line.prefix { $0 != ":" }), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test("of a company goes when it gets a given name", arguments: ["X-ABShowAs:COMPANY", "KIND:org"])
    func company(line: String) throws {
        try exchange.take("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:Acme\r\n\(line)\r\nEND:VCARD\r\n")
        try crm.edit(.contact, 1, ["last_name": "Acme Norte"])
        #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
        try crm.edit(.contact, 1, ["first_name": "Ana", "last_name": "Ruiz"])
        #expect(try !exchange.cards().contains(line))
    }

    private static let home = [
        "LABEL;TYPE=HOME:Mayor 1\\nMadrid", "item1.ADR;TYPE=HOME:;;Mayor 1;Madrid;;28013;España", "item1.X-ABADR:es",
        "item1.X-ABLabel:Casa", "ADR;TYPE=WORK:;;Sol 2;Lugo;;;", "LABEL;TYPE=WORK:Sol 2\\nLugo",
    ]

    @Test(
        "of an address goes with what it says more of",
        arguments: [
            (["street": "Mayor 1"], []), (["postal_code": "28014"], [0]), (["street": "Nueva 9", "city": "Lugo"], [0]),
            (["country": "US"], [0, 2]), (["kind": "visit"], [0, 3]),
        ] as [([String: String], [Int])]
    )
    func partsOfAddress(edit: [String: String], gone: [Int]) throws {
        let home = Self.home
        try exchange.take(VCardExchange.card(home[0], home[1], home[2], home[3], home[4], home[5]))
        try crm.write { transaction in
            let inputs = edit.map { FieldInput($0.key, .set($0.value)) }
            _ = try transaction.edit(Registry.standard[.address], id: 1, inputs)
        }
        let cards = try exchange.cards()
        for index in home.indices where index != 1 || gone.isEmpty {
            #expect(cards.contains("\r\n\(home[index])\r\n") != gone.contains(index), "\(home[index]) \(cards)")
        }
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test("of an address that is deleted goes")
    func deletedAddress() throws {
        let home = Self.home
        try exchange.take(VCardExchange.card("GEO:40.4;-3.7", home[0], home[1], home[2], home[3]))
        #expect(try exchange.cards().contains("\r\nGEO:40.4;-3.7\r\n"))
        try crm.delete(.address, 1)
        let cards = try exchange.cards()
        for word in ["LABEL", "X-ABADR", "ADR", "GEO"] { #expect(!cards.contains(word), "\(cards)") }
    }

    @Test("of an empty UID gives way to the one by which the card is known again", arguments: ["UID:", "UID: "])
    func emptyIdentifier(line: String) throws {
        try exchange.take(VCardExchange.card().replacing("UID:u1", with: line))
        let cards = try exchange.cards()
        #expect(cards.contains("\r\nUID:urn:x-crm:contact:1:") && !cards.contains("\r\n\(line)\r\n"), "\(cards)")
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test("of a UID is refused, since each import would make another record")
    func identifier() throws {
        let problems = try exchange.take(VCardExchange.card().replacing("u1", with: "a\\nb")).problems
        #expect(problems.map(\.field) == ["external_id"])
    }

    @Test("of several lines of tags is one line")
    func severalLinesOfTags() throws {
        try exchange.take(VCardExchange.card("CATEGORIES:a,b\\,c", "CATEGORIES:d"))
        #expect(try exchange.cards().contains("\r\nCATEGORIES:a,b\\,c,d\r\n"))
        #expect(try value("tags") == #"["a","d"]"#)
    }

    @Test("of a birthday to come empties the field of a card's later state")
    func refused() throws {
        try exchange.take(VCardExchange.card("BDAY:1980-04-12"))
        #expect(try exchange.take(VCardExchange.card("BDAY:2999-01-01")).report.updated == 1)
        #expect(try value("birthdate") == "-")
        #expect(try exchange.cards().contains("\r\nBDAY:2999-01-01\r\n"))
    }
}
