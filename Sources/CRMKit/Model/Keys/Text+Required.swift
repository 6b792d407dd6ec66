import Localization

extension Text {
    /// What is wrong with a value that is missing.
    public static var isRequired: Text { Text(en: "is required", es: "es obligatorio") }

    /// What is wrong with a value that is missing, and what it would be.
    ///
    /// - Parameter label: the label of its field.
    static func required(as label: Text) -> Text {
        Text(en: "\(isRequired.en) (\(label.en))", es: "\(isRequired.es) (\(label.es))")
    }
}
