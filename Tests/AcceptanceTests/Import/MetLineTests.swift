import Testing

/// Documents that come again, and rows of which it is not plain whose they are.
@Suite struct MetLineTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func lines(_ noun: String) throws -> [String] {
        let columns = "text,unit_price,discount_percent,taxes,comment"
        return try Array(
            crm.succeed(noun, "line", "list", "1", "--columns", columns, "--format", "csv", "--no-header").lines
        )
    }

    private static let head = "number,subject,text,quantity,unit_price\n"
    private static let (a, b) = ("A,100.00,10,vat:16,rojo", "B,200.00,,exempt,")

    @Test(
        "Lines are met by what they sell, and keep what a table does not say of them",
        arguments: [
            ("S1,X,B,1,200\nS1,X,A,1,100\n", [b, a]), ("S1,X,A,1,100\nS1,X,B,1,200\n", [a, b]), ("S1,X,B,1,200\n", [b]),
            ("S1,X,N,1,5\nS1,X,A,1,100\nS1,X,B,1,200\n", ["N,5.00,,,", a, b]),
            ("S1,X,A,1,100\nS1,X,N,1,5\nS1,X,B,1,200\n", [a, "N,5.00,,,", b]),
            // Another text at the place of a line is that line still, and one that shares nothing with it is not.
            ("S1,X,AA,1,100\nS1,X,B,1,200\n", ["AA,100.00,10,vat:16,rojo", b]),
            ("S1,X,Z,7,70\nS1,X,B,1,200\n", ["Z,70.00,,,", b]),
            ("S1,X,Z,1,70\nS1,X,B,1,200\n", ["Z,70.00,,,", b]),
        ]
    )
    func reordered(rows: String, stored: [String]) throws {
        for noun in ["quote", "sales-order", "purchase-order"] {
            let first = "text=A,quantity=1,price=100,tax=vat:16,discount_percent=10,comment=rojo"
            let second = "text=B,quantity=1,price=200,tax=exempt"
            try crm.succeed([noun, "add", "--number", "S1", "--subject", "X", "--line", first, "--line", second])
            let result = try importing(Self.head + rows, as: noun, "--match", "number")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try lines(noun) == stored)
            try crm.succeed("check")
            let again = try importing(Self.head + rows, as: noun, "--match", "number")
            #expect(again.output.contains("1 unchanged"), "\(again.output)")
            guard result.output.contains("1 updated") else { continue }
            try crm.succeed("undo")
            #expect(try lines(noun) == [Self.a, Self.b])
        }
    }

    @Test("What is delivered of a line moves with it, and holds back none but that line")
    func delivered() throws {
        try crm.add("product", "--name", "P", "--code", "P", "--price", "1")
        try crm.succeed(
            "sales-order",
            "add",
            "--number",
            "S1",
            "--subject",
            "X",
            "--line",
            "text=A,quantity=3,price=1",
            "--line",
            "product=code:P,quantity=2,price=1"
        )
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=2")
        let head = "number,subject,text,product.code,quantity,unit_price\n"
        let sorted = try importing(head + "S1,X,,P,2,1\nS1,X,A,,3,1\n", as: "sales-order", "--match", "number")
        #expect(sorted.status == 0, "\(sorted.errors)")
        #expect(try crm.sql("SELECT ifnull(delivered, 0) FROM sales_order_line ORDER BY position") == "0\n2000000")
        let lost = try importing(head + "S1,X,,P,2,1\n", as: "sales-order", "--match", "number")
        #expect(lost.status == 6 && lost.errors.contains("delivered"), "\(lost.errors)")
        #expect(try importing(head + "S1,X,A,,3,1\n", as: "sales-order", "--match", "number").status == 0)
    }

    private static let interleaved = "Q1,X,A,1,1\nQ2,Y,D,1,2\nQ1,X,B,1,3\n"

    @Test("Rows of one document that stand apart are joined by its number, and come again without a change")
    func interleaved() throws {
        let unmatched = try importing(Self.head + Self.interleaved, as: "quote", "--dry-run")
        #expect(unmatched.output.hasPrefix("3 rows, 2 created"), "\(unmatched)")
        for words in ["3 rows, 2 created", "3 rows, 2 unchanged"] {
            let result = try importing(Self.head + Self.interleaved, as: "quote", "--match", "number")
            #expect(result.status == 0 && result.output.contains(words), "\(result.output) \(result.errors)")
        }
        let shown = try crm.sql("SELECT text FROM quote_line ORDER BY quote, position")
        #expect(shown == "A\nB\nD")
        let less = Self.head + "Q1,X,B,1,3\nQ2,Y,D,1,2\n"
        #expect(try importing(less, as: "quote", "--match", "number").output.contains("1 updated, 1 unchanged"))
        #expect(try crm.sql("SELECT text FROM quote_line ORDER BY quote, position") == "B\nD")
    }

    @Test(
        "A remark that differs in the rows of one document is one on the line",
        arguments: [
            ("Observaciones", "Q1,X,A,1,", "Q1,X,B,2,rojo", "", ",rojo"),
            ("Observaciones", "Q1,X,A,1,azul", "Q1,X,B,2,", "", "azul,"),
            ("Observaciones", "Q1,X,A,1,azul", ",,B,2,", "azul", ","),
            ("Observaciones", "Q1,X,A,1,azul", "Q1,X,B,2,azul", "azul", ","),
            ("Descripción", "Q1,X,A,1,azul", "Q1,X,B,2,rojo", "", "azul,rojo"),
        ]
    )
    func remarks(header: String, first: String, second: String, own: String, lines: String) throws {
        for noun in ["quote", "sales-order"] {
            let result = try importing("Folio,Asunto,Concepto,Precio,\(header)\n\(first)\n\(second)\n", as: noun)
            #expect(result.output.hasPrefix("2 rows, 1 created"), "\(result.output) \(result.errors)")
            let table = noun.replacing("-", with: "_")
            #expect(try crm.sql("SELECT ifnull(description, '') FROM \(table)") == own)
            let stored = try crm.sql("SELECT group_concat(ifnull(comment, ''), ',') FROM \(table)_line")
            #expect(stored == lines)
        }
    }

    @Test("Of a document of one line a remark is its own")
    func lone() throws {
        let result = try importing("Folio,Asunto,Concepto,Precio,Observaciones\nQ1,X,A,1,azul\n", as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT description FROM quote") == "azul")
    }

    @Test(
        "Rows that nothing tells apart are told, where they may be of several documents",
        arguments: [
            ("Asunto,Fecha,Concepto,Precio\nM,2024-01-31,A,100\nM,2024-02-29,A,100\n", "has another Fecha"),
            ("Asunto,Nota interna,Concepto,Precio\nM,x,A,100\nM,y,B,100\n", nil),
            ("subject,text,price\nM,A,100\nM,A,100\nM,A,100\n", "is the same"),
            ("number,subject,text,price\nM,M,A,100\nM,M,A,100\n", nil),
        ] as [(String, String?)]
    )
    func joined(rows: String, words: String?) throws {
        let result = try importing(rows, as: "sales-order", "--ignore-unknown")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("one more line") == (words != nil), "\(result.errors)")
        if let words { #expect(result.errors.contains(words), "\(result.errors)") }
    }
}
