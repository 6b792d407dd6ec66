import Localization

@testable import CRMKit

/// A context over a few records in memory that remembers what the user would be told.
final class FakeRuleContext: RuleContext, RuleClock {
    let clock = TemporaryStore.clock
    let today = "2026-03-02"
    let now = "2026-03-02T09:30:00Z"
    let zoneName: String? = "America/Mexico_City"
    let isForced: Bool
    private let records: [Record]
    private(set) var notices: [Text] = []

    init(_ records: [Record] = [], isForced: Bool = false) {
        self.records = records
        self.isForced = isForced
    }

    func record(_ module: ModuleName, id: Int64) -> Record? {
        records.first { $0.module.name == module && $0.id == id }
    }

    func notice(_ text: Text) {
        notices.append(text)
    }
}

extension Record {
    /// A stored record with the given values.
    static func stored(_ module: Module, id: Int64, _ values: [String: Value] = [:]) -> Record {
        var record = Record(module)
        record["id"] = .integer(id)
        for (key, value) in values { record[key] = value }
        return record
    }
}

extension Draft {
    /// The draft with values given by input and completed by its module's rules.
    func giving(_ values: [String: Value], in context: FakeRuleContext = FakeRuleContext()) throws -> Draft {
        var draft = self
        for (key, value) in values { draft.give(key, value) }
        try module.complete(&draft, context)
        return draft
    }
}
