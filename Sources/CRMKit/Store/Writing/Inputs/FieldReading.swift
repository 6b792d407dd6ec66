import Localization

extension Draft {
    /// A text for a field without the unit that people write behind a number.
    fileprivate func number(_ text: String, for field: Field) throws(ValueError) -> String {
        try field.withoutUnit(text, sibling: { module.field($0) }) { self[$0] }
    }
}

extension Field {
    /// Returns the text of a number without a leading `=`, which says that the number, with its sign, is the new value
    /// and not an adjustment. Any other text is returned unchanged.
    func withoutEqualsSign(_ text: String) -> String {
        guard type.isAdjustable, case let number = text.trimmed, number.utf8.first == UInt8(ascii: "=") else {
            return text
        }
        return String(number.dropFirst())
    }
}

/// A field that cannot be taken, and the error of the reference in it where it holds one.
struct FieldProblem {
    let problem: CRMError.Problem
    let cause: CRMError?
}

extension Store {
    /// Reads inputs into a draft. Amounts and quantities come last, since the draft has their currency and units.
    ///
    /// - Returns: every input that could not be taken; the draft keeps those fields as they were.
    func read(_ inputs: [FieldInput], into draft: inout Draft) throws -> [FieldProblem] {
        let context = try valueContext()
        var problems: [FieldProblem] = []
        let module = draft.module
        let isCounted = { (input: FieldInput) in
            module.field(spelled: input.field).map { $0.type == .money || $0.unit != nil } ?? false
        }
        // An end or a repetition may be given relative to the start.
        let isLater = { (input: FieldInput) in
            module.dateOrders.contains { $0.later == input.field }
                || module.field(spelled: input.field)?.isRecurrence ?? false
        }
        let inputs = inputs.filter { !isLater($0) } + inputs.filter(isLater)
        for input in inputs.filter({ !isCounted($0) }) + inputs.filter(isCounted) {
            switch input.change {
            case .addRows, .addRecords, .making: continue
            case .set, .adjustNumber, .setList, .adjustList: break
            }
            guard let field = draft.module.field(spelled: input.field), field.isWritable else {
                problems.append(Self.unwritable(input.field, of: draft.module))
                continue
            }
            do {
                try read(input.change, of: field, into: &draft, context: context)
            } catch {
                let fault = error as? ElementFault
                let error = fault?.cause ?? error
                let cause = CRMError(error, path: path)
                let text = input.change.text ?? fault?.text
                problems.append(
                    FieldProblem(
                        problem: CRMError.Problem(
                            field: field.key,
                            value: text,
                            reason: cause.advised,
                            cause: error
                        ),
                        cause: error is ValueError ? nil : cause
                    )
                )
            }
        }
        return problems
    }

    private static func unwritable(_ key: String, of module: Module) -> FieldProblem {
        let reason =
            module.field(spelled: key) == nil
            ? Text(
                en: "\(module.several.en) have no such field",
                es: "\(module.spanish.theSeveral) no tienen ese campo"
            )
            : Text(en: "is set by the program", es: "lo define el programa")
        return FieldProblem(problem: CRMError.Problem(field: key, value: nil, reason: reason), cause: nil)
    }

    private func read(
        _ change: FieldInput.Change,
        of field: Field,
        into draft: inout Draft,
        context: ValueContext
    ) throws {
        switch change {
        case .set(let text) where field.type == .money:
            try readMoney(field.withoutEqualsSign(text), of: field, into: &draft, context: context)
        case .set(let text):
            try BareFraction.refuse(typed: text, for: field.type)
            let text = draft.dated(try draft.number(field.withoutEqualsSign(text), for: field), for: field, context)
            var context = context
            if field.isRecurrence { context.start = draft.firstDay(by: context.clock) }
            let value = try self.value(of: field, from: text, context: context)
            draft.give(field.key, value)
            draft.skippedTimes[field.key] = Moment(value, of: field)?.timeSkipped(in: text, context)
            let isBare = field.type.form == .moment && !context.isOfFiles && context.isDay(text)
            if isBare { draft.bareDays.insert(field.key) } else { draft.bareDays.remove(field.key) }
        case .adjustNumber(let text) where field.type == .money && draft[field.key].isNull:
            try readMoney(text, of: field, into: &draft, context: context)
        case .adjustNumber(let text):
            try BareFraction.refuse(typed: text, for: field.type)
            let number = try draft.number(text, for: field)
            draft.give(field.key, try adjusted(field, in: draft, by: number, context: context))
        case .setList(let elements):
            try readList(.null, adding: elements, of: field, into: &draft, context: context)
        case .adjustList(let added, let removed):
            try readList(
                draft[field.key],
                adding: added,
                removing: removed,
                of: field,
                into: &draft,
                context: context
            )
        case .addRows, .addRecords, .making: break
        }
    }

    private func readList(
        _ stored: Value,
        adding added: [String],
        removing removed: [String] = [],
        of field: Field,
        into draft: inout Draft,
        context: ValueContext
    ) throws {
        guard case .list(let element) = field.type else { return }
        var list = StoredList(stored, of: element)
        func written(_ text: String) throws(ElementFault) -> String {
            guard element == .occurrence, !text.isEmpty else { return text }
            do throws(ValueError) {
                return try OccurrenceName(parsing: text, in: context).description
            } catch {
                throw ElementFault(text: text, cause: error)
            }
        }
        try list.remove(removed.map(written))
        // `--tag=` is the empty value, as for every field.
        try list.add(added.filter { !$0.isEmpty }.map(written))
        draft.give(field.key, list.stored)
    }

