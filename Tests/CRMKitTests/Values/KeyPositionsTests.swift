import Testing

@testable import CRMKit

@Suite struct KeyPositionsTests {
    @Test func everyKeyOfEveryModuleIsFoundAndNoOther() {
        for module in Registry.standard.modules {
            let keys = module.allFields.map(\.key)
            let positions = KeyPositions(keys)
            for (position, key) in keys.enumerated() { #expect(positions[key] == position) }
            for key in keys.map({ $0 + "_" }) + ["", "ñ"] where !keys.contains(key) { #expect(positions[key] == nil) }
        }
    }

    @Test func theFirstOfTwoIsFound() { #expect(KeyPositions(["a", "b", "a"])["a"] == 0) }
}
