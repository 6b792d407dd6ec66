import CLIKit
import CRMKit
import Localization

/// The options of `summarize` for expressions, with the completions of a module.
struct SummaryOptions: Sendable {
    let by: ListOption<String>
    let pivot: ValueOption<String>
    let measure: ListOption<String>
    let having: ListOption<String>
    let sort: ListOption<String>
    /// The options for single figures.
    let aggregates: [(option: ListOption<String>, aggregate: Measure.Aggregate)]

    init(_ module: Module) {
        let completion = Completion.found(.expression(module.name))
        by = Self.by.completing(completion)
        pivot = Self.pivot(completion)
        measure = Self.measure.completing(completion)
        having = Self.having.completing(completion)
        sort = Self.sort.completing(completion)
        aggregates = Self.aggregates.map { ($0.completing(completion), $1) }
    }

    private static let by = ListOption<String>(
        "by",
        short: "b",
        Placeholder.list,
        summary: Text(en: "Group by these, separated by commas", es: "Agrupar por estos, separados por comas"),
        discussion: Text(
            en: """
                A path as a column has it, an element of a list, or an expression: month(close_date), band(amount, 1000). A record that leads to several values falls in several groups, and once in each. \
                Periods of a single date between the first and the last that no record falls in stand there with zero, \
                unless they are more than 10,000.
                """,
            es: """
                Una ruta como la de una columna, un elemento de una lista o una expresión: month(close_date), \
                band(amount, 1000). Un registro que lleva a varios valores cae en varios grupos, una \
                vez en cada uno. Los periodos de una fecha entre el primero y el último sin registros están con cero, salvo \
                que sean más de 10 000.
                """
        )
    ).synonyms("por agrupar grupo group group-by")
    private static func pivot(_ completion: Completion) -> ValueOption<String> {
        ValueOption<String>(
            "pivot",
            short: "p",
            Placeholder.field,
            summary: Text(
                en: "A column for each value of this, not a row",
                es: "Una columna por cada valor de este, no una fila"
            ),
            discussion: Text(
                en: """
                    What --by takes, once: each figure has a column for every value, in the order in which groups would be, \
                    choices in theirs, periods without records among them, null for none. With --total each row has its \
                    total too. JSON holds the values of a figure in an object under its name, "sum(amount)": {"won": 1, …}, \
                    and the total of a row under "total(sum(amount))"; CSV joins the names, sum(amount).won. Order and \
                    --having go by the totals of rows. At most 100 values.
                    """,
                es: """
                    Lo que admite --by, una vez: cada cifra tiene una columna por valor, en el orden que tendrían los \
                    grupos, las opciones en el suyo, con los periodos sin registros y null para ninguno. Con --total cada \
                    fila lleva también su total. JSON reúne los valores de una cifra en un objeto con su nombre, \
                    "sum(amount)": {"won": 1, …}, y el total de la fila en "total(sum(amount))"; CSV une los nombres, \
                    sum(amount).won. El orden y --having van por los totales de las filas. A lo sumo 100 valores.
                    """
            ),
            completion: completion
        )
        .synonyms("columnas cruzar crosstab across")
    }
    private static let measure = ListOption<String>(
        "measure",
        short: "m",
        Placeholder.list,
        summary: Text(en: "Print these figures", es: "Imprimir estas cifras"),
        discussion: Text(
            en: """
                Measures, separated by commas: 'rate(stage = closed_won), percentile(90, hours)'. A name \
                follows as: 'sum(amount * probability) as forecast'.
                """,
            es: """
                Medidas separadas por comas: 'rate(stage = closed_won), percentile(90, hours)'. Un \
                nombre va tras as: 'sum(amount * probability) as pronostico'.
                """
        )
    ).synonyms("medida medidas cifra figure metric")
    private static let having = ListOption<String>(
        "having",
        Placeholder.filter,
        summary: Text(en: "Only groups that match", es: "Solo grupos que coincidan"),
        discussion: Text(
            en: """
                A filter as for --where over the columns of the summary, which are written as they were asked for: \
                'sum(amount) > 100000 and count >= 3'.
                """,
            es: """
                Un filtro como el de --where sobre las columnas del resumen, escritas como se pidieron: \
                'sum(amount) > 100000 and count >= 3'.
                """
        )
    ).synonyms("teniendo")
    private static let sort = ListOption<String>(
        "sort",
        short: "s",
        Placeholder.list,
        summary: Text(
            en: "Order by these columns, - before one that descends",
            es: "Ordenar por estas columnas, - antes de una descendente"
        ),
        discussion: Text(
            en: """
                Columns of the summary, written as they were asked for: -sum(amount),stage. Without it groups are in the \
                order of what they are grouped by; what has no value stands last.
                """,
            es: """
                Columnas del resumen, escritas como se pidieron: -sum(amount),stage. Sin ella los grupos van por aquello \
                por lo que se agrupa; lo que no tiene valor va al final.
                """
        )
    ).synonyms("orden ordenar order order-by sort-by")

    private static let aggregates: [(ListOption<String>, Measure.Aggregate)] = [
        (
            figure(
                "sum",
                Text(en: "Sums of these, separated by commas", es: "Sumas de estos, separados por comas"),
                Text(
                    en: "Exact; amounts are added up for each currency by itself.",
                    es: "Exactas; los importes se suman por separado en cada moneda."
                ),
                synonyms: "suma sumar total"
            ), .sum
        ),
        (
            figure(
                "avg",
                Text(en: "Averages of these", es: "Promedios de estos"),
                Text(
                    en: """
                        Computed exactly and rounded half away from zero: amounts to their minor unit, percentages to four \
                        decimals, lengths of time to seconds, other numbers to six decimals.
                        """,
                    es: """
                        Calculados con exactitud y redondeados alejándose de cero: importes a su unidad menor, porcentajes \
                        a cuatro decimales, lapsos a segundos, otros números a seis decimales.
                        """
                ),
                synonyms: "promedio media mean average"
            ), .avg
        ),
        (
            figure(
                "min",
                Text(en: "The least of these", es: "Lo mínimo de estos"),
                Text(en: "Of numbers, amounts and dates.", es: "De números, importes y fechas."),
                synonyms: "mínimo minimum least"
            ), .min
        ),
        (
            figure(
                "max",
                Text(en: "The greatest of these", es: "Lo máximo de estos"),
                Text(en: "Of numbers, amounts and dates.", es: "De números, importes y fechas."),
                synonyms: "máximo maximum greatest"
            ), .max
        ),
        (
            figure(
                "median",
                Text(en: "Medians of these", es: "Medianas de estos"),
                Text(
                    en:
                        "The middle one, or of an even number the average of the two in the middle, rounded as averages are.",
                    es:
                        "El valor central o, si son pares, el promedio de los dos centrales, redondeado como los promedios."
                ),
                synonyms: "mediana"
            ), .median
        ),
    ]

    private static func figure(
        _ name: String,
        _ summary: Text,
        _ discussion: Text,
        synonyms: String
    ) -> ListOption<String> {
        ListOption<String>(name, Placeholder.list, summary: summary, discussion: discussion).synonyms(synonyms)
    }
}
