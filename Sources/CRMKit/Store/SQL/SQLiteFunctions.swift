// Functions of SQLite that standard SQL does not have, named in this file alone.

/// Objects in text columns: https://www.sqlite.org/json1.html
enum JSONFunctions {
    /// SQLite calls no function with more arguments: https://www.sqlite.org/limits.html#max_function_arg
    private static let mostPairs = 60

    /// The value of a member of the object in a column, null where it has none.
    static func value(of member: String, in column: String) -> String {
        "json_extract(\(column.quotedIdentifier), '$.\"\(member)\"')"
    }

    /// The JSON object in a column with a further member, whose value is bound unless an expression gives it; unchanged where
    /// the object has a member of that name.
    static func adding(_ member: String, to column: String, holding expression: String = "?") -> String {
        "json_insert(\(column.quotedIdentifier), '$.\"\(member)\"', \(expression))"
    }

    /// Returns the expression that renames a member of the JSON object in a column. The object must have the member.
    static func renaming(_ member: String, to name: String, in column: String) -> String {
        let column = column.quotedIdentifier
        return "json_remove(json_insert(\(column), '$.\"\(name)\"', json_extract(\(column), '$.\"\(member)\"')), "
            + "'$.\"\(member)\"')"
    }

    /// The object in a column without a member.
    static func removing(_ member: String, from column: String) -> String {
        "json_remove(\(column.quotedIdentifier), '$.\"\(member)\"')"
    }

    /// The object in a column without members.
    static func removing(_ members: [String], from column: String) -> String {
        "json_remove(\(([column.quotedIdentifier] + members.map { "'$.\"\($0)\"'" }).joined(separator: ", ")))"
    }

    /// An object with a member that has a value, whatever it had.
    static func setting(_ member: String, to value: SQLFragment, in object: SQLFragment) -> SQLFragment {
        "json_set(\(object), \(SQLFragment(definition: "'$.\"\(member)\"'")), \(value))"
    }

    /// The object in a column with members that are null.
    static func emptying(_ members: [String], in column: String) -> String {
        "json_set(\(([column.quotedIdentifier] + members.map { "'$.\"\($0)\"', NULL" }).joined(separator: ", ")))"
    }

    /// Whether the object in a column has a member, be it null.
    static func hasMember(_ member: String, in column: String) -> String {
        "json_type(\(column.quotedIdentifier), '$.\"\(member)\"') IS NOT NULL"
    }

    /// Whether a column holds no JSON.
    static func isMalformed(_ column: String) -> String {
        "json_valid(\(column.quotedIdentifier)) = 0"
    }

    /// Whether a column holds JSON that is no object; to be asked only of JSON.
    static func isNoObject(_ column: String) -> String {
        "json_type(\(column.quotedIdentifier)) <> 'object'"
    }

    /// Whether a column holds JSON that is an object, whatever it holds.
    static func isObject(_ column: String) -> String {
        "CASE WHEN json_valid(\(column.quotedIdentifier)) THEN NOT \(isNoObject(column)) ELSE 0 END"
    }

    /// Whether a column holds a text that is no array of texts or whole numbers.
    static func isNoList(_ column: String) -> String {
        let column = column.quotedIdentifier
        return "CASE WHEN \(column) IS NULL THEN 0 WHEN json_valid(\(column)) = 0 THEN 1 "
            + "WHEN json_type(\(column)) <> 'array' THEN 1 "
            + "ELSE EXISTS (SELECT 1 FROM json_each(\(column)) WHERE \"type\" NOT IN ('text', 'integer')) END"
    }

    /// An object of columns by their names, `{"stage":"proposal"}`. Null columns stay, as `null`.
    static func object(of columns: [String]) -> String {
        let parts = stride(from: 0, to: columns.count, by: mostPairs).map { start in
            let pairs = columns[start..<min(start + mostPairs, columns.count)].map { column in
                "'\(column)', \(column.quotedIdentifier)"
            }
            return "json_object(\(pairs.joined(separator: ", ")))"
        }
        guard parts.count > 1 else { return parts.first ?? "NULL" }
        // Two objects become one by replacing the closing bracket of the first by a comma.
        return parts.dropFirst().reduce(parts[0]) { whole, part in
            "substr(\(whole), 1, length(\(whole)) - 1) || ',' || substr(\(part), 2)"
        }
    }

