import Testing

/// An earlier export applied over records whose rows have changed since.
@Suite struct EarlierExportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func lines(_ noun: String = "quote", _ id: String = "1") throws -> String {
        let list = [noun, "line", "list", id, "--columns", "text,unit_price,comment", "--format", "csv", "--no-header"]
        return try crm.succeed(list).lines.joined(separator: " ")
    }

    private func addQuote(_ number: String) throws {
        let lines = ["A,price=1,comment=ca", "B,price=2,comment=cb"].flatMap { ["--line", "text=\(number)\($0)"] }
        try crm.succeed(["quote", "add", "--subject", "S", "--number", number] + lines)
    }

    /// What has become of the lines A and B of quote 1, and how many are gone after the apply.
    private static let changes: [(change: String, gone: Int)] = [
        ("line add 1 text=X,price=9 --at 1", 1), ("line add 1 text=X,price=9 --at 2", 1),
        ("line add 1 text=X,price=9", 1), ("line move 1 1 2", 0), ("line remove 1 1", 0), ("line remove 1 2", 0),
        ("line edit 1 1 --price 7", 0), ("line edit 1 1 --text AA", 1),
        // A copy of a line, and another line in the place of one.
        ("line add 1 text=QA,price=1,comment=ca", 1), ("line edit 1 2 --text X --price 9", 1),
    ]

    @Test("The record has the lines of the export, no more and none twisted, and what goes is told", arguments: changes)
    func changed(change: String, gone: Int) throws {
        try addQuote("Q")
        let export = try crm.succeed("export").output
        try crm.succeed(["quote"] + change.split(separator: " ").map(String.init))
        let changed = try lines()
        let told = try crm.run("apply", "--dry-run", "--lang", "es", stdin: export)
        #expect(told.errors.contains("se quitó 1 línea que la entrada no tiene, en la cotización 1") == (gone == 1))
        let result = try crm.succeed("apply", stdin: export)
        #expect(try lines() == "QA,1.00,ca QB,2.00,cb")
        let words = "removed 1 line that the input does not have, of quote 1"
        #expect(result.errors.contains(words) == (gone == 1), "\(result.errors)")
        #expect(result.output.contains(" updated"), "\(result.output)")
        let again = try crm.succeed("apply", stdin: export)
        #expect(again.output == "5 rows, 5 unchanged\n" && again.errors.isEmpty, "\(again)")
        #expect(try crm.run("check").status == 0)
        try crm.succeed("undo")
        #expect(try lines() == changed)
    }

    @Test("What has the id of a record that was merged since is told by its name, and by what it is merged too")
    func stale() throws {
        for name in ["Ruiz", "Ruiz Sosa", "Paz"] { try crm.add("contact", "--last-name", name) }
        try crm.shell("cp crm.db stale.db")
        try crm.succeed("contact", "merge", "1", "2", "3", "--yes")
        let export = try crm.succeed("export").output
        let result = try crm.succeed("apply", "--db", "stale.db", stdin: export)
        let told = """
            contact 2 "Ruiz Sosa" has the id of one that the input has merged into contact 1 (and 1 more like it): if \
            it is that one, 'crm contact merge 1 2' merges it
            """
        #expect(result.errors.contains(told), "\(result.errors)")
        let spanish = try crm.succeed("apply", "--db", "stale.db", "--lang", "es", stdin: export)
        #expect(spanish.errors.contains("el contacto 2 «Ruiz Sosa» tiene el id de uno que"), "\(spanish.errors)")
        try crm.succeed("contact", "merge", "1", "2", "3", "--db", "stale.db", "--yes")
        #expect(try crm.succeed("apply", "--db", "stale.db", stdin: export).errors == "")
        #expect(try crm.succeed("apply", stdin: export).errors == "")
    }

    @Test("A record that only has the id of one merged elsewhere is told as no more than that")
    func sameID() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.shell("cp crm.db other.db")
        try crm.succeed("contact", "add", "--last-name", "Unrelated", "--db", "other.db")
        try crm.add("contact", "--last-name", "Ruiz Sosa")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        let result = try crm.succeed("apply", "--db", "other.db", stdin: crm.succeed("export").output)
        #expect(result.errors.contains("contact 2 \"Unrelated\" has the id of one that"), "\(result.errors)")
        #expect(result.errors.contains("if it is that one, 'crm contact merge 1 2'"), "\(result.errors)")
    }

    @Test("A record that gives way to what may be another one, made in the same second elsewhere, is told by its name")
    func replaced() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        let export = try crm.succeed("export").output
        let second = try crm.succeed("apply", stdin: export.replacing("Ruiz", with: "Paz"))
        #expect(second.errors.contains("contact 1 of the input is not the one that is here"), "\(second.errors)")
        let third = export.replacing("Ruiz", with: "Sosa")
        let told = try crm.run("apply", "--dry-run", "--lang", "es", stdin: third).errors
        #expect(told.contains("el contacto 2 «Paz» toma los valores que la entrada da para el contacto 1"), "\(told)")
        let result = try crm.succeed("apply", stdin: third)
        #expect(
            result.errors.contains("contact 2 \"Paz\" takes the values of contact 1 of the input"),
            "\(result.errors)"
        )
    }

    @Test("The order of the input does not matter", arguments: ["sort -r", "tac", "sort"])
    func anyOrder(command: String) throws {
        for number in ["Q", "R", "S"] { try addQuote(number) }
        try crm.succeed("export", "-o", "e.jsonl")
        for id in ["1", "3"] { try crm.succeed("quote", "line", "add", id, "text=X,price=9", "--at", "1") }
        try crm.succeed("quote", "line", "remove", "2", "1")
        let result = try crm.shell("\(command) e.jsonl | crm apply")
        #expect(result.status == 0, "\(result.errors)")
        for words in ["removed 2 lines that the input does not have, of quote ", " and of 1 more"] {
            #expect(result.errors.contains(words), "\(result.errors)")
        }
        for (id, number) in [("1", "Q"), ("2", "R"), ("3", "S")] {
            #expect(try lines("quote", id) == "\(number)A,1.00,ca \(number)B,2.00,cb")
        }
    }

    @Test("The periods of a field end with the value that it has again")
    func periods() throws {
        try addQuote("Q")
        let export = try crm.succeed("export").output
        try crm.succeed("quote", "edit", "1", "--stage", "reviewed")
        let later = try crm.succeed("export").output
        let result = try crm.succeed("apply", stdin: export)
        #expect(result.errors.contains("that the input does not have, of quote 1"), "\(result.errors)")
        #expect(try crm.run("check").status == 0)
        #expect(try crm.succeed("apply", stdin: later).errors.isEmpty)
        #expect(try crm.sql("SELECT group_concat(value) FROM quote_stage_period") == "created,reviewed")
        #expect(try crm.run("check").status == 0)
    }

    @Test("A record of whose rows there is no line keeps them, and a line by itself changes one row")
    func partly() throws {
        try addQuote("Q")
        let export = try crm.succeed("export").output
        try crm.succeed("quote", "line", "add", "1", "text=X,price=9", "--at", "1")
        let record = export.split(separator: "\n").filter { $0.contains("\"module\":\"quote\"") }.joined() + "\n"
        let kept = try crm.succeed("apply", stdin: record).errors
        #expect(kept.contains("quote 1 keeps lines, which the input does not have"), "\(kept)")
        let own = #"{"line":"quote","record":1,"position":2,"comment":"c"}"# + "\n"
        #expect(try crm.succeed("apply", stdin: own).errors.isEmpty)
        #expect(try lines() == "X,9.00, QA,1.00,c QB,2.00,cb")
    }

    @Test("Other parts are replaced as lines are")
    func points() throws {
        try crm.succeed(
            "contact",
            "add",
            "--last-name",
            "Ruiz",
            "--point",
            "email:a@x.example",
            "--point",
            "phone:1234567"
        )
        let export = try crm.succeed("export").output
        try crm.succeed("contact", "point", "remove", "1", "1")
        try crm.succeed("contact", "point", "add", "1", "email:c@x.example")
        let result = try crm.succeed("apply", stdin: export)
        #expect(result.errors.contains("removed 1 contact point that the input does not have, of contact 1"))
        let shown = try crm.sql("SELECT group_concat(value) FROM (SELECT value FROM contact_point ORDER BY position)")
        #expect(shown == "a@x.example,1234567")
    }

    @Test("What is delivered of a line stays with it when the lines of a record come in another order")
    func delivered() throws {
        let given = ["A", "B"].flatMap { ["--line", "text=\($0),quantity=2,price=1"] }
        try crm.succeed(["sales-order", "add", "--subject", "S", "--external-id", "E"] + given)
        try crm.succeed("sales-order", "deliver", "1", "--quantity", "1=1")
        func line(_ texts: [String]) -> String {
            let rows = texts.map { #"{"text":"\#($0)","quantity":2,"unit_price":1}"# }.joined(separator: ",")
            return #"{"module":"sales_order","external_id":"E","lines":[\#(rows)]}"# + "\n"
        }
        let moved = try crm.succeed("apply", stdin: line(["B", "N", "A"]))
        #expect(moved.errors.isEmpty, "\(moved.errors)")
        let counts =
            "SELECT group_concat(text || ifnull(delivered, 0)) FROM (SELECT * FROM sales_order_line ORDER BY position)"
        #expect(try crm.sql(counts) == "B0,N0,A1000000")
        let fewer = try crm.succeed("apply", stdin: line(["A"]))
        #expect(fewer.errors.contains("removed 2 lines that the input does not have, of sales order 1"))
        #expect(try crm.sql(counts) == "A1000000")
        let lost = try crm.run("apply", stdin: line([]))
        #expect(lost.status == 6 && lost.errors.contains("1 of it is delivered"), "\(lost.errors)")
    }

    @Test("A wrong row is named by its own line, though it waits for the others")
    func faults() throws {
        for number in ["Q", "R"] { try addQuote(number) }
        let export = try crm.succeed("export").output.replacing(
            "\"text\":\"QB\",\"quantity\":1",
            with: "\"text\":\"QB\",\"quantity\":0"
        )
        let place = try #require(export.split(separator: "\n").firstIndex { $0.contains("\"quantity\":0") })
        let result = try crm.run("apply", stdin: export)
        #expect(result.status == 6 && result.errorLines.count == 1, "\(result.errors)")
        #expect(result.errors.contains("row \(place + 1) (line \(place + 1)), quantity"), "\(result.errors)")
    }

    @Test("Messages are known by their ids, wherever they stand")
    func messages() throws {
        try crm.succeed("apply", stdin: Self.channel(["m1", "m3"], from: 1))
        let export = try crm.succeed("export").output
        let row =
            #"{"message":"channel","record":1,"message_id":"m2","text":"m2","sent_at":"2026-01-01T00:00:01.500Z"}"#
        try crm.succeed("apply", stdin: row + "\n")
        try crm.sql(
            "UPDATE channel_message SET position = CASE message_id WHEN 'm2' THEN 2 WHEN 'm3' THEN 3 ELSE 1 END"
        )
        let result = try crm.succeed("apply", stdin: export)
        #expect(result.output.hasSuffix("unchanged\n") && !result.output.contains("updated"), "\(result.output)")
        #expect(try crm.sql("SELECT group_concat(message_id || text, ' ') FROM channel_message") == "m1m1 m3m3 m2m2")
    }

    private static func channel(_ ids: [String], from first: Int) -> String {
        let rows = ids.enumerated().map { index, id in
            #"{"message":"channel","record":"ref:c","position":\#(first + index),"message_id":"\#(id)","text":"\#(id)","#
                + #""sent_at":"2026-01-01T00:00:0\#(index)Z"}"#
        }
        let record = #"{"module":"channel","ref":"c","name":"C","room_id":"r","kind":"channel"}"#
        return ([record] + rows).joined(separator: "\n") + "\n"
    }
}
