// The functions of SQLite that standard SQL lacks are named in this file alone.

/// SQL for JSON objects in text columns: https://www.sqlite.org/json1.html
enum JSONFunctions {
    /// The maximum number of pairs in one call; SQLite limits the number of arguments:
    /// https://www.sqlite.org/limits.html#max_function_arg
    private static let mostPairs = 60

    /// Returns the SQL for the value of a member of the object in a column; null if it has no such member.
    static func value(of member: String, in column: String) -> String {
        "json_extract(\(column.quotedIdentifier), '$.\"\(member)\"')"
    }

    /// Returns the SQL for the object in a column with a further member, whose value is bound unless an expression is
    /// given. An object that has the member is unchanged.
    static func adding(_ member: String, to column: String, holding expression: String = "?") -> String {
        "json_insert(\(column.quotedIdentifier), '$.\"\(member)\"', \(expression))"
    }

    /// Returns the SQL that renames a member of the object in a column. The object must have the member.
    static func renaming(_ member: String, to name: String, in column: String) -> String {
        let column = column.quotedIdentifier
        return "json_remove(json_insert(\(column), '$.\"\(name)\"', json_extract(\(column), '$.\"\(member)\"')), "
            + "'$.\"\(member)\"')"
    }

    /// Returns the SQL for the object in a column without a member.
    static func removing(_ member: String, from column: String) -> String {
        "json_remove(\(column.quotedIdentifier), '$.\"\(member)\"')"
    }

    /// Returns the SQL for the object in a column without some members.
    static func removing(_ members: [String], from column: String) -> String {
        "json_remove(\(([column.quotedIdentifier] + members.map { "'$.\"\($0)\"'" }).joined(separator: ", ")))"
    }

    /// Returns the SQL for an object with a member set to a value.
    static func setting(_ member: String, to value: SQLFragment, in object: SQLFragment) -> SQLFragment {
        "json_set(\(object), \(SQLFragment(definition: "'$.\"\(member)\"'")), \(value))"
    }

    /// Returns the SQL for the object in a column with some members set to null.
    static func emptying(_ members: [String], in column: String) -> String {
        "json_set(\(([column.quotedIdentifier] + members.map { "'$.\"\($0)\"', NULL" }).joined(separator: ", ")))"
    }

    /// Returns the condition that the object in a column has a member, which may be null.
    static func hasMember(_ member: String, in column: String) -> String {
        "json_type(\(column.quotedIdentifier), '$.\"\(member)\"') IS NOT NULL"
    }

    /// Returns the condition that a column is not valid JSON.
    static func isMalformed(_ column: String) -> String {
        "json_valid(\(column.quotedIdentifier)) = 0"
    }

    /// Returns the condition that a column with valid JSON is not an object.
    static func isNoObject(_ column: String) -> String {
        "json_type(\(column.quotedIdentifier)) <> 'object'"
    }

    /// Returns the condition that a column is a valid JSON object.
    static func isObject(_ column: String) -> String {
        "CASE WHEN json_valid(\(column.quotedIdentifier)) THEN NOT \(isNoObject(column)) ELSE 0 END"
    }

    /// Returns the condition that a column is neither null nor an array of texts and integers.
    static func isNoList(_ column: String) -> String {
        let column = column.quotedIdentifier
        return "CASE WHEN \(column) IS NULL THEN 0 WHEN json_valid(\(column)) = 0 THEN 1 "
            + "WHEN json_type(\(column)) <> 'array' THEN 1 "
            + "ELSE EXISTS (SELECT 1 FROM json_each(\(column)) WHERE \"type\" NOT IN ('text', 'integer')) END"
    }

    /// Returns the SQL for a JSON object of columns by their names, `{"stage":"proposal"}`. Null columns are included
    /// as `null`.
    static func object(of columns: [String]) -> String {
        let parts = stride(from: 0, to: columns.count, by: mostPairs).map { start in
            let pairs = columns[start..<min(start + mostPairs, columns.count)].map { column in
                "'\(column)', \(column.quotedIdentifier)"
            }
            return "json_object(\(pairs.joined(separator: ", ")))"
        }
        guard parts.count > 1 else { return parts.first ?? "NULL" }
        // Two objects are joined by replacing the closing bracket of the first with a comma.
        return parts.dropFirst().reduce(parts[0]) { whole, part in
            "substr(\(whole), 1, length(\(whole)) - 1) || ',' || substr(\(part), 2)"
        }
    }

