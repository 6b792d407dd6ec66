import Foundation
import Localization
import Testing

@testable import CRMKit

extension Module {
    /// A toy whose verbs use all that an action may ask of the engine.
    fileprivate static let ticket = Declaration(
        name: "ticket",
        en: "Ticket",
        es: "Boleto",
        plural: (en: "Tickets", es: "Boletos"),
        gender: .masculine,
        fields: [
            .text("name", en: "Name", es: "Nombre", .required), .money("price", en: "Price", es: "Precio"),
            .date("sold_on", en: "Sold on", es: "Fecha de venta"),
        ],
        contacts: .many(LinkDefinition([.text("seat", en: "Seat", es: "Asiento")])),
        listed: ["price", "sold_on"],
        actions: [sell],
        rules: [
            Rule(
                watching: ["sold_on"],
                before: { draft, context in
                    guard case .text(let date) = draft["sold_on"], date > context.today, !context.isForced else {
                        return
                    }
                    throw CRMError(.refused, Text(en: "not yet", es: "aún no"))
                }
            )
        ]
    ).module

    /// Sells a ticket to a contact, whose link it is.
    private static let sell = Action.onRecord(
        "sell",
        summary: Text(en: "Sell tickets", es: "Vender boletos"),
        discussion: Text(en: "Each to one contact.", es: "Cada uno a un contacto."),
        inputs: [
            .reference("buyer", to: .contact, en: "Buyer", es: "Comprador", .required),
            .money("price", en: "Price", es: "Precio"), .date("on", en: "Sold on", es: "Fecha de venta"),
            .list("seats", singular: "seat", en: "Seats", es: "Asientos"),
        ]
    ) { record, inputs, context in
        let day = inputs["on"].isNull ? Value.text(context.today) : inputs["on"]
        try context.edit(record, [("sold_on", day)] + inputs.given.filter { $0.field == "price" })
        guard let buyer = inputs["buyer"].integer else { return }
        try context.link("ticket", contact: buyer, record: record.id, [("seat", inputs["seats"])])
        context.notice(Text(en: "sold to \(buyer)", es: "vendido a \(buyer)"))
    }
}

@Suite("An action of a module")
final class ActionTests {
    private let folder: URL
    private let store: Store
    private let ticket: Int64
    private let contact: Int64

    init() throws {
        let standard = Registry.standard
        var modules: [(ModuleName, @Sendable () -> Module)] = [("ticket", { .ticket })]
        for name in standard.names {
            let make: @Sendable () -> Module = { standard[name] }
            modules.append((name, make))
        }
        let registry = Registry(center: standard.center, modules)
        folder = try TemporaryStore.makeFolder()
        store = try Store.open(
            path: folder.appendingPathComponent("crm.db").path,
            purpose: .writing(creating: true),
            timeout: 5_000,
            modules: FileRegistry(registry),
            steps: MigrationStep.exchange,
            clock: TemporaryStore.clock
        )
        (ticket, contact) = try store.write(TemporaryStore.request()) {
            (
                try $0.add(.ticket, [FieldInput("name", .set("A")), FieldInput("price", .set("10"))]),
                try $0.add(.contact, [FieldInput("last_name", .set("Ruiz"))])
            )
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func perform(
        _ name: String,
        on id: Int64,
        _ inputs: [FieldInput],
        forced: Bool = false
    ) throws -> (id: Int64, notices: [Text]) {
        let action = try #require(Module.ticket.actions.first { $0.name == name })
        return try store.write(TemporaryStore.request("crm ticket \(name)", forced: forced)) { transaction in
            let id = try transaction.perform(action, of: .ticket, on: id, inputs)
            return (id, transaction.notices)
        }
    }

    private var linkedContacts: [Int64] {
        get throws {
            try store.related(to: ticket, in: .ticket).groups.filter { $0.module.name == .contact }.map(\.count)
        }
    }

    private func value(_ key: String, of id: Int64) throws -> Value? { try store.storedRecord(.ticket, id: id)?[key] }

    @Test("edits, links and tells through the engine, in one change set that is undone whole")
    func onRecord() throws {
        let before = try store.history(limit: 9).count
        let result = try perform(
            "sell",
            on: ticket,
            [
                FieldInput("buyer", .set("name:Ruiz")), FieldInput("price", .set("12.50")),
                FieldInput("seats", .setList(["A1", "A2"])),
            ]
        )
        #expect(result.id == ticket)
        #expect(result.notices.map(\.en) == ["sold to \(contact)"])
        #expect(try value("sold_on", of: ticket) == .text("2026-03-02"))
        #expect(try value("price", of: ticket) == .integer(1250))
        #expect(try linkedContacts == [1])
        #expect(try store.history(limit: 9).count == before + 1)
        _ = try store.undo(nil, TemporaryStore.request())
        #expect(try value("sold_on", of: ticket) == .null)
        #expect(try value("price", of: ticket) == .integer(1000))
        #expect(try linkedContacts == [0])
    }

    @Test("names every missing and malformed input at once, and does nothing")
    func problems() throws {
        let error = crmError {
            _ = try perform("sell", on: ticket, [FieldInput("price", .set("x")), FieldInput("on", .set("y"))])
        }
        #expect(error?.code == .invalid)
        #expect(error?.message.en == "cannot sell ticket \(ticket)")
        #expect(error?.problems.map(\.field) == ["buyer", "price", "on"])
        #expect(error?.problems.map(\.value) == [nil, "x", "y"])
        #expect(try value("sold_on", of: ticket) == .null)
    }

    @Test("takes amounts in the record's currency alone")
    func currency() throws {
        let error = crmError {
            _ = try perform("sell", on: ticket, [FieldInput("buyer", .set("1")), FieldInput("price", .set("1 JPY"))])
        }
        #expect(error?.problems.map(\.field) == ["price"])
    }

    @Test("is refused by the rules of what it writes, unless the user insists")
    func rules() throws {
        let inputs = [FieldInput("buyer", .set("\(contact)")), FieldInput("on", .set("2026-03-03"))]
        #expect(crmError { _ = try perform("sell", on: ticket, inputs) }?.code == .refused)
        #expect(try value("sold_on", of: ticket) == .null)
        _ = try perform("sell", on: ticket, inputs, forced: true)
        #expect(try value("sold_on", of: ticket) == .text("2026-03-03"))
    }

    @Test("finds no record that is not there")
    func missing() {
        #expect(crmError { _ = try perform("sell", on: 99, [FieldInput("buyer", .set("1"))]) }?.code == .notFound)
    }
}
