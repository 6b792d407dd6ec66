/// The formats in which records are printed.
enum OutputFormat: String, CaseIterable {
    case table, json, jsonl, csv, tsv, markdown, id

    /// The names of all.
    static var names: [String] { allCases.map(\.rawValue) }
    /// The names of those of rows that need not be about single records.
    static var namesOfFigures: [String] { allCases.filter { $0 != .id }.map(\.rawValue) }

    /// Whether names of referenced records are printed, not just their ids.
    var printsNames: Bool {
        switch self {
        case .table, .json, .jsonl, .markdown: true
        case .csv, .tsv, .id: false
        }
    }

    /// Whether the format is JSON.
    var isJSON: Bool { self == .json || self == .jsonl }

    /// Whether the format is for people, in their language and local time.
    var isForPeople: Bool { self == .table || self == .markdown }
}
