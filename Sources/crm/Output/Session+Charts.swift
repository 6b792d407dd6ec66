import CLIKit
import CRMKit
import Localization

/// The forms in which charts are printed.
enum ChartForm: String, CaseIterable {
    /// Characters of a terminal.
    case terminal
    case svg, html

    /// The names of the formats of pictures.
    static let names = [svg, html].map(\.rawValue)
}

extension Session {
    /// Returns the form in which charts should be printed; `nil` for rows.
    ///
    /// - Parameter isAsked: whether charts were requested independently of the format.
    /// - Throws: ``CRMError`` `usage` if a format for rows was also requested.
    func chartForm(isAsked: Bool) throws -> ChartForm? {
        let name = invocation.formName
        let picture = name.flatMap { $0 == ChartForm.terminal.rawValue ? nil : ChartForm(rawValue: $0) }
        guard isAsked || picture != nil else { return nil }
        guard line == nil else {
            throw CRMError(.usage, Text(en: "results of a batch are JSON", es: "los resultados de un lote son JSON"))
        }
        if let picture { return picture }
        guard name == nil || name == OutputFormat.table.rawValue else {
            throw CRMError(
                .usage,
                Text(
                    en: "a chart is no \(name ?? ""): it is drawn in the terminal, or as svg or html",
                    es: "un gráfico no es \(name ?? ""): se dibuja en la terminal, o como svg o html"
                )
            )
        }
        return .terminal
    }

    /// Prints charts.
    func print(_ charts: [Chart], as form: ChartForm) throws {
        switch form {
        case .svg: try print(SVGChart(charts).text)
        case .html:
            let title = charts.map(\.title).joined(separator: "; ")
            try print(HTMLChart(titled: title, language: language.rawValue, charts).text)
        case .terminal:
            let style = try outputStyle
            let pictures = charts.map { chart in
                TerminalChart(chart, width: style.lineWidth, style: style.style).lines.map { $0 + "\n" }.joined()
            }
            try print(pictures.joined(separator: "\n"))
        }
    }
}
