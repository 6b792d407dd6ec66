import Localization
import Testing

@testable import CRMKit

@Suite("A choice that the file adds or changes")
struct ChoiceEditingTests {
    let crm: TemporaryStore
    let category: ChoiceField
    let stage: ChoiceField

    init() throws {
        crm = try TemporaryStore()
        category = try ChoiceField(name: "case.category")
        stage = try ChoiceField(name: "opportunity.stage")
    }

    private func keys(_ module: ModuleName, _ field: String) -> [String] {
        crm.store.registry[module].field(field)?.type.choices.map(\.key) ?? []
    }

    private func offered(_ module: ModuleName, _ field: String) -> [String] {
        crm.store.registry[module].field(field)?.type.offeredChoices.map(\.key) ?? []
    }

    private func request(_ change: (inout ChoiceRequest) -> Void) -> ChoiceRequest {
        var request = ChoiceRequest()
        change(&request)
        return request
    }

    private func addWarranty() throws {
        _ = try crm.write {
            try $0.addChoice(
                "Garantía",
                to: category,
                request {
                    $0.en = "Warranty"
                    $0.es = "Garantía"
                }
            )
        }
    }

    @discardableResult
    private func addCase(_ category: String) throws -> Int64 {
        try crm.write {
            try $0.add(
                crm.store.registry[.case],
                [FieldInput("title", .set("T")), FieldInput("category", .set(category))]
            )
        }
    }

    @Test("is taken by its key and its labels, in either language")
    func added() throws {
        try addWarranty()
        #expect(keys(.case, "category") == ["big_problem", "small_problem", "other_problem", "garantia"])
        for word in ["garantia", "Garantía", "warranty"] { try addCase(word) }
        #expect(try crm.store.database.all("SELECT DISTINCT category FROM \"case\"") == [[.text("garantia")]])
        #expect(try crm.store.check() == [])
    }

    @Test("stays where it stands when it is retired, is known to filters, and is taken nowhere else")
    func retired() throws {
        try addWarranty()
        try addCase("garantia")
        #expect(try crm.write { try $0.editChoice("warranty", of: category, request { $0.isRetired = true }) })
        #expect(offered(.case, "category") == ["big_problem", "small_problem", "other_problem"])
        let error = crmError { try addCase("garantia") }
        #expect(error?.code == .invalid)
        #expect(error?.problems.first?.reason.en.contains("retired") == true)
        let module = crm.store.registry[.case]
        _ = try crm.write { try $0.edit(module, id: 1, [FieldInput("title", .set("U"))]) }
        var query = try crm.store.list(module)
        query.filters = ["category = Garantía"]
        #expect(try query.count(in: crm.store) == 1)
        #expect(try crm.store.check() == [])
    }

    @Test("is not taken away while it is used")
    func used() throws {
        try addWarranty()
        let addition = try crm.newest.id
        try addCase("garantia")
        #expect(crmError { try crm.undo(addition) }?.code == .conflict)
        try crm.undo()
        try crm.undo(addition)
        #expect(!keys(.case, "category").contains("garantia"))
    }

    @Test("of the program gets other labels, and loses none")
    func relabelled() throws {
        #expect(try crm.write { try $0.editChoice("big_problem", of: category, request { $0.es = "Problemón" }) })
        try addCase("problemon")
        let choice = crm.store.registry[.case].field("category")?.type.choices.first
        #expect(choice?.key == "big_problem")
        #expect(choice?.label == Text(en: "Big Problem", es: "Problemón"))
    }

