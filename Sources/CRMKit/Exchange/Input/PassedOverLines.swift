import Formats
import Localization

/// The lines of a table that are not rows, or are incomplete, for notices to the user.
struct PassedOverLines {
    /// What a row below the lines of a document states.
    enum Sum {
        case total, tax
    }

    /// The lines above the header.
    var titles: [String] = []
    /// The rows that repeat the header.
    var headers = Tally()
    /// The rows whose last cells are missing.
    var cut = Tally()
    /// The texts below the table.
    var texts = Tally()
    /// The rows that only contain sums of others.
    var totals = Tally()
    /// The rows that only contain a tax on others.
    var taxes = Tally()
    /// Whether quotes around each whole line were removed.
    var areLinesUnquoted = false
    /// The quotes around cells between tabs, which are removed where a spreadsheet has written them.
    var quotes = CellQuotes.absent

    private static let longestTitle = 40

    var notices: [Text] {
        [unquoted, unquotedCells, aboveHeader, repeatedHeaders, cutRows, belowTable, addedUp, taxed].compactMap { $0 }
    }

    /// Adds a row below the lines of a document.
    mutating func note(_ passed: Sum, _ row: InputRow) {
        switch passed {
        case .total: totals.add(row.line)
        case .tax: taxes.add(row.line)
        }
    }

    private var unquoted: Text? {
        guard areLinesUnquoted else { return nil }
        return Text(
            en: "each line stands in quotes as a whole: it is read without them",
            es: "cada línea va entera entre comillas: se lee sin ellas"
        )
    }

    private var unquotedCells: Text? {
        switch quotes {
        case .absent: nil
        case .doubtful:
            Text(
                en: """
                    cells stand in quotes, and are read with them: where a spreadsheet has written them, --delimiter tab \
                    reads them without
                    """,
                es: """
                    hay celdas entre comillas, y se leen con ellas: si las escribió una hoja de cálculo, --delimiter tab \
                    las lee sin ellas
                    """
            )
        case .written:
            Text(
                en: "cells stand in quotes, as spreadsheets write them: they are read without them",
                es: "hay celdas entre comillas, como las escriben las hojas de cálculo: se leen sin ellas"
            )
        }
    }

    private var aboveHeader: Text? {
        if titles.isEmpty { return nil }
        let texts = titles.map { $0.count > Self.longestTitle ? $0.prefix(Self.longestTitle) + "…" : $0 }
        let shown = texts.map { "\"\($0)\"" }.joined(separator: ", ")
        let quoted = texts.map { "«\($0)»" }.joined(separator: ", ")
        return Text(
            en: "passed over what stands above the header: \(shown)",
            es: "se omitió lo que está encima del encabezado: \(quoted)"
        )
    }

    private var repeatedHeaders: Text? {
        headers.notice {
            Text(
                en: "passed over line \($0), which repeats the header",
                es: "se omitió la línea \($0), que repite el encabezado"
            )
        } many: {
            Text(
                en: "passed over \($0) rows that repeat the header: lines \($1)",
                es: "se omitieron \($0) filas que repiten el encabezado: líneas \($1)"
            )
        }
    }

    private var belowTable: Text? {
        texts.notice {
            Text(
                en: "passed over line \($0), a single cell below an empty line",
                es: "se omitió la línea \($0), una sola celda debajo de una línea vacía"
            )
        } many: {
            Text(
                en: "passed over \($0) single cells below an empty line: lines \($1)",
                es: "se omitieron \($0) celdas solas debajo de una línea vacía: líneas \($1)"
            )
        }
    }

    private var addedUp: Text? {
        totals.notice {
            Text(en: "passed over line \($0): it holds totals", es: "se omitió la línea \($0): contiene totales")
        } many: {
            Text(
                en: "passed over \($0) rows of totals: lines \($1)",
                es: "se omitieron \($0) filas de totales: líneas \($1)"
            )
        }
    }

    private var taxed: Text? {
        let own = Text(
            en: "the tax of each line is that of its own column, as tax, or of its product, or none",
            es: "el impuesto de cada línea es el de su propia columna, como IVA, o el de su inventariable, o ninguno"
        )
        return taxes.notice {
            Text(
                en: "passed over line \($0), which holds a tax: \(own.en)",
                es: "se omitió la línea \($0), que contiene un impuesto: \(own.es)"
            )
        } many: {
            Text(
                en: "passed over \($0) rows of taxes, lines \($1): \(own.en)",
                es: "se omitieron \($0) filas de impuestos, líneas \($1): \(own.es)"
            )
        }
    }

    private var cutRows: Text? {
        cut.notice {
            Text(
                en: "line \($0) has fewer cells than the header: the missing ones are taken as empty",
                es: "la línea \($0) tiene menos celdas que el encabezado: las que faltan se toman como vacías"
            )
        } many: {
            Text(
                en: "\($0) rows have fewer cells than the header, lines \($1): the missing ones are taken as empty",
                es:
                    "\($0) filas tienen menos celdas que el encabezado, líneas \($1): las que faltan se toman como vacías"
            )
        }
    }
}
