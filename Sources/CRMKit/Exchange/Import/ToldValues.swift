import Localization

/// Values of an input that no field holds: how many there are, and what people are told of the first of them.
struct ToldValues: Sendable {
    /// What became of each, behind its colon.
    private let fate: Text
    /// What more of them are called.
    private let others: Text
    private var count = 0
    private var first: [Text] = []

    /// As many as a person looks at.
    private static let most = 10
    private static let longest = 60

    private init(_ fate: Text, others: Text) {
        self.fate = fate
        self.others = others
    }

    /// Those that are kept for the way back.
    static let kept = ToldValues(
        Text(
            en: "its field cannot hold it; it is kept and exported with the rest",
            es: "no cabe en su campo; se conserva y se exporta con lo demás"
        ),
        others: Text(en: "more values that their fields cannot hold", es: "valores más que no caben en sus campos")
    )
    /// Days without a year, which are left out.
    static let yearless = ToldValues(
        Text(en: "left out, it has no year", es: "se omite, no tiene año"),
        others: Text(en: "more days without a year", es: "días más sin año")
    )

    /// Texts of one line that had line breaks or tabs.
    static let joined = ToldValues(
        Text(
            en: "taken as one line, with a blank for each line break and tab",
            es: "se toma como una línea, con un espacio por cada salto de línea y tabulador"
        ),
        others: Text(en: "more texts made one line", es: "textos más hechos una línea")
    )

    /// Names by which Exchange knows mailboxes, which are left out.
    static let mailboxes = ToldValues(
        Text(
            en: "left out, it is the name of a mailbox in Exchange and no address",
            es: "se omite, es el nombre de un buzón en Exchange y no un correo"
        ),
        others: Text(en: "more names of mailboxes", es: "nombres de buzones más")
    )

    /// What spreadsheets show where they have found no value.
    static let unavailable = ToldValues(
        Text(
            en: "left out, a spreadsheet has found no value: what is there stays",
            es: "se omite, una hoja de cálculo no encontró el valor: lo que ya está queda"
        ),
        others: Text(en: "more values that were not found", es: "valores más que no se encontraron")
    )

    /// Notes those of a row.
    mutating func note(_ values: [(field: Text, text: String)], of row: InputRow) {
        count += values.count
        for value in values.prefix(Self.most - first.count) {
            let file = row.file.map { "\($0), " } ?? ""
            let isLong = value.text.count > Self.longest
            let text = "\(value.text.prefix(Self.longest))\(isLong ? "…" : "")"
            first.append(
                Text(
                    en: "\(file)row \(row.number) (line \(row.line)), \(value.field.en) \"\(text)\": \(fate.en)",
                    es: "\(file)fila \(row.number) (línea \(row.line)), \(value.field.es) «\(text)»: \(fate.es)"
                )
            )
        }
    }

    /// What a person is told: a line for each of the first.
    var notices: [Text] {
        guard count > first.count else { return first }
        let rest = count - first.count
        return first + [Text(en: "and \(rest) \(others.en)", es: "y \(rest) \(others.es)")]
    }
}
