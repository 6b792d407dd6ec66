import CLIKit
import CRMKit
import Formats
import Localization

/// The options for the dialect of delimited text.
enum DialectOptions {
    static let delimiter = ValueOption<CSVDialect.Delimiter>(
        "delimiter",
        Placeholder.character,
        summary: Text(
            en: "What separates cells: comma, semicolon, tab or pipe",
            es: "Lo que separa las celdas: coma, punto y coma, tabulador o barra"
        ),
        discussion: Text(
            en: "The character itself or its name. Without it CSV has commas.",
            es: "El propio carácter o su nombre. Sin ella, el CSV tiene comas."
        ),
        completion: .words([
            (",", Text(en: "comma", es: "coma")), (";", Text(en: "semicolon", es: "punto y coma")),
            ("tab", Text(en: "tab", es: "tabulador")), ("|", Text(en: "pipe", es: "barra vertical")),
        ])
    ) { text throws(ExpectedValue) in
        switch text.lowercased() {
        case ",", "comma", "coma": return .comma
        case ";", "semicolon", "punto y coma", "punto-y-coma", "puntoycoma": return .semicolon
        case "\t", "\\t", "tab", "tabulador", "tabulación", "tabulacion": return .tab
        case "|", "pipe", "bar", "barra", "barra vertical": return .pipe
        default: throw .oneOf([",", ";", "tab", "|"])
        }
    }
    .synonyms("delimitador separador separator sep")
    static let decimal = ValueOption<CellRules.DecimalMark>(
        "decimal",
        Placeholder.mark,
        summary: Text(en: "The decimal mark, . or ,", es: "La marca decimal, . o ,"),
        discussion: Text(
            en: """
                The other of the two is read between groups of three digits. Without it each number is to tell which is \
                which, or another of the table that is imported, and 1,250 is refused where it may be two.
                """,
            es: """
                La otra de las dos se lee entre grupos de tres cifras. Sin ella, cada número ha de mostrar cuál es cuál, \
                u otro de la tabla que se importa, y 1,250 se rechaza donde puede ser dos.
                """
        )
    ) { text throws(ExpectedValue) in
        switch text.lowercased() {
        case "comma", "coma": return .comma
        case "point", "dot", "period", "punto": return .point
        default:
            guard let mark = CellRules.DecimalMark(rawValue: text) else {
                throw .oneOf(CellRules.DecimalMark.allCases.map(\.rawValue))
            }
            return mark
        }
    }
    .synonyms("decimales coma")
    static let dates = ValueOption<CellRules.DateOrder>(
        "dates",
        Placeholder.order,
        among: CellRules.DateOrder.allCases,
        summary: Text(en: "How dates are written", es: "Cómo se escriben las fechas"),
        discussion: Text(
            en: "iso is 2026-12-31, dmy 31/12/2026, mdy 12/31/2026.",
            es: "iso es 2026-12-31, dmy 31/12/2026, mdy 12/31/2026."
        )
    )
    .synonyms("fechas date-format")
    static let encoding = ValueOption<TextEncoding>(
        "encoding",
        Placeholder.name,
        summary: Text(
            en: "How characters are encoded; utf-8 is the default",
            es: "Cómo se codifican los caracteres; por omisión, utf-8"
        ),
        discussion: Text(
            en: """
                A byte order mark at the beginning of an input tells its encoding without this option, and UTF-16 is known \
                without one. Of an input that is in another encoding than this, the first byte that shows it is named and \
                nothing is taken.
                """,
            es: """
                Una marca de orden de bytes al principio de una entrada indica su codificación sin esta opción, y UTF-16 \
                se reconoce sin ella. De una entrada que está en otra codificación que esta se nombra el primer byte que \
                lo muestra y no se toma nada.
                """
        ),
        completion: .words(TextEncoding.allCases.map { ($0.name, Text($0.name)) })
    ) { text throws(ExpectedValue) in
        guard let encoding = TextEncoding(name: text) else { throw .oneOf(TextEncoding.allCases.map(\.name)) }
        return encoding
    }
    .synonyms("codificación charset")
    static let excel = Flag(
        "excel-es",
        summary: Text(
            en: "What a Spanish Excel writes: ; between cells, decimal comma, dmy dates",
            es: "Lo que escribe un Excel en español: ; entre celdas, coma decimal, fechas dmy"
        ),
        discussion: Text(
            en:
                "Short for --delimiter ';' --decimal , --dates dmy; text that is not UTF-8 is read as windows-1252.",
            es:
                "Equivale a --delimiter ';' --decimal , --dates dmy; el texto que no es UTF-8 se lee como windows-1252."
        )
    )
    .synonyms("excel")
    static let spreadsheetSafe = Flag(
        "spreadsheet-safe",
        summary: Text(
            en: "Let no text run as a formula in a spreadsheet",
            es: "Que ningún texto se ejecute como fórmula en una hoja de cálculo"
        ),
        discussion: Text(
            en:
                "Text that begins as a formula does gets an apostrophe before it. Such a file is for people, not for the way back.",
            es:
                "El texto que empieza como una fórmula lleva un apóstrofo delante. Un archivo así es para personas, no para volver a importarlo."
        )
    )
    .synonyms("seguro safe")

