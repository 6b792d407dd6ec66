import Formats
import Localization

/// The suspicion that a table's cells are separated by something else than its reader takes: a name that means nothing
/// has another separator in it.
struct DelimiterDoubt: Sendable {
    private let name: String

    /// What separates the cells, as the names they would have then show.
    init(_ delimiter: CSVDialect.Delimiter) { name = Self.name(of: delimiter) }

    /// - Parameter header: the names of a table whose cells may have been taken together.
    /// - Returns: `nil` where no name gives rise to it.
    init?(_ header: [String]) {
        // A name may have a comma or a semicolon in it, the one name of a whole row has them between names.
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

    /// How an option names it.
    private static func name(of delimiter: CSVDialect.Delimiter) -> String {
        switch delimiter {
        case .semicolon: "';'"
        case .tab: "tab"
        case .pipe: "'|'"
        case .comma: ","
        }
    }

    /// What to do about it.
    var remedy: Text {
        Text(
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
