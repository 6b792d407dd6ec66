import CLIKit
import CRMKit
import Formats
import Localization

/// The forms in which records are printed.
enum OutputFormat: String, CaseIterable {
    case table, json, jsonl, csv, tsv, markdown, id

    /// Every name, for help and messages.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What the options ask for. On a pipe a table is TSV.
    init(_ invocation: Invocation, isTerminal: Bool) throws(CRMError) {
        let named = invocation.isSet("json") ? OutputFormat.json.rawValue : invocation.value(of: "format")
        guard let format = OutputFormat(rawValue: named ?? OutputFormat.table.rawValue) else {
            throw CRMError(
                .usage,
                Text(
                    en: "there is no format \"\(named ?? "")\"",
                    es: "no existe el formato «\(named ?? "")»"
                ),
                hint: Text(en: "a format is one of \(Self.list)", es: "un formato es uno de \(Self.list)")
            )
        }
        self = format == .table && !isTerminal ? .tsv : format
    }

    /// Whether names of referenced records are printed, not just their ids.
    var printsNames: Bool {
        switch self {
        case .table, .json, .jsonl, .markdown: true
        case .csv, .tsv, .id: false
        }
    }

    /// Whether a program reads it as JSON.
    var isJSON: Bool { self == .json || self == .jsonl }
}