    /// Returns the SQL for a JSON object of some of a table's columns: those that are also members of another object,
    /// in the order of that object.
    ///
    /// - Parameter object: the SQL expression for the other object.
    static func object(of columns: [String], in table: String, likeMembersOf object: String) -> String {
        let names = columns.map { "'\($0)'" }.joined(separator: ", ")
        // The rows of `json_each` have columns of their own such as `type`, so names are qualified.
        let values = columns.map { "WHEN '\($0)' THEN \(table.quotedIdentifier).\($0.quotedIdentifier)" }
        return """
            (SELECT json_group_object("m"."key", CASE "m"."key" \(values.joined(separator: " ")) END) \
            FROM json_each(\(object)) AS "m" WHERE "m"."key" IN (\(names)))
            """
    }
}

/// SQL for days and moments in text columns: https://www.sqlite.org/lang_datefunc.html
///
/// SQLite normalizes an impossible day such as the 31st of February only when there is a modifier.
enum DateFunctions {
    /// Returns the condition that a column is not a day `YYYY-MM-DD` of the calendar.
    static func isNoDate(_ column: String) -> String {
        "date(\(column.quotedIdentifier), '+0 days') IS NOT \(column.quotedIdentifier)"
    }

    /// Returns the condition that a column is not a moment in RFC 3339, UTC, to the second or, with three digits, to
    /// the millisecond.
    static func isNoMoment(_ column: String, digits: Int) -> String {
        let second = digits > 0 ? "%f" : "%S"
        let name = column.quotedIdentifier
        return "strftime('%Y-%m-%dT%H:%M:\(second)Z', \(name), '+0 days') IS NOT \(name)"
    }
}

/// Functions and operators of SQLite that standard SQL lacks or names differently.
enum SQLFunctions {
    /// Returns the condition that a text contains another, byte by byte; null for a null text.
    static func contains(_ text: SQLFragment, _ part: SQLFragment) -> SQLFragment {
        "instr(\(text), \(part)) > 0"
    }

    /// Whether a column's text begins with another, byte by byte, so that an index of the column serves: no text that
    /// begins so, other than by the last code point, is beyond that text and the last code point.
    static func begins(_ column: SQLFragment, with start: String) -> SQLFragment {
        let (first, beyond) = bounds(ofBeginning: start)
        return "\(column) >= \(bind: first) AND \(column) < \(bind: beyond)"
    }

    /// Returns the parameters of the condition that ``begins(_:with:)`` makes, in their order.
    static func bounds(ofBeginning start: String) -> (first: Value, beyond: Value) {
        (.text(start), .text(start + "\u{10FFFF}"))
    }

    /// Whether a text has characters beyond ASCII, which take more than a byte each, or a NUL, at which SQLite ends
    /// counting characters; null where it is null.
    static func isBeyondASCII(_ text: SQLFragment) -> SQLFragment {
        "length(CAST(\(text) AS BLOB)) <> length(\(text))"
    }

    /// Returns the SQL for a text with ASCII letters in lower case.
    static func lowercasedASCII(_ text: SQLFragment) -> SQLFragment {
        "lower(\(text))"
    }

    /// Returns the condition that another holds for an element of a JSON array; false for null.
    ///
    /// - Parameter condition: returns the condition for an element.
    static func anyElement(
        of array: SQLFragment,
        alias: String,
        _ condition: (SQLFragment) -> SQLFragment
    ) -> SQLFragment {
        let element = SQLFragment.column("value", of: alias)
        return "EXISTS (SELECT 1 FROM json_each(\(array)) AS \(name: alias) WHERE \(condition(element)))"
    }

    /// Returns the SQL for the digits of a nonnegative integer, with leading zeros up to a width.
    static func digits(_ number: SQLFragment, atLeast width: Int) -> SQLFragment {
        "printf('%0*d', \(bind: .integer(Int64(width))), \(number))"
    }

    /// Returns the table of the elements of a JSON array, in the column `value`; no rows for null.
    static func elements(of array: SQLFragment) -> SQLFragment { "json_each(\(array))" }

