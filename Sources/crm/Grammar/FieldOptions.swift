import CLIKit
import CRMKit
import Localization

/// The options that set fields, and the reading of their values. They are created from the fields, so that no name is
/// defined twice.
struct FieldOptions {
    static let group = Text(en: "Fields", es: "Campos")
    private let fields: [Field]
    /// The parts to which an option adds rows.
    private let parts: [Part]
    /// The keys of the fields that keep their value if no option is given.
    private var kept: Set<String> = []
    /// The keys of the fields whose option takes the name of a file.
    private var files: Set<String> = []

    /// Creates the options for the fields of a module's records.
    init(_ module: Module) {
        fields = module.writableFields
        parts = module.givenParts
    }

    /// Creates the options for the inputs of an action.
    ///
    /// - Parameter made: the module of the records that the action creates, if any; its fields get options too.
    init(_ action: Action, making made: Module? = nil) {
        let flags = Set(action.inputs.map(\.flag))
        let more = made?.writableFields.filter { !flags.contains($0.flag) } ?? []
        fields = action.inputs + more
        parts = action.parts
        kept = Set(more.map(\.key))
    }

    /// Creates the options for the parameters of a report.
    init(_ report: Report) {
        fields = report.parameters
        parts = []
        files = Set(report.files.keys)
    }

    /// The options of a new record.
    var forAdding: [any OptionDeclaration] {
        fields.flatMap { [option($0, isNew: true)] + other($0) }
            + rows
    }

    /// The options of an edit, by which lists can also be changed element by element.
    var forEditing: [any OptionDeclaration] {
        fields.flatMap { field -> [any OptionDeclaration] in
            let setting = option(field, isNew: false)
            return field.type.isList
                ? [setting, FieldOption.adding(to: field), FieldOption.removing(from: field)] : [setting] + other(field)
        } + rows
    }

    /// The options that add rows of parts, and those for the dialect of files of rows.
    private var rows: [any OptionDeclaration] {
        let given = parts.flatMap { [PartOptions($0).rows, PartOptions($0).file] as [any OptionDeclaration] }
        return given.isEmpty ? [] : given + DialectOptions.reading(group: Self.reading)
    }

    /// The heading of the options for the dialect of a file of rows.
    private static let reading = Text(en: "Files of rows", es: "Archivos de filas")

    /// Returns the inputs that the options of a command line give for the fields.
    ///
    /// - Parameter isEdit: whether a signed number changes the stored value by that amount.
    /// - Throws: ``CRMError`` `usage` if both options of a field are given.
    func inputs(in invocation: Invocation, isEdit: Bool = false) throws(CRMError) -> [FieldInput] {
        let given = Set(invocation.occurrences.map(\.name))
        for field in fields {
            guard let other = field.otherFlag, given.isSuperset(of: [field.flag, other]) else { continue }
            let (one, two) = ("--\(field.flag)", "--\(other)")
            throw CRMError(
                .usage,
                Text(
                    en: "\(two) and \(one) say the same: only one of them can be given",
                    es: "\(two) y \(one) dicen lo mismo: solo puede indicarse una"
                )
            )
        }
        return fields.compactMap { field in
            if let other = FieldOption.other(of: field), let text = invocation[other] {
                return FieldInput(field.key, .set(text))
            }
            let names = field.type.isList ? FieldOption.names(ofList: field) : [field.flag]
            return given.isDisjoint(with: names) ? nil : FieldOption(field).input(field, in: invocation, isEdit: isEdit)
        } + parts.compactMap { PartOptions($0).newRows(in: invocation) }
    }

    private func other(_ field: Field) -> [any OptionDeclaration] { FieldOption.other(of: field).map { [$0] } ?? [] }

    private func option(_ field: Field, isNew: Bool) -> any OptionDeclaration {
        let isKept = kept.contains(field.key)
        let isMissed = isNew && !isKept && field.isRequired && !field.hasDefault
        let replacing = Text(
            en: "\(field.summary.en), instead of those there are",
            es: "\(field.summary.es), en lugar de lo que haya"
        )
        let plain = !isNew && field.type.isList ? replacing : field.summary
        let summary = isNew && !isKept ? field.summaryWithDefault : plain
        let isFile = files.contains(field.key)
        return FieldOption(field, summary: summary, isEdit: !isNew, isFile: isFile, group: Self.group).declaration
            .required(isMissed)
    }
}

/// The option that sets a field.
enum FieldOption {
    /// A yes or no.
    case truth(Switch)
    /// A value, which the field's type parses when it is stored.
    case value(ValueOption<String>)
    /// The elements of a list.
    case list(ListOption<String>)

    private static let path = Text(
        en: "A path, or - for standard input.",
        es: "Una ruta, o - para la entrada estándar."
    )

