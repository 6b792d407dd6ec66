import Localization

/// An IANA time zone name.
struct TimeZoneType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var takesNoWords: Bool { true }
    var family: ComparisonFamily? { .text("timeZone", canContain: false) }
    var placeholder: Text { Text(en: "ZONE", es: "ZONA") }
    var spelling: Text { Text(en: "A name of the IANA database.", es: "Un nombre de la base de datos de IANA.") }
    var example: String? { "America/Mexico_City" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try TimeZoneName(parsing: text, zones: context.clock.zones).text)
    }
}
