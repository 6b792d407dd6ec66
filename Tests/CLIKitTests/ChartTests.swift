import Testing

@testable import CLIKit

/// Charts, drawn in each way from one value.
@Suite struct ChartTests {
    private static let plain = Style(usesColor: false)

    private func bars(_ numbers: [Double], _ kind: Chart.Kind = .bars, names: [String] = ["A", "Bé", "田"]) -> Chart {
        Chart(
            title: "T",
            kind: kind,
            categories: Array(names.prefix(numbers.count)),
            series: [Chart.Series("s", numbers.map { Chart.Value($0, "\($0)") })]
        )
    }

    private func lines(_ chart: Chart, _ width: Int = 30, color: Bool = false) -> [String] {
        TerminalChart(chart, width: width, style: Style(usesColor: color)).lines
    }

    @Test(
        "Bars fill what labels and figures leave, in eighths, to the left below zero",
        arguments: [
            ([4, 2, 0.5], ["A  │██████████████████████ 4.0", "Bé │███████████ 2.0", "田 │██▊ 0.5"]),
            ([0, 0], ["A  │ 0.0", "Bé │ 0.0"]),
            (
                [-2, 2, -0.01],
                ["A  █████████│ -2.0", "Bé          │█████████ 2.0", "田         █│ -0.01"]
            ),
        ]
    )
    func bars(_ numbers: [Double], _ expected: [String]) {
        let drawn = lines(bars(numbers))
        #expect(drawn.first == "T")
        #expect(
            drawn.dropFirst().map { $0.split(separator: "│").count } == expected.map { $0.split(separator: "│").count }
        )
        #expect(drawn.allSatisfy { CellWidth.of($0) <= 30 })
        for (line, expected) in zip(drawn.dropFirst(), expected) {
            #expect(line.split(separator: " ").last == expected.split(separator: " ").last)
            #expect(line.prefix { $0 != "│" }.contains("█") == expected.prefix { $0 != "│" }.contains("█"))
        }
    }

    @Test("On a narrow terminal bars give way before labels, and labels before figures")
    func narrow() {
        let chart = Chart(
            title: "T",
            kind: .bars,
            categories: ["A long name of a company"],
            series: [Chart.Series("s", [Chart.Value(1_234_567.89, "1234567.89 MXN")])]
        )
        #expect(lines(chart).last == "A long n… │████ 1234567.89 MXN")
    }

    private let stacked = Chart(
        title: "T",
        kind: .stackedBars,
        categories: ["x", "y"],
        series: [
            Chart.Series("one", [Chart.Value(10, "10"), Chart.Value(-5, "-5")]),
            Chart.Series("two", [Chart.Value(10, "10"), nil]),
        ],
        totals: ["20", "-5"]
    )

    @Test("Series are told apart by what bars are filled with, and by colour where there is some")
    func patterns() {
        let plain = lines(stacked, 34)
        #expect(plain[1] == "█ one  ░ two")
        #expect(plain[2].contains("█░") && plain[2].hasSuffix(" 20"))
        #expect(plain[3].contains("█│") && plain[3].hasSuffix(" -5"))
        let colored = lines(stacked, 34, color: true)
        #expect(colored[1] == "\u{1B}[36m█\u{1B}[0m one  \u{1B}[33m█\u{1B}[0m two")
        #expect(!colored.joined().contains("░"))
    }

    @Test("Lines have an axis of round numbers, gaps where there is no figure, and letters where there are several")
    func overTime() {
        let chart = Chart(
            title: "T",
            kind: .lines,
            categories: ["2026-01", "2026-02", "2026-03"],
            series: [
                Chart.Series("a", [Chart.Value(0, "0"), nil, Chart.Value(40_000, "40000")]),
                Chart.Series("b", [Chart.Value(-10_000, "-10000"), Chart.Value(5, "5"), Chart.Value(1, "1")]),
            ]
        )
        let drawn = lines(chart, 60)
        #expect(drawn[1] == "o a  x b")
        #expect(drawn.contains { $0.hasPrefix(" 40k ┤") } && drawn.contains { $0.hasPrefix("   0 ┤") })
        #expect(drawn.joined().filter { $0 == "o" }.count == 3)
        #expect(drawn.last?.hasSuffix("2026-03") == true)
        #expect(drawn.allSatisfy { CellWidth.of($0) <= 60 })
    }

    @Test(
        "An axis has round numbers",
        arguments: [
            ([0.0, 7], ["0", "2", "4", "6", "8"]), ([0.3], ["0", "0.1", "0.2", "0.3"]),
            ([-1, 1.5e6], ["-0.5M", "0", "0.5M", "1.0M", "1.5M"]), ([0], ["0", "0.5"]),
        ]
    )
    func axis(_ numbers: [Double], _ expected: [String]) {
        let scale = ChartScale(bars(numbers), steps: 4)
        #expect(scale.ticks.map(scale.text).contains("0"))
        #expect(scale.ticks.first.map { $0 <= numbers.min() ?? 0 } == true)
        #expect(scale.ticks.last.map { $0 >= numbers.max() ?? 0 } == true)
        #expect(scale.ticks.map(scale.text) == expected)
    }

    @Test(
        "An axis of counts has no fractions",
        arguments: [([1.0], ["0", "1"]), ([2], ["0", "1", "2"]), ([0], ["0", "1"])]
    )
    func axisOfCounts(_ numbers: [Double], _ expected: [String]) {
        let chart = Chart(
            title: "T",
            kind: .bars,
            unit: .count,
            categories: ["A"],
            series: [Chart.Series("s", numbers.map { Chart.Value($0, "\($0)") })]
        )
        let scale = ChartScale(chart)
        #expect(scale.ticks.map(scale.text) == expected)
    }

    @Test("Pictures and pages hold no markup but their own, and nothing from elsewhere")
    func escaping() {
        let nasty = "</text><script>\"&'\u{1}"
        let chart = Chart(
            title: nasty,
            kind: .bars,
            categories: [nasty],
            series: [Chart.Series(nasty, [Chart.Value(.nan, nasty)]), Chart.Series("b", [nil])]
        )
        for text in [SVGChart([chart]).text, HTMLChart(titled: nasty, language: "es", [chart]).text] {
            #expect(!text.contains("<script") && !text.contains("\u{1}") && !text.contains("nan"))
            #expect(text.contains("&lt;script&gt;&quot;&amp;'\u{FFFD}"))
            #expect(text.components(of: "http") == text.components(of: "http://www.w3.org/2000/svg"))
            #expect(text.contains("prefers-color-scheme: dark"))
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int {
        split(separator: part, omittingEmptySubsequences: false).count
    }
}