    /// Returns a query whose rows are some integers.
    static func rows(_ numbers: [Int64]) -> SQLFragment {
        "SELECT \(name: "value") FROM json_each(\(bind: .text("[\(numbers.map(String.init).joined(separator: ","))]")))"
    }

    /// Returns the SQL for the rows of a query as a JSON array, in their order. The elements are the values of a single
    /// column, otherwise arrays; null without rows.
    static func array(of query: SQLFragment, columns: [String]) -> SQLFragment {
        let names = columns.map(SQLFragment.name).joined(", ")
        let element: SQLFragment = columns.count == 1 ? names : "json_array(\(names))"
        return "(SELECT nullif(json_group_array(\(element)), '[]') FROM (\(query)))"
    }

    /// Returns the SQL for the first of some values that is not null.
    static func first(of values: [SQLFragment]) -> SQLFragment {
        values.count == 1 ? values[0] : "coalesce(\(values.joined(", ")))"
    }

    /// Returns the condition that two values are the same, where null equals null; `IS NOT DISTINCT FROM` in standard
    /// SQL.
    static func isSame(_ first: SQLFragment, _ second: SQLFragment) -> SQLFragment {
        "\(first) IS \(second)"
    }

    /// Returns a call of a function of the program's own, which ``SQLite/Database/prepare(fragment:)`` and similar
    /// methods define for the connection.
    static func call(_ function: ConnectionFunction, _ arguments: [SQLFragment]) -> SQLFragment {
        var fragment: SQLFragment = "\(name: function.name)(\(arguments.joined(", ")))"
        fragment.functions.append(function)
        return fragment
    }

    /// Returns the SQL for a text folded as by ``Fold``, for the elements of lists, which have no folded column.
    static func folded(_ text: SQLFragment) -> SQLFragment { call(.fold, [text]) }

    /// Returns the SQL for a number multiplied by another and divided by a third, rounded half away from zero; null if
    /// the third is zero. It calls a function of the connection, since SQLite's integers could overflow on the way.
    static func scale(_ number: SQLFragment, _ factor: SQLFragment, _ divisor: SQLFragment) -> SQLFragment {
        call(.scale, [number, factor, divisor])
    }

    /// Returns the SQL for a composed display name, given those of its parts. It calls a function of the connection.
    static func composedName(of module: Module, _ parts: [SQLFragment]) -> SQLFragment {
        call(.composedName(module), parts)
    }

    /// Returns the SQL for an amount converted to the currency of a table of rates, in minor units. It calls a function
    /// of the connection.
    static func converted(
        _ amount: SQLFragment,
        from code: SQLFragment,
        on day: SQLFragment,
        by rates: RateTable
    ) -> SQLFragment {
        call(.convert(rates), [amount, code, day])
    }

    /// Returns the SQL for the day of a moment in a time zone, `YYYY-MM-DD`. It calls a function of the connection
    /// except for UTC.
    static func localDay(_ moment: SQLFragment, in zone: TimeZoneSetting) -> SQLFragment {
        if case .utc = zone { return "substr(\(moment), 1, 10)" }
        return call(.localDay(zone), [moment])
    }
}

extension SQLFunctions {
    /// Returns the SQL for the start, by the user's clock, of the day that a moment stands for in a time zone, whose
    /// name is empty for the user's own. The moment itself if the zone is null. It calls a function of the connection.
    static func wholeDay(_ moment: SQLFragment, in zone: SQLFragment, _ clock: Clock) -> SQLFragment {
        call(.wholeDay(clock), [moment, zone])
    }

    /// Returns the SQL for the start of an event's last occurrence up to now, or of its first one after now, also for
    /// recurring events and with their changed dates; it calls a function of the connection.
    static func occurrence(isNext: Bool, of alias: String, in module: Module, clock: Clock) -> SQLFragment {
        let columns = EventRow.columns.map { SQLFragment.column($0, of: alias) }
        let rows = OccurrenceRow.text(of: .column("id", of: alias), in: module)
        let start = SQLFragment.column("starts_at", of: alias)
        let now = SQLFragment.bind(.text(clock.now))
        let once: SQLFragment =
            isNext
            ? "CASE WHEN \(start) > \(now) THEN \(start) END" : "CASE WHEN \(start) <= \(now) THEN \(start) END"
        return """
            CASE WHEN \(column: "recurrence", of: alias) IS NULL AND \(column: "further_dates", of: alias) IS NULL \
            THEN \(once) ELSE \(call(.occurrence(isNext: isNext, clock), columns + [rows])) END
            """
    }
}

