import Localization

/// The type of a reference to a record of any module, stored as a module and an id: `case:3`.
struct AnyReferenceType: FieldTypeDefinition {
    var form: ValueForm { .anyReference }
    var placeholder: Text { "REF" }
    var spelling: Text {
        Text(en: "A module and a reference, as in case:3.", es: "Un módulo y una referencia, como case:3.")
    }
    var hint: Text? { Text(en: "module and reference, case:3", es: "módulo y referencia, case:3") }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value { throw .recordAlone }
}
