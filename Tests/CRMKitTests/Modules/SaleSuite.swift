import Localization
import Testing

@testable import CRMKit

/// A suite about the actions of a sale, with a client, two contacts, two products and an opportunity.
protocol SaleSuite {
    /// The database of the test.
    var temporary: TemporaryStore { get }
}

extension SaleSuite {
    var store: Store { temporary.store }

    /// Such a database.
    static func prepared() throws -> TemporaryStore {
        let temporary = try TemporaryStore()
        _ = try temporary.store.set(.currency, to: "MXN", TemporaryStore.request())
        try temporary.add(.organization, ["name": "Ribera"])
        for name in ["Ruiz", "Vega"] { try temporary.add(.contact, ["last_name": name, "organization": "1"]) }
        try temporary.add(.product, ["name": "Bomba", "code": "B-1", "price": "1000", "stock": "5", "unit": "pieces"])
        try temporary.add(.product, ["name": "Cable", "code": "C-1", "price": "10"])
        try temporary.add(
            .opportunity,
            [
                "name": "Quirófano", "contact": "1", "amount": "9000", "close_date": "2026-12-31", "stage": "proposal",
                "assigned_to": "eva", "description": "entre nosotros",
            ]
        )
        try temporary.link(.opportunity, contact: 2, record: 1, ["role": "decision_maker"])
        return temporary
    }

    @discardableResult
    func perform(
        _ name: String,
        _ module: ModuleName,
        _ id: Int64 = 1,
        _ inputs: KeyValuePairs<String, String> = [:],
        forced: Bool = false
    ) throws -> (id: Int64, notices: [Text]) {
        let module = Registry.standard[module]
        let action = try #require(module.actions.first { $0.name == name })
        return try store.write(TemporaryStore.request("crm \(module.name.noun) \(name)", forced: forced)) {
            let given = inputs.map { key, text in
                switch key {
                case "lines": FieldInput(key, .addRows(text.split(separator: "|").map(String.init)))
                case "quantities": FieldInput(key, .setList(text.split(separator: " ").map(String.init)))
                default: FieldInput(key, .set(text))
                }
            }
            let id = try $0.perform(action, of: module, on: id, given)
            return (id, $0.notices)
        }
    }

    func refusal(
        _ name: String,
        _ module: ModuleName,
        _ id: Int64 = 1,
        _ inputs: KeyValuePairs<String, String> = [:],
        forced: Bool = false
    ) -> CRMError? {
        crmError { try perform(name, module, id, inputs, forced: forced) }
    }

    func order(_ lines: String, of module: ModuleName = .salesOrder) throws -> Int64 {
        try temporary.write {
            try $0.add(
                Registry.standard[module],
                [
                    FieldInput("subject", .set("x")),
                    FieldInput("lines", .addRows(lines.split(separator: "|").map(String.init))),
                ]
            )
        }
    }

    func value(_ key: String, _ module: ModuleName, _ id: Int64 = 1) throws -> Value {
        try temporary.value(module, id, key)
    }

    /// What the lines of a document hold of some fields, quantities as people write them.
    func lines(_ module: ModuleName, _ id: Int64 = 1, _ keys: String...) throws -> [[String]] {
        try store.rows(of: .line, in: Registry.standard[module], record: id).map { row in
            try keys.map { key in
                let position = try #require(Part.line.position(of: key))
                return Part.line.fields[position].type.text(of: row.values[position], currency: "MXN")
            }
        }
    }

    func links(_ module: ModuleName, _ id: Int64 = 1) throws -> [String] {
        try temporary.write { transaction in
            guard let record = try transaction.record(module, id: id) else { return [] }
            return try transaction.linkedContacts(of: record).map { link in
                "\(link.contact) \(link.attributes.first { $0.field == "role" }?.value.text ?? "-")"
            }
        }
    }

    var stock: String {
        get throws { FieldType.quantity.text(of: try value("stock", .product), currency: nil) }
    }

    func quote(_ lines: String = "product=code:B-1,quantity=3,discount=10%|text=Visita,price=850") throws {
        try perform("quote", .opportunity, 1, ["lines": lines])
    }
}