// MARK: - Periods

/// SQL for the periods of days, each identified by its first day, `YYYY-MM-DD`:
/// https://www.sqlite.org/lang_datefunc.html
enum PeriodFunctions {
    /// Returns the SQL for the first day of the period with a day; for weekdays, the key of the weekday.
    static func start(of period: Period, at day: SQLFragment) -> SQLFragment {
        switch period {
        case .year: "substr(\(day), 1, 4) || '-01-01'"
        case .quarter:
            """
            substr(\(day), 1, 4) || CASE WHEN substr(\(day), 6, 2) < '04' THEN '-01-01' \
            WHEN substr(\(day), 6, 2) < '07' THEN '-04-01' \
            WHEN substr(\(day), 6, 2) < '10' THEN '-07-01' ELSE '-10-01' END
            """
        case .month: "substr(\(day), 1, 7) || '-01'"
        case .week: "date(\(day), '-6 days', 'weekday 1')"
        case .weekday:
            """
            CASE strftime('%w', \(day)) WHEN '1' THEN 'monday' WHEN '2' THEN 'tuesday' WHEN '3' THEN 'wednesday' \
            WHEN '4' THEN 'thursday' WHEN '5' THEN 'friday' WHEN '6' THEN 'saturday' WHEN '0' THEN 'sunday' END
            """
        case .day: day
        }
    }

    /// Returns the SQL for a short value that is the same for the days of a period and differs from that of any other,
    /// so that rows are grouped with less work than by ``start(of:at:)``; `nil` where there is none.
    static func mark(of period: Period, at day: SQLFragment) -> SQLFragment? {
        switch period {
        case .year: "CAST(substr(\(day), 1, 4) AS INTEGER)"
        case .month: "substr(\(day), 1, 7)"
        case .quarter, .week, .weekday, .day: nil
        }
    }

    /// Returns the SQL for the first day of a period, given its mark.
    static func start(of period: Period, marked mark: SQLFragment) -> SQLFragment {
        switch period {
        case .year: "substr('000' || \(mark), -4) || '-01-01'"
        case .month: "\(mark) || '-01'"
        case .quarter, .week, .weekday, .day: mark
        }
    }

    /// Returns the SQL for the first day of the next period, given the first day of a period.
    static func next(_ period: Period, after start: SQLFragment) -> SQLFragment {
        switch period {
        case .year: "date(\(start), '+1 year')"
        case .quarter: "date(\(start), '+3 months')"
        case .month: "date(\(start), '+1 month')"
        case .week: "date(\(start), '+7 days')"
        case .weekday, .day: "date(\(start), '+1 day')"
        }
    }

    /// Returns the SQL for the name of the period that begins on a day.
    static func name(of period: Period, starting start: SQLFragment) -> SQLFragment {
        switch period {
        case .year: "CAST(substr(\(start), 1, 4) AS INTEGER)"
        case .quarter:
            """
            substr(\(start), 1, 4) || CASE substr(\(start), 6, 2) WHEN '01' THEN '-Q1' WHEN '04' THEN '-Q2' \
            WHEN '07' THEN '-Q3' ELSE '-Q4' END
            """
        case .month: "substr(\(start), 1, 7)"
        case .week:
            """
            strftime('%Y', \(start), '+3 days') || '-W' || \
            substr('0' || ((CAST(strftime('%j', \(start), '+3 days') AS INTEGER) + 6) / 7), -2)
            """
        case .weekday, .day: start
        }
    }

    /// Returns the SQL for the number of days from one day to another, negative if that is earlier.
    static func days(from first: SQLFragment, to second: SQLFragment) -> SQLFragment {
        "((\(seconds(of: second)) - \(seconds(of: first))) / 86400)"
    }

    /// Returns the SQL for the month and day of a day, `MM-DD`.
    static func dayOfYear(_ day: SQLFragment) -> SQLFragment { "substr(\(day), 6)" }

    /// Returns the SQL for the seconds from the beginning of 1970 to a day or moment.
    static func seconds(of time: SQLFragment) -> SQLFragment { "unixepoch(\(time))" }
}
