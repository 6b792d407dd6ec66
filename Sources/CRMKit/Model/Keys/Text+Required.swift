import Localization

extension Text {
    /// What is wrong with a value that is missing.
    static var isRequired: Text { Text(en: "is required", es: "es obligatorio") }
}