    /// - Parameters:
    ///   - isEdit: whether to describe, for a number, that it can be increased or decreased.
    ///   - isFile: whether the value is read from a file, whose name the option takes.
    init(_ field: Field, summary: Text? = nil, isEdit: Bool = false, isFile: Bool = false, group: Text? = nil) {
        let (name, placeholder) = (field.flag, isFile ? Placeholder.file : field.type.placeholder)
        let completion = isFile ? Completion.files : field.type.completion
        let discussion =
            isEdit && field.type.isAdjustable
            ? Text(joining: [field.type.spelling, Self.adjusting], with: " ") : isFile ? Self.path : field.type.spelling
        let summary = summary ?? field.summary
        let synonyms: @Sendable () -> [String] = { [key = field.key, label = field.label] in
            Field.synonyms(of: key, [label.en, label.es])
        }
        if field.type == .boolean {
            let option = Switch(name, summary: summary, discussion: discussion, group: group)
            self = .truth(option.synonyms(madeBy: synonyms))
        } else if field.type.isList {
            let option = ListOption<String>(name, placeholder, summary: summary, discussion: discussion, group: group)
            self = .list(option.completing(completion).synonyms(madeBy: synonyms))
        } else {
            let option = ValueOption<String>(name, placeholder, summary: summary, discussion: discussion, group: group)
            self = .value(option.completing(completion).synonyms(madeBy: synonyms))
        }
    }

    /// The description of how to adjust a number.
    private static let adjusting = Text(
        en: "With a sign, as in +3 or -2, it changes by that much; =-2 sets it below zero.",
        es: "Con signo, como +3 o -2, cambia en esa cantidad; =-2 lo define por debajo de cero."
    )

    /// Returns the input that a command line gives for the field by this option, or by those that change a list; `nil`
    /// if it gives none.
    ///
    /// - Parameter isEdit: whether a signed number changes the stored value by that amount.
    func input(_ field: Field, in invocation: Invocation, isEdit: Bool = false) -> FieldInput? {
        switch self {
        case .truth(let option):
            return invocation[option].map { FieldInput(field.key, .set($0 ? "true" : "false")) }
        case .value(let option):
            return invocation[option].map { isEdit ? .edit(field, as: $0) : FieldInput(field.key, .set($0)) }
        case .list(let option):
            if invocation.has(option) { return FieldInput(field.key, .setList(invocation[option])) }
            let added = invocation[Self.adding(to: field)]
            let removed = invocation[Self.removing(from: field)]
            guard !added.isEmpty || !removed.isEmpty else { return nil }
            return FieldInput(field.key, .adjustList(adding: added, removing: removed))
        }
    }

    /// Returns the other option that sets the field; `nil` if there is none.
    static func other(of field: Field) -> ValueOption<String>? {
        guard let flag = field.otherFlag else { return nil }
        let summary = Text(en: "The same as --\(field.flag)", es: "Lo mismo que --\(field.flag)")
        return ValueOption<String>(
            flag,
            field.type.placeholder,
            summary: summary,
            discussion: field.type.spelling,
            group: FieldOptions.group
        )
    }

    /// The declaration for the grammar.
    var declaration: any OptionDeclaration {
        switch self {
        case .truth(let option): option
        case .value(let option): option
        case .list(let option): option
        }
    }

    /// Returns the option that adds elements to a list: `--add-tag`.
    static func adding(to field: Field) -> ListOption<String> {
        adjusting(
            field,
            names(ofList: field)[1],
            Text(en: "Add to \(field.label.en.lowercased())", es: "Agregar a \(field.label.es.lowercased())"),
            Text(
                en: "The elements that the list has already stay; one that is there is not added twice.",
                es: "Los elementos que ya tiene la lista se conservan; uno que ya está no se agrega dos veces."
            )
        )
    }

    /// Returns the option that removes elements from a list: `--remove-tag`.
    static func removing(from field: Field) -> ListOption<String> {
        adjusting(
            field,
            names(ofList: field)[2],
            Text(en: "Remove from \(field.label.en.lowercased())", es: "Quitar de \(field.label.es.lowercased())"),
            Text(
                en: "The other elements of the list stay; one that is not there is no error.",
                es: "Los demás elementos de la lista se conservan; uno que no está no es un error."
            )
        )
    }

    /// Returns the names of the options that set a list, add to it and remove from it.
    static func names(ofList field: Field) -> [String] { [field.flag, "add-\(field.flag)", "remove-\(field.flag)"] }

    private static func adjusting(
        _ field: Field,
        _ name: String,
        _ summary: Text,
        _ discussion: Text
    ) -> ListOption<String> {
        ListOption<String>(
            name,
            field.type.placeholder,
            summary: summary,
            discussion: discussion,
            group: FieldOptions.group,
            completion: field.type.completion
        )
    }
}

extension Field {
    /// The label, with the note of the field if it has one.
    var summary: Text {
        guard let note else { return label }
        return Text(en: "\(label.en): \(note.en)", es: "\(label.es): \(note.es)")
    }

    /// The summary, with the default of a new record if there is one.
    var summaryWithDefault: Text {
        guard hasDefault, defaultValue != .integer(0) else { return summary }
        let value = relativeDefault ?? type.text(of: defaultValue, currency: nil)
        let spanish = type == .boolean ? (value == "true" ? "sí" : "no") : value
        return Text(en: "\(summary.en), \(value) by default", es: "\(summary.es), por omisión \(spanish)")
    }
}
