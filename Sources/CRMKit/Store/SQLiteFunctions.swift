// Functions of SQLite that standard SQL does not have, named in this file alone.

/// Objects in text columns: https://www.sqlite.org/json1.html
enum JSONFunctions {
    /// SQLite calls no function with more arguments: https://www.sqlite.org/limits.html#max_function_arg
    private static let mostPairs = 60

    /// An object of one name and its value, both bound.
    static let boundPair = "json_object(?, ?)"

    /// The value of a member of the object in a column, null where it has none.
    static func value(of member: String, in column: String) -> String {
        "json_extract(\(column.quotedIdentifier), '$.\"\(member)\"')"
    }

    /// Whether a column holds no JSON.
    static func isMalformed(_ column: String) -> String {
        "json_valid(\(column.quotedIdentifier)) = 0"
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
}

/// Days and moments in text columns: https://www.sqlite.org/lang_datefunc.html
///
/// Only with a modifier does SQLite bring a day that no month has into the calendar.
enum DateFunctions {
    /// Whether a column holds a text that is no day `YYYY-MM-DD` of the calendar.
    static func isNoDate(_ column: String) -> String {
        "date(\(column.quotedIdentifier), '+0 days') IS NOT \(column.quotedIdentifier)"
    }

    /// Whether a column holds a text that is no moment in RFC 3339, UTC, to the second.
    static func isNoMoment(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%SZ', \(column.quotedIdentifier), '+0 days') IS NOT \(column.quotedIdentifier)"
    }
}
