import Localization

/// What is wrong with columns, and what to do about it.
extension RowPlans {
    /// Returns the faults of columns, each with the column's name. Columns without a known meaning come last.
    func problems(of meant: MeantHeader, isHeader: Bool) -> [Fault] {
        let (headings, columns) = (meant.headings, meant.columns)
        // A table without any column that means something is not of the module, or has no header.
        let meansNothing = isHeader && columns.allSatisfy { $0 == nil }
        let refused = columns.indices.filter { index in
            columns[index] == nil && meant.empty[index] == nil
                && (header.isMapped(headings[index]) || !options.ignoresUnknownColumns || meansNothing)
        }.map { headings[$0] }
        if let doubt = meant.head.doubt, let first = columns.allSatisfy({ $0 == nil }) ? headings.first : refused.first
        {
            return [(first.name, doubt.remedy)]
        }
        if let first = refused.first, Self.isOfWholeExport(headings.map(\.name)) { return [(first.name, Self.ofApply)] }
        if !headings.contains(where: header.isMapped),
            let pairs = PairsOfLinks(headings.map(\.name), as: columns, for: module, in: registry)
        {
            return [(pairs.own, pairs.remedy)]
        }
        var problems: [Fault] = header.repeats(columns, headings).map { index, holder -> Fault in
            (headings[index].name, repeats(headings[index], headings[holder], columns[index]))
        }
        for (index, column) in columns.enumerated() {
            guard case .moment(let position, .time)? = column,
                ![position, module.beginning(ofEnd: position)].contains(where: { place in
                    place.map { columns.contains(.moment($0, .day)) } ?? false
                })
            else { continue }
            problems.append((headings[index].name, Self.dayless))
        }
        for position in matchPositions where !columns.contains(where: { $0?.fills(position) == true }) {
            problems.append((module.fields[position].key, unmatchable(position, columns, headings)))
        }
        for heading in refused where header.isAttribute(heading) { problems.append((heading.name, unlinked(heading))) }
        let others = refused.filter { !header.isAttribute($0) }
        let numbering = others.filter { Self.numbersRows($0, in: meant.head.sample) && !header.isMapped($0) }
        problems += numbering.map { ($0.name, Self.running($0)) }
        return problems + unknown(others.filter { heading in !numbering.contains { $0.place == heading.place } })
    }

    /// Refuses a column in the user's mapping that a table lacks, since its values would go elsewhere or be lost. One to
    /// be passed over need not be there.
    ///
    /// - Throws: ``CRMError`` `usage`, unless the header as a whole is in doubt.
    func refuseUnmet(in head: TableHead) throws(CRMError) {
        let headings = Heading.all(head.names)
        let met = Set(headings.flatMap(\.spellings).map(ImportHeader.folded))
        let named = options.map.filter { $0.value != ImportHeader.passedOver }.keys.sorted()
        guard head.doubt == nil, let unmet = named.first(where: { !met.contains(ImportHeader.folded($0)) }) else {
            return
        }
        let spellings = Dictionary(headings.map { (ImportHeader.folded($0.spelling), $0.spelling) }) { first, _ in first
        }
        let nearest = nearestWords(to: ImportHeader.folded(unmet), among: spellings.keys.sorted()).first
        let all = headings.prefix(Self.mostGuesses).map(\.spelling).joined(separator: ", ")
        let rest = headings.count > Self.mostGuesses ? ", …" : ""
        throw CRMError(
            .usage,
            Self.unmet(unmet),
            hint: nearest.flatMap { spellings[$0] }.map {
                Text(en: "did you mean '\($0)'?", es: "¿quizá '\($0)'?")
            } ?? Text(en: "its columns are \(all)\(rest)", es: "sus columnas son \(all)\(rest)"),
            module: module.name
        )
    }

    static func unmet(_ header: String) -> Text {
        Text(en: "--map: no column is called '\(header)'", es: "--map: ninguna columna se llama '\(header)'")
    }

    /// Whether a column numbers the rows, one after the other from 1.
    private static func numbersRows(_ heading: Heading, in sample: [[String]]) -> Bool {
        let cells = sample.map { heading.place <= $0.count ? $0[heading.place - 1].trimmed : "" }.filter { !$0.isEmpty }
        guard !heading.name.trimmed.isEmpty, cells.count > 1 || runningNames.contains(ImportHeader.folded(heading.name))
        else { return false }
        return !cells.isEmpty && cells.enumerated().allSatisfy { $1 == "\($0 + 1)" }
    }

