import Localization

/// One record of any module, `case:3`; stored as a module and an id.
struct AnyReferenceType: FieldTypeDefinition {
    var form: ValueForm { .anyReference }
    var placeholder: Text { "REF" }
    var spelling: Text {
        Text(en: "A module and a reference, as in case:3.", es: "Un módulo y una referencia, como case:3.")
    }
    var hint: Text? { Text(en: "module and reference, case:3", es: "módulo y referencia, case:3") }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value { throw .recordAlone }
}
