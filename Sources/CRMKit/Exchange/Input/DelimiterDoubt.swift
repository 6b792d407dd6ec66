import Formats
import Localization

/// The suspicion that a table's cells are separated by something else than its reader takes: a name that means nothing
/// has another separator in it.
struct DelimiterDoubt {
    private let name: String

    /// - Parameter header: the names of a table whose cells may have been taken together.
    /// - Returns: `nil` where no name gives rise to it.
    init?(_ header: [String]) {
        // A name may have a comma or a semicolon in it, the one name of a whole row has them between names.
        let suspicious = header.count == 1 ? header[...] : header.filter { $0.contains { ";\t|".contains($0) } }[...]
        guard let found = suspicious.lazy.compactMap({ Self.delimiter(in: $0) }).first else { return nil }
        name = found
    }

    private static func delimiter(in name: String) -> String? {
        let known: [(Character, String)] = [(";", "';'"), ("\t", "tab"), ("|", "'|'"), (",", ",")]
        return known.first { name.split(separator: $0.0).count > 1 }?.1
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