    /// The names of columns that number the rows, also of a single one.
    private static let runningNames = Set(
        ["No.", "Nº", "N°", "Núm.", "#", "N", "Item", "Row", "Fila"].map(ImportHeader.folded)
    )

    private static func running(_ heading: Heading) -> Text {
        let over = mapping(heading, "-")
        return Text(
            en: "looks like a running number of the rows: pass it over with --map \(over) or --ignore-unknown",
            es: "parece un número corrido de las filas: omitirla con --map \(over) o --ignore-unknown"
        )
    }

    /// Whether the members of a line are those of a line in an export of all modules: its settings, or what a record or a
    /// link says of itself.
    private static func isOfWholeExport(_ names: [String]) -> Bool {
        names.contains("module") && names.contains("ref")
            || names.allSatisfy { $0 == "settings" || $0.hasPrefix("settings.") }
    }

    private static let ofApply = Text(
        en: "this is of an export of all modules: read it with 'apply'",
        es: "esto es de una exportación de todos los módulos: leerlo con 'apply'"
    )

    /// A fault of a column, with its name if it has one.
    typealias Fault = (name: String?, reason: Text)

    /// Returns the faults for columns without a known meaning.
    func unknown(_ headings: [Heading]) -> [Fault] {
        if headings.isEmpty { return [] }
        let (center, all) = (centerHeader, Set(headings.map { ImportHeader.folded($0.name) }))
        return headings.enumerated().map { index, heading -> Fault in
            if heading.name.trimmed.isEmpty { return (nil, Self.nameless(heading)) }
            let target = header.target(of: heading)
            if target == nil, let center, center.isAddress(heading, among: all) {
                return (heading.name, elsewhere(heading))
            }
            let isLast = index == headings.count - 1
            // Whoever has so many has other records, and nobody reads on.
            let isRead = guesses < Self.mostGuessesInAll
            guard isRead, index < Self.mostGuesses else {
                return (heading.name, unknownReason(target, nil, isLast: isRead && isLast))
            }
            guesses += 1
            let name = target ?? heading.name
            let nearest = nearestWords(to: ImportHeader.folded(name), among: candidates).first.flatMap { spellings[$0] }
                .flatMap { ImportHeader.folded($0) == ImportHeader.folded(name) ? nil : $0 }
            return (heading.name, unknownReason(target, meant(by: name) ?? nearest, isLast: isLast))
        }
    }

    /// The maximum number of unknown columns for which suggestions are made.
    private static let mostGuesses = 10

    /// The maximum number in all rows, each of which may name other columns. A table of another program may have a
    /// hundred that are unknown and empty.
    private static let mostGuessesInAll = 300

    /// Returns the key of the single field that people call by a name, if the name is not one of its headers.
    private func meant(by name: String) -> String? {
        let word = MeantWord(name)
        let fields = module.writableFields.filter { word.means(oneOf: $0.synonyms) }
        return fields.count == 1 ? fields[0].key : nil
    }

    func makeCenterHeader() -> ImportHeader? {
        let center = registry[registry.center]
        guard center.name != module.name, let addresses = center.cards?.addresses.module, addresses != module.name
        else {
            return nil
        }
        return ImportHeader(center, registry: registry, map: [:], matchesID: true)
    }

    /// Returns the words for a column in messages.
    static func called(_ heading: Heading) -> Text {
        guard heading.name.trimmed.isEmpty else { return Text(heading.turn ?? 1 > 1 ? heading.spelling : heading.name) }
        return Text(en: "\(heading.place), without a header", es: "\(heading.place), sin encabezado")
    }

    private static func nameless(_ heading: Heading) -> Text {
        let column = Text(
            en: "column \(heading.place), without a header",
            es: "columna \(heading.place), sin encabezado"
        )
        let (other, otra) = (mapping(heading, "FIELD"), mapping(heading, "CAMPO"))
        return Text(
            en: "\(column.en), is no field: say what it is with --map \(other), or pass it over with --ignore-unknown",
            es: "\(column.es), no es un campo: decir qué es con --map \(otra), u omitirla con --ignore-unknown"
        )
    }

