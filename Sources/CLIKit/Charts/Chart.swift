/// The contents of a chart, independent of how it is drawn.
///
/// It is drawn by ``TerminalChart``, ``SVGChart`` and ``HTMLChart``.
///
///     let chart = Chart(
///         title: "Cases by month",
///         kind: .lines,
///         categories: ["2026-01", "2026-02"],
///         series: [Chart.Series("open", [Chart.Value(3, "3"), nil])]
///     )
///     for line in TerminalChart(chart, width: 80, style: style).lines { … }
///     try sink.append(HTMLChart(titled: "Cases", language: "en", [chart]).text)
public struct Chart: Sendable, Hashable {
    /// The ways of drawing the figures of a chart.
    public enum Kind: Sendable, Hashable {
        /// A bar for each figure; the bars of one category stand below one another.
        case bars
        /// A bar for each category, in which the figures of its series follow one another.
        case stackedBars
        /// A line for each series, along categories that follow each other in time.
        case lines
    }

    /// One figure.
    public struct Value: Sendable, Hashable {
        /// The magnitude of the figure; 0 for a number that is not finite.
        public let number: Double
        /// The figure as text, for display.
        public let text: String

        /// Creates a figure. Only its text is exact.
        public init(_ number: Double, _ text: String) {
            self.number = number.isFinite ? number : 0
            self.text = text
        }
    }

    /// A series of figures.
    public struct Series: Sendable, Hashable {
        /// The name in the legend.
        public let name: String
        /// The figure for each category; `nil` if there is none.
        public let values: [Value?]

        /// Creates a series with a name.
        public init(_ name: String, _ values: [Value?]) {
            self.name = name
            self.values = values
        }
    }

    /// The units of the numbers along an axis.
    public enum Unit: Sendable, Hashable {
        /// Plain numbers.
        case number
        /// Counts of things, between which the axis marks no fractions.
        case count
        /// Fractions of 1, written as percentages.
        case fraction
    }

    /// The title, drawn above the chart.
    public let title: String
    /// The way in which the figures are drawn.
    public let kind: Kind
    /// The unit of the figures.
    public let unit: Unit
    /// The labels of the categories, in order.
    public let categories: [String]
    /// The series of figures. If there are several, a legend names them.
    public let series: [Series]
    /// The sum of the figures of each category, which is written beside its stacked bar.
    public let totals: [String]
    /// The words that stand in place of the figures of a chart without categories.
    public let absence: String

    /// The number of series that a reader can still distinguish.
    public static let mostSeries = 10

    /// Creates a chart.
    ///
    /// - Precondition: each series has a value, or `nil`, for each of the categories.
    public init(
        title: String,
        kind: Kind,
        unit: Unit = .number,
        categories: [String],
        series: [Series],
        totals: [String] = [],
        absence: String = ""
    ) {
        self.title = title
        self.kind = kind
        self.unit = unit
        self.categories = categories
        self.series = series
        self.totals = totals
        self.absence = absence
    }

    /// Returns the text beside the bar of a category in a stacked chart.
    func total(at category: Int) -> String { category < totals.count ? totals[category] : "" }

    /// Returns the figure of a series in a category; 0 if it has none.
    func number(_ series: Int, _ category: Int) -> Double {
        let values = self.series[series].values
        return category < values.count ? values[category]?.number ?? 0 : 0
    }

    /// The range of numbers that the drawn shapes cover. It always includes 0.
    var extent: (least: Double, greatest: Double) {
        var (least, greatest) = (0.0, 0.0)
        for category in categories.indices {
            var (below, above) = (0.0, 0.0)
            for index in series.indices {
                let number = number(index, category)
                if kind == .stackedBars {
                    if number < 0 { below += number } else { above += number }
                } else {
                    below = min(below, number)
                    above = max(above, number)
                }
            }
            least = min(least, below)
            greatest = max(greatest, above)
        }
        return (least, greatest)
    }
}

/// The scale of an axis: round numbers that enclose all figures of a chart and 0.
struct ChartScale {
    let least: Double
    let greatest: Double
    /// The numbers marked on the axis, from the least to the greatest.
    let ticks: [Double]
    private let unit: Chart.Unit
    private let step: Double

    /// - Parameter steps: the approximate number of steps.
    init(_ chart: Chart, steps: Int = 5) {
        let extent = chart.extent
        let span = extent.greatest - extent.least
        let rough = (span > 0 ? span : 1) / Double(max(1, steps))
        var magnitude = 1.0
        while magnitude * 10 <= rough { magnitude *= 10 }
        while magnitude > rough { magnitude /= 10 }
        let round = ([1, 2, 5, 10].first { rough <= $0 * magnitude } ?? 10) * magnitude
        let step = chart.unit == .count ? max(1, round) : round
        let first = (extent.least / step).rounded(.down)
        let last = max((extent.greatest / step).rounded(.up), first + 1)
        self.step = step
        unit = chart.unit
        least = first * step
        greatest = last * step
        ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// Returns the position of a number on the scale: 0 at the least number, 1 at the greatest.
    func place(of number: Double) -> Double { (number - least) / (greatest - least) }

    /// Returns the label of a number on the axis: `1.5M`, `25%`.
    func text(_ number: Double) -> String {
        let (number, step) = unit == .fraction ? (number * 100, step * 100) : (number, step)
        let sign = unit == .fraction ? "%" : ""
        let largest = max(abs(least), abs(greatest))
        let short: [(Double, String)] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")]
        let (power, suffix) = short.first { unit != .fraction && largest >= $0.0 } ?? (1, "")
        if number == 0 { return "0" + sign }
        let divisor = suffix == "k" ? 1e3 : power
        return Self.decimal(number / divisor, step: step / divisor) + suffix + sign
    }

    /// Returns a multiple of a step with as many decimals as the step has.
    private static func decimal(_ number: Double, step: Double) -> String {
        var (places, scaled) = (0, step)
        while places < 6, abs(scaled - scaled.rounded()) > 1e-6 {
            places += 1
            scaled *= 10
        }
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        let units = (abs(number) * factor).rounded()
        guard units < 1e15 else { return "\(number)" }
        let padded = Int64(units).digits(atLeast: places + 1)
        let whole = padded.dropLast(places)
        let sign = number < 0 && units > 0 ? "-" : ""
        return places == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(padded.suffix(places))"
    }
}
