import CLIKit
import Localization

/// The chapter of the manual on how the values of fields are written.
enum ValueManual {
    static var section: Section {
        Section(
            title: Text(en: "VALUES", es: "VALORES"),
            [.paragraph(opening), .definitions(forms.map { (term: $0.term, meaning: $0.meaning) })]
        )
    }

    private static let opening = Text(
        en: """
            What options, forms and filters take. A value that can be read in two ways is refused, and the error says \
            which two. Quote what has spaces, and $ for the shell.
            """,
        es: """
            Lo que admiten las opciones, los formularios y los filtros. Un valor que puede leerse de dos maneras se rechaza, \
            y el error dice cuáles. Citar lo que lleva espacios, y $ por el shell.
            """
    )

    private static let forms: [(term: String, meaning: Text)] = [
        (
            "2026-12-31, 31/12/2026, 31 de diciembre de 2026, Dec 31 2026",
            Text(
                en: "A day. Of 05/06/2026 config set country says which number is the day, and --dates in an import.",
                es: "Un día. En 05/06/2026, config set country decide qué número es el día, y --dates al importar."
            )
        ),
        (
            "hoy, mañana, el lunes, el viernes pasado, +30d, -2w, en 3 días, tomorrow, next Friday",
            Text(
                en: "A day counted from today, in either language; a day of the week is the next one.",
                es: "Un día contado desde hoy, en cualquiera de los dos idiomas; un día de la semana es el próximo."
            )
        ),
        (
            "2026-12-31 10:00, mañana 9:30, el lunes a las 5 pm, 16:30, +2h",
            Text(
                en: """
                    A moment, in local time; a time alone is one of today, a day alone its beginning. +2h counts from now; \
                    for an end, from its start.
                    """,
                es: """
                    Un momento, en hora local; una hora sola es de hoy, un día solo es su comienzo. +2h cuenta desde ahora; \
                    en un término, desde su inicio.
                    """
            )
        ),
        (
            "1200.50, 1,200.50, 1.200,50, $1,200.50, 900 USD, 50 pesos",
            Text(
                en: """
                    An amount; without a currency it is in that of the record. 1,850 may be 1850 or 1.85 and is refused in \
                    every country: write 1850 or 1,850.00.
                    """,
                es: """
                    Un importe; sin moneda, en la del registro. 1,850 puede ser 1850 o 1.85 y se rechaza en todo país: \
                    escribir 1850 o 1,850.00.
                    """
            )
        ),
        (
            "3, 2.5, 3 piezas, 2 horas",
            Text(
                en: "A quantity, with the unit of the record if any.",
                es: "Una cantidad, con la unidad del registro si acaso."
            )
        ),
        (
            "16, 16%, 0.5%",
            Text(
                en: "A percentage; one below 1 needs its sign.",
                es: "Un porcentaje; el que es menor que 1 necesita su signo."
            )
        ),
        ("15m, 2h, 1d, 2 horas y 15 minutos", Text(en: "A length of time.", es: "Un lapso.")),
    ]
}
