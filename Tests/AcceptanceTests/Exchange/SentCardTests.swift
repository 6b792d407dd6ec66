import Testing

/// Cards as telephones and programs of mail send them, from the file to what is shown and back.
@Suite struct SentCardTests {
    /// A card, and what becomes of it.
    struct Sent: CustomTestStringConvertible {
        let sender: String
        let card: String
        /// What the contact has by its keys; all others of ``SentCardTests/keys`` it has not.
        let fields: [String: String]
        /// Each as its kind, value and label.
        var points: [String] = []
        /// Kind, street in one line, town, postal code and country, and 1 for the first of its kind.
        var address: String?
        /// Lines of what is exported as version 3.0, and as version 4.0.
        let classic: [String]
        let modern: [String]

        var testDescription: String { sender }
    }

    private static let keys = [
        "salutation", "first_name", "last_name", "organization", "title", "department", "email", "email_secondary",
        "phone", "mobile", "home_phone", "other_phone", "fax", "birthdate", "external_id", "description",
    ]

    static let sent: [Sent] = [
        Sent(
            sender: "Android, version 2.1",
            card: """
                BEGIN:VCARD
                VERSION:2.1
                N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=C3=B1ez=20Sol;Ver=C3=B3nica;;;
                FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ver=C3=B3nica=20N=C3=BA=C3=B1ez=20Sol
                TEL;CELL;PREF:55-5501-0001
                TEL;WORK:+525555010002
                TEL;HOME;FAX:5555010003
                EMAIL;HOME:vero@example.org
                ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Calle=20Sol=2012=0ACol.=20Centro;Puebla;Pue.;72000;M=C3=A9xico
                ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Cl=C3=ADnica=20Sol
                NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Llamar=20por=20la=20ma=C3=B1ana;=0Ano=20los=20lun=
                es
                BDAY:1980-01-15
                X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Vero;1;;;;;;;;;;;;;
                PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEB
                 AQEBAQEBAQH/

                END:VCARD

                """,
            fields: [
                "first_name": "Verónica", "last_name": "Núñez Sol", "organization": "Clínica Sol",
                "email": "vero@example.org", "mobile": "55-5501-0001", "phone": "+525555010002", "fax": "5555010003",
                "birthdate": "1980-01-15", "description": "Llamar por la mañana;\nno los lunes",
            ],
            address: "home|Calle Sol 12/Col. Centro|Puebla|72000|MX|0",
            classic: [
                "N:Núñez Sol;Verónica;;;", "ADR;TYPE=HOME:;;Calle Sol 12\\nCol. Centro;Puebla;Pue.;72000;México",
                "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Vero;1;;;;;;;;;;;;;",
                "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQH/",
            ],
            modern: ["PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQH/"]
        ),
        Sent(
            sender: "Android, version 2.1 in ASCII",
            card: """
                BEGIN:VCARD
                VERSION:2.1
                N:Mar;Rosa;;;
                FN:Rosa Mar
                TEL;CELL:555-501-0009
                TEL;X-Taller:5555010010
                ADR;WORK:;;Calle 5\\nPiso 2;Puebla;;;
                NOTE:uno\\ndos\\, tres\\; C:\\new
                END:VCARD

                """,
            fields: [
                "first_name": "Rosa", "last_name": "Mar", "mobile": "555-501-0009", "other_phone": "5555010010",
                "description": "uno\ndos, tres; C:\\new",
            ],
            address: "work|Calle 5/Piso 2|Puebla|||0",
            classic: [
                "NOTE:uno\\ndos\\, tres\\; C:\\\\new", "ADR;TYPE=WORK:;;Calle 5\\nPiso 2;Puebla;;;",
                "TEL;TYPE=X-Taller:5555010010",
            ],
            modern: ["NOTE:uno\\ndos\\, tres\\; C:\\\\new"]
        ),
        Sent(
            sender: "iPhone",
            card: """
                BEGIN:VCARD
                VERSION:3.0
                PRODID:-//Apple Inc.//iPhone OS 17.5//EN
                N:Vega Luna;Iván;;;
                FN:Iván Vega Luna
                ORG:Taller Luna;
                EMAIL;type=INTERNET;type=WORK:ivan@taller.example
                EMAIL;type=INTERNET;type=HOME;type=pref:ivan@example.org
                item1.EMAIL;type=INTERNET:avisos@taller.example
                item1.X-ABLabel:Avisos
                TEL;type=CELL;type=VOICE;type=pref:+52 55 5502 0001
                item2.TEL:+52 55 5502 0003
                item2.X-ABLabel:Taller norte
                item3.TEL:+52 55 5502 0004
                item3.X-ABLabel:_$!<Main>!$_
                item4.ADR;type=HOME;type=pref:;;Av. Luna 5\\nDepto 2;Madrid;;28001;España
                item4.X-ABADR:es
                item5.URL;type=pref:https://taller.example
                item5.X-ABLabel:_$!<HomePage>!$_
                BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-15
                item6.X-ABDATE;type=pref:2010-05-05
                item6.X-ABLabel:_$!<Anniversary>!$_
                NOTE:Primera línea\\nsegunda\\, con coma
                REV:2026-01-05T10:00:00Z
                END:VCARD

                """,
            fields: [
                "first_name": "Iván", "last_name": "Vega Luna", "organization": "Taller Luna",
                "email": "ivan@example.org", "email_secondary": "ivan@taller.example", "mobile": "+52 55 5502 0001",
                "other_phone": "+52 55 5502 0003", "description": "Primera línea\nsegunda, con coma",
            ],
            points: [
                "email|avisos@taller.example|Avisos", "phone|+52 55 5502 0004|main",
                "url|https://taller.example|homepage",
            ],
            address: "home|Av. Luna 5/Depto 2|Madrid|28001|ES|1",
            classic: [
                "item1.EMAIL;type=INTERNET:avisos@taller.example", "item1.X-ABLabel:Avisos",
                "item2.TEL:+52 55 5502 0003", "item2.X-ABLabel:Taller norte", "item3.X-ABLabel:_$!<Main>!$_",
                "item4.X-ABADR:es", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-15", "item6.X-ABLabel:_$!<Anniversary>!$_",
            ],
            modern: ["EMAIL;type=INTERNET;type=HOME;PREF=1:ivan@example.org"]
        ),
        Sent(
            sender: "Outlook",
            card: """
                BEGIN:VCARD
                VERSION:2.1
                N;LANGUAGE=es:Gil;Eva;;Dr. Ing.;
                FN:Dr. Ing. Eva Gil
                ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Papeler=EDa Gil;Ventas
                TITLE:Gerente
                TEL;WORK;VOICE:(55) 5503-0001
                TEL;CELL;VOICE:(55) 5503-0002
                TEL;WORK;FAX:(55) 5503-0003
                ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:;;Calle Lim=F3n 9=0D=0APiso 2;Le=F3n;Gto.;37000;M=E9xico
                LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Calle Lim=F3n 9=0D=0A=
                Piso 2=0D=0A=
                Le=F3n, Gto. 37000
                EMAIL;PREF;INTERNET:eva@papeleria.example
                X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
                BDAY:19751231
                REV:20260105T101010Z
                END:VCARD

                """,
            fields: [
                "salutation": "dr", "first_name": "Eva", "last_name": "Gil", "organization": "Papelería Gil",
                "department": "Ventas", "title": "Gerente", "phone": "(55) 5503-0001", "mobile": "(55) 5503-0002",
                "fax": "(55) 5503-0003", "email": "eva@papeleria.example", "birthdate": "1975-12-31",
            ],
            address: "work|Calle Limón 9/Piso 2|León|37000|MX|1",
            classic: [
                "N;LANGUAGE=es:Gil;Eva;;Dr. Ing.;", "ORG:Papelería Gil;Ventas",
                "LABEL;TYPE=WORK;TYPE=pref:Calle Limón 9\\nPiso 2\\nLeón\\, Gto. 37000",
                "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2",
            ],
            modern: ["ADR;TYPE=WORK;PREF=1:;;Calle Limón 9\\nPiso 2;León;Gto.;37000;México"]
        ),
        Sent(
            sender: "Google",
            card: """
                BEGIN:VCARD
                VERSION:3.0
                FN:Dr. Leo Paz Ríos
                N:Paz Ríos;Leo;;Dr.;
                EMAIL;TYPE=INTERNET;TYPE=WORK:leo@example.org
                TEL;TYPE=CELL:+34 600 000 001
                item1.TEL:+34 910 000 009
                item1.X-ABLabel:Centralita
                ADR;TYPE=WORK:;;Calle Mayor 3\\n1º B;Madrid;;28013;ES;Calle Mayor 3\\n1º B\\n28013 Madrid\\nES
                item2.ORG:Paz y Asociados
                item2.X-ABLabel:
                BDAY:--0115
                item3.URL:http\\://www.google.example/profiles/1
                item3.X-ABLabel:PROFILE
                NOTE:Prefiere correo
                END:VCARD

                """,
            fields: [
                "salutation": "dr", "first_name": "Leo", "last_name": "Paz Ríos", "organization": "Paz y Asociados",
                "email": "leo@example.org", "mobile": "+34 600 000 001", "other_phone": "+34 910 000 009",
                "description": "Prefiere correo",
            ],
            points: ["url|http://www.google.example/profiles/1|PROFILE"],
            address: "work|Calle Mayor 3/1º B|Madrid|28013|ES|0",
            classic: [
                "item1.TEL:+34 910 000 009", "item1.X-ABLabel:Centralita", "item2.ORG:Paz y Asociados", "BDAY:--0115",
                "item3.URL:http\\://www.google.example/profiles/1",
            ],
            modern: ["BDAY:--0115"]
        ),
        Sent(
            sender: "an old Nokia",
            card: """
                BEGIN:VCARD
                VERSION:2.1
                UID:3
                N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Mu=C3=B1oz;Jes=C3=BAs;;;
                TEL;PREF;CELL;VOICE:+525555040001
                TEL;VOICE:0445555040002
                EMAIL;INTERNET:jesus@example.org
                X-CLASS:private
                END:VCARD

                """,
            fields: [
                "first_name": "Jesús", "last_name": "Muñoz", "mobile": "+525555040001",
                "other_phone": "0445555040002", "email": "jesus@example.org", "external_id": "3",
            ],
            classic: ["UID:3", "FN:Jesús Muñoz", "N:Muñoz;Jesús;;;", "X-CLASS:private"],
            modern: ["UID;VALUE=text:3", "TEL;TYPE=CELL;TYPE=VOICE;PREF=1:+525555040001"]
        ),
        Sent(
            sender: "a messenger",
            card: """
                BEGIN:VCARD
                VERSION:3.0
                N:;Tía Lola;;;
                FN:Tía Lola
                item1.TEL;waid=5215555060001:+52 1 55 5506 0001
                item1.X-ABLabel:Móvil
                END:VCARD

                """,
            fields: ["first_name": "Tía", "last_name": "Lola", "mobile": "+52 1 55 5506 0001"],
            classic: ["N:;Tía Lola;;;", "item1.TEL;waid=5215555060001:+52 1 55 5506 0001", "item1.X-ABLabel:Móvil"],
            modern: ["item1.TEL;waid=5215555060001:+52 1 55 5506 0001"]
        ),
        Sent(
            sender: "version 4.0",
            card: """
                BEGIN:VCARD
                VERSION:4.0
                FN:Sara Rey
                N:Rey;Sara;;;
                TEL;VALUE=uri;TYPE="voice,work";PREF=2:tel:+52-55-5505-0001;ext=12;phone-context=+52
                TEL;VALUE=uri;TYPE="cell,text";PREF=1:tel:%2B52-55-5505-0002
                EMAIL;PREF=2;TYPE=home:sara.casa@example.org
                EMAIL;PREF=1;TYPE=work:sara@example.org
                ADR;TYPE=work;PREF=1;LABEL="Calle Rey 1^nToledo":;;Calle Rey 1;Toledo;;45001;Spain
                BDAY:19900228
                LANG;PREF=1:es
                ORG:Imprenta Rey;Producción;Turno 2
                END:VCARD

                """,
            fields: [
                "first_name": "Sara", "last_name": "Rey", "organization": "Imprenta Rey", "department": "Producción",
                "phone": "+52-55-5505-0001 ext 12", "mobile": "+52-55-5505-0002", "email": "sara@example.org",
                "email_secondary": "sara.casa@example.org", "birthdate": "1990-02-28",
            ],
            address: "work|Calle Rey 1|Toledo|45001|ES|1",
            classic: [
                "TEL;TYPE=cell,text;TYPE=pref:+52-55-5505-0002", "ORG:Imprenta Rey;Producción;Turno 2",
                "EMAIL;TYPE=work;TYPE=pref:sara@example.org", "LANG;TYPE=pref:es",
            ],
            modern: [
                "TEL;VALUE=uri;TYPE=\"cell,text\";PREF=1:tel:%2B52-55-5505-0002",
                "TEL;VALUE=uri;TYPE=\"voice,work\";PREF=2:tel:+52-55-5505-0001;ext=12;phone-context=+52",
                "ADR;TYPE=work;PREF=1;LABEL=Calle Rey 1^nToledo:;;Calle Rey 1;Toledo;;45001;Spain",
            ]
        ),
    ]

