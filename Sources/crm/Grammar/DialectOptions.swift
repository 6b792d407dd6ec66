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
        shared(group: group) + [
            Option(
                excel,
                summary: Text(
                    en: "What a Spanish Excel writes: ; between cells, decimal comma, dmy dates",
                    es: "Lo que escribe un Excel en español: ; entre celdas, coma decimal, fechas dmy"
                ),
                group: group
            )
        ]
    }

    /// The options of a command that writes.
    static func writing(group: Text) -> [Option] {
        shared(group: group) + [
            Option(
                excel,
                summary: Text(
                    en: "What a Spanish Excel reads: ; between cells, decimal comma, dmy dates",
                    es: "Lo que lee un Excel en español: ; entre celdas, coma decimal, fechas dmy"
                ),
                group: group
            ),
            Option(
                "spreadsheet-safe",
                summary: Text(
                    en: "Let no text run as a formula in a spreadsheet",
                    es: "Que ningún texto se ejecute como fórmula en una hoja de cálculo"
                ),
                group: group
            ),
        ]
    }

    /// The names of the options of a command that writes.
    static let writingNames = ["delimiter", "decimal", "dates", "encoding", excel, "spreadsheet-safe"]

    private static let excel = "excel-es"

    private static func shared(group: Text) -> [Option] {
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
                "encoding",
                .value("NAME"),
                summary: Text(
                    en: "How characters are encoded; utf-8 is the default",
                    es: "Cómo se codifican los caracteres; por omisión, utf-8"
                ),
                group: group,
                completion: .words(TextEncoding.allCases.map { ($0.name, Text($0.name)) })
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

    /// - Throws: ``CRMError`` `usage` where an option is given that the format of an input has no use for. The numbers
    ///   of JSON have a point (RFC 8259, section 6).
    func check(for format: InputFormat) throws(CRMError) {
        let idle =
            switch format {
            case .csv, .id: [] as [String]
            case .tsv: ["delimiter", Self.excel]
            case .json, .jsonl: ["delimiter", "decimal", Self.excel]
            case .vcard: ["delimiter", "decimal", "dates", Self.excel]
            }
        guard let option = idle.first(where: { invocation.isSet($0) }) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--\(option) says nothing about \(format.rawValue)",
                es: "--\(option) no se aplica a \(format.rawValue)"
            ),
            hint: Text(en: "leave it out", es: "omitirlo")
        )
    }

    /// The encoding; `nil` where nothing is said of it.
    func encoding() throws(CRMError) -> TextEncoding? {
        guard let name = invocation.value(of: "encoding") else { return nil }
        guard let encoding = TextEncoding(name: name) else {
            throw Self.unknown(
                "encoding",
                name,
                known: TextEncoding.allCases.map(\.name).joined(separator: " ")
            )
        }
        return encoding
    }

    /// The encoding of what is read: Excel writes what Windows calls ANSI, unless it sets a byte order mark.
    func inputEncoding() throws(CRMError) -> TextEncoding? {
        try encoding() ?? (invocation.isSet("excel-es") ? .windows1252 : nil)
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
