import SQLite
import Testing

@testable import CRMKit

@Suite("A field that the file adds, when a later version of the program has one of its key")
struct TakeoverTests {
    let crm: TemporaryStore

    /// A choice field `region` on contacts, with a value, and a change of it in the history.
    init() throws {
        crm = try TemporaryStore()
        var request = FieldRequest()
        request.type = "choice"
        request.values = ["norte", "sur"]
        try crm.write { [request] in _ = try $0.addField("region", to: DefinedRows(.contact), request) }
        let contact = crm.store.registry[.contact]
        for region in ["norte", "sur"] {
            try crm.write {
                _ = try $0.add(
                    contact,
                    [FieldInput("last_name", .set("Ruiz")), FieldInput("region", .set(region))]
                )
            }
        }
        try crm.write { _ = try $0.edit(contact, id: 1, [FieldInput("region", .set("sur"))]) }
        try crm.write { _ = try $0.delete(contact, id: 2, reach: .alone) }
        let header = try FileHeader(reading: crm.store.database)
        try FileHeader.write(version: 1, definitions: header.definitions, to: crm.store.database)
    }

    /// Opens the file by a version whose contacts have one more field.
    private func open(_ field: Field) throws -> Store { try open(Registry.standard[.contact].adding([field])) }

    /// Opens the file by a version with other contacts.
    private func open(_ contact: Module) throws -> Store {
        let later = Registry(
            center: .contact,
            Registry.standard.names.map { name in (name, { name == .contact ? contact : Registry.standard[name] }) }
        )
        return try Store.open(
            path: crm.store.path,
            purpose: .writing(creating: false),
            timeout: 1000,
            modules: FileRegistry(later),
            steps: MigrationStep.exchange,
            clock: TemporaryStore.clock
        )
    }

    private func notes(_ store: Store) -> [String] {
        if case .upgraded(_, let notes) = store.opening { notes.map(\.en) } else { [] }
    }

    @Test("becomes the program's where it is of the same type, with its values and its own choices")
    func same() throws {
        let store = try open(
            .choice("region", en: "Region", es: "Región", [Choice("centro", en: "Centre", es: "Centro")])
        )
        #expect(notes(store) == ["contact.region comes with the program now, and keeps its values"])
        let contact = store.registry[.contact]
        #expect(contact.field("region")?.traits.contains(.custom) == false)
        #expect(contact.field("region")?.type.choices.map(\.key) == ["centro", "norte", "sur"])
        #expect(try store.storedRecord(contact, id: 1)?["region"] == .text("sur"))
        #expect(store.definitions.fields.isEmpty)
        #expect(try store.check() == [])
        _ = try store.undo(4, TemporaryStore.request())
        #expect(try store.storedRecord(contact, id: 1)?["region"] == .text("norte"))
    }

    @Test("takes another key where it is of another type, with its values and its history")
    func other() throws {
        let store = try open(.text("region", en: "Region", es: "Región"))
        #expect(notes(store).count == 1)
        #expect(notes(store).first?.contains("region_custom") == true)
        let contact = store.registry[.contact]
        #expect(contact.field("region")?.type == .text)
        #expect(contact.field("region_custom")?.type.choices.map(\.key) == ["norte", "sur"])
        let record = try #require(try store.storedRecord(contact, id: 1))
        #expect(record["region_custom"] == .text("sur"))
        #expect(record["region"] == .null)
        #expect(try store.check() == [])
        _ = try store.undo(4, TemporaryStore.request())
        #expect(try store.storedRecord(contact, id: 1)?["region_custom"] == .text("norte"))
        _ = try store.undo(5, TemporaryStore.request())
        #expect(try store.storedRecord(contact, id: 2)?["region_custom"] == .text("sur"))
    }

    @Test("takes another key where the version has rows that are called so", arguments: ["region", "area"])
    func rows(name: String) throws {
        let part = Part.Declaration(
            name: name,
            en: "Region",
            es: "Región",
            plural: (key: name == "region" ? "regions" : "region", en: "Regions", es: "Regiones"),
            gender: .feminine,
            fields: [.text("title", en: "Title", es: "Título", .required)]
        ).part
        let store = try open(
            Registry.standard[.contact].replacing(link: nil) { $0.name == "bounce" ? part : nil }
        )
        #expect(
            notes(store) == [
                "the program has rows that are called region now: contact.region is called region_custom"
            ]
        )
        #expect(store.definitions.fields.map(\.key) == ["region_custom"])
        #expect(try store.storedRecord(store.registry[.contact], id: 1)?["region_custom"] == .text("sur"))
    }
}