    /// Returns the expression that builds a JSON object of some of a table's columns: those that are also members of
    /// another object, in the order of that object.
    ///
    /// - Parameter object: the SQL expression for the other object.
    static func object(of columns: [String], in table: String, likeMembersOf object: String) -> String {
        let names = columns.map { "'\($0)'" }.joined(separator: ", ")
        // The members have columns of their own, `type` among them.
        let values = columns.map { "WHEN '\($0)' THEN \(table.quotedIdentifier).\($0.quotedIdentifier)" }
        return """
            (SELECT json_group_object("m"."key", CASE "m"."key" \(values.joined(separator: " ")) END) \
            FROM json_each(\(object)) AS "m" WHERE "m"."key" IN (\(names)))
            """
    }
}

/// Days and moments in text columns: https://www.sqlite.org/lang_datefunc.html
///
/// Only with a modifier does SQLite bring a day that no month has into the calendar.
enum DateFunctions {
    /// Whether a column holds a text that is no day `YYYY-MM-DD` of the calendar.
    static func isNoDate(_ column: String) -> String {
        "date(\(column.quotedIdentifier), '+0 days') IS NOT \(column.quotedIdentifier)"
    }

    /// Whether a column holds a text that is no moment in RFC 3339, UTC, to the second or, with three digits more, to the
    /// millisecond.
    static func isNoMoment(_ column: String, digits: Int) -> String {
        let second = digits > 0 ? "%f" : "%S"
        let name = column.quotedIdentifier
        return "strftime('%Y-%m-%dT%H:%M:\(second)Z', \(name), '+0 days') IS NOT \(name)"
    }
}

/// The functions and operators that SQLite has and standard SQL has not, or spells otherwise.
enum SQLFunctions {
    /// Whether a text contains another, byte by byte; null where the text is null.
    static func contains(_ text: SQLFragment, _ part: SQLFragment) -> SQLFragment {
        "instr(\(text), \(part)) > 0"
    }

    /// Whether a column's text begins with another, byte by byte, so that an index of the column serves: no text that
    /// begins so, other than by the last code point, is beyond that text and the last code point.
    static func begins(_ column: SQLFragment, with start: String) -> SQLFragment {
        "\(column) >= \(bind: .text(start)) AND \(column) < \(bind: .text(start + "\u{10FFFF}"))"
    }

    /// Whether a text has characters beyond ASCII, which take more than a byte each, or a NUL, at which SQLite ends
    /// counting characters; null where it is null.
    static func isBeyondASCII(_ text: SQLFragment) -> SQLFragment {
        "length(CAST(\(text) AS BLOB)) <> length(\(text))"
    }

    /// A text with the letters of ASCII in lower case.
    static func lowercasedASCII(_ text: SQLFragment) -> SQLFragment {
        "lower(\(text))"
    }

    /// Whether a condition holds for one element of a JSON array; false for null.
    ///
    /// - Parameter condition: is given the element.
    static func anyElement(
        of array: SQLFragment,
        alias: String,
        _ condition: (SQLFragment) -> SQLFragment
    ) -> SQLFragment {
        let element = SQLFragment.column("value", of: alias)
        return "EXISTS (SELECT 1 FROM json_each(\(array)) AS \(name: alias) WHERE \(condition(element)))"
    }

    /// A whole number of no sign in digits, with zeros before it where it has fewer than so many.
    static func digits(_ number: SQLFragment, atLeast width: Int) -> SQLFragment {
        "printf('%0*d', \(bind: .integer(Int64(width))), \(number))"
    }

    /// The elements of a JSON array as rows, in the column `value`; none for null.
    static func elements(of array: SQLFragment) -> SQLFragment { "json_each(\(array))" }

    /// A query whose rows have some whole numbers, one each.
    static func rows(_ numbers: [Int64]) -> SQLFragment {
        "SELECT \(name: "value") FROM json_each(\(bind: .text("[\(numbers.map(String.init).joined(separator: ","))]")))"
    }

