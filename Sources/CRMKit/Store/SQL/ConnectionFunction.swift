import SQLite

/// A function of the program's own that queries call. No schema uses one, so that other tools can read and write the
/// file.
enum ConnectionFunction: Sendable {
    /// Folds a text as ``Fold`` does.
    case fold
    /// The comparable form of a text, given the country of telephone numbers.
    case comparableForm(FieldType.Matching)
    /// The normal form in which a code is stored.
    case normalForm
    /// The normal form in which the ids of messages are stored, without angle brackets.
    case messageIDs
    /// The day of a moment in a time zone.
    case localDay(TimeZoneSetting)
    /// The start, by the user's clock, of the day that a moment stands for in a time zone; the moment itself without a
    /// zone.
    case wholeDay(Clock)
    /// The last occurrence of a series up to a moment, or the first one after it.
    case occurrence(isNext: Bool, Clock)
    /// A number multiplied by another and divided by a third, rounded half away from zero.
    case scale
    /// An amount of a currency on a day, converted to another currency, in minor units.
    case convert(RateTable)
    /// The display name of a record whose name is composed of several fields, given the values of these fields.
    case composedName(Module)

    /// The function's name in SQL.
    var name: String {
        switch self {
        case .fold: "crm_fold"
        case .comparableForm(.folded): "crm_match_text"
        case .comparableForm(.email): "crm_match_email"
        case .comparableForm(.phone): "crm_match_phone"
        case .comparableForm(.url): "crm_match_url"
        case .comparableForm(.taxID): "crm_match_tax_id"
        case .normalForm: "crm_normal_form"
        case .messageIDs: "crm_message_ids"
        case .localDay: "crm_local_day"
        case .wholeDay: "crm_whole_day"
        case .occurrence(let isNext, _): isNext ? "crm_next_occurrence" : "crm_last_occurrence"
        case .scale: "crm_scale"
        // Rates may have changed since a function was defined, so each table of rates has its own.
        case .convert(let rates): "crm_convert_\(UInt(bitPattern: rates.identity))"
        case .composedName(let module): "crm_name_\(module.table)"
        }
    }

    /// The number of arguments.
    var argumentCount: Int32 {
        switch self {
        case .fold, .normalForm, .messageIDs, .localDay: 1
        case .comparableForm, .wholeDay: 2
        case .scale, .convert: 3
        case .occurrence: Int32(EventRow.columns.count) + 1
        case .composedName(let module): Int32(module.composedPositions.count)
        }
    }

    /// Returns the function's result for some arguments; null for arguments it does not accept.
    ///
    /// - Throws: ``FunctionError`` for a number that exceeds 64 bits, and for an amount without a rate.
    func result(of arguments: FunctionArguments) throws(FunctionError) -> Value {
        switch self {
        case .fold: return arguments[0].text.map { .text(Fold.fold($0)) } ?? .null
        case .comparableForm(let matching):
            return arguments[0].text.map { .text(matching.key(for: $0, country: arguments[1].text)) } ?? .null
        case .normalForm:
            return arguments[0].text.map { .text(FieldType.code.matchKey(for: $0, country: nil)) } ?? .null
        case .messageIDs:
            let ids = arguments[0].text.map(MessageIDs.plain)
            return ids.map { .text(FieldType.code.matchKey(for: $0, country: nil)) } ?? .null
        case .localDay(let zone):
            guard let text = arguments.textBytes(at: 0), let seconds = Moment.seconds(stored: text) else {
                return .null
            }
            let local = seconds + zone.offset(at: seconds)
            return CivilDate(daysSinceEpoch: local.flooredDays).map { .text($0.description) } ?? .null
        case .wholeDay(let clock):
            guard let text = arguments[0].text, let seconds = Moment.seconds(stored: text),
                let name = arguments[1].text
            else { return arguments[0] }
            let local = seconds + clock.zone(named: name.nonEmpty).offset(at: seconds)
            let start = clock.zone.seconds(ofLocal: local.flooredDays * Int64.secondsPerDay)
            return Moment.value(start)
        case .occurrence(let isNext, let clock):
            guard let event = EventRow(Array(arguments)) else { return .null }
            let (now, rows) = (clock.moment.secondsSinceEpoch + 1, OccurrenceRow.list(arguments.last?.text ?? ""))
            let expander = EventExpander(clock: clock)
            let found =
                isNext
                ? expander.first(of: event, rows, from: now, until: .max) { !$0.isDropped }
                : expander.last(of: event, rows, from: .min, until: now) { !$0.isDropped }
            return found.map { .text($0.start.description) } ?? .null
        case .scale:
            guard let number = arguments[0].integer, let factor = arguments[1].integer,
                let divisor = arguments[2].integer, divisor != 0
            else { return .null }
            guard let scaled = number.scaled(by: factor, over: divisor) else { throw .overflow }
            return .integer(scaled)
        case .convert(let rates):
            guard let amount = arguments[0].integer, let date = arguments[2].text else { return .null }
            return .integer(try rates.converted(amount, from: arguments[1].text, on: date))
        case .composedName(let module): return module.composedName { arguments[$0] }
        }
    }
}

extension Int64 {
    /// Returns the number multiplied by another and divided by a third, rounded half away from zero; `nil` if the
    /// result exceeds 64 bits.
    fileprivate func scaled(by factor: Int64, over divisor: Int64) -> Int64? {
        let result = (Int128(self) * Int128(factor)).rounded(over: Int128(divisor))
        return result.magnitude <= Int64.max.magnitude ? Int64(result) : nil
    }
}

extension Database {
    /// Defines a function that SQL statements on this connection can call, unless it is defined already.
    ///
    /// - Throws: the error of SQLite when it cannot define the function.
    func define(_ function: ConnectionFunction) throws(SQLiteError) {
        // Redefining a function fails while a statement uses it, so it is defined only once.
        if hasFunction(function.name) { return }
        try defineFunction(function.name, argumentCount: function.argumentCount, function.result)
    }
}
