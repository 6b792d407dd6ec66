import CLIKit
import CRMKit
import Formats
import Localization

/// A commercially available sheet of labels. Sizes are in millimeters unless stated otherwise.
enum LabelSheet: String, CaseIterable {
    /// 24 labels of 70 × 37 on A4, without margins.
    case a4x24 = "a4-24"
    /// 21 labels of 63.5 × 38.1 on A4.
    case a4x21 = "a4-21"
    /// 14 labels of 99.1 × 38.1 on A4.
    case a4x14 = "a4-14"
    /// 30 labels of 2 5/8 × 1 inches on US letter.
    case letterx30 = "letter-30"
    /// 14 labels of 4 × 1 1/3 inches on US letter.
    case letterx14 = "letter-14"

    /// The layout of the labels on a sheet.
    private struct Cut {
        let page: (width: Double, height: Double)
        let columns: Int
        let rows: Int
        let label: (width: Double, height: Double)
        let top: Double
        let left: Double
        /// The space between columns.
        let gap: Double
    }

    private static let a4 = (width: 210.0, height: 297.0)
    private static let letter = (width: 215.9, height: 279.4)

    private var cut: Cut {
        switch self {
        case .a4x24:
            Cut(page: Self.a4, columns: 3, rows: 8, label: (70, 37), top: 0.5, left: 0, gap: 0)
        case .a4x21:
            Cut(page: Self.a4, columns: 3, rows: 7, label: (63.5, 38.1), top: 15.15, left: 7.25, gap: 2.5)
        case .a4x14:
            Cut(page: Self.a4, columns: 2, rows: 7, label: (99.1, 38.1), top: 15.15, left: 4.65, gap: 2.5)
        case .letterx30:
            Cut(page: Self.letter, columns: 3, rows: 10, label: (66.675, 25.4), top: 12.7, left: 4.7625, gap: 3.175)
        case .letterx14:
            Cut(page: Self.letter, columns: 2, rows: 7, label: (101.6, 33.867), top: 21.167, left: 3.969, gap: 4.763)
        }
    }

    /// The number of labels on a sheet.
    var count: Int { cut.columns * cut.rows }

    /// Returns the HTML before the labels.
    fileprivate func head(titled title: String, in language: Language) -> String {
        let cut = cut
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <title>\(Markup.escaped(title))</title>
            <style>
            @page { size: \(cut.page.width)mm \(cut.page.height)mm; margin: 0 }
            body { margin: 0; color: #000; background: #fff; font: 8pt/1.15 "Helvetica Neue", Arial, sans-serif }
            .sheet { box-sizing: border-box; width: \(cut.page.width)mm; height: \(cut.page.height)mm; overflow: hidden;
              padding: \(cut.top)mm 0 0 \(cut.left)mm; display: grid; align-content: start;
              grid-template-columns: repeat(\(cut.columns), \(cut.label.width)mm);
              grid-auto-rows: \(cut.label.height)mm; column-gap: \(cut.gap)mm }
            .sheet + .sheet { break-before: page }
            .label { box-sizing: border-box; padding: 1mm 4mm; overflow: hidden; display: flex; flex-direction: column;
              justify-content: center }
            .label div { overflow-wrap: anywhere }
            .label div:first-child { font-weight: bold }
            </style>
            </head>
            <body>

            """
    }
}

extension Session {
    /// Prints sheets of labels, with one label for each row.
    ///
    /// - Parameters:
    ///   - lines: the columns of each line of a label; they are separated by a blank.
    ///   - skipping: the number of labels of the first sheet that are already used.
    ///   - home: the country of addresses without one.
    func printLabels(
        _ rows: Rows,
        lines: [[String]],
        on sheet: LabelSheet,
        skipping: Int,
        titled title: String,
        home: String
    ) throws {
        let audience = try audience
        let places = lines.map { line in line.compactMap { key in rows.columns.first { $0.key == key } } }
        try withOutput(to: nil) { sink in
            try sink.append(sheet.head(titled: title, in: language))
            var used = 0
            func place(_ label: String) throws {
                if used % sheet.count == 0 {
                    try sink.append(used == 0 ? "<div class=\"sheet\">\n" : "</div>\n<div class=\"sheet\">\n")
                }
                try sink.append(label)
                used += 1
            }
            for _ in 0..<skipping { try place("<div class=\"label\"></div>\n") }
            while try rows.next() {
                var label = "<div class=\"label\">"
                for line in try self.lines(of: rows, places, audience, home) {
                    label += "<div>\(Markup.escaped(line))</div>"
                }
                try place(label + "</div>\n")
            }
            try sink.append(used == 0 ? "</body>\n</html>\n" : "</div>\n</body>\n</html>\n")
        }
    }

    /// Returns the lines of a label, with the town in the order of its country.
    ///
    /// - Parameter home: the country of addresses without one.
    private func lines(
        of row: Rows,
        _ places: [[OutputColumn]],
        _ audience: Audience,
        _ home: String
    ) throws -> [String] {
        func text(_ key: String) throws -> String {
            try places.joined().first { $0.key == key }.map { try PeopleText.of($0, in: row, audience) } ?? ""
        }
        let place = places.joined().first { $0.key == "country" }?.position
        let country = place.map { row.isNull($0) ? "" : row.text($0) } ?? ""
        let format = TownFormat(country: country.isEmpty ? home : country)
        let town = try format.lines(code: text("postal_code"), town: text("city"), state: text("state"))
        let passed: Set<String> = town == nil ? [] : ["postal_code", "city", "state"]
        // Mail within a country does not name the country.
        let style = LetterStyle(language: language, country: home, clock: audience.clock)
        let abroad = country.isEmpty ? "" : style.foreignCountry(country).uppercased()
        return try places.flatMap { line -> [String] in
            let words = try line.filter { !passed.contains($0.key) }.map { column in
                try column.key == "country" ? abroad : PeopleText.of(column, in: row, audience)
            }
            .filter { !$0.isEmpty }
            let isTown = line.contains { $0.key == "city" }
            // A street may have lines of its own.
            let own = words.joined(separator: " ").split(whereSeparator: \.isNewline).map(String.init)
            return (isTown ? town ?? [] : []) + own
        }
    }
}
