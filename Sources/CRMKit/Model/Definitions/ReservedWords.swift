import Localization

/// Words that mean something of their own on a command line, in JSON, in a filter or in a reference, so that no field
/// may have one for its key. A test holds the options of the program against this list.
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
        "item", "line", "lines", "link", "merged", "merged_from", "module", "name", "not", "null", "or",
        "original_id", "point", "points", "record", "ref", "related", "repeat", "true", "vcard",
    ]

    /// What links hold. In an import and beside `--contact` such a word is of the link, whatever module the record is
    /// of.
    static let attributes: Set<String> = ["note", "role", "since", "until"]

    /// The prefixes of the options for lists, booleans and rows of parts.
    static let prefixes = ["add_", "by_", "no_", "remove_"]

    /// Returns where a key says something else already; `nil` for a key that is free.
    static func place(of key: String) -> Text? {
        if attributes.contains(key) { return Text(en: "in what links hold", es: "en los datos de los vínculos") }
        if names.contains(key) {
            return Text(en: "in JSON, filters or references", es: "en JSON, filtros o referencias")
        }
        guard options.contains(key) || prefixes.contains(where: key.hasPrefix) else { return nil }
        return Text(en: "among the options of commands", es: "entre las opciones de los comandos")
    }
}
