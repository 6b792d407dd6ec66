import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints a list. On a terminal, a long list is shown in a pager.
    ///
    /// - Parameters:
    ///   - totals: rows of the same columns that follow.
    ///   - areChosen: whether the columns were asked for, so that all of them are shown.
    ///   - hidesCurrency: whether people need no column of the currency that each amount shows.
    /// - Returns: the number of rows.
    @discardableResult
    func print(
        _ rows: Rows,
        totals: Rows? = nil,
        columnsAreChosen areChosen: Bool = false,
        hidesCurrency: Bool = false
    ) throws -> Int {
        let format = try outputFormat
        var style = try outputStyle
        style.hasChosenColumns = areChosen
        let (count, table) = try withOutput(paged: format == .table) { sink in
            let columns = format.shown(rows.columns, hidesCurrency: hidesCurrency)
            var output = format.list(of: columns, to: sink, style: style)
            return (try output.writeAll([rows, totals].compactMap { $0 }), output as? TableOutput)
        }
        try noteEmpty(table?.emptyColumns ?? [], canBeChosen: columnsCanBeChosen)
        try noteOmitted(table?.omittedColumns ?? 0)
        return count
    }

    /// Tells the user how many columns did not fit on the line.
    func noteOmitted(_ count: Int) throws {
        if count == 0 { return }
        let way =
            columnsCanBeChosen
            ? Text(en: "choose some with --columns", es: "elegir algunas con --columns")
            : Text(en: "--format csv prints all", es: "--format csv las imprime todas")
        try note(
            count == 1
                ? Text(en: "1 column found no room; \(way.en)", es: "1 columna no cupo; \(way.es)")
                : Text(en: "\(count) columns found no room; \(way.en)", es: "\(count) columnas no cupieron; \(way.es)")
        )
    }

    /// Whether the command has an option that chooses columns.
    private var columnsCanBeChosen: Bool { invocation.path.hasOption(named: "columns") }
}

extension OutputFormat {
    /// The columns that are printed: people read in the first one that a row is over all groups, and a currency in the
    /// amounts that are in it.
    func shown(_ columns: [OutputColumn], hidesCurrency: Bool = false) -> [OutputColumn] {
        guard isForPeople else { return columns }
        let total = columns.first?.totalPosition
        let currencies = columns.compactMap { column in
            if case .money(let currency) = column.kind { currency } else { nil }
        }
        return columns.enumerated().filter { index, column in
            let isShownElsewhere =
                hidesCurrency && index > 0 && column.type == .currency && currencies.contains(column.position)
            return column.position != total && !isShownElsewhere
        }
        .map(\.element)
    }

    /// Returns the columns for listing a module's records: those requested, else those suitable for the format; `nil`
    /// for all.
    func columns(_ asked: [String], of module: Module) -> [String]? {
        if self == .id { return ["id"] }
        if !asked.isEmpty { return asked }
        switch self {
        case .table, .tsv, .markdown: return suited(module.listed, of: module)
        case .json, .jsonl, .csv, .id: return nil
        }
    }

    /// Returns the suitable columns of a module among those listed: when amounts are shown with their currency, it
    /// needs no column of its own.
    func suited(_ keys: [String], of module: Module) -> [String] {
        guard isForPeople, keys.contains(where: { module.field($0)?.type == .money }) else {
            return keys
        }
        return keys.filter { module.field($0)?.type != .currency }
    }
}
