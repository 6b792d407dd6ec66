import Localization

extension Report {
    /// Where people are.
    static let places = [contactsByPlace, mailingLabels]

    /// Whether an address is in use on the day that is looked at.
    private static func isValid(_ report: ReportContext) -> SQLFragment {
        """
        (t.valid_from IS NULL OR t.valid_from <= \(report.day)) \
        AND (t.valid_until IS NULL OR t.valid_until >= \(report.day))
        """
    }

    private static let contactsByPlace = Report(
        name: "contacts-by-place",
        summary: Text(en: "How many contacts are where", es: "Cuántos contactos hay en cada lugar"),
        discussion: Text(
            en: "Addresses that are valid on the day count; a contact counts once in a place.",
            es: "Cuentan las direcciones vigentes ese día; un contacto cuenta una vez en cada lugar."
        ),
        module: .address,
        parameters: [Parameter.day],
        columns: [
            .count(
                "contacts",
                Text(en: "Contacts", es: "Contactos"),
                Text(en: "Different contacts with an address there", es: "Contactos distintos con una dirección allí")
            ),
            .count(
                "addresses",
                Text(en: "Addresses", es: "Direcciones"),
                Text(en: "Addresses there", es: "Direcciones allí")
            ),
        ],
        order: ["-contacts"],
        content: .groups(
            ReportGroups(
                keys: "country, state, city",
                restriction: isValid,
                facts: [ReportGroups.Fact("person") { _ in "t.contact" }],
                partsByCurrency: false,
                figures: { _ in ["count(DISTINCT person)", "count(*)"] }
            )
        )
    )

    private static let mailingLabels = Report(
        name: "mailing-labels",
        summary: Text(
            en: "One address a contact, for labels of a mailing",
            es: "Una dirección por contacto, para etiquetas de un envío"
        ),
        discussion: Text(
            en: """
                Of a contact's valid addresses that pass the filters one is taken: a primary one before others, then the \
                oldest. Contacts without one are left out; data-quality counts them.
                """,
            es: """
                De las direcciones vigentes de un contacto que cumplen los filtros se toma una: antes una principal y \
                luego la más antigua. Los contactos sin dirección se omiten; data-quality los cuenta.
                """
        ),
        module: .address,
        parameters: [
            Parameter.day,
            Field(
                "kind",
                .text,
                label: Text(en: "Addresses of this kind alone", es: "Solo direcciones de este tipo")
            ),
        ],
        columns: [
            .record(.contact, en: "The contact", es: "El contacto"),
            .record(.organization, en: "The contact's organization", es: "El cliente del contacto"),
            .field(.address, "street", en: "Street and number", es: "Calle y número"),
            .field(.address, "neighborhood", en: "Neighborhood", es: "Colonia"),
            .field(.address, "postal_code", en: "Postal code", es: "Código postal"),
            .field(.address, "city", en: "City", es: "Ciudad"),
            .field(.address, "state", en: "State", es: "Estado"),
            .field(.address, "country", en: "Country", es: "País"),
        ],
        order: ["country", "postal_code", "contact"],
        content: .rows { report in
            """
            SELECT contact, organization, street, neighborhood, postal_code, city, state, country FROM \
            (SELECT t.*, c.organization, row_number() OVER \
            (PARTITION BY t.contact ORDER BY t."primary" IS 1 DESC, t.id) AS place \
            FROM address AS t JOIN contact AS c ON c.id = t.contact \
            WHERE \(report.condition) AND \(isValid(report)) AND \(report.matches("kind", "t.kind"))) WHERE place = 1
            """
        }
    )
}
