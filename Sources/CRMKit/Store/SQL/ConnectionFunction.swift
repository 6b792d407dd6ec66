import SQLite

/// A function of the program's own that queries call. No schema does, so that other tools can read and write the file.
enum ConnectionFunction: Sendable {
    /// Folds a text as ``Fold`` does.
    case fold
    /// The form in which a text is compared, beside the country of telephone numbers.
    case comparableForm(FieldType.Matching)
    /// The normal form in which a code is stored.
    case normalForm
    /// The day on which clocks of a zone showed a moment.
    case localDay(TimeZoneSetting)
    /// When the day begins by the user's clocks that a moment stands for in a zone; the moment itself without one.
    case wholeDay(Clock)
    /// The last occurrence of a series up to a moment, or the first one after it.
    case occurrence(isNext: Bool, Clock)
    /// A number times another over a third, rounded half away from zero.
    case scale
    /// An amount of a currency on a day in another currency, in minor units.
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
        case .localDay: "crm_local_day"
        case .wholeDay: "crm_whole_day"
        case .occurrence(let isNext, _): isNext ? "crm_next_occurrence" : "crm_last_occurrence"
        case .scale: "crm_scale"
        // A function is defined once, and rates may have changed since.
        case .convert(let rates): "crm_convert_\(UInt(bitPattern: rates.identity))"
        case .composedName(let module): "crm_name_\(module.table)"
        }
    }

    /// The number of arguments.
    var argumentCount: Int32 {
        switch self {
        case .fold, .normalForm, .localDay: 1
        case .comparableForm, .wholeDay: 2
        case .scale, .convert: 3
        case .occurrence: Int32(EventRow.columns.count) + 1
        case .composedName(let module): Int32(module.composedPositions.count)
        }
    }

    /// The function's result for some arguments; null for arguments that it cannot take.
    ///
    /// - Throws: ``FunctionError`` for a number that 64 bits do not hold.
    func result(of arguments: FunctionArguments) throws(FunctionError) -> Value {
        switch self {
        case .fold: return arguments[0].text.map { .text(Fold.fold($0)) } ?? .null
        case .comparableForm(let matching):
            return arguments[0].text.map { .text(matching.key(for: $0, country: arguments[1].text)) } ?? .null
        case .normalForm:
            return arguments[0].text.map { .text(FieldType.code.matchKey(for: $0, country: nil)) } ?? .null
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
    /// The number times another over a third, rounded half away from zero; `nil` where 64 bits do not hold it.
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
        // Defining a function anew fails while a statement runs that uses it, so it is done once.
        if hasFunction(function.name) { return }
        try defineFunction(function.name, argumentCount: function.argumentCount, function.result)
    }
}
