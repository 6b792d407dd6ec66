import CLIKit
import CRMKit
import Localization

/// The manual's text about summaries.
enum SummaryManual {
    static var discussion: [Text] {
        [
            Text(
                en: """
                    Prints a row for each group of the records that pass the filters, with the figures asked for, or one \
                    row without --by. A record counts once in a group, over however many links it is reached; a figure of \
                    other records, such as sum(lines.quantity), counts each of those once. What a reference leads to, as \
                    in sum(organization.employees), is a value of each record that refers there, and counts with each.
                    """,
                es: """
                    Imprime una fila por cada grupo de los registros que cumplen los filtros, con las cifras pedidas, o \
                    una sola fila sin --by. Un registro cuenta una vez en un grupo, por muchos vínculos que lleven a él; \
                    una cifra de otros registros, como sum(lines.quantity), cuenta cada uno de ellos una vez. Aquello a \
                    lo que lleva una referencia, como en sum(organization.employees), es un valor de cada registro que \
                    la tiene, y cuenta con cada uno.
                    """
            ),
            Text(
                en: """
                    Amounts of different currencies are never added up: where a figure is an amount, groups part by \
                    currency, which has a column of its own. --in converts all to one.
                    """,
                es: """
                    Nunca se suman importes de monedas distintas: si una cifra es un importe, los grupos se separan por \
                    moneda, que tiene su propia columna. --in las convierte todas a una.
                    """
            ),
            Text(
                en: """
                    Measures and expressions, from rate(stage = closed_won) to days(closed_at - opened_at), are told in the \
                    chapter FIGURES of the program's manual, which \(ProgramName.placeholder) help figures prints. A reference is an object in \
                    JSON, rates and shares are fractions from 0 to 1; \(ProgramName.placeholder) schema summarize says all of it.
                    """,
                es: """
                    Las medidas y expresiones, desde rate(stage = closed_won) hasta days(closed_at - opened_at), están en el \
                    capítulo CIFRAS del manual del programa, que imprime \(ProgramName.placeholder) help cifras. Una referencia es un objeto en \
                    JSON, las tasas y partes son fracciones de 0 a 1; \(ProgramName.placeholder) schema summarize lo dice todo.
                    """
            ),
        ]
    }

