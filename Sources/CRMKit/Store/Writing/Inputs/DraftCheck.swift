import Localization

/// The checks of a record that its definition requires before it is stored.
struct DraftCheck {
    let draft: Draft
    /// The clock for the present day and for times in messages.
    let clock: Clock
    /// Whether the record is an exact copy from elsewhere, in which retired choices are accepted.
    private let isCopy: Bool

    init(_ draft: Draft, clock: Clock, isCopy: Bool = false) {
        self.draft = draft
        self.clock = clock
        self.isCopy = isCopy
    }

    /// Every field that is missing or out of order.
    var problems: [FieldProblem] { missing + faults }

    /// Every field with a value that cannot stay.
    var faults: [FieldProblem] {
        var problems = retired
        problems.addAny(unbounded)
        problems.addAny(unwieldy)
        problems.addAny(disorder)
        problems.addAny(recounted)
        problems.addAny(malformed)
        return problems
    }

    private var missing: [FieldProblem] {
        draft.module.requiredPositions.filter { draft.record.values[$0].isNull && !willBeNumbered($0) }.map {
            position in
            problem(
                draft.module.fields[position].key,
                value: nil,
                .isRequired
            )
        }
    }

    /// Whether a field of a new record is given a number when it is stored.
    private func willBeNumbered(_ position: Int) -> Bool {
        draft.original == nil && !isCopy && draft.module.fields[position].pattern != nil
    }

    /// Fields that the input newly sets to a retired choice.
    private var retired: [FieldProblem] {
        if isCopy { return [] }
        return draft.module.choicePositions.compactMap { position in
            let field = draft.module.fields[position]
            guard draft.isGiven(position), draft[position] != draft.original?.values[position],
                let key = draft[position].text, field.type.choices.contains(where: { $0.key == key && $0.isRetired })
            else { return nil }
            let offered = ChoiceText.offered(field.type.choices)
            return problem(
                field.key,
                value: key,
                Text(
                    en: "is retired, and stays only where it is" + (offered.map { ": write one of \($0.en)" } ?? ""),
                    es: "está retirada y solo se conserva donde ya está"
                        + (offered.map { ": escribir una de \($0.es)" } ?? "")
                )
            )
        }
    }

    /// New values that are out of the bounds of their field. Values that were stored before are accepted.
    private var unbounded: [FieldProblem] {
        if isCopy { return [] }
        return draft.module.boundedPositions.compactMap { position in
            guard !draft[position].isNull, draft[position] != draft.original?.values[position],
                let fault = draft.module.fields[position].fault(of: draft[position], today: clock.today)
            else { return nil }
            let field = draft.module.fields[position]
            return problem(
                field.key,
                value: field.type.text(of: draft[position], currency: draft.currency),
                fault.reason
            )
        }
    }

    /// The balances of a new record that are below zero, which a user who insists can have.
    var deficits: [CRMError.Problem] {
        draft.module.fields.filter { field in
            field.traits.contains(.balance) && draft.isGiven(field.key) && (draft[field.key].integer ?? 0) < 0
        }.map { Self.isBelowZero($0, draft[$0.key]) }
    }

    /// Returns the problem of a balance below zero.
    static func isBelowZero(_ field: Field, _ value: Value) -> CRMError.Problem {
        CRMError.Problem(
            field: field.key,
            value: field.type.text(of: value, currency: nil),
            reason: Text(en: "is below zero", es: "está bajo cero")
        )
    }

    /// New long texts that together exceed what a row of a table can hold.
    private var unwieldy: [FieldProblem] {
        let positions = draft.module.longTextPositions
        if isCopy || positions.count < 2 { return [] }
        var size = 0
        for position in positions { if case .text(let text) = draft[position] { size += text.utf8.count } }
        guard size > PlainText.togetherLimit,
            let new = positions.last(where: { !draft[$0].isNull && draft[$0] != draft.original?.values[$0] })
        else { return [] }
        let (field, most) = (draft.module.fields[new], PlainText.togetherLimit)
        return [
            problem(
                field.key,
                value: draft[new].text,
                Text(
                    en: "the long texts of a record are too much together: at most \(most) bytes fit",
                    es: "los textos largos de un registro son demasiado en conjunto: caben \(most) bytes"
                )
            )
        ]
    }

    /// Dates and moments are stored so that their text order is their order in time.
    private var disorder: [FieldProblem] {
        draft.module.dateOrderPositions.compactMap { order in
            guard case .text(let earlier) = draft[order.earlier], case .text(let later) = draft[order.later],
                later < earlier
            else { return nil }
            let (former, field) = (draft.module.fields[order.earlier], draft.module.fields[order.later])
            let time = shown(earlier, by: former)
            return problem(
                field.key,
                value: shown(later, by: field),
                Text(
                    en: "is before \(former.key) \(time)",
                    es: "es anterior a \(former.label.es), \(time)"
                )
            )
        }
    }

    /// A date, or a moment as the user's clocks show it.
    private func shown(_ time: String, by field: Field) -> String {
        field.dayZone { draft[$0] }.map { clock.day(ofStored: time, in: $0) } ?? clock.shortTime(ofStored: time)
    }

    /// New filters that cannot be read.
    private var malformed: [FieldProblem] {
        draft.module.filterPositions.compactMap { position -> FieldProblem? in
            guard let filter = draft[position].text, draft[position] != draft.original?.values[position] else {
                return nil
            }
            do throws(CRMError) {
                _ = try FilterParser.parse(filter)
                return nil
            } catch {
                return problem(draft.module.fields[position].key, value: filter, error.message)
            }
        }
    }

    /// Amounts that would silently be multiplied, the currency counting in other minor units than the former.
    private var recounted: [FieldProblem] {
        guard let (former, present) = draft.recounting else { return [] }
        return draft.module.fields.filter {
            $0.type == .money && !draft[$0.key].isNull && !draft.isGiven($0.key) && !$0.traits.contains(.derived)
        }.map { field in
            problem(
                field.key,
                value: nil,
                Text(
                    en: "is in \(former.code): give the amount in \(present.code) too",
                    es: "está en \(former.code): indicar también el importe en \(present.code)"
                )
            )
        }
    }

    private func problem(_ field: String, value: String?, _ reason: Text) -> FieldProblem {
        FieldProblem(problem: CRMError.Problem(field: field, value: value, reason: reason), cause: nil)
    }
}

extension [FieldProblem] {
    /// Adds problems if there are any: adding none costs as much as adding one, and most records have none.
    mutating func addAny(_ more: [FieldProblem]) { if !more.isEmpty { self += more } }
}

extension Draft {
    /// The former currency and the present one, where that counts in other minor units.
    var recounting: (former: Currency, present: Currency)? {
        // Most records keep theirs, and it is looked up in a table.
        guard let code = original?.currency, code != currency, let former = Currency(code),
            let present = currency.flatMap(Currency.init), former.exponent != present.exponent
        else { return nil }
        return (former, present)
    }
}