    private func elsewhere(_ heading: Heading) -> Text {
        let center = registry[registry.center]
        let over = Self.mapping(heading, "-")
        return Text(
            en: """
                is of an address, and addresses are those of \(center.several.en): pass it over with --map \(over) or \
                --ignore-unknown, and import it with \(center.several.en)
                """,
            es: """
                es de una dirección, y las direcciones son de \(center.several.es): omitirla con --map \(over) o \
                --ignore-unknown, e importarla con \(center.several.es)
                """
        )
    }

    /// Returns a mapping of a column as written on a command line.
    private static func mapping(_ heading: Heading, _ target: String) -> String {
        "\(heading.spelling)=\(target)".inShellQuotes
    }

    static func tooLong(_ name: String, place: Int, row: Int, line: Int) -> RowProblem {
        RowProblem(
            header: name,
            row: row,
            line: line,
            Text(
                en: "the name of column \(place) is longer than \(longestName) bytes",
                es: "el nombre de la columna \(place) pasa de \(longestName) bytes"
            )
        )
    }

    /// - Throws: the problem of more columns than are read.
    static func refuseTooMany(_ header: [String], row: Int, line: Int) throws(RowProblem) {
        if header.count > mostColumns { throw tooMany(header, row: row, line: line) }
    }

    static func tooMany(_ header: [String], row: Int, line: Int) -> RowProblem {
        RowProblem(
            row: row,
            line: line,
            reason: Text(
                en: "has \(header.count) columns; at most \(mostColumns) are read",
                es: "tiene \(header.count) columnas; se leen \(mostColumns) como máximo"
            )
        )
    }

    func unlinked(_ heading: Heading) -> Text {
        let (field, campo) = (Self.mapping(heading, "FIELD"), Self.mapping(heading, "CAMPO"))
        return Text(
            en: """
                tells of a link, and no column names what to link with: where it is a field of \(module.several.en), say which \
                with --map \(field), else pass it over with --ignore-unknown
                """,
            es: """
                habla de un vínculo, y ninguna columna nombra con qué vincular: si es un campo de \(module.spanish.theSeveral), \
                decir cuál con --map \(campo); si no, omitirla con --ignore-unknown
                """
        )
    }

    func repeats(_ heading: Heading, _ holder: Heading, _ column: ImportColumn?) -> Text {
        let meant = column?.name(in: module) ?? ""
        let (other, otra) = (Self.mapping(heading, "FIELD"), Self.mapping(heading, "CAMPO"))
        let over = Self.mapping(heading, "-")
        return Text(
            en: """
                column \(heading.place) means \(meant), as column \(holder.place), "\(holder.name)", does: say what it is \
                with --map \(other), or pass it over with --map \(over) or --ignore-unknown
                """,
            es: """
                la columna \(heading.place) significa \(meant), como la columna \(holder.place), «\(holder.name)»: decir qué \
                es con --map \(otra), u omitirla con --map \(over) o --ignore-unknown
                """
        )
    }

    private static let dayless = Text(
        en: "is the time of a day, and no column has the day",
        es: "es la hora de un día, y ninguna columna tiene el día"
    )

    /// Returns the reason why an unknown column is rejected: its likely meaning, and, after the last one, what to do.
    ///
    /// - Parameter target: the target to which the user has mapped it.
    private func unknownReason(_ target: String?, _ nearest: String?, isLast: Bool) -> Text {
        let fault =
            target.map { Text(en: "\($0): no such field", es: "\($0): no existe ese campo") }
            ?? Text(en: "no such column", es: "no existe esa columna")
        let reason = Text(
            en: fault.en + (nearest.map { ", did you mean \($0)?" } ?? ""),
            es: fault.es + (nearest.map { ", ¿quizá \($0)?" } ?? "")
        )
        guard isLast, target == nil || nearest == nil else { return reason }
        let known = knownNames
        if target != nil {
            return Text(en: "\(reason.en); known are \(known)", es: "\(reason.es); se conocen \(known)")
        }
        let (en, es) = nearest == nil ? (": map", ": asignarla") : (" Map", " Asignarla")
        return Text(
            en: "\(reason.en)\(en) it with --map, or pass it over with --ignore-unknown; known are \(known)",
            es: "\(reason.es)\(es) con --map, u omitirla con --ignore-unknown; se conocen \(known)"
        )
    }
}
