import Localization

extension Report {
    /// Reports on places.
    static let places = [contactsByPlace, mailingLabels, visitRoute]

    /// The condition that an address is in use on the day of the report.
    static func isValid(_ report: ReportContext) -> SQLFragment {
        """
        (t.valid_from IS NULL OR t.valid_from <= \(report.day)) \
        AND (t.valid_until IS NULL OR t.valid_until >= \(report.day))
        """
    }

    /// The filter for addresses that are in use on a day, which means what ``isValid(_:)`` does.
    static func validityFilter(on day: String) -> String {
        "(valid_from is empty or valid_from <= \(day)) and (valid_until is empty or valid_until >= \(day))"
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
            ).overlapping,
            .count(
                "addresses",
                Text(en: "Addresses", es: "Direcciones"),
                Text(en: "Addresses there", es: "Direcciones allí")
            ),
        ],
        order: ["-contacts"],
        picture: Picture("contacts"),
        content: .groups(
            ReportGroups(
                keys: "country, state, city",
                restriction: isValid,
                facts: [ReportGroups.Fact.field("contact", as: "person")],
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
                oldest. Contacts without one are left out; data-quality counts them. --format labels prints sheets of \
                labels as one page of HTML, of the size that --sheet names, for a browser to print without margins; the \
                name of a country other than that of config get country stands below in capitals.
                """,
            es: """
                De las direcciones vigentes de un contacto que cumplen los filtros se toma una: antes una principal y \
                luego la más antigua. Los contactos sin dirección se omiten; data-quality los cuenta. --format labels \
                imprime hojas de etiquetas como una página HTML, del tamaño que indica --sheet, para imprimir sin márgenes \
                desde un navegador; debajo va en mayúsculas el nombre del país, si no es el de config get country.
                """
        ),
        module: .address,
        parameters: [
            Parameter.day,
            Field(
                "kind",
                Module.address.field("kind")?.type ?? .text,
                label: Text(en: "Addresses of this kind alone", es: "Solo direcciones de este tipo")
            ),
        ],
        columns: [
            .record(.contact, en: "The contact", es: "El contacto"),
            .record(.organization, en: "The contact's organization", es: "El cliente del contacto"),
            .field(.address, "street", en: "Street and number", es: "Calle y número"),
            .field(.address, "po_box", en: "PO box", es: "Apartado postal"),
            .field(.address, "neighborhood", en: "Neighborhood", es: "Colonia"),
            .field(.address, "postal_code", en: "Postal code", es: "Código postal"),
            .field(.address, "city", en: "City", es: "Ciudad"),
            .field(.address, "state", en: "State", es: "Estado"),
            .field(.address, "country", en: "Country", es: "País"),
        ],
        order: ["country", "postal_code", "contact"],
        labelLines: [
            ["contact"], ["organization"], ["street"], ["po_box"], ["neighborhood"], ["postal_code", "city"],
            ["state"], ["country"],
        ],
        content: .rows { report in
            """
            SELECT contact, organization, street, po_box, neighborhood, postal_code, city, state, country FROM \
            (SELECT t.*, c.organization, row_number() OVER \
            (PARTITION BY t.contact ORDER BY t."primary" IS 1 DESC, t.created_at, t.id) AS place \
            FROM address AS t JOIN contact AS c ON c.id = t.contact \
            WHERE \(report.condition) AND \(isValid(report)) AND \(report.matches("kind", "t.kind"))) WHERE place = 1
            """
        }
    )

    private static let visitRoute = Report(
        name: "visit-route",
        summary: Text(en: "A short way through addresses", es: "Un recorrido corto por direcciones"),
        discussion: Text(
            en: """
                Addresses that have coordinates and are valid on the day, in the order in which to visit them: the \
                shortest there is for up to \(RoutePlanner.mostExact) of them, a good one for more, at most \
                \(VisitRoute.most). Distances are those of \
                the great circle unless --matrix says others: a CSV file, - for standard input, with the columns from, to \
                and km, where from and to are ids of addresses, start or end. Semicolons between columns and decimal \
                commas, as spreadsheets write them, are understood; ids of addresses that are not on the way do no harm. \
                Where --start or --end is given, that is a row without an address, so that the legs add up to the whole \
                way.
                """,
            es: """
                Direcciones con coordenadas y vigentes ese día, en el orden en que visitarlas: el recorrido más corto que \
                hay hasta con \(RoutePlanner.mostExact), uno bueno con más, a lo sumo \(VisitRoute.most). Las distancias son las del \
                círculo máximo salvo que --matrix indique otras: un archivo CSV, - para la entrada estándar, con las \
                columnas from, to y km, donde from y to son id de direcciones, start o end. Se entienden el punto y coma \
                entre columnas y la coma decimal, como los escriben las hojas de cálculo; los id de direcciones que no \
                están en el recorrido no estorban. Si se dan --start o --end, son una fila sin dirección, de modo que los \
                tramos suman todo el recorrido.
                """
        ),
        module: .address,
        parameters: [
            Parameter.day,
            Field(
                "start",
                .text,
                label: Text(
                    en: "Begin here: latitude,longitude in degrees",
                    es: "Empezar aquí: latitud,longitud en grados"
                )
            ),
            Field(
                "end",
                .text,
                label: Text(
                    en: "End here: latitude,longitude in degrees",
                    es: "Terminar aquí: latitud,longitud en grados"
                )
            ),
            Field(
                "matrix",
                .longText,
                label: Text(
                    en: "Take distances from this file, - for standard input",
                    es: "Tomar las distancias de este archivo, - para la entrada estándar"
                )
            ),
        ],
        columns: [
            .count(
                "position",
                Text(en: "Stop", es: "Parada"),
                Text(
                    en: "Its place on the way, from 1; 0 is --start, and the one after the last --end",
                    es: "Su lugar en el recorrido, desde 1; 0 es --start, y el que sigue al último, --end"
                )
            ),
            .record(.address, en: "The address", es: "La dirección"),
            .record(.contact, en: "Whose it is", es: "De quién es"),
            .field(.address, "street", en: "Street and number", es: "Calle y número"),
            .field(.address, "city", en: "City", es: "Ciudad"),
            .own(
                "leg",
                kilometers,
                Text(en: "Km", es: "Km"),
                Text(en: "From the stop before, in kilometers", es: "Desde la parada anterior, en kilómetros")
            ),
            .own(
                "distance",
                kilometers,
                Text(en: "Km so far", es: "Km acumulados"),
                Text(en: "From the beginning", es: "Desde el inicio")
            ),
            .own(
                "length",
                kilometers,
                Text(en: "Whole way", es: "Recorrido"),
                Text(en: "Of the whole way, from start to end", es: "De todo el recorrido, de start a end")
            ),
            .own(
                "length_before",
                kilometers,
                Text(en: "Before", es: "Antes"),
                Text(
                    en: "Of the whole way in the order of the addresses' ids",
                    es: "De todo el recorrido en el orden de los id de las direcciones"
                )
            ),
        ],
        order: ["position"],
        files: ["matrix": DistanceMatrix.columns],
        leftOut: Omission(
            as: (
                one: Text(en: "address without coordinates", es: "dirección sin coordenadas"),
                several: Text(en: "addresses without coordinates", es: "direcciones sin coordenadas")
            ),
            filter: { day in "(latitude is empty or longitude is empty) and \(validityFilter(on: day))" }
        ),
        content: .rows { report in try VisitRoute(report).sql }
    )

    private static let kilometers = FieldType.decimal(digits: 3)
}
