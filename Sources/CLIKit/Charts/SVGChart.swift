/// Charts below one another in a self-contained picture (SVG 1.1) without scripts, fonts or external resources. It is
/// readable on light and dark backgrounds, and a viewer shows each figure under the pointer.
public struct SVGChart {
    private let charts: [Chart]

    /// Creates a picture of charts.
    public init(_ charts: [Chart]) { self.charts = charts }

    /// The width of the picture, in pixels.
    private static let width = 800

    /// The document, which ends with a line break.
    public var text: String {
        let pictures = charts.map { SVGPicture($0, width: Self.width) }
        let height = pictures.reduce(0) { $0 + $1.height }
        var body = ""
        var top = 0
        for picture in pictures {
            body += "<g transform=\"translate(0 \(top))\">\n\(picture.body)</g>\n"
            top += picture.height
        }
        let title = Markup.escaped(charts.map(\.title).joined(separator: "; "))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
            height="\(height)" role="img" aria-label="\(title)">
            <title>\(title)</title>
            <style>
            \(Self.rules)
            </style>
            <rect class="ground" width="\(Self.width)" height="\(height)"/>
            \(body)</svg>

            """
    }

    /// Colours that remain distinct in most kinds of colour blindness (Okabe and Ito, 2008), a little darker on a light
    /// background.
    private static let colors: [(light: String, dark: String)] = [
        ("#0072b2", "#56b4e9"), ("#d55e00", "#ff8c42"), ("#007a5a", "#2fc79b"), ("#b0508c", "#e79bc8"),
        ("#a67c00", "#f0e442"), ("#4b4b9b", "#a3a3ee"), ("#7a3b12", "#d9a273"), ("#2b8a9b", "#7fdbe8"),
        ("#8a1c3c", "#ff7b9c"), ("#5f6b00", "#bfd02f"),
    ]

    private static var rules: String {
        func paints(_ color: ((light: String, dark: String)) -> String) -> String {
            colors.enumerated().map { index, pair in
                ".s\(index) { fill: \(color(pair)); } .l\(index) { stroke: \(color(pair)); }"
            }.joined(separator: "\n")
        }
        return """
            text { font: 13px system-ui, sans-serif; fill: #222; }
            .title { font-size: 17px; font-weight: 600; }
            .quiet { fill: #555; font-size: 12px; }
            .ground { fill: #fff; }
            .axis { stroke: #777; }
            .grid { stroke: #ddd; }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
            \(paints(\.light))
            @media (prefers-color-scheme: dark) {
            text { fill: #eee; }
            .quiet { fill: #aaa; }
            .ground { fill: #1b1b1f; }
            .axis { stroke: #888; }
            .grid { stroke: #3a3a40; }
            \(paints(\.dark))
            }
            """
    }
}

/// The SVG elements of a single chart.
private struct SVGPicture {
    private let chart: Chart
    private let width: Int
    private let scale: ChartScale
    private let legend: [[(series: Int, name: String, x: Int)]]

    private static let margin = 20
    private static let titleHeight = 46
    private static let legendLine = 22
    private static let bar = 20
    private static let barGap = 8
    private static let axisHeight = 36
    private static let lineHeight = 300

    init(_ chart: Chart, width: Int) {
        self.chart = chart
        self.width = width
        scale = ChartScale(chart)
        legend = chart.series.count > 1 ? Self.legend(chart.series.map(\.name), width: width) : []
    }

    private static func legend(_ names: [String], width: Int) -> [[(series: Int, name: String, x: Int)]] {
        var lines: [[(series: Int, name: String, x: Int)]] = [[]]
        var x = margin
        for (series, name) in names.enumerated() {
            let name = CellWidth.truncated(name, to: 40)
            let needed = 18 + cells(name) + 18
            if x + needed > width - margin, x > margin {
                lines.append([])
                x = margin
            }
            lines[lines.count - 1].append((series, name, x))
            x += needed
        }
        return lines
    }

    /// Returns the approximate width of a text, in pixels. Fonts differ, so it is an upper estimate.
    private static func cells(_ text: String) -> Int { CellWidth.of(text) * 8 }

    private var top: Int { Self.titleHeight + legend.count * Self.legendLine }

    private var rowsOfBars: Int { chart.kind == .stackedBars ? 1 : max(1, chart.series.count) }

    private var plotHeight: Int {
        if chart.categories.isEmpty { return 0 }
        return chart.kind == .lines
            ? Self.lineHeight : chart.categories.count * (rowsOfBars * Self.bar + Self.barGap) + Self.barGap
    }

    var height: Int { top + plotHeight + Self.axisHeight }

    var body: String {
        var body = text(chart.title, x: Self.margin, y: 30, class: "title", fitting: width - 2 * Self.margin)
        for (line, entries) in legend.enumerated() {
            let y = Self.titleHeight + line * Self.legendLine
            for entry in entries {
                body += "<rect class=\"s\(entry.series)\" x=\"\(entry.x)\" y=\"\(y)\" width=\"12\" height=\"12\"/>\n"
                body += text(entry.name, x: entry.x + 18, y: y + 11)
            }
        }
        if chart.categories.isEmpty { return body + text(chart.absence, x: Self.margin, y: top + 14, class: "quiet") }
        return body + (chart.kind == .lines ? lines : bars)
    }

    private func text(
        _ text: String,
        x: Int,
        y: Int,
        class name: String = "",
        anchor: String = "start",
        fitting room: Int? = nil
    ) -> String {
        let shown = room.map { CellWidth.truncated(text, to: max(1, $0 / 8)) } ?? text
        let look = name.isEmpty ? "" : " class=\"\(name)\""
        let side = anchor == "start" ? "" : " text-anchor=\"\(anchor)\""
        return "<text\(look) x=\"\(x)\" y=\"\(y)\"\(side)>\(Markup.escaped(shown))</text>\n"
    }

    // MARK: - Bars

    private var bars: String {
        let labels = chart.categories
        let labelRoom = min(220, max(40, (labels.map(Self.cells).max() ?? 0) + 8))
        let texts =
            chart.kind == .stackedBars
            ? chart.totals : chart.series.flatMap { $0.values.map { $0?.text ?? "" } }
        let textRoom = min(150, (texts.map(Self.cells).max() ?? 0) + 10)
        let left = Self.margin + labelRoom
        let right = width - Self.margin - textRoom
        func x(_ number: Double) -> Double { Double(left) + scale.place(of: number) * Double(right - left) }
        var body = grid(x)
        for (category, label) in labels.enumerated() {
            let y = top + Self.barGap + category * (rowsOfBars * Self.bar + Self.barGap)
            let middle = y + rowsOfBars * Self.bar / 2 + 5
            body += text(label, x: left - 8, y: middle, anchor: "end", fitting: labelRoom - 8)
            body += chart.kind == .stackedBars ? stack(category, y, x) : group(category, y, x)
        }
        return body
    }

    private func grid(_ x: (Double) -> Double) -> String {
        let bottom = top + plotHeight
        return scale.ticks.map { tick in
            let place = Int(x(tick).rounded())
            let look = tick == 0 ? "axis" : "grid"
            return "<line class=\"\(look)\" x1=\"\(place)\" y1=\"\(top)\" x2=\"\(place)\" y2=\"\(bottom)\"/>\n"
                + text(scale.text(tick), x: place, y: bottom + 18, class: "quiet", anchor: "middle")
        }.joined()
    }

    private func group(_ category: Int, _ y: Int, _ x: (Double) -> Double) -> String {
        chart.series.indices.map { series in
            guard let value = chart.series[series].values[category] else { return "" }
            let row = y + series * Self.bar
            let end = Int(x(max(0, value.number)).rounded())
            return rectangle(series, category, value, from: 0, to: value.number, row, x)
                + text(value.text, x: end + 6, y: row + 15, class: "quiet")
        }.joined()
    }

    private func stack(_ category: Int, _ y: Int, _ x: (Double) -> Double) -> String {
        var (below, above, body) = (0.0, 0.0, "")
        for series in chart.series.indices {
            guard let value = chart.series[series].values[category] else { continue }
            let start = value.number < 0 ? below : above
            let end = start + value.number
            if value.number < 0 { below = end } else { above = end }
            body += rectangle(series, category, value, from: start, to: end, y, x)
        }
        let end = Int(x(above).rounded())
        return body + text(chart.total(at: category), x: end + 6, y: y + 15, class: "quiet")
    }

    private func rectangle(
        _ series: Int,
        _ category: Int,
        _ value: Chart.Value,
        from start: Double,
        to end: Double,
        _ y: Int,
        _ x: (Double) -> Double
    ) -> String {
        let (left, right) = (min(x(start), x(end)), max(x(start), x(end)))
        // A gap of one pixel separates stacked figures, and any figure other than 0 is at least one pixel wide.
        let wide = right - left
        let shown = value.number == 0 ? 0 : max(1, wide - (chart.kind == .stackedBars && wide > 3 ? 1 : 0))
        return "<rect class=\"s\(series)\" x=\"\(Self.fixed(left))\" y=\"\(y + 1)\" width=\"\(Self.fixed(shown))\" "
            + "height=\"\(Self.bar - 2)\">\(title(series, category, value))</rect>\n"
    }

    /// Returns the `title` element of a figure, which a viewer shows under the pointer.
    private func title(_ series: Int, _ category: Int, _ value: Chart.Value) -> String {
        let name = chart.series.count > 1 ? "\(chart.series[series].name), " : ""
        return "<title>\(Markup.escaped("\(name)\(chart.categories[category]): \(value.text)"))</title>"
    }

    /// Returns a length rounded to a tenth of a pixel.
    private static func fixed(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    // MARK: - Lines

    private var lines: String {
        let axisRoom = (scale.ticks.map { Self.cells(scale.text($0)) }.max() ?? 0) + 8
        let (left, right) = (Self.margin + axisRoom, width - Self.margin - 10)
        let (ceiling, floor) = (top + 6, top + Self.lineHeight)
        let last = max(1, chart.categories.count - 1)
        func x(_ category: Int) -> Double {
            chart.categories.count > 1
                ? Double(left) + Double(right - left) * Double(category) / Double(last) : Double(left + right) / 2
        }
        func y(_ number: Double) -> Double { Double(floor) - scale.place(of: number) * Double(floor - ceiling) }
        var body = scale.ticks.map { tick in
            let place = Int(y(tick).rounded())
            let look = tick == 0 ? "axis" : "grid"
            return "<line class=\"\(look)\" x1=\"\(left)\" y1=\"\(place)\" x2=\"\(right)\" y2=\"\(place)\"/>\n"
                + text(scale.text(tick), x: left - 8, y: place + 4, class: "quiet", anchor: "end")
        }.joined()
        body += categoryLabels(floor, left, right, x)
        for (index, series) in chart.series.enumerated() { body += line(index, series, x, y) }
        return body
    }

    private func categoryLabels(_ floor: Int, _ left: Int, _ right: Int, _ x: (Int) -> Double) -> String {
        let widest = (chart.categories.map(Self.cells).max() ?? 0) + 12
        let most = max(1, (right - left) / max(1, widest))
        let step = max(1, (chart.categories.count + most - 1) / most)
        return stride(from: 0, to: chart.categories.count, by: step).map { category in
            let anchor = category == 0 && chart.categories.count > 1 ? "start" : "middle"
            let place = Int(x(category).rounded())
            let isCut = place + Self.cells(chart.categories[category]) / 2 > width
            return text(
                chart.categories[category],
                x: isCut ? width - 4 : place,
                y: floor + 20,
                class: "quiet",
                anchor: isCut ? "end" : anchor
            )
        }.joined()
    }

    /// Returns the line of a series, with a dash pattern of its own so that lines differ even without colours, and a
    /// dot for each figure.
    private func line(
        _ index: Int,
        _ series: Chart.Series,
        _ x: (Int) -> Double,
        _ y: (Double) -> Double
    ) -> String {
        var (runs, run, dots) = ([[String]](), [String](), "")
        for (category, value) in series.values.enumerated() {
            guard let value else {
                runs.append(run)
                run = []
                continue
            }
            let (left, top) = (Self.fixed(x(category)), Self.fixed(y(value.number)))
            run.append("\(left),\(top)")
            let title = title(index, category, value)
            dots += "<circle class=\"s\(index)\" cx=\"\(left)\" cy=\"\(top)\" r=\"3\">\(title)</circle>\n"
        }
        let dashes = ["", "7 4", "2 3", "10 3 2 3"][index % 4]
        let look = dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
        let lines = (runs + [run]).filter { $0.count > 1 }.map { points in
            "<polyline class=\"line l\(index)\"\(look) points=\"\(points.joined(separator: " "))\"/>\n"
        }
        return lines.joined() + dots
    }
}
