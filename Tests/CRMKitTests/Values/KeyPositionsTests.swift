import Testing

@testable import CRMKit

@Suite struct KeyPositionsTests {
    @Test("every key of every module is found and no other") func everyKeyOfEveryModuleIsFoundAndNoOther() {
        for module in Registry.standard.modules {
            let keys = module.allFields.map(\.key)
            let positions = KeyPositions(keys)
            for (position, key) in keys.enumerated() { #expect(positions[key] == position) }
            for key in keys.map({ $0 + "_" }) + ["", "ñ"] where !keys.contains(key) { #expect(positions[key] == nil) }
        }
    }

    @Test("the first of two is found") func theFirstOfTwoIsFound() { #expect(KeyPositions(["a", "b", "a"])["a"] == 0) }

    @Test("a key that the program misspells ends it") func aKeyThatTheProgramMisspellsEndsIt() async {
        await #expect(processExitsWith: .failure) { _ = Record(.contact)["frist_name"] }
        await #expect(processExitsWith: .failure) {
            var draft = Draft(new: .contact)
            draft.give("first-name", .text("Ana"))
        }
        await #expect(processExitsWith: .failure) { _ = PartDraft(new: .line)["prize"] }
        await #expect(processExitsWith: .failure) { _ = Module.contact.part(required: "pointer") }
    }

    @Test("people spell a key in their way") func peopleSpellAKeyInTheirWay() {
        #expect(Module.contact.field("first-name") == nil)
        #expect(Module.contact.field(spelled: "first-name")?.key == "first_name")
        #expect(Module.quote.field("name") == nil)
        #expect(Module.quote.position(spelled: "name") == Module.quote.displayPosition)
        #expect(Module.contact.field(spelled: "frist-name") == nil)
    }
}