    /// The rows of a query as a JSON array, in the query's order: the values of its one column, else an array for each
    /// row; null where there are none.
    static func array(of query: SQLFragment, columns: [String]) -> SQLFragment {
        let names = columns.map(SQLFragment.name).joined(", ")
        let element: SQLFragment = columns.count == 1 ? names : "json_array(\(names))"
        return "(SELECT nullif(json_group_array(\(element)), '[]') FROM (\(query)))"
    }

    /// The first of some values that is not null.
    static func first(of values: [SQLFragment]) -> SQLFragment {
        values.count == 1 ? values[0] : "coalesce(\(values.joined(", ")))"
    }

    /// Whether two values are the same, null being the same as null; standard SQL has `IS NOT DISTINCT FROM`.
    static func isSame(_ first: SQLFragment, _ second: SQLFragment) -> SQLFragment {
        "\(first) IS \(second)"
    }

    /// A call of a function of the program's own, which ``SQLite/Database/prepare(fragment:)`` and its like define for
    /// the fragments that use it.
    static func call(_ function: ConnectionFunction, _ arguments: [SQLFragment]) -> SQLFragment {
        var fragment: SQLFragment = "\(name: function.name)(\(arguments.joined(", ")))"
        fragment.functions.append(function)
        return fragment
    }

    /// A text folded as ``Fold`` folds it: for the elements of lists, which have no folded column.
    static func folded(_ text: SQLFragment) -> SQLFragment { call(.fold, [text]) }

    /// A number times another over a third, rounded half away from zero; null where the third is zero. A function of the
    /// connection, too: SQLite's integers would overflow on the way.
    static func scale(_ number: SQLFragment, _ factor: SQLFragment, _ divisor: SQLFragment) -> SQLFragment {
        call(.scale, [number, factor, divisor])
    }

    /// Returns the expression for a composed display name, given those of its parts; it calls a function of the
    /// connection.
    static func composedName(of module: Module, _ parts: [SQLFragment]) -> SQLFragment {
        call(.composedName(module), parts)
    }

    /// An amount in minor units of the currency of a table of rates; a function of the connection, too.
    static func converted(
        _ amount: SQLFragment,
        from code: SQLFragment,
        on day: SQLFragment,
        by rates: RateTable
    ) -> SQLFragment {
        call(.convert(rates), [amount, code, day])
    }

    /// The day on which clocks of a zone showed a moment, `YYYY-MM-DD`; a function of the connection, too.
    static func localDay(_ moment: SQLFragment, in zone: TimeZoneSetting) -> SQLFragment {
        if case .utc = zone { return "substr(\(moment), 1, 10)" }
        return call(.localDay(zone), [moment])
    }
}

extension SQLFunctions {
    /// When the day begins by the user's clocks that a moment stands for in a zone, whose name is empty for the user's own; the
    /// moment itself where it is null. A function of the connection, too.
    static func wholeDay(_ moment: SQLFragment, in zone: SQLFragment, _ clock: Clock) -> SQLFragment {
        call(.wholeDay(clock), [moment, zone])
    }

    /// When a row of events takes place last up to now, or first after it, also of one that comes again, with what differs
    /// on single dates; a function of the connection.
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

/// The periods in which days fall, each told by its first day, `YYYY-MM-DD`: https://www.sqlite.org/lang_datefunc.html
enum PeriodFunctions {
    /// The first day of the period of a day; for a day of the week its key.
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

    /// The first day of the period after the one with a first day.
    static func next(_ period: Period, after start: SQLFragment) -> SQLFragment {
        switch period {
        case .year: "date(\(start), '+1 year')"
        case .quarter: "date(\(start), '+3 months')"
        case .month: "date(\(start), '+1 month')"
        case .week: "date(\(start), '+7 days')"
        case .weekday, .day: "date(\(start), '+1 day')"
        }
    }

    /// Returns the expression for the name of the period that begins on a day.
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

    /// The days from one day to another, negative where that is earlier.
    static func days(from first: SQLFragment, to second: SQLFragment) -> SQLFragment {
        "((\(seconds(of: second)) - \(seconds(of: first))) / 86400)"
    }

    /// The month and the day of a day, `MM-DD`.
    static func dayOfYear(_ day: SQLFragment) -> SQLFragment { "substr(\(day), 6)" }

    /// The seconds from the beginning of 1970 to a day or a moment.
    static func seconds(of time: SQLFragment) -> SQLFragment { "unixepoch(\(time))" }
}
