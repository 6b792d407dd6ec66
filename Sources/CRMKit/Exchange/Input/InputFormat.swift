/// The formats of rows.
public enum InputFormat: String, Sendable, CaseIterable {
    /// RFC 4180; the first record names the columns.
    case csv
    /// Tab-separated; the first line names the columns. If the names are like those of this program, `\t \n \r \\` are
    /// escapes for characters that would break a row. Otherwise cells are quoted as in ``csv``.
    case tsv
    /// A JSON object on each line.
    case jsonl
    /// A JSON array of objects.
    case json
    /// A reference to a record on each line.
    case id
    /// Cards in vCard 2.1, 3.0 (RFC 2426) or 4.0 (RFC 6350).
    case vcard
    /// Calendars in RFC 5545.
    case ics
    /// Electronic invoices of Mexico in XML, of version 3.3 or 4.0.
    case cfdi

    /// The file name extension of the format, without the dot.
    public var fileEnding: String {
        switch self {
        case .csv, .tsv, .jsonl, .json: rawValue
        case .id: "txt"
        case .vcard: "vcf"
        case .ics: rawValue
        case .cfdi: "xml"
        }
    }

    /// Creates the format for the extension of a file's name; `nil` for any other extension.
    public init?(fileName: String) {
        let known: [(String, InputFormat)] = [
            (".csv", .csv), (".tsv", .tsv), (".tab", .tsv), (".jsonl", .jsonl), (".ndjson", .jsonl), (".json", .json),
            (".txt", .id),
            (".ids", .id), (".vcf", .vcard), (".vcard", .vcard), (".ics", .ics),
            (".ical", .ics), (".xml", .cfdi),
        ]
        let name = fileName.lowercased()
        guard let match = known.first(where: { name.hasSuffix($0.0) }) else { return nil }
        self = match.1
    }
}
