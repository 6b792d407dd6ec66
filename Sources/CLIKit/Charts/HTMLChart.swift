/// A self-contained page of charts, each a picture above the table of its figures.
public struct HTMLChart {
    private let title: String
    private let language: String
    private let charts: [Chart]

    /// Creates a page of charts.
    ///
    /// - Parameters:
    ///   - title: the title of the page.
    ///   - language: the code of its language, `es`.
    public init(titled title: String, language: String, _ charts: [Chart]) {
        self.title = title
        self.language = language
        self.charts = charts
    }

    /// The page, which ends with a line break.
    public var text: String {
        """
        <!DOCTYPE html>
        <html lang="\(Markup.escaped(language))">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>\(Markup.escaped(title))</title>
        <style>
        body { font: 15px system-ui, sans-serif; margin: 2em auto; max-width: 800px; padding: 0 1em; }
        body { color: #222; background: #fff; }
        svg { max-width: 100%; height: auto; }
        table { border-collapse: collapse; margin: 1em 0 3em; font-variant-numeric: tabular-nums; }
        figure { margin: 0; }
        th, td { padding: .3em .8em; border-bottom: 1px solid #8884; text-align: right; }
        th:first-child { text-align: left; white-space: nowrap; }
        @media (prefers-color-scheme: dark) { body { color: #eee; background: #1b1b1f; } }
        </style>
        </head>
        <body>
        \(charts.map(figure).joined())</body>
        </html>

        """
    }

    private func figure(_ chart: Chart) -> String {
        // The picture says that there are no figures.
        if chart.categories.isEmpty { return "<figure>\n\(SVGChart([chart]).text)</figure>\n" }
        let names = chart.series.map { "<th scope=\"col\">\(Markup.escaped($0.name))</th>" }.joined()
        let hasTotals = chart.series.count > 1 && !chart.totals.isEmpty
        let rows = chart.categories.enumerated().map { category, name in
            let cells = chart.series.map { "<td>\(Markup.escaped($0.values[category]?.text ?? ""))</td>" }.joined()
            let total = hasTotals ? "<td>\(Markup.escaped(chart.total(at: category)))</td>" : ""
            return "<tr><th scope=\"row\">\(Markup.escaped(name))</th>\(cells)\(total)</tr>\n"
        }.joined()
        let total = hasTotals ? "<th scope=\"col\">Total</th>" : ""
        return """
            <figure>
            \(SVGChart([chart]).text)</figure>
            <table>
            <thead><tr><td></td>\(names)\(total)</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>

            """
    }
}
