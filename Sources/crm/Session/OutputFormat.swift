/// The forms in which records are printed.
enum OutputFormat: String, CaseIterable {
    case table, json, jsonl, csv, tsv, markdown, id

    /// Every name, for help and messages.
    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether names of referenced records are printed, not just their ids.
    var printsNames: Bool {
        switch self {
        case .table, .json, .jsonl, .markdown: true
        case .csv, .tsv, .id: false
        }
    }

    /// Whether a program reads it as JSON.
    var isJSON: Bool { self == .json || self == .jsonl }

    /// Whether people read it, in their words and by their clocks.
    var isForPeople: Bool { self == .table || self == .markdown }
}
