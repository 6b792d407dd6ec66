import Localization

/// A rule of repetition in English or Spanish words: `every 2 weeks on tue, thu until 2026-12-31`,
/// `cada mes el último viernes`.
///
/// ``grammar`` describes the phrases that are read. The words written for a rule are read as the same rule.
public enum RecurrencePhrase {
    /// The grammar of a repetition, in EBNF (ISO/IEC 14977). Case, accents and articles do not matter.
    public static let grammar = Text(
        en: """
            repetition = how often, { [ joint ], when }, [ end ] | [ "on" | "los" | "de" ], days, { [ joint ], days }, [ end ]
                       | when, { [ joint ], when },
                         ( ( "of" | "de" ), every, unit | "of the month" | "del mes" | "de mes" ), [ end ]
                       | ordinals, weekday, ( "of" | "de" ), month, { joint, month }, [ end ]
                       | "alternate", ( days | unit ), [ end ] | ( days | unit ), "alternos", [ end ] ;
            how often  = every, ( [ number | "other" ], unit | ( number | "other" ), weekday | when ) | adverb
                       | ( "once" | "una vez" ), ( "a" | "al" | "por" | every ), [ number ], unit ;
            every      = "every" | "each" | "cada" | "todos los" ;
            unit       = "day" | "week" | "fortnight" | "month" | "quarter" | "year" | "hour" | "minute"
                       | "día" | "semana" | "quincena" | "mes" | "bimestre" | "trimestre" | "cuatrimestre" | "semestre"
                       | "año" | "hora" | "minuto" ;                                (* or their plurals *)
            adverb     = "daily" | "weekly" | "biweekly" | "fortnightly" | "monthly" | "quarterly" | "yearly"
                       | "diario" | "semanal" | "quincenal" | "mensual" | "bimestral" | "trimestral" | "cuatrimestral"
                       | "semestral" | "anual" ;                                    (* quincenal is every two weeks *)
            joint      = "on" | "and" | "&" | "y" | "el" | "los" | "," ;
            days       = weekday, [ ( "to" | "a" | "-" ), weekday ] | "L-V" | "L-S" | "M-F"
                       | "weekdays" | "weekends" | "entre semana" | "fines de semana" ;
            when       = days | ordinals, ( weekday | "day" | "día" | "weekday" | "business day" | "día hábil" )
                       | day of month, [ month ] | month
                       | "first" | "last" | "end" | "primero" | "último" | "fin" ;  (* of the month *)
            ordinals   = ordinal, { joint, ordinal } ;
            ordinal    = "first" | … | "fifth" | "last" | "primer" | … | "quinto" | "último" | "1st" | "2do" | "3º" | … ;
            end        = ( "until" | "hasta" ),
                         ( date, [ time ] | "end of", ( "month" | "year" ) | "fin de", ( "mes" | "año" ) )
                       | [ "for" | "por" ], number, ( "times" | "veces" )
                       | ( "for" | "durante" ), number, unit ;
            """,
        es: """
            repetición = frecuencia, { [ enlace ], cuándo }, [ fin ]
                       | [ "on" | "los" | "de" ], días, { [ enlace ], días }, [ fin ]
                       | cuándo, { [ enlace ], cuándo },
                         ( ( "of" | "de" ), cada, unidad | "of the month" | "del mes" | "de mes" ), [ fin ]
                       | ordinales, día de la semana, ( "of" | "de" ), mes, { enlace, mes }, [ fin ]
                       | "alternate", ( días | unidad ), [ fin ] | ( días | unidad ), "alternos", [ fin ] ;
            frecuencia = cada, ( [ número | "other" ], unidad | ( número | "other" ), día de la semana | cuándo )
                       | adverbio | ( "once" | "una vez" ), ( "a" | "al" | "por" | cada ), [ número ], unidad ;
            cada       = "every" | "each" | "cada" | "todos los" ;
            unidad     = "day" | "week" | "fortnight" | "month" | "quarter" | "year" | "hour" | "minute"
                       | "día" | "semana" | "quincena" | "mes" | "bimestre" | "trimestre" | "cuatrimestre" | "semestre"
                       | "año" | "hora" | "minuto" ;                                (* o sus plurales *)
            adverbio   = "daily" | "weekly" | "biweekly" | "fortnightly" | "monthly" | "quarterly" | "yearly"
                       | "diario" | "semanal" | "quincenal" | "mensual" | "bimestral" | "trimestral" | "cuatrimestral"
                       | "semestral" | "anual" ;                                    (* quincenal es cada dos semanas *)
            enlace     = "on" | "and" | "&" | "y" | "el" | "los" | "," ;
            días       = día de la semana, [ ( "to" | "a" | "-" ), día de la semana ] | "L-V" | "L-S" | "M-F"
                       | "weekdays" | "weekends" | "entre semana" | "fines de semana" ;
            cuándo     = días | ordinales, ( día de la semana | "day" | "día" | "weekday" | "business day" | "día hábil" )
                       | día del mes, [ mes ] | mes
                       | "first" | "last" | "end" | "primero" | "último" | "fin" ;  (* del mes *)
            ordinales  = ordinal, { enlace, ordinal } ;
            ordinal    = "first" | … | "fifth" | "last" | "primer" | … | "quinto" | "último" | "1st" | "2do" | "3º" | … ;
            fin        = ( "until" | "hasta" ),
                         ( fecha, [ hora ] | "end of", ( "month" | "year" ) | "fin de", ( "mes" | "año" ) )
                       | [ "for" | "por" ], número, ( "times" | "veces" )
                       | ( "for" | "durante" ), número, unidad ;
            """
    )

    /// Reads a phrase.
    ///
    /// - Parameters:
    ///   - today: the day by which an end day given in the phrase is interpreted.
    ///   - order: whether the day or the month comes first in such a date.
    ///   - start: the day of the first occurrence, if it is known.
    /// - Returns: `nil` for a text that does not begin like a phrase.
    /// - Throws: ``ValueError`` for words that do not belong in a phrase, and for a day that does not exist.
    static func read(
        _ text: String,
        today: CivilDate,
        order: CivilDate.Order?,
        from start: CivilDate? = nil
    ) throws(ValueError) -> RecurrenceRule? {
        guard var tokens = WrittenTokens(text) else { return nil }
        var end = try RecurrenceRule.End(takenFrom: &tokens, today: today, order: order, start: start ?? today)
        let length = end == .never ? Length(takenFrom: &tokens) : nil
        guard var reader = try Reader(try tokens.withAlternatesCounted().withMarWrittenOut()) else { return nil }
        var rule = try reader.rule()
        if let length { end = try length.end(of: rule, from: start) }
        rule.end = end
        // A rule read from words is checked like one that is written as a rule.
        return try RecurrenceRule(parsing: rule.description)
    }

    /// Returns the error for a word that does not belong in a phrase, with an example of a phrase.
    static func refusal(of word: String) -> ValueError {
        ValueError(
            en: "\"\(word)\" is not understood: write as in every 2 weeks on tue, thu until 2026-12-31",
            es: "no se entiende «\(word)»: escribir como en cada mes el último viernes, 10 veces"
        )
    }
}
