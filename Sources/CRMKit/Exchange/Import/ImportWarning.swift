import Localization

/// A value of an input that was not taken as it stands.
struct ImportWarning: Sendable, Equatable {
    /// How the value was treated.
    enum Fate: CaseIterable, Sendable {
        /// No field can hold the value. It is stored, so that an export can write it again.
        case kept
        /// A date without a year, which is left out.
        case yearless
        /// A text for a one-line field that had line breaks or tabs.
        case joined
        /// The name by which Exchange knows a mailbox, which is left out.
        case mailbox
        /// A spreadsheet's error value, which is left out.
        case unavailable
        /// A text with the escapes of a program, which are replaced by the characters they stand for.
        case resolved
        /// A code that a spreadsheet has turned into a number with decimals, which are removed.
        case number
        /// A text that was read in a wrong encoding before, and was restored.
        case mended
        /// A word that a program writes for no value, which is read as empty.
        case nothing
        /// A further record, for a field that refers to only one.
        case further
        /// A whole name that contradicts the names in separate columns.
        case misnamed
        /// A tax stated as an amount, which is read as its rate.
        case taxed
        /// A discount stated as a number, which is read as a percentage.
        case discounted
        /// A total that differs from that of the record.
        case total
        /// What a document is called of which no column says what it is about.
        case subject
    }

    /// A row of the input.
    struct Place: Sendable, Equatable {
        let number: Int
        let line: Int
    }

    let fate: Fate
    /// The label of the field or column concerned.
    let place: Text
    let text: String
    /// The value that is used instead.
    let result: String?
    /// The row with the value, if it is not the first row of its record.
    var origin: Place?

    init(_ fate: Fate, of place: Text, _ text: String, becoming result: String? = nil) {
        self.fate = fate
        self.place = place
        self.text = text
        self.result = result
    }

    /// A value of a row that adds to the record of another row.
    init(_ fate: Fate, in cell: Int, of row: InputRow, becoming result: String) {
        self.init(fate, of: Text(row.names[cell]), row.texts[cell] ?? "", becoming: result)
        origin = Place(number: row.number, line: row.line)
    }

    /// A value for a field.
    init(_ fate: Fate, of field: Field, _ text: String) {
        self.init(fate, of: Text(en: field.key, es: field.label.es.lowercased()), text)
    }

    private static let longest = 60

    /// Returns the notice about one value in a row.
    fileprivate func notice(of row: InputRow) -> Text {
        let file = row.file.map { "\($0), " } ?? ""
        let shown = "\(text.prefix(Self.longest))\(text.count > Self.longest ? "…" : "")"
        let result = result.map { " \($0)" } ?? ""
        let (number, line) = (origin?.number ?? row.number, origin?.line ?? row.line)
        return Text(
            en: "\(file)row \(number) (line \(line)), \(place.en) \"\(shown)\": \(fate.told.en)\(result)",
            es: "\(file)fila \(number) (línea \(line)), \(place.es) «\(shown)»: \(fate.told.es)\(result)"
        )
    }
}

/// The values of an input that were not taken as they stand: how many there are, and what people are told of the first
/// of each fate.
struct ImportWarnings: Sendable {
    private var counts: [ImportWarning.Fate: Int] = [:]
    private var first: [ImportWarning.Fate: [Text]] = [:]

    /// The maximum number of notices for each treatment.
    private static let most = 10

    /// Notes the values of a row that were not taken unchanged.
    mutating func note(_ values: [ImportWarning], of row: InputRow) {
        for value in values {
            counts[value.fate, default: 0] += 1
            guard counts[value.fate, default: 0] <= Self.most else { continue }
            first[value.fate, default: []].append(value.notice(of: row))
        }
    }

    /// Notices for the user: one line for each of the first values.
    var notices: [Text] {
        ImportWarning.Fate.allCases.flatMap { fate in
            let first = first[fate] ?? []
            let rest = counts[fate, default: 0] - first.count
            guard rest > 0 else { return first }
            return first + [Text(en: "and \(rest) \(fate.others.en)", es: "y \(rest) \(fate.others.es)")]
        }
    }
}

extension ImportWarning.Fate {
    /// The treatment in words that follow the colon of the message.
    fileprivate var told: Text {
        switch self {
        case .kept:
            Text(
                en: "its field cannot hold it; it is kept and exported with the rest",
                es: "no cabe en su campo; se conserva y se exporta con lo demás"
            )
        case .yearless: Text(en: "left out, it has no year", es: "se omite, no tiene año")
        case .joined:
            Text(
                en: "taken as one line, with a blank for each line break and tab",
                es: "se toma como una línea, con un espacio por cada salto de línea y tabulador"
            )
        case .mailbox:
            Text(
                en: "left out, it is the name of a mailbox in Exchange and no address",
                es: "se omite, es el nombre de un buzón en Exchange y no un correo"
            )
        case .unavailable:
            Text(
                en: "left out, a spreadsheet has found no value: what is there stays",
                es: "se omite, una hoja de cálculo no encontró el valor: lo que ya está queda"
            )
        case .resolved:
            Text(
                en: "taken so, for what its escapes stand for, as &amp; for &",
                es: "se toma así, por lo que representan sus códigos, como &amp; por &"
            )
        case .number:
            Text(
                en: "taken so, without the decimal zeros that a spreadsheet gives to numbers",
                es: "se toma así, sin los ceros decimales que una hoja de cálculo pone a los números"
            )
        case .mended:
            Text(
                en: "taken so, its UTF-8 had been read as another encoding once",
                es: "se toma así, su UTF-8 se había leído una vez como otra codificación"
            )
        case .nothing:
            Text(
                en: "taken as empty, it stands for no value",
                es: "se toma como vacío, así se escribe que no hay valor"
            )
        case .further:
            Text(en: "left out, only the first of several is taken", es: "se omite, de varios solo se toma el primero")
        case .misnamed:
            Text(
                en: "left out, the columns of first and last names say another one",
                es: "se omite, las columnas de nombre y apellidos dicen otro"
            )
        case .taxed:
            Text(
                en: "no rate, as what stands beside it shows: taken as",
                es: "no es una tasa, como muestra lo que está al lado: se toma como"
            )
        case .discounted:
            Text(
                en: "a percentage, as what stands beside it shows: taken as",
                es: "un porcentaje, como muestra lo que está al lado: se toma como"
            )
        case .subject:
            Text(
                en: "taken for what it is about, which no column says; --map COLUMN=subject takes it from one",
                es: "se toma como asunto, que ninguna columna dice; --map COLUMNA=subject lo toma de una"
            )
        case .total:
            Text(
                en: "the rows come to another total, which is the one that counts:",
                es: "las filas suman otro total, que es el que cuenta:"
            )
        }
    }

    /// The words for further values with the same treatment.
    fileprivate var others: Text {
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
        case .subject: Text(en: "more without a subject", es: "más sin asunto")
        case .unavailable: Text(en: "more values that were not found", es: "valores más que no se encontraron")
        case .resolved: Text(en: "more texts with escapes", es: "textos más con códigos")
        case .number: Text(en: "more codes without decimal zeros", es: "códigos más sin ceros decimales")
        }
    }
}
