import CLIKit
import CRMKit
import Formats
import Localization

/// The options that say how delimited text is spelled, and their reading.
struct DialectOptions {
    private let invocation: Invocation

    init(_ invocation: Invocation) { self.invocation = invocation }

    /// The options of a command that reads.
    static func reading(group: Text) -> [Option] {
        [
            delimiter(group: group),
            Option(
                "decimal",
                .value("MARK"),
                summary: Text(en: "The decimal mark, . or ,", es: "La marca decimal, . o ,"),
                group: group
            ),
            Option(
                "dates",
                .value("ORDER"),
                summary: Text(en: "How dates are written", es: "Cómo se escriben las fechas"),
                group: group,
                completion: .words(CellRules.DateOrder.allCases.map { ($0.rawValue, Text($0.rawValue)) })
            ),
            Option(
                "excel-es",
                summary: Text(
                    en: "What a Spanish Excel writes: ; between cells, decimal comma, dmy dates",
                    es: "Lo que escribe un Excel en español: ; entre celdas, coma decimal, fechas dmy"
                ),
                group: group
            ),
        ]
    }

    private static func delimiter(group: Text) -> Option {
        Option(
            "delimiter",
            .value("CHAR"),
            summary: Text(
                en: "What separates cells: comma, semicolon or tab",
                es: "Lo que separa las celdas: coma, punto y coma o tabulador"
            ),
            group: group,
            completion: .words([(",", "comma"), (";", "semicolon"), ("tab", "tab")])
        )
    }

    /// The dialect of delimited text; `nil` where nothing is said of it.
    func dialect() throws(CRMError) -> CSVDialect? {
        guard let text = invocation.value(of: "delimiter") else {
            return invocation.isSet("excel-es") ? .csv(delimiter: .semicolon) : nil
        }
        switch text {
        case ",", "comma": return .csv(delimiter: .comma)
        case ";", "semicolon": return .csv(delimiter: .semicolon)
        case "\t", "\\t", "tab": return .csv(delimiter: .tab)
        default: throw Self.unknown("delimiter", text, known: ", ; tab")
        }
    }

    /// The spelling of cells.
    func cells() throws(CRMError) -> CellRules {
        let isSpanish = invocation.isSet("excel-es")
        let decimal = invocation.value(of: "decimal") ?? (isSpanish ? "," : ".")
        guard decimal == "." || decimal == "," else { throw Self.unknown("decimal", decimal, known: ". ,") }
        let dates = invocation.value(of: "dates") ?? (isSpanish ? "dmy" : "iso")
        guard let order = CellRules.DateOrder(rawValue: dates) else {
            throw Self.unknown(
                "dates",
                dates,
                known: CellRules.DateOrder.allCases.map(\.rawValue).joined(separator: " ")
            )
        }
        return CellRules(hasDecimalComma: decimal == ",", dates: order)
    }

    static func unknown(_ option: String, _ text: String, known: String) -> CRMError {
        CRMError(
            .usage,
            Text(en: "--\(option) cannot be \"\(text)\"", es: "--\(option) no puede ser «\(text)»"),
            hint: Text(en: "it is one of: \(known)", es: "es uno de: \(known)")
        )
    }
}
