import CRMKit
import Localization

/// Values for examples of commands that set fields.
struct ExampleValues {
    private let fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }

    /// Options for the required fields. References are omitted, since rules take them from the contact.
    var forRequiredFields: [Text] {
        fields.filter { $0.isRequired && !$0.hasDefault && $0.type.target == nil }.map(Self.option)
    }

    /// Returns a field with a value as an option of a command.
    static func option(_ field: Field) -> Text {
        Text(joining: [Text("--\(field.flag)"), value(of: field.type, label: field.label)], with: " ")
    }

    /// Returns a value of a type; for a type of any text, the label of its field.
    static func value(of type: FieldType, label: Text) -> Text {
        type.example.map { Text($0) } ?? Text(en: "\"\(label.en)\"", es: "\"\(label.es)\"")
    }
}
