/// The formats in which rows come in.
public enum InputFormat: String, Sendable, CaseIterable {
    /// RFC 4180, the first record names the columns.
    case csv
    /// Tab-separated, with `\t \n \r \\` for what would break a row; the first line names the columns.
    case tsv
    /// One JSON object a line.
    case jsonl
    /// One JSON array of objects.
    case json
    /// One reference a line.
    case id
    /// Cards of vCard 2.1, RFC 2426 or RFC 6350.
    case vcard
    /// Electronic invoices of Mexico in XML, of version 3.3 or 4.0.
    case cfdi

    /// What the names of its files end in, without the dot.
    public var fileEnding: String {
        switch self {
        case .csv, .tsv, .jsonl, .json: rawValue
        case .id: "txt"
        case .vcard: "vcf"
        case .cfdi: "xml"
        }
    }

    /// The format that a file's name ends in.
    public init?(fileName: String) {
        let known: [(String, InputFormat)] = [
            (".csv", .csv), (".tsv", .tsv), (".tab", .tsv), (".jsonl", .jsonl), (".ndjson", .jsonl), (".json", .json),
            (".txt", .id),
            (".ids", .id), (".vcf", .vcard), (".vcard", .vcard), (".xml", .cfdi),
        ]
        let name = fileName.lowercased()
        guard let match = known.first(where: { name.hasSuffix($0.0) }) else { return nil }
        self = match.1
    }
}
