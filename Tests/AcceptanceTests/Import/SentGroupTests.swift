import Testing

/// Rows of reports that are no records: totals of groups, headings, what stands below, other tables.
@Suite struct SentGroupTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "What the rows above come to is no record, whatever it is called",
        arguments: [
            ("A,,10\nB,,20\nTOTAL MXN,,30\n", 2), ("A,,10\nB,,20\nPromedio,,15\n", 2), ("A,,10\nB,,20\nΣ,,30\n", 2),
            ("A,,10\nB,,20\nCount,,2\n", 2), ("A,,10\nB,,20\nPromedio,,16\n", 3), ("A,,10\nTotal Repair,,99\n", 2),
            (
                "A,Hardware,10\nB,Hardware,20\nTotal Hardware,,30\nC,Software,5\nTotal Software,,5\nTotal general,,35\n",
                3
            ),
            ("A,Hardware,10\nB,Hardware,20\nHardware Total,,30\nC,Software,5\nSoftware Total,,5\nGrand Total,,35\n", 3),
            ("A,,1\nTotal x,,1\nB,,2\nTotal y,,2\nTotal xy,,3\nC,,4\nTotal z,,4\nTotal,,7\n", 3),
        ]
    )
    func totals(rows: String, count: Int) throws {
        let result = try importing("Nombre,Categoría,Precio\n" + rows, as: "product")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM product") == "\(count)")
    }

    @Test("Rows with a name alone are told where others say more")
    func lone() throws {
        let headings = try importing(
            "Nombre,Código,Precio\nCABLES,,\nHDMI,A,10\nMONITORES,,\nM24,B,20\n",
            as: "product"
        )
        #expect(headings.status == 0 && headings.errors.contains("lines 2, 4"), "\(headings.errors)")
        let group = "Nombre,Correo electrónico\nMéxico (2),\nAna Ruiz,a@example.org\nLuis Vega,l@example.org\n"
        let groups = try importing(group, as: "contact")
        #expect(groups.status == 0 && groups.errors.contains("line 2"), "\(groups.errors)")
    }

    @Test("A table of names is no table of headings", arguments: ["A,,\nB,,\n", "A,x,1\nB,y,2\n"])
    func names(rows: String) throws {
        let result = try importing("Nombre,Código,Precio\n" + rows, as: "product")
        #expect(result.status == 0 && !result.errors.contains("nothing else"), "\(result.errors)")
    }

    @Test("Another table below an empty line is refused, and none of its rows are records")
    func table() throws {
        let result = try importing("Nombre,Apellidos\nAna,Ruiz\n\n\nProducto,Precio\nCable,10\n", as: "contact")
        #expect(result.status == 6 && result.errors.contains("another table begins here"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        #expect(try importing("Nombre,Apellidos\nAna,Ruiz\n\nLuis,Vega\n", as: "contact").status == 0)
    }

    @Test(
        "What ends a report is passed over",
        arguments: ["Generado por CONTPAQi", "Fin del reporte", "Confidential Information - Do Not Distribute"]
    )
    func footers(text: String) throws {
        let result = try importing("Nombre,RFC\nAcme,ABC010101AB1\n,\n\(text),\n", as: "organization")
        #expect(result.status == 0 && result.errors.contains("line 4"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "1")
    }
}
