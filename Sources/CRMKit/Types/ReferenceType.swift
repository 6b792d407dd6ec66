import Localization

/// The type of a reference to a record of another module.
struct ReferenceType: FieldTypeDefinition {
    let module: ModuleName

    var form: ValueForm { .reference(module) }
    var placeholder: Text { "REF" }
    var spelling: Text {
        Text(
            en: "The record's id or any other reference to it, as in name:Acme.",
            es: "El id del registro o cualquier otra referencia a él, como name:Acme."
        )
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value { throw .recordAlone }
}

extension ValueError {
    /// The error for a text where a record is expected: references are resolved by the store.
    static let recordAlone = ValueError(
        en: "only a record can be given here",
        es: "aquí solo se puede indicar un registro"
    )
}
