import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints a list. On a terminal, a long list is shown in a pager.
    ///
    /// - Parameters:
    ///   - totals: further rows with the same columns, printed at the end.
    ///   - areChosen: whether the columns were requested, so that all of them are shown.
    ///   - hidesCurrency: whether to leave out, for people, the currency column that each amount already shows.
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

    /// Prints the ids of records, each on a line.
    func print(ids: [Int64]) throws {
        try withOutput { sink in
            for id in ids {
                try sink.append(integer: id)
                try sink.append(UInt8(ascii: "\n"))
            }
        }
    }

    /// Informs the user how many columns did not fit the line.
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
    /// Returns the columns to print. For people, the column that marks totals and, if requested, those of currencies
    /// are left out: the first column shows totals, and amounts show their currency.
    func shown(_ columns: [OutputColumn], hidesCurrency: Bool = false) -> [OutputColumn] {
        guard isForPeople else { return columns }
        let total = columns.lazy.compactMap(\.totalPosition).first
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

    /// Returns the columns for listing a module's records: the requested ones, otherwise those suitable for the format;
    /// `nil` for all.
    func columns(_ asked: [String], of module: Module) -> [String]? {
        if self == .id { return ["id"] }
        if !asked.isEmpty { return asked }
        switch self {
        case .table, .tsv, .markdown: return suited(module.listed, of: module)
        case .json, .jsonl, .csv, .id: return nil
        }
    }

    /// Returns those of a module's columns that suit the format: if amounts are shown with their currency, it needs no
    /// column of its own.
    func suited(_ keys: [String], of module: Module) -> [String] {
        guard isForPeople, keys.contains(where: { module.field($0)?.type == .money }) else {
            return keys
        }
        return keys.filter { module.field($0)?.type != .currency }
    }
}
