import Testing

@testable import CRMKit

/// One text for a row of a part, as options and cells have it.
@Suite struct PartTextTests {
    private let text = PartText(.contactPoint)

    private func read(_ row: String) throws -> [String] {
        try text.parse(row).map { "\($0.field.key)=\($0.text)" }
    }

    @Test(
        "reads a shorthand or keys",
        arguments: [
            ("email:ana@casa.example", ["kind=email", "value=ana@casa.example"]),
            ("profile:https://social.example/ana", ["kind=profile", "value=https://social.example/ana"]),
            ("Correo : ana@casa.example", ["kind=Correo", "value=ana@casa.example"]),
            ("chat", ["kind=chat"]),
            ("kind=email,value=ana@casa.example,label=home", ["kind=email", "value=ana@casa.example", "label=home"]),
            ("label=home, old,kind=phone", ["label=home, old", "kind=phone"]),
            ("opted-out=yes, kind=url", ["opted_out=yes", "kind=url"]),
            (#"value="x.example/?a=1,b=2",kind=url"#, ["value=x.example/?a=1,b=2", "kind=url"]),
            (#"label="said ""no""""#, [#"label=said "no""#]),
            ("value=x.example/?a=1", ["value=x.example/?a=1"]),
        ]
    )
    func readsAShorthandOrKeys(row: String, expected: [String]) throws {
        #expect(try read(row) == expected)
    }

    @Test(
        "takes what fields are called",
        arguments: [
            ("text=Cable,precio unitario=100,quantity=2", ["text=Cable", "unit_price=100", "quantity=2"]),
            ("text=Cable, Unit Price = 100", ["text=Cable", "unit_price=100"]),
            ("text=Gas,price=1000.125", ["text=Gas", "exact_price=1000.125"]),
            ("text=Gas,unit_price=1000.125,exact_price=", ["text=Gas", "unit_price=1000.125", "exact_price="]),
            ("text=Pilas, tipo de pila=AA,price=5", ["text=Pilas, tipo de pila=AA", "unit_price=5"]),
        ]
    )
    func takesWhatFieldsAreCalled(row: String, expected: [String]) throws {
        let part = try #require(Registry.standard[.quote].parts.first { $0.key == "lines" })
        #expect(try PartText(part).parse(row).map { "\($0.field.key)=\($0.text)" } == expected)
    }

    @Test(
        "refuses what says nothing",
        arguments: [
            "kind=email,vlaue=ana@casa.example", "kind=email,kind=phone", #"label="home"#, #"label="a"b,kind=email"#,
        ]
    )
    func refusesWhatSaysNothing(row: String) {
        #expect(throws: ValueError.self) { try read(row) }
    }

    @Test("a part without shorthand takes keys alone") func aPartWithoutShorthandTakesKeysAlone() {
        #expect(throws: ValueError.self) { try PartText(.cardRemainder).parse("BEGIN:VCARD") }
    }

    @Test(
        "writes what it reads",
        arguments: [
            (["email", "ana@casa.example", "", "false"], "email:ana@casa.example"),
            (["chat", "xmpp:ana", "", "false"], "chat:xmpp:ana"),
            (["email", "a@b.example", "home", "true"], "kind=email,value=a@b.example,label=home,opted_out=true"),
            (["chat", "a; b", "", "false"], #"kind=chat,value="a; b""#),
            (["url", "x.example/;phone:1", "", "false"], #"kind=url,value="x.example/;phone:1""#),
            (["chat", "a", #"x, "y""#, "false"], #"kind=chat,value=a,label="x, ""y""""#),
        ]
    )
    func writesWhatItReads(texts: [String], row: String) throws {
        #expect(text.text(texts) == row)
        let read = try text.parse(row)
        for (field, value) in zip(Part.contactPoint.fields, texts) where field.key != "opted_out" {
            #expect(read.first { $0.field.key == field.key }?.text ?? "" == value)
        }
    }

    @Test(
        "a row begins behind a semicolon by its kind, with a blank or without",
        arguments: [
            ("email:a@q.example;phone:5555", [["email", "a@q.example"], ["phone", "5555"]]),
            ("Correo:a@q.example;Teléfono:5555;", [["Correo", "a@q.example"], ["Teléfono", "5555"]]),
            ("email:a@q.example;kind=phone,value=5555", [["email", "a@q.example"], ["phone", "5555"]]),
            ("url:x.example/;a:1", [["url", "x.example/;a:1"]]),
            (#"kind=url,value="x.example/;phone:1""#, [["url", "x.example/;phone:1"]]),
        ]
    )
    func aRowBeginsBehindASemicolon(cell: String, rows: [[String]]) throws {
        #expect(try text.parseAll(cell).map { $0.map(\.text) } == rows)
    }

    @Test("a cell holds several rows") func aCellHoldsSeveralRows() throws {
        let rows = try text.parseAll(#"email:a@b.example; kind=chat,value="x; y"; ; url:b.example/;c=1"#)
        #expect(
            rows.map { $0.map(\.text) } == [["email", "a@b.example"], ["chat", "x; y"], ["url", "b.example/;c=1"]]
        )
    }
}
