/// Words that mean something of their own on a command line, in JSON, in a filter or in a reference, so that no field may
/// have one for its key. A test holds the options of the program against this list.
public enum ReservedWords {
    /// The options of the program that set no field, with underscores.
    public static let options: Set<String> = [
        "after", "attachment", "avg", "batch_size", "by", "columns", "content_folder", "continue_on_error", "count",
        "create",
        "create_missing", "dates", "db", "decimal", "default", "delete_missing", "delimiter", "dry_run", "each", "en",
        "encoding", "ended", "es", "excel_es", "field", "following", "force", "format", "from", "full", "having",
        "help", "hidden",
        "ignore_unknown", "in", "input", "input_format", "journal", "json", "keep", "key", "lang", "limit", "links",
        "map", "match", "max", "measure", "median", "min", "no_header", "no_pager", "on", "on_match", "on_repeat",
        "occurrence", "only_empty", "output", "prefer", "program", "purge", "quiet", "recursive", "refresh", "rejects",
        "repair", "replace",
        "required", "rotate", "show_mapping", "sort", "spreadsheet_safe", "sum", "template", "threshold", "timeout",
        "to", "total", "values", "vcard_version", "version", "view", "where", "who", "with_content", "yes",
    ]

    /// The words that JSON, references, paths and filters give a meaning to.
    static let names: Set<String> = [
        "about", "and", "between", "bounce", "bounces", "currency", "empty", "error", "ext", "false", "has", "id", "is",
        "item", "line", "lines", "link", "merged", "merged_from", "module", "name", "not", "note", "null", "or",
        "point", "points", "record", "ref", "related", "repeat", "role", "since", "true", "until", "vcard",
    ]

    /// The prefixes of the options for lists, booleans and rows of parts.
    static let prefixes = ["add_", "by_", "no_", "remove_"]

    /// Whether a key says something else already.
    static func contain(_ key: String) -> Bool {
        options.contains(key) || names.contains(key) || prefixes.contains { key.hasPrefix($0) }
    }
}