    @Test("of the program is told in the log to be changed, and not to be made")
    func log() throws {
        func told() throws -> [String] {
            try crm.store.changeSet(crm.newest.id, limit: 10).entries.map { entry in
                guard case .updated(let changes) = entry.event else { return "\(entry.event)" }
                return changes.map { "\($0.field.key) \($0.before) → \($0.after)" }.joined(separator: ", ")
            }
        }
        _ = try crm.write { try $0.editChoice("big_problem", of: category, request { $0.es = "Problemón" }) }
        #expect(try told() == ["label_es text(\"Problema grande\") → text(\"Problemón\")"])
        _ = try crm.write {
            try $0.editChoice(
                "big_problem",
                of: category,
                request {
                    $0.en = "Huge problem"
                    $0.isRetired = true
                }
            )
        }
        #expect(
            try told() == [
                "label_en text(\"Big Problem\") → text(\"Huge problem\"), retired integer(0) → integer(1)"
            ]
        )
        try crm.undo()
        try crm.undo()
        #expect(try told() == ["label_es text(\"Problemón\") → text(\"Problema grande\")"])
    }

    @Test("is moved among the others, and back by an undo")
    func moved() throws {
        try addWarranty()
        let before = keys(.case, "category")
        #expect(try crm.write { try $0.moveChoice("garantia", of: category, to: .first) })
        #expect(keys(.case, "category") == ["garantia", "big_problem", "small_problem", "other_problem"])
        #expect(try crm.write { try $0.moveChoice("garantia", of: category, to: .after("small_problem")) })
        #expect(keys(.case, "category") == ["big_problem", "small_problem", "garantia", "other_problem"])
        #expect(try !crm.write { try $0.moveChoice("garantia", of: category, to: .before("other_problem")) })
        try crm.undo()
        try crm.undo()
        #expect(keys(.case, "category") == before)
    }

    @Test("of a stage gives opportunities its probability")
    func probability() throws {
        _ = try crm.write { try $0.addChoice("piloto", to: stage, request { $0.probability = "55" }) }
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["last_name": "Ruiz", "organization": "1"])
        let module = crm.store.registry[.opportunity]
        let id = try crm.write {
            try $0.add(
                module,
                [
                    ("name", "N"), ("contact", "1"), ("close_date", "2026-12-31"), ("amount", "1"), ("stage", "piloto"),
                ].map { FieldInput($0.0, .set($0.1)) }
            )
        }
        #expect(try crm.store.storedRecord(module, id: id)?["probability"] == .integer(550_000))
        #expect(
            crmError { _ = try crm.write { try $0.addChoice("x", to: category, request { $0.probability = "5" }) } }?
                .code
                == .invalid
        )
    }

    @Test("that is new is the one at fault where an older one is called so already")
    func namesakes() throws {
        _ = try crm.write { try $0.editChoice("big_problem", of: category, request { $0.es = "Problemón" }) }
        let added = crmError { _ = try crm.write { try $0.addChoice("Problemón", to: category, ChoiceRequest()) } }
        #expect(added?.message.en == "case.category problemon: the choice big_problem is called so already")
        try addWarranty()
        let edited = crmError {
            _ = try crm.write { try $0.editChoice("big_problem", of: category, request { $0.en = "Warranty" }) }
        }
        #expect(edited?.message.en == "case.category big_problem: the choice garantia is called so already")
    }

    @Test("is told not to be taken where none is offered")
    func allRetired() throws {
        for key in keys(.case, "category") {
            _ = try crm.write { try $0.editChoice(key, of: category, request { $0.isRetired = true }) }
        }
        for (word, reason) in [
            ("big_problem", "is retired, and stays only where it is"),
            ("x", "not a choice, and none is offered: all are retired"),
        ] {
            #expect(crmError { try addCase(word) }?.problems.first?.reason.en == reason)
        }
    }

    @Test("is refused where it is called as another, or stands by default")
    func refusals() throws {
        #expect(
            crmError { _ = try crm.write { try $0.addChoice("Problema grande", to: category, ChoiceRequest()) } } != nil
        )
        let status = try ChoiceField(name: "case.status")
        let error = crmError {
            _ = try crm.write { try $0.editChoice("open", of: status, request { $0.isRetired = true }) }
        }
        #expect(error?.code == .refused)
        #expect(crmError { _ = try ChoiceField(name: "category") }?.code == .usage)
    }

    /// A file that had a carrier Estafeta of its own, under another key, before the program had one.
    private func fileWithOwnCarrier() throws {
        let inputs = [
            ("module_name", "quote"), ("field", "carrier"), ("key", "estafeta_mx"), ("label_en", "Estafeta"),
            ("label_es", "Estafeta"),
        ]
        _ = try crm.write {
            _ = try $0.add(.choiceDefinition, inputs.map { FieldInput($0.0, .set($0.1)) })
            try $0.settleDefinitions()
        }
    }

    @Test("stands before one of its label that a later version of the program brings")
    func older() throws {
        try fileWithOwnCarrier()
        #expect(keys(.quote, "carrier").contains("estafeta"))
        #expect(!offered(.quote, "carrier").contains("estafeta"))
        #expect(offered(.salesOrder, "carrier").contains("estafeta"))
        let inputs = [FieldInput("subject", .set("S")), FieldInput("carrier", .set("ESTAFETA"))]
        let id = try crm.write { try $0.add(crm.store.registry[.quote], inputs) }
        #expect(try crm.store.database.all("SELECT carrier FROM quote WHERE id = \(id)") == [[.text("estafeta_mx")]])
        let quote = try ChoiceField(name: "quote.carrier")
        #expect(try crm.write { try $0.editChoice("estafeta_mx", of: quote, request { $0.isRetired = true }) })
        let copy = try TemporaryStore()
        #expect(try DatabaseRoundTripTests.apply(DatabaseRoundTripTests.export(crm), to: copy).failed == 0)
        #expect(try copy.store.check() == [])
    }

    @Test("may not be called as one that the program has")
    func taken() throws {
        let quote = try ChoiceField(name: "quote.carrier")
        for label in ["Estafeta", "estafeta", "FedEx"] {
            #expect(throws: CRMError.self) {
                try crm.write { try $0.addChoice("otra", to: quote, request { $0.es = label }) }
            }
        }
    }
}
