import Localization

/// What the user is told about values that were not stored as written.
extension ImportWarning.Fate {
    /// The words for the treatment, which follow the colon of the message. If another value takes the place of this
    /// one, that value follows them.
    var told: Text {
        switch self {
        case .kept: Self.keptBeside
        case .yearless: Text(en: "left out, it has no year", es: "se omite, no tiene año")
        case .mailbox: Self.noAddress
        case .unavailable: Self.notFound
        case .further:
            Text(en: "left out, only the first of several is taken", es: "se omite, de varios solo se toma el primero")
        case .misnamed: Self.contradicted
        case .joined: Self.inOneLine
        case .resolved: Self.withoutEscapes
        case .number: Self.withoutZeros
        case .mended: Self.readAgain
        case .completed: Self.withZero
        case .nothing: Self.asEmpty
        case .taxed: Self.noRate
        case .discounted: Self.asPercentage
        case .subject: Self.asSubject
        case .unsold: Self.asText
        case .total: Self.otherTotal
        case .skipped: Self.behindGap
        case .untitled: Self.withoutSubject
        case .overruled: Self.refused
        case .midnight: Self.beginningOfDay
        case .surname: Self.asSurname
        case .spoiled: Self.asStored
        case .absent: Text(en: "removed, its card does not have it", es: "se quita, su tarjeta no lo tiene")
        }
    }

    private static let keptBeside = Text(
        en: "its field cannot hold it; it is kept and exported with the rest",
        es: "no cabe en su campo; se conserva y se exporta con lo demás"
    )
    private static let noAddress = Text(
        en: "left out, it is the name of a mailbox in Exchange and no address",
        es: "se omite, es el nombre de un buzón en Exchange y no un correo"
    )
    private static let notFound = Text(
        en: "left out, a spreadsheet has found no value: what is there stays",
        es: "se omite, una hoja de cálculo no encontró el valor: lo que ya está queda"
    )
    private static let contradicted = Text(
        en: "left out, the columns of first and last names say another one",
        es: "se omite, las columnas de nombre y apellidos dicen otro"
    )
    private static let inOneLine = Text(
        en: "taken as one line, with a blank for each line break and tab",
        es: "se toma como una línea, con un espacio por cada salto de línea y tabulador"
    )
    private static let withoutEscapes = Text(
        en: "taken so, for what its escapes stand for, as &amp; for &",
        es: "se toma así, por lo que representan sus códigos, como &amp; por &"
    )
    private static let withoutZeros = Text(
        en: "taken so, without the decimal zeros that a spreadsheet gives to numbers",
        es: "se toma así, sin los ceros decimales que una hoja de cálculo pone a los números"
    )
    private static let withZero = Text(
        en: "taken so, with the zero that a spreadsheet takes away, for the country that is configured",
        es: "se toma así, con el cero que una hoja de cálculo quita, por el país configurado"
    )
    private static let readAgain = Text(
        en: "taken so, its UTF-8 had been read as another encoding once",
        es: "se toma así, su UTF-8 se había leído una vez como otra codificación"
    )
    private static let asEmpty = Text(
        en: "taken as empty, it stands for no value",
        es: "se toma como vacío, así se escribe que no hay valor"
    )
    private static let noRate = Text(
        en: "no rate, as what stands beside it shows: taken as",
        es: "no es una tasa, como muestra lo que está al lado: se toma como"
    )
    private static let asPercentage = Text(
        en: "a percentage, as what stands beside it shows: taken as",
        es: "un porcentaje, como muestra lo que está al lado: se toma como"
    )
    private static let asSubject = Text(
        en: "taken for what it is about, which no column says; --map COLUMN=subject takes it from one",
        es: "se toma como asunto, que ninguna columna dice; --map COLUMNA=subject lo toma de una"
    )
    private static let asText = Text(
        en: "no product or service is called so: taken as the text of the line; --create-missing product makes it",
        es: "ningún producto se llama así: se toma como texto de la línea; --create-missing product lo crea"
    )
    private static let behindGap = Text(
        en: "clocks skip that time on that day: taken as",
        es: "los relojes saltan esa hora ese día: se toma como las"
    )
    private static let withoutSubject = Text(
        en: "nothing says what it is about: called",
        es: "nada dice de qué trata: se llama"
    )
    private static let refused = Text(
        en: "another column refuses, and that is what counts",
        es: "otra columna lo rechaza, y eso es lo que cuenta"
    )
    private static let beginningOfDay = Text(
        en: "a day without a time is taken as 00:00, and as a whole day where the row gives all_day",
        es: "un día sin hora se toma como las 00:00, y como día completo si la fila da all_day"
    )
    private static let asSurname = Text(
        en: "taken for it, the row has no last name",
        es: "se toma así, la fila no tiene apellidos"
    )
    private static let asStored = Text(
        en: "left out, a spreadsheet has made that of what is stored, which stays; edit changes it all the same:",
        es: "se omite, una hoja de cálculo hizo eso de lo guardado, que queda; edit lo cambia de todos modos:"
    )
    private static let otherTotal = Text(
        en: "the rows come to another total, which is the one that counts:",
        es: "las filas suman otro total, que es el que cuenta:"
    )

    /// The words for further values with the same treatment.
    var others: Text {
        switch self {
        case .kept: Text(en: "more values that their fields cannot hold", es: "valores más que no caben en sus campos")
        case .yearless: Text(en: "more days without a year", es: "días más sin año")
        case .joined: Text(en: "more texts made one line", es: "textos más hechos una línea")
        case .mailbox: Text(en: "more names of mailboxes", es: "nombres de buzones más")
        case .mended:
            Text(en: "more texts read in another encoding once", es: "textos más leídos una vez en otra codificación")
        case .nothing: Text(en: "more words for no value", es: "palabras más por ningún valor")
        case .further: Text(en: "more behind the first of several", es: "más detrás del primero de varios")
        case .misnamed:
            Text(en: "more names that other columns say otherwise", es: "nombres más que otras columnas dicen distinto")
        case .taxed: Text(en: "more taxes that are no rates", es: "impuestos más que no son tasas")
        case .discounted: Text(en: "more discounts in percent", es: "descuentos más en porcentaje")
        case .total: Text(en: "more totals that the rows do not come to", es: "totales más que las filas no suman")
        case .unsold:
            Text(
                en: "more lines with a product that is not here, taken as text",
                es: "líneas más con un producto que no existe, tomado como texto"
            )
        case .subject: Text(en: "more without a subject", es: "más sin asunto")
        case .skipped: Text(en: "more times that clocks skip", es: "horas más que los relojes saltan")
        case .untitled: Text(en: "more without a subject", es: "más sin asunto")
        case .overruled: Text(en: "more that another column refuses", es: "más que otra columna rechaza")
        case .midnight: Text(en: "more days without a time", es: "días más sin hora")
        case .spoiled:
            Text(en: "more numbers that a spreadsheet has spoiled", es: "números más que una hoja de cálculo dañó")
        case .surname: Text(en: "more people without a last name", es: "personas más sin apellidos")
        case .absent: Text(en: "more that cards do not have", es: "más que las tarjetas no tienen")
        case .unavailable: Text(en: "more values that were not found", es: "valores más que no se encontraron")
        case .resolved: Text(en: "more texts with escapes", es: "textos más con códigos")
        case .completed: Text(en: "more postal codes with a zero", es: "códigos postales más con un cero")
        case .number: Text(en: "more codes without decimal zeros", es: "códigos más sin ceros decimales")
        }
    }
}
