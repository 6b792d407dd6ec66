import CLIKit
import CRMKit
import Localization

/// The options by which a module's fields are set, and their reading.
struct FieldOptions {
    static let group = Text(en: "Fields", es: "Campos")
    private let module: Module

    init(_ module: Module) { self.module = module }

    /// The options of a new record.
    var forAdding: [Option] { module.writableFields.map { option($0, isNew: true) } }

    /// The options of an edit: lists can also be changed element by element.
    var forEditing: [Option] {
        module.writableFields.flatMap { field -> [Option] in
            let setting = option(field, isNew: false)
            guard field.type.isList else { return [setting] }
            return [
                setting,
                listOption("add-", field, Text(en: "Add to", es: "Agregar a")),
                listOption("remove-", field, Text(en: "Remove from", es: "Quitar de")),
            ]
        }
    }

    /// What the options of a command line ask of the fields.
    func inputs(in invocation: Invocation) -> [FieldInput] {
        module.writableFields.compactMap { field in
            if field.type.isList { return listInput(field, in: invocation) }
            if field.type == .boolean {
                return invocation.boolean(of: field.flag).map { FieldInput(field.key, .set($0 ? "true" : "false")) }
            }
            return invocation.value(of: field.flag).map { FieldInput(field.key, .set($0)) }
        }
    }

    private func listInput(_ field: Field, in invocation: Invocation) -> FieldInput? {
        if invocation.isSet(field.flag) {
            return FieldInput(field.key, .setList(invocation.values(of: field.flag)))
        }
        let added = invocation.values(of: "add-\(field.flag)")
        let removed = invocation.values(of: "remove-\(field.flag)")
        guard !added.isEmpty || !removed.isEmpty else { return nil }
        return FieldInput(field.key, .adjustList(adding: added, removing: removed))
    }

    private func option(_ field: Field, isNew: Bool) -> Option {
        Option(
            field.flag,
            field.type == .boolean ? .boolean : .value(field.type.placeholder),
            isRepeatable: field.type.isList,
            isRequired: isNew && field.isRequired && field.defaultValue.isNull,
            summary: isNew ? field.summaryWithDefault : field.summary,
            group: Self.group,
            completion: field.type.completion
        )
    }

    private func listOption(_ prefix: String, _ field: Field, _ verb: Text) -> Option {
        Option(
            prefix + field.flag,
            .value(field.type.placeholder),
            isRepeatable: true,
            summary: Text(
                en: "\(verb.en) \(field.label.en.lowercased())",
                es: "\(verb.es) \(field.label.es.lowercased())"
            ),
            group: Self.group,
            completion: field.type.completion
        )
    }
}

extension Field {
    /// The label, with what else there is to say.
    var summary: Text {
        guard let note else { return label }
        return Text(en: "\(label.en): \(note.en)", es: "\(label.es): \(note.es)")
    }

    /// The summary, with what a new record gets when nothing is given.
    var summaryWithDefault: Text {
        guard !defaultValue.isNull, defaultValue != .integer(0) else { return summary }
        let value = type.text(of: defaultValue, currency: nil)
        return Text(en: "\(summary.en), \(value) by default", es: "\(summary.es), por omisión \(value)")
    }
}

extension FieldType {
    /// What the documents call a value of the type.
    var placeholder: String {
        switch self {
        case .identifier: "ID"
        case .text, .longText, .code: "TEXT"
        case .email: "EMAIL"
        case .phone: "PHONE"
        case .url: "URL"
        case .integer, .decimal: "N"
        case .percent: "PERCENT"
        case .money: "AMOUNT"
        case .currency, .country: "CODE"
        case .timeZone: "ZONE"
        case .date: "DATE"
        case .dateTime: "TIME"
        case .duration, .list(.duration): "DURATION"
        case .boolean: "YES|NO"
        case .choice: "CHOICE"
        case .reference, .anyReference: "REF"
        case .list(.text): "WORD"
        }
    }

    /// What a value of the type can be completed to.
    var completion: Completion {
        switch self {
        case .choice(let choices): .words(choices.map { ($0.key, $0.label) })
        case .reference(let target): .dynamic("reference:\(target.noun)")
        case .anyReference: .dynamic("reference:")
        default: .none
        }
    }
}
