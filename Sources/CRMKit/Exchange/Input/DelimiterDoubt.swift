import Formats
import Localization

/// The suspicion that a table has another delimiter than the one in use, because an unknown name contains that one.
struct DelimiterDoubt: Sendable {
    private let name: String
    /// Whether each line is a single quoted cell.
    private var isQuoted = false
    /// Whether the lines are those of a table in Markdown.
    private var isMarkdown = false

    /// Creates a doubt with the delimiter that would make the column names known.
    init(_ delimiter: CSVDialect.Delimiter) { name = Self.name(of: delimiter) }

    /// - Parameters:
    ///   - header: the names of a table; a single name may be a whole quoted line.
    ///   - dialect: the dialect in which the header was read.
    /// - Returns: `nil` if the header is not a single name with the delimiter in it.
    init?(quoted header: [String], as dialect: CSVDialect) {
        guard header.count == 1, dialect.quoting == .doubleQuotes,
            header[0].utf8.split(separator: dialect.delimiter.rawValue).count > 1
        else { return nil }
        name = Self.name(of: dialect.delimiter)
        isQuoted = true
    }

    /// - Parameter header: the names of a table.
    /// - Returns: `nil` if the header is not that of a table in Markdown: `| Name | Price |`.
    init?(markdown header: [String]) {
        guard let first = header.first?.trimmed, let last = header.last?.trimmed, first.hasPrefix("| "),
            last.hasSuffix(" |"), header.count > 1 || first.count > 2
        else { return nil }
        name = Self.name(of: .pipe)
        isMarkdown = true
    }

    /// - Parameter header: the names of a table whose cells may have been taken together.
    /// - Returns: `nil` if no name of the header gives rise to the doubt.
    init?(_ header: [String]) {
        // A name may contain a comma or a semicolon; in a header of one name they may separate several.
        let suspicious = header.count == 1 ? header[...] : header.filter { $0.contains { ";\t|".contains($0) } }[...]
        guard let found = suspicious.lazy.compactMap({ Self.delimiter(in: $0) }).first else { return nil }
        name = found
    }

    private static func delimiter(in name: String) -> String? {
        let known: [CSVDialect.Delimiter] = [.semicolon, .tab, .pipe, .comma]
        return known.first { delimiter in
            name.utf8.split(separator: delimiter.rawValue).count > 1
        }.map(Self.name)
    }

    /// Returns the delimiter as written in an option.
    private static func name(of delimiter: CSVDialect.Delimiter) -> String {
        switch delimiter {
        case .semicolon: "';'"
        case .tab: "tab"
        case .pipe: "'|'"
        case .comma: ","
        }
    }

    /// The advice for the user.
    var remedy: Text {
        if isMarkdown {
            return Text(
                en: "this is a table in Markdown, for people to read: save it as CSV, or export it with --format csv",
                es: "es una tabla en Markdown, para leer: guardarla como CSV, o exportarla con --format csv"
            )
        }
        if isQuoted {
            let command = #"sed 's/^"//; s/"[^"]*$//; s/""/"/g'"#
            return Text(
                en: "each line stands in quotes, and is one cell so: take these away first, as with \(command)",
                es: "cada línea va entre comillas, y así es una celda: quitarlas antes, como con \(command)"
            )
        }
        return Text(
            en: "the cells are not separated by what was told: give --delimiter \(name)\(preset.en)",
            es: "las celdas no están separadas por lo que se indicó: dar --delimiter \(name)\(preset.es)"
        )
    }

    private var preset: Text {
        guard name == "';'" else { return Text("") }
        return Text(
            en: ", or --excel-es where numbers and dates are Spanish too",
            es: ", o --excel-es si los números y las fechas también son españoles"
        )
    }
}
