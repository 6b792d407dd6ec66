import CRMKit
import Localization

/// Values to show in examples of commands that set fields.
struct ExampleValues {
    private let fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }

    /// Options for the fields that cannot be done without. References are left to the contact, from which rules
    /// take them.
    var forRequiredFields: [Text] {
        fields
            .filter { $0.isRequired && !$0.hasDefault && $0.type.target == nil }
            .map { Text(joining: [Text("--\($0.flag)"), Self.value(of: $0.type, label: $0.label)], with: " ") }
    }

    /// A value of a type; where any text will do, the label of its field.
    static func value(of type: FieldType, label: Text) -> Text {
        type.example.map { Text($0) } ?? Text(en: "\"\(label.en)\"", es: "\"\(label.es)\"")
    }
}
