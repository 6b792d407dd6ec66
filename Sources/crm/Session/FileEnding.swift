/// The ending of a file's name, by which people and programs know what is in the file.
struct FileEnding {
    /// The ending in small letters, without the dot: `xlsx`.
    let text: String

    /// The ending of an output file; `nil` for standard output, and for a name without an ending.
    init?(_ path: String?) {
        guard let path, let dot = path.lastIndex(of: ".") else { return nil }
        text = path[path.index(after: dot)...].lowercased()
        if text.isEmpty || text.contains("/") { return nil }
    }

    /// Whether files with the ending are of a kind that no export writes.
    var isForeign: Bool { isOfSpreadsheet || Self.foreign.contains(text) }
    /// Whether it is that of a spreadsheet, which also opens tables of text.
    var isOfSpreadsheet: Bool { Self.spreadsheets.contains(text) }

    /// The endings of files of spreadsheets.
    static let spreadsheets: Set<String> = ["xlsx", "xls", "xlsm", "xlsb", "ods", "numbers"]
    private static let foreign: Set<String> = [
        "pdf", "docx", "doc", "odt", "rtf", "pages", "pptx", "ppt", "odp", "html", "htm", "md", "markdown", "xml",
        "yaml", "yml", "parquet", "eml", "mbox", "svg", "png", "jpg", "zip", "gz", "bz2",
        "xz", "zst", "7z",
    ]
}
