import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Prints a list; a long one on a terminal goes through the pager.
    ///
    /// - Parameter isList: whether one record stands for itself or is a list of one.
    /// - Returns: how many rows there were.
    @discardableResult
    func print(_ rows: Rows, asList isList: Bool = true) throws -> Int {
        let format = try outputFormat
        let (count, omitted) = try withOutput(paged: isList && format == .table) { sink in
            let style = outputStyle
            var output =
                isList
                ? format.list(of: rows.columns, to: sink, style: style)
                : format.record(of: rows.columns, to: sink, style: style)
            return (try output.writeAll(rows), (output as? TableOutput)?.omittedColumns ?? 0)
        }
        if omitted == 1 {
            try note(
                Text(
                    en: "1 column found no room; choose some with --columns",
                    es: "1 columna no cupo; elegir algunas con --columns"
                )
            )
        } else if omitted > 0 {
            try note(
                Text(
                    en: "\(omitted) columns found no room; choose some with --columns",
                    es: "\(omitted) columnas no cupieron; elegir algunas con --columns"
                )
            )
        }
        return count
    }
}
