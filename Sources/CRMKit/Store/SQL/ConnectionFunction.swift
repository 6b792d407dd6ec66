import SQLite

/// A function of the program's own that queries call. No schema does, so that other tools can read and write the file.
enum ConnectionFunction: Sendable {
    /// Folds a text as ``Fold`` does.
    case fold
    /// The day on which clocks of a zone showed a moment.
    case localDay(TimeZoneSetting)

    /// What SQL calls it.
    var name: String {
        switch self {
        case .fold: "crm_fold"
        case .localDay: "crm_local_day"
        }
    }

    /// What it gives for its one argument; null for what it cannot take.
    func result(of argument: Value) -> Value {
        guard case .text(let text) = argument else { return .null }
        switch self {
        case .fold: return .text(Fold.fold(text))
        case .localDay(let zone):
            guard let moment = Moment(stored: text) else { return .null }
            let local = moment.secondsSinceEpoch + zone.offset(at: moment.secondsSinceEpoch)
            return CivilDate(daysSinceEpoch: local.flooredDays).map { .text($0.description) } ?? .null
        }
    }
}

extension Database {
    /// Lets this connection's statements call a function.
    ///
    /// - Throws: what defining it throws.
    func define(_ function: ConnectionFunction) throws(SQLiteError) {
        // Defining a function anew fails while a statement runs that uses it, so it is done once.
        let isDefined = "SELECT 1 FROM pragma_function_list WHERE name = ?"
        guard try first(isDefined, [.text(function.name)]) == nil else { return }
        try defineFunction(function.name, argumentCount: 1) { arguments in
            arguments.first.map(function.result) ?? .null
        }
    }
}
