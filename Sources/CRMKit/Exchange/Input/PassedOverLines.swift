import Localization

/// What of a table was no row, or not a whole one, as far as a person should know of it.
struct PassedOverLines {
    /// Lines, of which the first few are told.
    struct Tally {
        private(set) var count = 0
        private var first: [Int] = []

        /// Enough lines to find the others by.
        private static let most = 5

        mutating func add(_ line: Int) {
            count += 1
            if first.count < Self.most { first.append(line) }
        }

        var text: String {
            first.map(String.init).joined(separator: ", ") + (count > first.count ? ", …" : "")
        }
    }

    /// What stands above the header.
    var titles: [String] = []
    /// Rows that repeat the header.
    var headers = Tally()
    /// Rows whose last cells were left out.
    var cut = Tally()

    private static let longestTitle = 40

    var notices: [Text] { [aboveHeader, repeatedHeaders, cutRows].compactMap { $0 } }

    private var aboveHeader: Text? {
        if titles.isEmpty { return nil }
        let texts = titles.map { $0.count > Self.longestTitle ? $0.prefix(Self.longestTitle) + "…" : $0 }
        let shown = texts.map { "\"\($0)\"" }.joined(separator: ", ")
        let quoted = texts.map { "«\($0)»" }.joined(separator: ", ")
        return Text(
            en: "passed over what stands above the header: \(shown)",
            es: "se omitió lo que está encima del encabezado: \(quoted)"
        )
    }

    private var repeatedHeaders: Text? {
        switch headers.count {
        case 0: nil
        case 1:
            Text(
                en: "passed over line \(headers.text), which repeats the header",
                es: "se omitió la línea \(headers.text), que repite el encabezado"
            )
        case let count:
            Text(
                en: "passed over \(count) rows that repeat the header: lines \(headers.text)",
                es: "se omitieron \(count) filas que repiten el encabezado: líneas \(headers.text)"
            )
        }
    }

    private var cutRows: Text? {
        switch cut.count {
        case 0: nil
        case 1:
            Text(
                en: "line \(cut.text) has fewer cells than the header: the missing ones are taken as empty",
                es: "la línea \(cut.text) tiene menos celdas que el encabezado: las que faltan se toman como vacías"
            )
        case let count:
            Text(
                en:
                    "\(count) rows have fewer cells than the header, lines \(cut.text): the missing ones are taken as empty",
                es:
                    "\(count) filas tienen menos celdas que el encabezado, líneas \(cut.text): las que faltan se toman como vacías"
            )
        }
    }
}
