/// Lines over time in braille dots, two by four per character.
struct TerminalLines {
    private let chart: Chart
    private let look: SeriesLook
    private let scale: ChartScale
    private let axis: [String]
    private let axisWidth: Int
    /// The number of columns of the canvas, in cells.
    private let columns: Int
    private static let rows = 12

    init(_ chart: Chart, width: Int, look: SeriesLook) {
        self.chart = chart
        self.look = look
        scale = ChartScale(chart, steps: 4)
        axis = scale.ticks.map(scale.text)
        axisWidth = axis.map(CellWidth.of).max() ?? 0
        columns = max(8, width - axisWidth - 2)
    }

    var lines: [String] {
        let canvas = drawn()
        var marks = [Int: String]()
        for (tick, text) in zip(scale.ticks, axis) { marks[row(of: tick)] = text }
        let zero = row(of: 0)
        var lines: [String] = []
        for row in 0..<Self.rows {
            let mark = marks[row] ?? ""
            let head = String(repeating: " ", count: axisWidth - CellWidth.of(mark)) + mark
            let cells = (0..<columns).map { column in
                canvas.cell(row, column, look) ?? (row == zero && scale.least < 0 ? "┈" : " ")
            }
            lines.append(head + (mark.isEmpty ? " │" : " ┤") + cells.joined())
        }
        let margin = String(repeating: " ", count: axisWidth + 1)
        return lines + [margin + "└" + String(repeating: "─", count: columns), margin + " " + labels]
    }

    /// Returns the row of cells that contains a number, 0 at the top.
    private func row(of number: Double) -> Int { dot(of: number) / 4 }

    private func dot(of number: Double) -> Int {
        let most = Self.rows * 4 - 1
        return most - max(0, min(most, Int((scale.place(of: number) * Double(most)).rounded())))
    }

    /// Returns the column of dots of a category.
    private func dot(at category: Int) -> Int {
        let last = chart.categories.count - 1
        return last > 0 ? category * (columns * 2 - 1) / last : columns
    }

    private func drawn() -> DotCanvas {
        var canvas = DotCanvas(rows: Self.rows, columns: columns)
        for (index, series) in chart.series.enumerated() {
            var former: (x: Int, y: Int)?
            for (category, value) in series.values.enumerated() {
                guard let value else {
                    former = nil
                    continue
                }
                let point = (x: dot(at: category), y: dot(of: value.number))
                canvas.draw(from: former ?? point, to: point, index)
                former = point
            }
        }
        guard !look.isSingle else { return canvas }
        for (index, series) in chart.series.enumerated() {
            for (category, value) in series.values.enumerated() {
                guard let value else { continue }
                canvas.mark(dot(of: value.number) / 4, dot(at: category) / 2, index)
            }
        }
        return canvas
    }

    /// The labels below their points, as many as fit.
    private var labels: String {
        let names = chart.categories.map(Sanitizer.visible)
        var (line, end) = ("", 0)
        guard let last = names.last else { return "" }
        let lastStart = max(0, columns - CellWidth.of(last))
        for (category, name) in names.enumerated() {
            let cells = CellWidth.of(name)
            let isLast = category == names.count - 1
            let middle = dot(at: category) / 2
            let start = isLast ? max(end, lastStart) : max(0, min(middle - cells / 2, columns - cells))
            guard start >= end, start + cells <= columns, isLast || start + cells + 1 <= lastStart else { continue }
            line += String(repeating: " ", count: start - end) + name + " "
            end = start + cells + 1
        }
        return line
    }
}

/// A canvas of dots of several series, two by four per cell.
private struct DotCanvas {
    private let columns: Int
    private var dots: [UInt8]
    /// The series last drawn in each cell.
    private var owners: [Int]
    private var marked: [Bool]

    init(rows: Int, columns: Int) {
        self.columns = columns
        dots = Array(repeating: 0, count: rows * columns)
        owners = Array(repeating: 0, count: rows * columns)
        marked = Array(repeating: false, count: rows * columns)
    }

    /// The bits of a cell, left column first, each from top to bottom: Unicode, block Braille Patterns.
    private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    mutating func draw(from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ series: Int) {
        let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
        for step in 0...steps {
            let x = start.x + (end.x - start.x) * step / steps
            let y = start.y + (end.y - start.y) * step / steps
            let cell = y / 4 * columns + x / 2
            guard dots.indices.contains(cell) else { continue }
            dots[cell] |= Self.bits[x % 2][y % 4]
            owners[cell] = series
        }
    }

    /// Puts the letter of a series into a cell.
    mutating func mark(_ row: Int, _ column: Int, _ series: Int) {
        let cell = row * columns + column
        guard dots.indices.contains(cell) else { return }
        (marked[cell], owners[cell]) = (true, series)
    }

    /// Returns the text of a cell of the canvas; `nil` for an empty cell.
    func cell(_ row: Int, _ column: Int, _ look: SeriesLook) -> String? {
        let cell = row * columns + column
        if marked[cell] { return look.painted(look.letter(owners[cell]), owners[cell]) }
        guard dots[cell] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots[cell])) else { return nil }
        return look.painted(String(Character(scalar)), owners[cell])
    }
}
