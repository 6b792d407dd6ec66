import Localization

/// What every definition demands of a record before it is stored.
struct DraftCheck {
    let draft: Draft

    init(_ draft: Draft) { self.draft = draft }

    /// Every field that is missing or out of order.
    var problems: [FieldProblem] { missing + disorder }

    private var missing: [FieldProblem] {
        zip(draft.module.fields, draft.record.values).filter { $0.0.isRequired && $0.1.isNull }.map { field, _ in
            problem(field.key, value: nil, Text(en: "is required", es: "es obligatorio"))
        }
    }

    /// Dates and moments are stored so that their text order is their order in time.
    var disorder: [FieldProblem] {
        draft.module.dateOrders.compactMap { order in
            guard case .text(let earlier) = draft[order.earlier], case .text(let later) = draft[order.later],
                later < earlier
            else { return nil }
            return problem(
                order.later,
                value: later,
                Text(en: "is before \(order.earlier) \(earlier)", es: "es anterior a \(order.earlier) \(earlier)")
            )
        }
    }

    private func problem(_ field: String, value: String?, _ reason: Text) -> FieldProblem {
        FieldProblem(problem: CRMError.Problem(field: field, value: value, reason: reason), cause: nil)
    }
}

extension Draft {
    /// Fills the read-only `name` of a module whose display name is made of several fields.
    mutating func composeDisplayName() {
        guard case .composed(let keys, let separator, let words) = module.display else { return }
        var name = keys.compactMap { self[$0].text }.joined(separator: separator)
        if let words {
            let all = name.split(whereSeparator: \.isWhitespace)
            name = all.prefix(words).joined(separator: " ") + (all.count > words ? "…" : "")
        }
        // A street of several lines is called by one.
        self["name"] = name.isEmpty ? .null : .text(String(name.map { $0.isNewline ? " " : $0 }))
    }
}
