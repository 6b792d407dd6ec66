/// A way to write a table as text: the byte between fields, the quoting of such bytes inside a field, and the line end.
public struct CSVDialect: Equatable, Sendable {
    /// The byte between two fields.
    public enum Delimiter: UInt8, CaseIterable, Sendable {
        /// `,`, as in RFC 4180.
        case comma = 0x2C
        /// `;`, which spreadsheets write if the comma is the decimal sign.
        case semicolon = 0x3B
        /// A tab.
        case tab = 0x09
        /// `|`.
        case pipe = 0x7C
    }

    /// The quoting of bytes that would end a field.
    public enum Quoting: Sendable {
        /// Double quotes around the field, with a quote in it doubled (RFC 4180 section 2).
        case doubleQuotes
        /// Tab, newline, carriage return and backslash as `\t`, `\n`, `\r` and `\\`; a double quote is ordinary text.
        case backslashes
    }

    /// The line end that a writer puts after each record; readers accept both.
    public enum LineEnd: Sendable {
        /// LF, as on Unix.
        case lf
        /// CR LF, as in RFC 4180.
        case crlf
    }

    /// The byte between two fields.
    public let delimiter: Delimiter
    /// The quoting of bytes that would end a field.
    public let quoting: Quoting
    /// The line end that a writer puts after each record.
    public let lineEnd: LineEnd

    private init(delimiter: Delimiter, quoting: Quoting, lineEnd: LineEnd) {
        self.delimiter = delimiter
        self.quoting = quoting
        self.lineEnd = lineEnd
    }

    /// Returns the dialect of RFC 4180, by default with LF line ends.
    public static func csv(delimiter: Delimiter = .comma, lineEnd: LineEnd = .lf) -> CSVDialect {
        CSVDialect(delimiter: delimiter, quoting: .doubleQuotes, lineEnd: lineEnd)
    }

    /// Tab-separated fields without quotes, backslash escapes and LF line ends.
    public static let tsv = CSVDialect(delimiter: .tab, quoting: .backslashes, lineEnd: .lf)
}
