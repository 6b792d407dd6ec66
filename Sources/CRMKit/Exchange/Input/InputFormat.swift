/// The formats in which rows come in.
public enum InputFormat: String, Sendable, CaseIterable {
    /// RFC 4180, the first record names the columns.
    case csv
    /// Tab-separated, the first line names the columns: with `\t \n \r \\` for what would break a row where it names them as
    /// this program does, quoted as in ``csv`` where it does not.
    case tsv
    /// One JSON object a line.
    case jsonl
    /// A JSON array of objects.
    case json
    /// One reference a line.
    case id
    /// Cards of vCard 2.1, RFC 2426 or RFC 6350.
    case vcard
    /// Calendars of RFC 5545.
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

    /// The format that a file's name ends in.
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
