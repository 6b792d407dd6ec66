import Localization

extension PartDraft {
    /// Reads the fields of a row from a single text: `email:ana@casa.example`, or
    /// `kind=email,value=ana@casa.example,label=home`.
    ///
    /// - Throws: ``ValueError`` for a text in neither form.
    static func inputs(_ text: String, of part: Part) throws(ValueError) -> [FieldInput] {
        try PartText(part).parse(text).map { FieldInput($0.field.key, .set($0.text)) }
    }
}

extension Part {
    /// Reads the fields of a row from a single text, as an option gives it: `email:ana@casa.example`, or
    /// `kind=email,value=ana@casa.example,label=home`.
    ///
    /// - Throws: ``CRMError`` `invalid`, naming the part, for a text in neither form.
    public func inputs(_ text: String) throws(CRMError) -> [FieldInput] {
        do throws(ValueError) {
            return try PartDraft.inputs(text, of: self)
        } catch {
            throw CRMError(
                .invalid,
                Text(
                    en: "cannot read \(label.en.lowercased())",
                    es: "no se puede leer: \(label.es.lowercased())"
                ),
                problems: [CRMError.Problem(field: name, value: text, reason: error.reason)]
            )
        }
    }
}

extension Part {
    /// One text that tells a row, as ``inputs(_:)`` reads it.
    public func text(of pairs: [(key: String, text: String)]) -> String { PartText.text(pairs) }

    /// Returns the field that an input changes, and the change, a list being joined to one text.
    ///
    /// - Returns: `nil` for a field that the part does not have or that cannot be given, and for other kinds of
    ///   changes.
    fileprivate func field(
        of input: FieldInput,
        beside inputs: [FieldInput]
    ) -> (field: Field, change: FieldInput.Change)? {
        let change: FieldInput.Change
        switch input.change {
        case .set, .adjustNumber: change = input.change
        case .setList(let elements):
            let text = elements.filter { !$0.isEmpty }.joined(separator: ",")
            let isEmptied = text.isEmpty && field(input.field)?.traits.contains(.overriding) == true
            change = .set(isEmptied ? StoredList.emptyText : text)
        case .adjustList, .addRows, .addRecords, .making: return nil
        }
        let named = field(called: input.field, given: change.text ?? "") { key in inputs.contains { $0.field == key } }
        return named.map { ($0, change) }
    }

    /// Returns the text of an amount that an input gives; `nil` for any other input.
    fileprivate func amount(in input: FieldInput, beside inputs: [FieldInput]) -> String? {
        guard let (field, change) = field(of: input, beside: inputs), field.type == .money else { return nil }
        return change.text.map { field.withoutEqualsSign($0) }
    }
}

extension Store {
    /// Reads inputs into a row of a part. Fields whose type or unit depends on another field are read last.
    ///
    /// - Parameter owner: the record of the row.
    /// - Returns: a problem for every input that could not be read, of which the draft keeps the earlier values, and the
    ///   currency in which amounts were read.
    func read(
        _ inputs: [FieldInput],
        into draft: inout PartDraft,
        of owner: Record
    ) throws -> (problems: [FieldProblem], currency: String) {
        let settings = try valueContext()
        let part = draft.part
        let amounts = owner.takesCurrency ? inputs.compactMap { part.amount(in: $0, beside: inputs) } : []
        let currency = try currency(ofRowsOf: owner, giving: amounts, in: settings)
        let context = settings.with(currency: currency)
        var problems: [FieldProblem] = []
        let isDecided = { (input: FieldInput) in
            part.field(input.field).map { $0.variants != nil || $0.unit != nil }
                ?? false
        }
        for input in inputs.filter({ !isDecided($0) }) + inputs.filter(isDecided) {
            guard let (field, change) = part.field(of: input, beside: inputs) else {
                let reason = Text(
                    en: "\(part.plural.en.lowercased()) have no such field",
                    es: "no existe ese campo en \(part.plural.es.lowercased())"
                )
                problems.append(
                    FieldProblem(
                        problem: CRMError.Problem(field: input.field, value: nil, reason: reason),
                        cause: nil
                    )
                )
                continue
            }
            try take(change, of: field, into: &draft, context: context, problems: &problems)
            // A discount of nothing leaves none, be it in money or in percent.
            guard [.null, .integer(0)].contains(draft[field.key]) else { continue }
            for key in part.alternatives(to: field, meantBy: input.field) {
                let isGiven = inputs.contains { part.field(of: $0, beside: inputs)?.field.key == key }
                if !isGiven { draft.give(key, .null) }
            }
        }
        // A value that is kept may be invalid for the new kind of the row.
        for index in part.fields.indices where part.fields[index].variants != nil {
            let field = part.fields[index]
            guard !inputs.contains(where: { $0.field == field.key }),
                inputs.contains(where: { $0.field == field.variants?.key }), let text = draft[field.key].text
            else {
                continue
            }
            try take(.set(text), of: field, into: &draft, context: context, problems: &problems)
        }
        return (problems, currency)
    }

    private func take(
        _ change: FieldInput.Change,
        of field: Field,
        into draft: inout PartDraft,
        context: ValueContext,
        problems: inout [FieldProblem]
    ) throws {
        do {
            try BareFraction.refuse(typed: change.text ?? "", for: field.type)
            let given = field.withoutEqualsSign(change.text ?? "")
            let text = try field.withoutUnit(given, sibling: { draft.part.field($0) }) { draft[$0] }
            let value =
                if case .adjustNumber = change {
                    try field.adjusted(draft[field.key], by: text, in: context)
                } else {
                    try value(of: field, in: draft, from: text, context: context)
                }
            draft.give(field.key, value)
        } catch {
            let advised = draft.part.advised(error, of: field, given: change.text ?? "")
            let cause = CRMError(advised, path: path)
            problems.append(
                FieldProblem(
                    problem: CRMError.Problem(
                        field: field.key,
                        value: change.text,
                        reason: cause.advised,
                        cause: advised
                    ),
                    cause: error is ValueError ? nil : cause
                )
            )
        }
    }

    /// Reads the value of a field of a row. The field's type may depend on other values of the row.
    func value(of field: Field, in draft: PartDraft, from text: String, context: ValueContext) throws -> Value {
        guard field.variants != nil else {
            let value = try value(of: field, from: text, context: context)
            return value.isNull && field.type == .boolean ? field.defaultValue : value
        }
        return try field.type(among: { draft[$0] }).parse(text, in: context)
    }
}
