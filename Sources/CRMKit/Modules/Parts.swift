extension Part {
    /// What the vCards of a record hold beside the fields, as one vCard 4.0: it is written again with the next one.
    static let cardRemainder = Part(
        "vcard",
        en: "vCard",
        es: "vCard",
        plural: (key: "vcards", en: "vCards", es: "vCards"),
        visibility: .kept,
        fields: [.longText("properties", en: "Properties", es: "Propiedades", [.required, .opaque])]
    )
}
