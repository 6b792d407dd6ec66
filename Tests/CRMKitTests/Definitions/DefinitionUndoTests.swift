import Testing

@testable import CRMKit

/// What undo and redo do beside changed definitions: whatever they leave, no record lacks what a definition demands.
@Suite("An undo beside changed definitions")
struct DefinitionUndoTests {
    let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
    }

    private var contact: Module { crm.store.registry[.contact] }

    private func request(_ change: (inout FieldRequest) -> Void) -> FieldRequest {
        var request = FieldRequest()
        change(&request)
        return request
    }

    private func addField(_ change: (inout FieldRequest) -> Void = { _ in }) throws {
        try crm.write { _ = try $0.addField("k", to: DefinedRows(.contact), request(change)) }
    }

    private func editField(_ change: (inout FieldRequest) -> Void) throws {
        _ = try crm.write { try $0.editField("k", of: DefinedRows(.contact), request(change)) }
    }

    private func require() throws { try editField { $0.isRequired = true } }

    private func add(_ name: String, k: String? = nil) throws {
        let inputs = [FieldInput("last_name", .set(name))] + (k.map { [FieldInput("k", .set($0))] } ?? [])
        _ = try crm.write { try $0.add(contact, inputs) }
    }

    private func edit(_ id: Int64, k: String) throws {
        _ = try crm.write { try $0.edit(contact, id: id, [FieldInput("k", .set(k))]) }
    }

    private func value(_ id: Int64) throws -> Value? { try crm.store.storedRecord(contact, id: id)?["k"] }

    /// - Returns: the lines that tell why it is refused; `nil` where it is not.
    private func refusal(ofUndoing id: Int64? = nil) throws -> [String]? {
        let before = try crm.contents()
        guard let error = crmError({ try crm.undo(id) }) else { return nil }
        #expect(error.code == .conflict)
        #expect(try crm.contents() == before)
        return error.details.map(\.en)
    }

    private func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try crm.store.check() == [], sourceLocation: sourceLocation)
    }

    // MARK: - Required

    @Test("of a purge brings the field back without the values, and required only where a default gives one")
    func purge() throws {
        for standard in [nil, "x"] {
            try addField { $0.defaultText = standard }
            try edit(1, k: "v")
            try require()
            try crm.write { try $0.purgeField("k", of: DefinedRows(.contact)) }
            try crm.undo()
            #expect(contact.field("k")?.isRequired == (standard != nil))
            #expect(try value(1) == standard.map(Value.text) ?? .null)
            try expectSound()
            try crm.write { try $0.purgeField("k", of: DefinedRows(.contact)) }
        }
    }

    @Test("of an undo gives a field that is required again its default, in records that came meanwhile too")
    func redoOfAddition() throws {
        try addField {
            $0.isRequired = true
            $0.defaultText = "x"
        }
        let undo = try crm.undo().changeSet.id
        try add("Paz")
        try crm.undo(undo)
        #expect(try value(2) == .text("x"))
        try expectSound()
    }

    @Test("of an undo is refused where a record that came meanwhile lacks what would be required again")
    func redoOfRequirement() throws {
        try addField()
        try edit(1, k: "v")
        try require()
        let undo = try crm.undo().changeSet.id
        try add("Paz")
        #expect(try refusal(ofUndoing: undo) == ["contact 2 would be without k, which is required"])
        try edit(2, k: "w")
        try crm.undo(undo)
        #expect(contact.field("k")?.isRequired == true)
        try expectSound()
    }

    @Test("of an undo fills what lacks a value where a default says with what")
    func redoWithDefault() throws {
        try addField()
        try editField {
            $0.isRequired = true
            $0.defaultText = "x"
        }
        #expect(try value(1) == .text("x"))
        let undo = try crm.undo().changeSet.id
        #expect(try value(1) == .null)
        try add("Paz")
        let redo = try crm.undo(undo).changeSet.id
        #expect(try [value(1), value(2)] == [.text("x"), .text("x")])
        try expectSound()
        try crm.undo(redo)
        #expect(try [value(1), value(2)] == [.null, .null])
        try expectSound()
    }

    @Test("of a deletion is refused where the record lacks what is required meanwhile")
    func deletion() throws {
        try add("Paz")
        try crm.delete(.contact, 2)
        let deletion = try crm.newest.id
        try addField()
        try edit(1, k: "v")
        try require()
        #expect(try refusal(ofUndoing: deletion) == ["contact 2 would be without k, which is required"])
        try editField { $0.isRequired = false }
        try crm.undo(deletion)
        try expectSound()
    }

    @Test("of a deletion fills what is required meanwhile where a default says with what")
    func deletionWithDefault() throws {
        try addField()
        try add("Paz")
        try crm.write { try $0.delete(contact, id: 2, reach: .alone) }
        let deletion = try crm.newest.id
        try editField {
            $0.isRequired = true
            $0.defaultText = "x"
        }
        try crm.undo(deletion)
        #expect(try value(2) == .text("x"))
        try expectSound()
    }

    @Test("of an edit is refused where it would take away what is required meanwhile")
    func edition() throws {
        try addField()
        try edit(1, k: "v")
        let edition = try crm.newest.id
        try require()
        #expect(try refusal(ofUndoing: edition) == ["contact 1 would be without k, which is required"])
    }

    // MARK: - Values of fields that are gone

    @Test("of a deletion is refused while a field is gone of which the record has a value, and brings it back with it")
    func valueOfAFieldThatIsGone() throws {
        try addField()
        let addition = try crm.newest.id
        try add("Paz", k: "v")
        try crm.write { try $0.delete(contact, id: 2, reach: .alone) }
        let deletion = try crm.newest.id
        let undo = try crm.undo(addition).changeSet.id
        #expect(
            try refusal(ofUndoing: deletion)
                == ["contact 2 had \"v\" in k, a field that change set \(undo) removed"]
        )
        try crm.undo(undo)
        try crm.undo(deletion)
        #expect(try value(2) == .text("v"))
        try expectSound()
    }

    @Test("of a deletion brings a record back without the default of a field that has come and gone meanwhile")
    func defaultOfAFieldThatIsGone() throws {
        try add("Paz")
        try crm.write { try $0.delete(contact, id: 2, reach: .alone) }
        let deletion = try crm.newest.id
        try addField {
            $0.isRequired = true
            $0.defaultText = "x"
        }
        let removal = try crm.undo().changeSet.id
        let undo = try crm.undo(deletion).changeSet.id
        #expect(contact.field("k") == nil)
        try expectSound()
        // Nor is it taken for that of a later field of the name.
        try crm.undo(undo)
        try addField {
            $0.type = "integer"
            $0.defaultText = "7"
        }
        let back = try crm.undo(deletion).changeSet.id
        #expect(try value(2) == .integer(7))
        try expectSound()
        try crm.undo(back)
        try crm.undo()
        try crm.undo(removal)
        try crm.undo(deletion)
        #expect(try value(2) == .text("x"))
        try expectSound()
    }

    @Test("of an undo of an edit is refused while the field is gone that it sets")
    func editOfAFieldThatIsGone() throws {
        try addField()
        let addition = try crm.newest.id
        try edit(1, k: "v")
        let undo = try crm.undo().changeSet.id
        try crm.undo(addition)
        #expect(try refusal(ofUndoing: undo)?.count == 1)
        try expectSound()
    }

    @Test("is refused where a field of the same key holds something else meanwhile")
    func otherType() throws {
        try addField()
        let addition = try crm.newest.id
        try add("Paz", k: "v")
        try crm.write { try $0.delete(contact, id: 2, reach: .alone) }
        let deletion = try crm.newest.id
        try crm.undo(addition)
        for type in ["integer", "date", "code"] {
            try addField { $0.type = type }
            #expect(try refusal(ofUndoing: deletion)?.count == 1)
            try crm.undo()
        }
        try addField()
        try crm.undo(deletion)
        #expect(try value(2) == .text("v"))
        try expectSound()
    }

    @Test("of a purge names the field that has the key meanwhile")
    func purgeOfAKeyUsedAgain() throws {
        try addField()
        try crm.write { try $0.purgeField("k", of: DefinedRows(.contact)) }
        let purge = try crm.newest.id
        try addField { $0.type = "integer" }
        #expect(
            try refusal(ofUndoing: purge) == ["contact.k was added again by change set \(purge + 1)"]
        )
    }

    // MARK: - Choices

    @Test("brings no choice back that is gone", arguments: [false, true])
    func goneChoice(isDeleted: Bool) throws {
        let category = try ChoiceField(name: "case.category")
        try crm.write { _ = try $0.addChoice("garantia", to: category, ChoiceRequest()) }
        let addition = try crm.newest.id
        let module = crm.store.registry[.case]
        try crm.write {
            _ = try $0.add(module, [FieldInput("title", .set("T")), FieldInput("category", .set("garantia"))])
        }
        try crm.write {
            if isDeleted {
                try $0.delete(module, id: 1, reach: .alone)
            } else {
                _ = try $0.edit(module, id: 1, [FieldInput("category", .set("other_problem"))])
            }
        }
        let change = try crm.newest.id
        let undo = try crm.undo(addition).changeSet.id
        #expect(try refusal(ofUndoing: change) == ["case 1 would have a category that is none of its choices"])
        try expectSound()
        try crm.undo(undo)
        try crm.undo(change)
        try expectSound()
    }

    @Test("takes no choice away that a record had in its course")
    func choiceOfAPeriod() throws {
        let status = try ChoiceField(name: "case.status")
        try crm.write { _ = try $0.addChoice("parked", to: status, ChoiceRequest()) }
        let addition = try crm.newest.id
        let module = crm.store.registry[.case]
        try crm.write {
            _ = try $0.add(module, [FieldInput("title", .set("T")), FieldInput("status", .set("parked"))])
        }
        _ = try crm.write { try $0.edit(module, id: 1, [FieldInput("status", .set("open"))]) }
        #expect(crmError { try crm.undo(addition) }?.code == .conflict)
        try expectSound()
    }

    @Test("makes no retired choice the default")
    func retiredDefault() throws {
        try addField {
            $0.type = "choice"
            $0.values = ["a", "b"]
        }
        var retired = ChoiceRequest()
        retired.isRetired = true
        let field = try ChoiceField(name: "contact.k")
        _ = try crm.write { try $0.editChoice("a", of: field, retired) }
        let undo = try crm.undo().changeSet.id
        try editField { $0.defaultText = "a" }
        #expect(try refusal(ofUndoing: undo)?.count == 1)
        #expect(contact.field("k")?.type.offeredChoices.map(\.key) == ["a", "b"])
    }
}
