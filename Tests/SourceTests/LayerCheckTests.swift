import Testing

/// The checks themselves, on samples that break the rules.
@Suite("The check of the sources")
struct LayerCheckTests {
    private let layers = Layers(place: "toy", order: ["Low", "High", "High/Top"])

    private func violations(_ samples: [(path: String, text: String)]) -> [String] {
        layers.violations(in: samples.map { SourceFile(path: $0.path, text: $0.text) }).sorted().map(\.description)
    }

    @Test("finds a type used from below")
    func upwards() {
        let found = violations([
            ("toy/Low/A.swift", "struct A { let b: B }"), ("toy/High/B.swift", "struct B { let a: A }"),
        ])
        #expect(found == ["toy/Low/A.swift uses B of High, which stands above Low"])
    }

    @Test("finds what a higher folder adds to a type, unless something else is called so")
    func members() {
        let low = ("toy/Low/A.swift", "struct A { let b: Int }\nfunc f(a: A) -> Int { a.doubled }")
        let high = ("toy/High/B.swift", "extension A {\n    public var doubled: Int { b * 2 }\n}")
        #expect(violations([low, high]) == ["toy/Low/A.swift uses doubled of High, which stands above Low"])
        for other in [
            "struct C { let doubled: Int }", "enum C { case single, doubled(Int) }", "private func doubled() {}",
        ] {
            #expect(violations([low, high, ("toy/Low/C.swift", other)]) == [])
        }
        let hidden = "extension A {\n    private static func doubled() {}\n}"
        #expect(violations([low, ("toy/High/B.swift", hidden)]) == [])
    }

    @Test("knows the folders within folders")
    func nested() {
        let found = violations([
            ("toy/High/B.swift", "enum B { static let c = C() }"), ("toy/High/Top/C.swift", "public final class C {}"),
            ("toy/High/Other/D.swift", "let d: [String: C?] = [:]"),
        ])
        #expect(
            found == [
                "toy/High/B.swift uses C of High/Top, which stands above High",
                "toy/High/Other/D.swift uses C of High/Top, which stands above High",
            ]
        )
    }

    @Test("knows the order within one folder, whose own files stand where the empty name does")
    func within() {
        let layers = Layers(place: "toy/High", order: ["Below", ""])
        let files = [
            ("toy/High/A.swift", "struct A { let b: B }"), ("toy/High/Below/B.swift", "struct B { let a: A }"),
            ("toy/Other/C.swift", "struct C { let a: A }"),
        ].map { SourceFile(path: $0.0, text: $0.1) }
        #expect(
            layers.violations(in: files).map(\.description) == [
                "toy/High/Below/B.swift uses A of toy/High, which stands above Below"
            ]
        )
        #expect(layers.unplaced(in: files + [SourceFile(path: "toy/High/New/D.swift", text: "")]) == ["New"])
    }

    @Test(
        "takes no comment, literal, member or private type for a use",
        arguments: [
            "// B\nstruct A {}", "/* B */ struct A {}", "let a = \"B\"", "let a = #\"B \\(B)\"#", "let a = x.B",
            "let a = \"\"\"\n    B \"B\"\n    \"\"\"", "private struct B {}\nlet b = B()",
            "struct A { enum B { case x }; let b: B }",
        ]
    )
    func noUse(text: String) {
        let high = text.contains("private") ? "struct C {}" : "struct B {}"
        #expect(violations([("toy/Low/A.swift", text), ("toy/High/B.swift", high)]) == [])
    }

    @Test(
        "sees a type within an interpolation",
        arguments: ["\"a \\(B())\"", "\"\"\"\n\\(f(\"x\", B()))\n\"\"\"", "#\"\\#(B())\"#"]
    )
    func interpolation(literal: String) {
        #expect(
            violations([("toy/Low/A.swift", "let a = \(literal)"), ("toy/High/B.swift", "struct B {}")]).count == 1
        )
    }

    @Test("names folders that have no place in the order")
    func unplaced() {
        #expect(layers.unplaced(in: [SourceFile(path: "toy/New/A.swift", text: "")]) == ["New"])
    }

    @Test("reads imports and declarations")
    func declarations() {
        let file = SourceFile(
            path: "toy/Low/A.swift",
            text: "import CRMKit\nimport Glibc\npublic struct A { enum Inner {} }\nextension B {}\ntypealias C = A\n"
        )
        #expect(file.imports == ["CRMKit", "Glibc"])
        #expect(file.declared == ["A", "C"])
    }

    @Test(
        "knows SQL",
        arguments: [
            ("SELECT 1", true), ("\n    WITH x AS (SELECT 1)", true), ("PRAGMA user_version", true),
            ("UPDATE \u{FFFC} SET a = ?", true), ("Select one of them", false), ("SELECT", false), ("with care", false),
            ("DELETE", false), ("", false),
        ]
    )
    func sql(literal: String, isSQL: Bool) {
        #expect(SQLText.isSQL(literal) == isSQL)
    }

    @Test(
        "sees a module's name in a literal",
        arguments: [
            ("event", ["event"]), ("sales-order", ["sales_order"]), ("SELECT 1 FROM \"event\" AS e", ["event"]),
            ("JOIN \"event_occurrence\"", ["event_occurrence"]), ("an event begins", []), ("\"prevent\"", []),
        ]
    )
    func moduleNames(literal: String, named: [String]) {
        #expect(Self.names.named(in: literal) == named)
        let source = SourceFile(path: "a", text: "static let `case`: ModuleName = \"case\"")
        #expect(source.moduleNames == ["case": "case"])
    }

    private static let names = ModuleNames(
        constants: ["event": "event", "salesOrder": "sales_order", "email": "email"],
        cases: ["email"]
    )

    @Test(
        "sees a module's constant in code",
        arguments: [
            ("if module.name == .event {}", ["event"]), ("registry[.salesOrder]", ["sales_order"]),
            ("return .event", ["event"]), ("f(ModuleName.event, Module.salesOrder)", ["event", "sales_order"]),
            ("registry[.email]", ["email"]), ("if field.type == .email {}", []), ("row.event", []),
            ("rows().event", []),
            ("// .event", []),
        ]
    )
    func moduleConstants(code: String, named: [String]) {
        #expect(Self.names.named(in: SourceFile(path: "a", text: code)).sorted() == named)
    }

    @Test(
        "knows what changes rows of a table that it is given",
        arguments: [
            ("\"DELETE FROM \\(name: table) WHERE 1\"", true), ("\"UPDATE OR IGNORE \\(table) SET\"", true),
            ("\"\"\"\n    INSERT INTO \\(name: a) (b)\n    \"\"\"", true), ("\"DELETE FROM \\\"content\\\"\"", false),
            ("\"SELECT \\(a) FROM b\"", false), ("\"UPDATE \"", false),
        ]
    )
    func changes(literal: String, isOne: Bool) {
        let file = SourceFile(path: "toy/A.swift", text: "let a = \(literal)")
        #expect(file.literals.contains(where: SQLText.changesGivenTable) == isOne)
    }
}
