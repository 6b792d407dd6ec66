import Localization
import Testing

@testable import CRMKit

@Suite("A choice that the program writes by itself")
struct FixedChoiceTests {
    private let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
    }

    private func retire(_ name: String, _ key: String) -> CRMError? {
        crmError {
            var request = ChoiceRequest()
            request.isRetired = true
            _ = try crm.write { try $0.editChoice(key, of: ChoiceField(name: name), request) }
        }
    }

    private struct Written: CustomTestStringConvertible {
        let field: String
        let choice: String
        let commands: [String]

        init(_ field: String, _ choice: String, _ commands: String...) {
            self.field = field
            self.choice = choice
            self.commands = commands
        }

        var testDescription: String { "\(field) \(choice)" }
    }

    private static let written = [
        Written("quote.stage", "delivered", "quote send"),
        Written("quote.stage", "accepted", "quote accept", "quote order"),
        Written("quote.stage", "rejected", "quote reject"),
        Written("quote.stage", "created", "quote add"),
        Written("opportunity.stage", "closed_won", "quote accept", "quote order"),
        Written("sales-order.status", "delivered", "sales-order deliver"),
        Written("sales-order.status", "approved", "sales-order deliver"),
        Written("purchase-order.status", "received_shipment", "purchase-order receive"),
        Written("purchase-order.status", "approved", "purchase-order approve", "purchase-order receive"),
        Written("purchase-order.link.role", "requester", "purchase-order request"),
        Written("purchase-order.link.role", "approver", "purchase-order approve"),
        Written("sales-order.link.role", "buyer", "quote order"),
        Written("quote.link.role", "recipient", "opportunity quote", "quote add"),
        Written("quote.link.role", "approver", "opportunity quote", "quote add"),
        Written("opportunity.link.role", "primary", "opportunity add", "opportunity edit"),
        Written("event.status", "held", "event hold", "event complete"),
        Written("event.occurrence.status", "held", "event hold", "event complete"),
        Written("event.status", "not_held", "event cancel"),
        Written("event.status", "completed", "event complete"),
        Written("event.status", "deferred", "event cancel"),
        Written("case.status", "closed", "case close", "case edit"),
        Written("case.status", "open", "case add"),
        Written("email.direction", "incoming", "email import"),
        Written("email.link.role", "cc", "email import"),
        Written("channel.kind", "direct", "channel sync", "channel import"),
        Written("contact.point.kind", "email", "contact merge"),
        Written("contact.point.kind", "phone", "contact merge"),
    ]

    @Test("is not retired, and the commands that set it are said", arguments: written)
    private func refused(written: Written) {
        let error = retire(written.field, written.choice)
        #expect(error?.code == .refused)
        for command in written.commands { #expect(error?.message.en.contains(command) == true, "\(command)") }
        for command in written.commands { #expect(error?.message.es.contains(command) == true, "\(command)") }
    }

    @Test("is there under the key that is written")
    func declared() {
        for module in Registry.standard.modules {
            let choices =
                module.actions.flatMap(\.choices) + module.verbChoices.flatMap(\.choices)
                + module.rules.flatMap(\.choices)
            for choice in choices {
                let field = Registry.standard.field(choice.field, of: choice.rows)
                #expect(field?.type.choices.contains { $0.key == choice.key } == true, "\(choice)")
            }
        }
    }

    @Test("stays retired in a file that did so before, which takes further definitions")
    func older() throws {
        func definition(_ key: String, isRetired: Bool) -> ChoiceDefinition {
            ChoiceDefinition(
                rows: DefinedRows(.quote),
                field: "stage",
                key: key,
                english: key,
                spanish: key,
                place: nil,
                percent: nil,
                isRetired: isRetired
            )
        }
        let check = DefinitionCheck(registry: .standard, values: try fixedContext())
        let former = Definitions(choices: [definition("delivered", isRetired: true)])
        let present = Definitions(choices: former.choices + [definition("perdida", isRetired: false)])
        #expect(crmError { try check.check(present, after: former) } == nil)
        #expect(crmError { try check.check(present, after: Definitions()) }?.code == .refused)
    }

    /// What every action does, after the records of its setting were added.
    private static let deeds: [(action: String, module: ModuleName, id: Int64, inputs: [FieldInput])] = [
        ("send", .quote, 1, []), ("accept", .quote, 1, [FieldInput("win", .set("true"))]), ("reject", .quote, 2, []),
        ("revise", .quote, 3, []), ("order", .quote, 1, [FieldInput("again", .set("true"))]),
        ("quote", .opportunity, 1, []), ("deliver", .salesOrder, 1, []),
        ("deliver", .salesOrder, 1, [FieldInput("quantities", .setList(["1=-1"]))]),
        ("invoice", .salesOrder, 1, [FieldInput("number", .set("F-1"))]),
        ("request", .purchaseOrder, 1, [FieldInput("contact", .set("1"))]),
        ("approve", .purchaseOrder, 1, [FieldInput("contact", .set("2"))]), ("receive", .purchaseOrder, 1, []),
        ("receive", .purchaseOrder, 1, [FieldInput("quantities", .setList(["1=-1"]))]), ("hold", .event, 1, []),
        ("hold", .event, 3, [FieldInput("occurrence", .set("2026-01-02"))]), ("cancel", .event, 1, []),
        ("complete", .event, 1, []), ("complete", .event, 2, []), ("cancel", .event, 2, []),
        ("close", .case, 1, []), ("reopen", .case, 1, []),
    ]

    @Test("is all that an action needs: with every other choice retired each does what it did")
    func sufficient() throws {
        try crm.add(.organization, ["name": "Ribera"])
        for name in ["Ruiz", "Vega"] { try crm.add(.contact, ["last_name": name, "organization": "1"]) }
        try crm.add(
            .opportunity,
            ["name": "N", "contact": "1", "amount": "9", "close_date": "2026-12-31", "stage": "proposal"]
        )
        for subject in ["A", "B", "C"] { try crm.add(.quote, ["subject": subject, "opportunity": "1"]) }
        for module in [ModuleName.salesOrder, .purchaseOrder] {
            try crm.write {
                let line = FieldInput("lines", .addRows(["text=a,price=1"]))
                _ = try $0.add(Registry.standard[module], [FieldInput("subject", .set("S")), line])
            }
        }
        try crm.add(.event, ["subject": "E", "starts_at": "2026-01-01T10:00"])
        try crm.add(.event, ["subject": "T", "starts_at": "2026-01-01T10:00", "kind": "task"])
        try crm.add(.event, ["subject": "R", "starts_at": "2026-01-01T10:00", "recurrence": "FREQ=DAILY;COUNT=3"])
        try crm.add(.case, ["title": "C"])
        for name in Registry.standard.names {
            for (field, _) in Registry.standard.choiceFields(of: name) {
                for choice in try crm.store.choices(of: field) {
                    let error = retire(field.name, choice.key)
                    #expect(
                        error == nil || error?.code == .refused,
                        "\(field.name) \(choice.key): \(String(describing: error))"
                    )
                }
            }
        }
        for deed in Self.deeds {
            let module = crm.store.registry[deed.module]
            let action = try #require(module.actions.first { $0.name == deed.action })
            let error = crmError {
                try crm.write(TemporaryStore.request(forced: true)) {
                    _ = try $0.perform(action, of: module, on: deed.id, deed.inputs)
                }
            }
            #expect(error == nil, "\(module.name) \(deed.action): \(String(describing: error))")
        }
        let done = Set(Self.deeds.map { "\($0.module) \($0.action)" })
        let all = Registry.standard.modules.flatMap { module in module.actions.map { "\(module.name) \($0.name)" } }
        let lacking = Set(all).subtracting(done).sorted().joined(separator: ", ")
        #expect(lacking == "", "add to FixedChoiceTests.deeds a record of each, with the inputs that it needs")
    }
}