    static func examples(of module: Module) -> [Example] {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) summarize"
        let choice = module.fields.first { !$0.type.choices.isEmpty }
        let amount = module.fields.first { $0.type == .money }
        var examples = [
            Example(
                "\(lead) --by 'month(created_at)'",
                Text(en: "How many were added month by month", es: "Cuántos se agregaron mes a mes")
            )
        ]
        if let amount, let choice {
            examples.append(
                Example(
                    "\(lead) --by \(choice.key) --pivot 'quarter(created_at)' --sum \(amount.key) --total",
                    Text(en: "Quarters side by side", es: "Los trimestres lado a lado")
                )
            )
            examples.append(
                Example(
                    "\(lead) --by 'month(created_at)' --sum \(amount.key) --in EUR --format svg > chart.svg",
                    Text(en: "A picture in one currency", es: "Una imagen en una sola moneda")
                )
            )
        }
        if let choice {
            examples.append(
                Example(
                    "\(lead) --by \(choice.key) --measure 'count, share(count)' --sort -count --total",
                    Text(en: "How they are distributed", es: "Cómo se reparten")
                )
            )
        }
        if let amount {
            examples.append(
                Example(
                    "\(lead) --by assigned_to --sum \(amount.key) --having 'count > 3' --json",
                    Text(en: "Amounts for a script", es: "Importes para un script")
                )
            )
        }
        return examples
    }

    /// The chapter of the program's manual about the figures of summaries.
    static var section: Section {
        Section(
            title: Text(en: "FIGURES", es: "CIFRAS"),
            [
                .paragraph(
                    Text(
                        en: "The verb summarize computes these measures, each over the records of a group:",
                        es: "El verbo summarize calcula estas medidas, cada una sobre los registros de un grupo:"
                    )
                ),
                .terms(measures),
                .paragraph(
                    Text(
                        en: "X is a path as a column has it, or an expression, which groups are made by, too:",
                        es: "X es una ruta como la de una columna, o una expresión, que también forma grupos:"
                    )
                ),
                .terms(expressions),
                .paragraph(rounding),
                .paragraph(
                    Text(
                        en: "The grammar in EBNF; filter is that of the chapter FILTERS:",
                        es: "La gramática en EBNF; filtro es la del capítulo FILTROS:"
                    )
                ),
                .code(SummaryParser.grammar),
            ]
        )
    }

    private static var rounding: Text {
        Text(
            en: """
                Numbers are exact; products and quotients are rounded half away from zero, amounts to their minor unit and \
                others to six decimals. A percentage in a product is a part of one: amount * probability is what is \
                expected. A minus stands between blanks, since names may have hyphens. Moments fall on the days of the \
                user's time zone.
                """,
            es: """
                Los números son exactos; productos y cocientes se redondean alejándose de cero, los importes a su unidad \
                menor y los demás a seis decimales. Un porcentaje en un producto es una parte de uno: amount * probability \
                es lo esperado. El signo menos va entre espacios, porque los nombres pueden llevar guiones. Los momentos \
                caen en los días de la zona horaria del usuario.
                """
        )
    }

    private static var measures: [(term: Text, meaning: Text)] {
        [
            ("count", Text(en: "How many records", es: "Cuántos registros")),
            ("count(X)", Text(en: "How many have a value", es: "Cuántos tienen valor")),
            ("count(distinct X)", Text(en: "How many different values", es: "Cuántos valores distintos")),
            (
                "sum(X) avg(X) min(X) max(X) median(X)",
                Text(en: "As the options of those names", es: "Como las opciones de esos nombres")
            ),
            (
                "percentile(N, X)",
                Text(
                    en: "The least value that N per cent of the values do not exceed",
                    es: "El menor valor que N por ciento de los valores no supera"
                )
            ),
            (
                "share(count) share(sum(X))",
                Text(
                    en: """
                        The part of the figure of all records together, over which groups may have records in common, 0 to \
                        1 for programs; of amounts, of those of the currency
                        """,
                    es: """
                        La parte de la cifra de todos los registros juntos, que los grupos pueden compartir, de 0 a 1 para \
                        programas; de importes, de los de su moneda
                        """
                )
            ),
            (
                Text(en: "rate(FILTER)", es: "rate(FILTRO)"),
                Text(
                    en: "The part of the group's records that pass a filter, 0 to 1 for programs",
                    es: "La parte de los registros del grupo que cumplen un filtro, de 0 a 1 para programas"
                )
            ),
        ]
    }

    private static var expressions: [(term: Text, meaning: Text)] {
        [
            (
                Text(
                    en: "year(D) quarter(D) month(D) week(D) weekday(D) day(D)",
                    es: "year(F) quarter(F) month(F) week(F) weekday(F) day(F)"
                ),
                Text(
                    en: "The period of a date: 2026, 2026-Q1, 2026-03, 2026-W11 (ISO 8601), monday, 2026-03-09",
                    es: "El periodo de una fecha: 2026, 2026-Q1, 2026-03, 2026-W11 (ISO 8601), monday, 2026-03-09"
                )
            ),
            (
                Text(en: "band(X, WIDTH)", es: "band(X, ANCHO)"),
                Text(
                    en: "Where the band of that width begins in which the number falls",
                    es: "Dónde empieza el tramo de ese ancho en que cae el número"
                )
            ),
            (
                "X + Y, X - Y, X * Y, X / Y",
                Text(
                    en: "Numbers; amounts and numbers; dates, whose difference is a length of time",
                    es: "Números; importes y números; fechas, cuya diferencia es un lapso"
                )
            ),
            (
                "days(X) hours(X)",
                Text(en: "A length of time as a number", es: "Un lapso como número")
            ),
            (
                "today now",
                Text(
                    en: "The present day and moment: days(today - close_date)",
                    es: "El día y el momento presentes: days(today - close_date)"
                )
            ),
        ]
    }
}