    /// Returns the options of a command that reads.
    static func reading(group: Text) -> [any OptionDeclaration] {
        let delimiter = Self.delimiter.described(
            as: Self.delimiter.option.summary,
            Text(
                en: """
                    The character itself or its name. Without it CSV has commas; with tab, TSV has cells in quotes as CSV, as \
                    it has without it where its cells are written so.
                    """,
                es: """
                    El propio carácter o su nombre. Sin ella, el CSV tiene comas; con tab, el TSV tiene celdas entre comillas \
                    como el CSV, como también sin ella donde sus celdas están escritas así.
                    """
            )
        )
        let dates = Self.dates.described(
            as: Self.dates.option.summary,
            Text(
                en: """
                    iso is 2026-12-31, dmy 31/12/2026, mdy 12/31/2026. Of a moment with its time zone in a column of days \
                    the day is taken on which it is midnight there, or where you are; any other is refused.
                    """,
                es: """
                    iso es 2026-12-31, dmy 31/12/2026, mdy 12/31/2026. De un momento con su zona horaria en una columna de \
                    días se toma el día en que allí, o donde se está, es medianoche; cualquier otro se rechaza.
                    """
            )
        )
        return [
            delimiter.grouped(under: group), decimal.grouped(under: group), dates.grouped(under: group),
            encoding.grouped(under: group), excel.grouped(under: group),
        ]
    }

    /// Returns the options of a command that writes.
    static func writing(group: Text) -> [any OptionDeclaration] {
        let excel = excel.described(
            as: Text(
                en: "What a Spanish Excel reads: ; between cells, decimal comma, dmy dates",
                es: "Lo que lee un Excel en español: ; entre celdas, coma decimal, fechas dmy"
            ),
            Text(
                en:
                    "Short for --delimiter ';' --decimal , --dates dmy, with the byte order mark by which Excel knows UTF-8.",
                es:
                    "Equivale a --delimiter ';' --decimal , --dates dmy, con la marca de orden de bytes por la que Excel reconoce UTF-8."
            )
        )
        return [
            delimiter.grouped(under: group), decimal.grouped(under: group), dates.grouped(under: group),
            encoding.grouped(under: group), excel.grouped(under: group), spreadsheetSafe.grouped(under: group),
        ]
    }

    /// All options about an input.
    static let allReading: [any OptionDeclaration] = [delimiter, decimal, dates, encoding, excel]

    /// Throws if an option does not apply to the input's format.
    ///
    /// JSON numbers always have a point (RFC 8259, section 6). The tab may be given as delimiter for tab-separated
    /// tables, and means that their cells are quoted.
    ///
    /// - Throws: ``CRMError`` `usage`.
    static func refuseIdle(
        _ format: InputFormat,
        _ dialect: Dialect,
        in invocation: Invocation
    ) throws(CRMError) {
        let idle: [any OptionDeclaration] =
            switch format {
            case .csv, .id: []
            case .tsv: dialect.csv?.delimiter == .tab ? [excel] : [delimiter, excel]
            case .json, .jsonl: [delimiter, decimal, excel]
            case .vcard, .ics, .cfdi: [delimiter, decimal, dates, excel]
            }
        try invocation.refuse(idle, for: format.rawValue, hint: Text(en: "leave it out", es: "omitirlo"))
    }

    /// All options about an output.
    static let allWriting: [any OptionDeclaration] = [delimiter, decimal, dates, encoding, excel, spreadsheetSafe]
}

/// The dialect of delimited text given on a command line.
struct Dialect: Equatable {
    /// The dialect of the text; `nil` if it is not given.
    let csv: CSVDialect?
    /// The spelling of cells.
    let cells: CellRules
    /// The encoding; `nil` if it is not given.
    let encoding: TextEncoding?
    /// Whether the dialect is that of a Spanish Excel, except for what other options set.
    let isExcel: Bool

    init(_ invocation: Invocation) throws(UsageError) {
        let isExcel = invocation[DialectOptions.excel]
        self.isExcel = isExcel
        let delimiter = try invocation[DialectOptions.delimiter] ?? (isExcel ? .semicolon : nil)
        csv = delimiter.map { .csv(delimiter: $0) }
        let mark = try invocation[DialectOptions.decimal] ?? (isExcel ? .comma : nil)
        let dates = try invocation[DialectOptions.dates] ?? (isExcel ? .dmy : .iso)
        cells = CellRules(decimal: mark, dates: dates)
        encoding = try invocation[DialectOptions.encoding]
    }

    /// The encoding for reading. Excel writes windows-1252, unless it writes UTF-8.
    var inputEncoding: EncodingClaim? { encoding.map(EncodingClaim.told) ?? (isExcel ? .assumed(.windows1252) : nil) }
}

extension Invocation {
    /// - Throws: ``CRMError`` `usage` if one of the options, which do not apply to the format, is given.
    func refuse(_ options: [any OptionDeclaration], for form: String, hint: Text) throws(CRMError) {
        try refuse(options, for: Text(form), hint: hint)
    }

    /// - Throws: ``CRMError`` `usage` if one of the options, which do not apply, is given.
    func refuse(_ options: [any OptionDeclaration], for form: Text, hint: Text) throws(CRMError) {
        guard let idle = options.first(where: has) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "\(idle.spelling) says nothing about \(form.en)",
                es: "\(idle.spelling) no se aplica a \(form.es)"
            ),
            hint: hint
        )
    }
}