    private func check(_ crm: CRM, has sent: Sent, _ id: Int = 1) throws {
        let shown = try crm.json("contact", "show", "\(id)")
        for key in Self.keys {
            let value = key == "organization" ? shown[key]?["name"] : shown[key]
            #expect(value?.string == sent.fields[key], "\(key)")
        }
        let points = shown["points"]?.elements.map { point in
            ["kind", "value", "label"].map { point[$0]?.string ?? "" }.joined(separator: "|")
        }
        #expect(points == sent.points)
        let address = try crm.sql(
            """
            SELECT kind, replace(coalesce(street, ''), char(10), '/'), city, postal_code, country, "primary" FROM address \
            WHERE contact = \(id)
            """
        )
        #expect(address == sent.address ?? "")
    }

    /// What is exported, each property in one line.
    private func export(_ crm: CRM, _ version: String) throws -> String {
        try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", version).output
            .replacing("\r\n ", with: "")
    }

    @Test("A card is shown as its sender meant it, and written again as it came", arguments: sent)
    func ways(sent: Sent) throws {
        let crm = try CRM()
        try crm.write(sent.card, to: "a.vcf")
        let report = try crm.succeed("contact", "import", "a.vcf", "--create-missing", "organization").output
        #expect(report.hasPrefix("1 row, 1 created"), "\(report)")
        try check(crm, has: sent)
        for (version, lines) in [("3.0", sent.classic), ("4.0", sent.modern)] {
            let cards = try export(crm, version)
            for line in lines { #expect(cards.contains("\r\n\(line)\r\n"), "\(line) in \(cards)") }
        }
    }

    @Test("What is written changes nothing here, and says the same elsewhere", arguments: sent, ["3.0", "4.0"])
    func back(sent: Sent, version: String) throws {
        let crm = try CRM()
        try crm.write(sent.card, to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf", "--create-missing", "organization")
        let cards = try export(crm, version)
        try crm.write(cards, to: "b.vcf")
        #expect(try crm.succeed("contact", "import", "b.vcf").output == "1 row, 1 unchanged\n")
        let other = try CRM()
        let lines = cards.split(separator: "\r\n").filter { !$0.hasPrefix("UID:urn:x-crm") }
        try other.write(lines.map { $0 + "\r\n" }.joined(), to: "b.vcf")
        try other.succeed("contact", "import", "b.vcf", "--create-missing", "organization")
        try check(other, has: sent)
    }

    @Test("All of them in one file, ended in their own ways, are as many contacts")
    func together() throws {
        let crm = try CRM()
        let ends = ["\n", "\r\n", "\r"]
        let cards = zip(0..., Self.sent).map { $1.card.replacing("\n", with: ends[$0 % ends.count]) }
        try crm.write(cards.joined(), to: "all.vcf")
        let report = try crm.succeed("contact", "import", "all.vcf", "--create-missing", "organization").output
        #expect(report.hasPrefix("\(cards.count) rows, \(cards.count) created"), "\(report)")
        for (index, sent) in Self.sent.enumerated() { try check(crm, has: sent, index + 1) }
    }
}