    /// Returns a number after an adjustment. An amount is adjusted in its present currency.
    private func adjusted(
        _ field: Field,
        in draft: Draft,
        by text: String,
        context: ValueContext
    ) throws(ValueError) -> Value {
        let stored = draft[field.key]
        let currency = draft.currency ?? context.currency
        if field.type == .money, let former = draft.original?.currency, former != currency {
            throw ValueError(
                en: "is in \(former): give the whole amount in \(currency)",
                es: "está en \(former): indicar el importe entero en \(currency)"
            )
        }
        return try field.adjusted(stored, by: text, in: context.with(currency: currency))
    }

    private func readMoney(
        _ text: String,
        of field: Field,
        into draft: inout Draft,
        context: ValueContext
    ) throws {
        let currency = draft.currency ?? context.currency
        guard !text.isEmpty else {
            draft.give(field.key, .null)
            return
        }
        let money = try Money(parsing: text, assuming: currency)
        if money.currency.code != currency, draft.isGiven("currency") || holdsMoney(draft, beside: field.key) {
            throw ValueError.amounts(in: currency)
        }
        draft.currency = money.currency.code
        draft.give(field.key, .integer(money.minorUnits))
    }

    private func holdsMoney(_ draft: Draft, beside key: String) -> Bool {
        draft.module.fields.contains { field in
            let isNothing = field.traits.contains(.derived) && draft[field.key] == .integer(0)
            return field.type == .money && field.key != key && !draft[field.key].isNull && !isNothing
        }
    }

    /// Reads one value, references included.
    func value(of field: Field, from text: String, context: ValueContext) throws -> Value {
        if text.isEmpty { return .null }
        switch field.type {
        case .reference(let target):
            return .integer(try id(of: text, in: registry[target]))
        case .anyReference:
            let colon = text.firstIndex(of: ":") ?? text.endIndex
            let word = String(text[..<colon])
            guard colon < text.endIndex, let module = registry.find(ModuleName(rawValue: word)) else {
                let error = ValueError(
                    en: "write a module and a reference, such as case:3",
                    es: "escribir un módulo y una referencia, como case:3"
                )
                guard let meant = Text(thatIs: registry.nouns(meantBy: word)) else { throw error }
                throw error.followed(en: "\(word): \(meant.en)", es: "\(word): \(meant.es)")
            }
            let id = try resolve(String(text[text.index(after: colon)...]), in: module)
            return field.type.reference(to: id, in: module.name)
        // As the cells of a table are read, so that an export comes back equal.
        case .code:
            return try field.read(CodeType.typed(text), in: context)
        default:
            return try field.read(text, in: context)
        }
    }
}

extension Draft {
    /// The day on which the record begins, by the user's clock; `nil` if it is not known.
    fileprivate func firstDay(by clock: Clock) -> CivilDate? {
        let start = module.dateOrders.lazy.compactMap { self[$0.earlier].text }.first
        return start.flatMap { try? CivilDate(parsing: clock.day(ofStored: $0), today: clock.date) }
    }

    /// Returns a text for a later moment with the day of the earlier one. A time of day alone is on the same day: an
    /// event that begins on Friday at 10:00 and ends at `11:00` ends on Friday. A distance with `+` counts from the
    /// earlier moment: `+2h` is two hours after the start, whenever it is written. Any other text is returned
    /// unchanged.
    fileprivate func dated(_ text: String, for field: Field, _ context: ValueContext) -> String {
        guard field.type.form == .moment, let order = module.dateOrders.first(where: { $0.later == field.key }),
            let start = self[order.earlier].text
        else { return text }
        let written = text.trimmed
        if WrittenTime.isClock(written) { return "\(context.clock.day(ofStored: start)) \(written)" }
        return Moment(stored: start)?.later(by: written, context.clock)?.description ?? text
    }
}

extension Moment {
    /// Returns the moment a written distance later, `+2h` or `+3d`, which with days is at the same time of day; `nil` for
    /// any other text.
    fileprivate func later(by text: String, _ clock: Clock) -> Moment? {
        guard text.hasPrefix("+"), (try? Self.refuseAmbiguous(text)) != nil else { return nil }
        let clock = Clock(zone: clock.zone, at: self, zones: clock.zones, zoneName: clock.zoneName)
        guard let day = try? CivilDate.relative(text, today: clock.date) else {
            return try? Moment(parsing: text, clock: clock)
        }
        let local = secondsSinceEpoch + clock.zone.offset(at: secondsSinceEpoch)
        return Moment(day, secondOfDay: local.secondOfDay, in: clock.zone)
    }
}

extension Moment {
    /// The moment in a field that has one.
    fileprivate init?(_ value: Value, of field: Field) {
        guard field.type.form == .moment, let text = value.text, let moment = Moment(stored: text) else { return nil }
        self = moment
    }

    /// Returns the time of day in a text from which the moment was read, in seconds after midnight, if the user's clocks
    /// skip it on that day, so that the moment is later; `nil` if they show it, or the text has none by these clocks.
    func timeSkipped(in text: String, _ context: ValueContext) -> Int64? {
        let clock = context.clock
        let universal = Clock(zone: .utc, at: clock.moment, zones: clock.zones, zoneName: nil)
        guard let given = try? Moment(parsing: text, clock: universal, order: context.dateOrder), given != self else {
            return nil
        }
        let time = given.secondsSinceEpoch.secondOfDay
        let shown = (secondsSinceEpoch + clock.zone.offset(at: secondsSinceEpoch)).secondOfDay
        return time == shown ? nil : time
    }
}
