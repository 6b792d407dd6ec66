import CLIKit
import CRMKit
import Localization

/// The options for rows of a part, and the reading of their values. They are created from the part, so that no name is
/// defined twice.
struct PartOptions {
    private let part: Part

    init(_ part: Part) { self.part = part }

    /// The option of a record's verb that adds a row: `--point`.
    var rows: ListOption<String> {
        ListOption<String>(
            part.name.hyphenated,
            placeholder,
            summary: Text(
                en: "Add \(part.label.withArticle)",
                es: "Agregar a \(part.plural.es.lowercased())"
            ),
            discussion: spelling,
            group: FieldOptions.group,
            completion: part.kindField == nil ? .none : .found(.rowKind(part: part.name))
        )
        .synonyms(madeBy: { [part] in [part.label.en, part.label.es] + part.synonyms })
    }

    /// The placeholder for a row in one word: `KIND:VALUE`.
    var placeholder: Text {
        if part.shorthand.isEmpty { return Text(en: "FIELD=VALUE,…", es: "CAMPO=VALOR,…") }
        let labels = part.shorthand.map { (part.field($0)?.label.es ?? $0).replacing(" ", with: "_") }
        return Text(
            en: part.shorthand.map { $0.uppercased() }.joined(separator: ":"),
            es: labels.map { $0.uppercased() }.joined(separator: ":")
        )
    }

    /// The description of how to write a row in one word.
    var spelling: Text {
        let keys = part.words.joined(separator: ", ")
        let long = Text(
            en: "FIELD=VALUE with commas between them, of \(keys); a value with a comma stands in double quotes.",
            es: "CAMPO=VALOR con comas entre ellos, de \(keys); un valor con coma va entre comillas dobles."
        )
        guard !part.shorthand.isEmpty else { return long }
        let kinds = part.kindField?.type.choices.map(\.key).joined(separator: ", ")
        return Text(
            en: "\(placeholder.en)\(kinds.map { ", of \($0)" } ?? ""), or \(long.en)",
            es: "\(placeholder.es)\(kinds.map { ", de \($0)" } ?? ""), o \(long.es)"
        )
    }

    /// Returns the input for the rows that a command line adds to a record; `nil` if it adds none.
    func newRows(in invocation: Invocation) -> FieldInput? {
        let texts = invocation[rows]
        return texts.isEmpty ? nil : FieldInput(part.key, .addRows(texts))
    }

    /// The option of a record's verb that adds rows from a file: `--lines`.
    var file: ValueOption<String> {
        ValueOption<String>(
            part.key.hyphenated,
            Placeholder.file,
            summary: Text(
                en: "Add \(part.plural.en.lowercased()) from a file, - for standard input",
                es: "Agregar \(part.plural.es.lowercased()) de un archivo, - para la entrada estándar"
            ),
            discussion: Text(
                en: """
                    CSV, TSV, JSON or JSON Lines, as its name ends or its first bytes say; columns are called as the \
                    fields\(named.map { ", or by what is named, as in \($0)" } ?? "").
                    """,
                es: """
                    CSV, TSV, JSON o JSON Lines, según termine su nombre o digan sus primeros bytes; las columnas se \
                    llaman como los campos\(named.map { ", o por lo que se nombra, como \($0)" } ?? "").
                    """
            ),
            group: FieldOptions.group,
            completion: .files
        )
    }

    /// The column by which a file names the subject of a row; `nil` if rows refer to no record.
    private var named: String? { part.fields.first { $0.type.target != nil }.map { "\($0.key).code" } }

    /// The option of the verb that adds rows to a record, for reading them from a file: `--input`.
    var input: ValueOption<String> {
        ValueOption<String>(
            "input",
            short: "i",
            Placeholder.file,
            summary: file.option.summary,
            discussion: file.option.discussion,
            completion: .files
        )
        .synonyms("entrada archivo fichero file from \(part.key)")
    }

    /// Returns the options that set the fields of a row.
    ///
    /// - Parameter isEdit: whether the summaries of numbers also describe how to increase or decrease the present
    ///   value.
    func fields(isEdit: Bool = false) -> [any OptionDeclaration] {
        part.writableFields.map {
            FieldOption($0, summary: $0.summary, isEdit: isEdit, group: FieldOptions.group).declaration
        } + aliases.map(\.option)
    }

    /// Returns the inputs that a command line gives for the fields of a row.
    ///
    /// - Parameter isEdit: whether a signed number changes the stored value by that amount.
    func inputs(in invocation: Invocation, isEdit: Bool = false) -> [FieldInput] {
        part.writableFields.compactMap { FieldOption($0).input($0, in: invocation, isEdit: isEdit) }
            + aliases.compactMap { alias in
                invocation[alias.option].map { text in
                    let field = isEdit ? part.field(called: alias.word, given: text) : nil
                    return FieldInput(alias.word, field.map { FieldInput.edit($0, as: text).change } ?? .set(text))
                }
            }
    }

    /// The alternative words for fields that are not the name of any field's own option.
    private var aliases: [(word: String, option: ValueOption<String>)] {
        part.aliases.filter { alias in !part.writableFields.contains { $0.flag == alias.word } }.map { alias in
            let fields = alias.keys.compactMap { part.field($0) }
            let summary = Text(
                en: fields.map(\.label.en).joined(separator: ", "),
                es: fields.map(\.label.es).joined(separator: ", ")
            )
            let names = fields.map { "--\($0.flag)" }.joined(separator: ", ")
            let option = ValueOption<String>(
                alias.word,
                fields.first?.type.placeholder ?? Placeholder.row,
                summary: summary,
                discussion: Text(en: "Short for \(names).", es: "Forma breve de \(names)."),
                group: FieldOptions.group
            )
            return (alias.word, option)
        }
    }
}
