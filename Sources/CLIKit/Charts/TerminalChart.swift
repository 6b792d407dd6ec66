/// A chart in the characters of a terminal: bars in eighths of a character, lines in dots of braille.
///
/// Series differ by colour. Without colours, bars differ by their fill and lines by letters.
public struct TerminalChart {
    private let chart: Chart
    private let width: Int
    private let style: Style

    /// Creates the drawing of a chart for a terminal.
    ///
    /// - Parameter width: the width of a line, in cells.
    public init(_ chart: Chart, width: Int, style: Style) {
        self.chart = chart
        self.width = max(width, Self.leastWidth)
        self.style = style
    }

    private static let leastWidth = 30
    private static let leastLabel = 8

    /// The lines from top to bottom, without line breaks or trailing blanks.
    public var lines: [String] {
        var lines = [style.apply(.bold, to: CellWidth.truncated(Sanitizer.visible(chart.title), to: width))]
        guard !chart.categories.isEmpty else {
            let absence = CellWidth.truncated(Sanitizer.visible(chart.absence), to: width)
            return absence.isEmpty ? lines : lines + [absence]
        }
        lines += legend
        lines += chart.kind == .lines ? TerminalLines(chart, width: width, look: look).lines : bars
        return lines.map(\.withoutBlanksAtEnd)
    }

    private var look: SeriesLook { SeriesLook(style: style, isSingle: chart.series.count == 1) }

    // MARK: - Legend

    private var legend: [String] {
        guard chart.series.count > 1 else { return [] }
        var (lines, line, used) = ([String](), "", 0)
        for (index, series) in chart.series.enumerated() {
            let name = CellWidth.truncated(Sanitizer.visible(series.name), to: width - 2)
            let sign = chart.kind == .lines ? look.letter(index) : look.fill(index)
            let cells = 2 + CellWidth.of(name)
            if used > 0, used + 2 + cells > width {
                lines.append(line)
                (line, used) = ("", 0)
            }
            if used > 0 { (line, used) = (line + "  ", used + 2) }
            line += look.painted(sign, index) + " " + name
            used += cells
        }
        return lines + [line]
    }

    // MARK: - Bars

    /// The lines of the bars, each with its label, the bar and the text of its figure.
    private var bars: [String] {
        let labels = chart.categories.map(Sanitizer.visible)
        let texts = chart.categories.indices.flatMap { category in
            chart.kind == .stackedBars
                ? [chart.total(at: category)] : chart.series.map { $0.values[category]?.text ?? "" }
        }.map(Sanitizer.visible)
        // Bars are narrowed before labels, and labels before figures, which are meaningless when cut.
        let longest = labels.map(CellWidth.of).max() ?? 0
        let rest = width - 3 - BarCanvas.leastRoom
        let textWidth = min(texts.map(CellWidth.of).max() ?? 0, rest - min(longest, Self.leastLabel))
        let labelWidth = min(longest, max(width / 3, Self.leastLabel), rest - textWidth)
        let room = width - labelWidth - textWidth - 3
        let canvas = BarCanvas(extent: chart.extent, room: room)
        var lines: [String] = []
        for (category, label) in labels.enumerated() {
            let fitted = CellWidth.fitted(label, to: labelWidth)
            let head = fitted.text + String(repeating: " ", count: labelWidth - fitted.cells) + " "
            let blank = String(repeating: " ", count: labelWidth + 1)
            let rows = chart.kind == .stackedBars ? 1 : chart.series.count
            for row in 0..<rows {
                let text = texts[category * rows + row]
                let series = chart.kind == .stackedBars ? Array(chart.series.indices) : [row]
                let parts = series.map { (series: $0, number: chart.number($0, category)) }
                let bar = canvas.line(parts, behind: CellWidth.truncated(text, to: textWidth), look)
                lines.append((row == 0 ? head : blank) + bar)
            }
        }
        return lines
    }
}

/// The fills, letters and colours that distinguish the series of a chart.
struct SeriesLook {
    let style: Style
    let isSingle: Bool

    private static let colors: [Style.Attribute] = [.cyan, .yellow, .magenta, .green, .blue, .red]
    private static let fills = ["█", "░", "▓", "▒", "#", "=", "+", ":", "%", "o"]
    private static let letters = ["o", "x", "+", "*", "#", "@", "%", "&", "=", "~"]

    /// Returns the character that fills the bars of a series. With colours, series share one fill as long as there are
    /// enough colours.
    func fill(_ series: Int) -> String {
        if style.usesColor, series < Self.colors.count { return Self.fills[0] }
        return Self.fills[series % Self.fills.count]
    }

    /// Returns the letter that marks the points of a series.
    func letter(_ series: Int) -> String { Self.letters[series % Self.letters.count] }

    /// Returns a text in the colour of a series.
    func painted(_ text: String, _ series: Int) -> String {
        style.apply(Self.colors[series % Self.colors.count], to: text)
    }
}

/// The space for bars on both sides of an axis.
private struct BarCanvas {
    /// The least width of the space, in cells.
    static let leastRoom = 4

    private let below: Int
    private let above: Int
    /// The number of cells per unit.
    private let factor: Double

    init(extent: (least: Double, greatest: Double), room: Int) {
        let span = extent.greatest - extent.least
        let room = max(room, Self.leastRoom)
        factor = span > 0 ? Double(room) / span : 0
        below = Int((-extent.least * factor).rounded(.up))
        above = max(0, room - below)
    }

    /// - Parameters:
    ///   - parts: the parts of the bar from the axis outwards, negative ones to the left.
    ///   - text: the text behind the bar.
    func line(_ parts: [(series: Int, number: Double)], behind text: String, _ look: SeriesLook) -> String {
        let isAlone = parts.count == 1
        var (left, leftCells) = ("", 0)
        var (right, rightCells) = ("", 0)
        var (down, up) = (0.0, 0.0)
        for part in parts where part.number < 0 {
            down -= part.number * factor
            let cells = max(0, min(below, max(isAlone ? 1 : 0, Int(down.rounded()))) - leftCells)
            left = look.painted(String(repeating: look.fill(part.series), count: cells), part.series) + left
            leftCells += cells
        }
        for part in parts where part.number > 0 {
            up += part.number * factor
            if isAlone, look.fill(part.series) == Self.whole {
                let eighths = max(1, min(above * 8, Int((up * 8).rounded())))
                let rest = eighths % 8 == 0 ? "" : Self.eighths[eighths % 8 - 1]
                let bar = String(repeating: Self.whole, count: eighths / 8) + rest
                right = look.painted(bar, part.series)
                rightCells = (eighths + 7) / 8
            } else {
                let cells = max(0, min(above, max(isAlone ? 1 : 0, Int(up.rounded()))) - rightCells)
                right += look.painted(String(repeating: look.fill(part.series), count: cells), part.series)
                rightCells += cells
            }
        }
        let gap = String(repeating: " ", count: max(0, below - leftCells))
        return gap + left + "│" + right + (text.isEmpty ? "" : " ") + text
    }

    private static let whole = "█"
    private static let eighths = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}

extension String {
    /// The text without trailing blanks. An escape sequence for colour is never followed by a blank at the end.
    fileprivate var withoutBlanksAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
