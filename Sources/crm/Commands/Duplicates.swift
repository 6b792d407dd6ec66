import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE duplicates`: finds pairs of records that may be duplicates.
enum DuplicatesVerb: Verb {
    static let name = "duplicates"

    static let threshold = ValueOption<Int>(
        "threshold",
        "N",
        summary: Text(
            en: "The lowest score of a pair, 0 to 1; 0.8 is the default",
            es: "La puntuación mínima de una pareja, de 0 a 1; por omisión, 0.8"
        ),
        discussion: Text(
            en: "A lower one gives more pairs, of which fewer are one record.",
            es: "Una menor da más parejas, de las que menos son un solo registro."
        )
    ) { text throws(ExpectedValue) in
        guard let thousandths = thousandths(text) else {
            throw .worded(
                Text(
                    en: "--threshold takes a number from 0 to 1, not \"\(text)\"",
                    es: "--threshold admite un número de 0 a 1, no «\(text)»"
                ),
                hint: Text(en: "write it as in 0.85", es: "escribirlo como 0.85")
            )
        }
        return thousandths
    }
    .synonyms("umbral mínimo score")

    static func summary(of module: Module) -> Text {
        Text(en: "Find duplicate \(module.several.en)", es: "Buscar \(module.several.es) repetidos")
    }

    static func isListed(for module: Module) -> Bool { module.resemblance != nil }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: Text(
                en: "Find \(module.several.en) that may be the same one",
                es: "Buscar \(module.several.es) que pueden ser \(module.spanish.agreeing("el mismo", "la misma"))"
            ),
            discussion: discussion(of: module),
            options: [threshold] + ChoosingOptions.filtering(module) + [SharedOptions.limit],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) duplicates --threshold 0.7",
                    Text(en: "The less sure ones too", es: "También las menos seguras")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) duplicates --format jsonl | \(ProgramName.placeholder) \(noun) merge --input - --dry-run",
                    Text(
                        en: "Merge all that are found, at first as a trial",
                        es: "Fusionar lo encontrado, primero de prueba"
                    )
                ),
            ],
            seeAlso: ["\(noun) merge"],
            run: { session in try DuplicatesRequest(session.invocation).run(on: module, in: session) }
        )
    }

    private static func discussion(of module: Module) -> [Text] {
        [
            Text(
                en: """
                    Prints pairs with a score from 0 to 1 and the reasons for it, the surest first. What is compared: \
                    names, whatever their case and accents, also with a slip, in another order, shortened to initials or \
                    with words left out\(forms(of: module).en); and \(signals(of: module).en). Equal names alone \
                    count where few have them and nothing else differs. A value that more than three records share, and an address of a role such as \
                    info@, count as a common surrounding and not as one's own.\(relatives(among: module).en)
                    """,
                es: """
                    Imprime parejas con una puntuación de 0 a 1 y sus razones, las más seguras primero. Se comparan los \
                    nombres, sin distinguir mayúsculas ni acentos, también con un error, en otro orden, abreviados con \
                    iniciales o con palabras de menos\(forms(of: module).es); y \(signals(of: module).es). Los \
                    nombres iguales solos cuentan si pocos los tienen y nada más difiere. Un valor que comparten más de tres registros, y una dirección \
                    de función como info@, cuentan como entorno común y no como propios.\
                    \(relatives(among: module).es)
                    """
            ),
            Text(
                en: """
                    keep is the older record and merge the newer, so that the pairs can be given to merge. Only records \
                    that share a value, the whole name, or a word of it in the same surrounding are compared; of groups \
                    of more than 64 those whose names share more words, which is told.
                    """,
                es: """
                    keep es el registro más antiguo y merge el más nuevo, de modo que las parejas pueden darse a merge. \
                    Solo se comparan registros que comparten un valor, el nombre entero o una palabra de él en el mismo \
                    entorno; de grupos de más de 64, los que comparten más palabras del nombre, y se avisa.
                    """
            ),
        ]
    }

    private static func forms(of module: Module) -> Text {
        guard module.resemblance?.isOfPeople == true else { return Text("") }
        return Text(
            en: ", without titles, and in a familiar form such as Bill of William",
            es: ", sin tratamientos y con su forma cariñosa, como Paco de Francisco"
        )
    }

    private static func relatives(among module: Module) -> Text {
        guard module.resemblance?.isOfPeople == true else { return Text("") }
        return Text(
            en: """
                 With an equal surname and another given name, who share a value may be relatives: they score lower. With \
                wholly different names they score below 0.5, as an address or a number alone is also that of a couple or \
                an office: --threshold 0.3 lists them last.
                """,
            es: """
                 Con el mismo apellido y otro nombre de pila, quienes comparten un valor pueden ser parientes: puntúan \
                menos. Con nombres del todo distintos puntúan menos de 0.5, pues una sola dirección o un solo número \
                también son de una pareja o de una oficina: --threshold 0.3 los lista al final.
                """
        )
    }

    private static func signals(of module: Module) -> Text {
        let labels = module.resemblances
        return Text(
            en: labels.map { $0.en.lowercased() }.joined(separator: ", "),
            es: labels.map { $0.es.lowercased() }.joined(separator: ", ")
        )
    }

    /// Reads `0.85` as 850; digits after the third decimal are ignored.
    private static func thousandths(_ text: String) -> Int? {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first.flatMap({ Int($0) }), 0...1 ~= whole else { return nil }
        guard halves.count > 1 else { return whole * 1000 }
        let digits = halves[1]
        guard !digits.isEmpty, digits.isASCIIDigits,
            let fraction = Int((digits + "000").prefix(3)), whole * 1000 + fraction <= 1000
        else { return nil }
        return whole * 1000 + fraction
    }
}

/// The options and operands of `duplicates` on a command line.
struct DuplicatesRequest: Equatable {
    let threshold: Int?
    let view: String?
    let filters: [String]
    let limit: Int?

    init(_ invocation: Invocation) throws(UsageError) {
        threshold = try invocation[DuplicatesVerb.threshold]
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
        limit = try invocation[SharedOptions.limit]
    }

    func run(on module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        var query = DuplicateQuery(module)
        query.filters = try store.filters(ofView: view, of: module) + filters
        try session.reportDoubts(of: filters, on: module, in: store)
        query.threshold = threshold ?? DuplicateQuery.standardThreshold
        query.limit = limit
        var progress = session.rowProgress
        defer { progress.finish() }
        var counts: DuplicateCounts?
        try session.printListing(of: Self.columns) { listing in
            counts = try store.duplicates(query) {
                progress.advance(by: $0)
            } _: { pair in
                progress.finish()
                try listing.write(row(pair, of: module, in: store, session.language))
            }
        }
        if let counts { try tell(counts, of: module, in: session) }
    }

    private static let columns = [
        Listing.Column("keep", en: "Keep", es: "Queda", isID: true),
        Listing.Column("keep.name", en: "Name", es: "Nombre"),
        Listing.Column("merge", en: "Merge", es: "Se fusiona", isID: true),
        Listing.Column("merge.name", en: "Name", es: "Nombre"),
        Listing.Column("score", en: "Score", es: "Puntuación", isWhole: true),
        Listing.Column("reasons", en: "Reasons", es: "Razones"),
    ]

    private func row(
        _ pair: DuplicatePair,
        of module: Module,
        in store: Store,
        _ language: Language
    ) throws -> Listing.Row {
        let names = try [pair.keep, pair.merge].map { try store.displayName(of: "\($0)", in: module) }
        let score = Self.score(pair.thousandths)
        func cells(_ reasons: String) -> [String] {
            ["\(pair.keep)", names[0], "\(pair.merge)", names[1], score, reasons]
        }
        return Listing.Row(
            machine: cells(pair.reasons.map(\.key).joined(separator: "; ")),
            people: cells(pair.reasons.map { $0.label(in: language) }.joined(separator: ", ")),
            json: .object([
                JSONMember("keep", Self.reference(pair.keep, names[0])),
                JSONMember("merge", Self.reference(pair.merge, names[1])),
                JSONMember("score", JSONNumber(score).map(JSONValue.number) ?? .null),
                JSONMember("reasons", .array(pair.reasons.map { .string($0.key) })),
            ])
        )
    }

    private static func reference(_ id: Int64, _ name: String) -> JSONValue {
        .object([JSONMember("id", .integer(id)), JSONMember("name", .string(name))])
    }

    /// Returns a score such as `0.85`, without trailing zeros.
    private static func score(_ thousandths: Int) -> String {
        ScaledDecimal(units: Int64(thousandths), scale: 3).text()
    }

    private func tell(_ counts: DuplicateCounts, of module: Module, in session: Session) throws {
        if counts.cutGroups > 0 {
            try session.note(
                Text(
                    en: "groups of more than \(counts.mostTogether) that share a value: \(counts.cutGroups), "
                        + "compared only where more words of the names are shared",
                    es: "grupos de más de \(counts.mostTogether) que comparten un valor: \(counts.cutGroups), "
                        + "comparados solo donde se comparten más palabras del nombre"
                )
            )
        }
        let records = "\(counts.records) \(counts.records == 1 ? module.one.en : module.several.en)"
        let found = Text.counting(counts.pairs, en: ("pair", "pairs"), es: ("pareja", "parejas"))
        try session.note(
            Text(
                en: "\(counts.pairs) \(found.en) among \(records)",
                es: "\(counts.pairs) \(found.es) entre \(module.spanish.counted(counts.records))"
            )
        )
    }
}
