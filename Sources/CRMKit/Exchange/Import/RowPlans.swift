import Localization

/// Determines the meaning of the columns of rows, and the faults of columns without one.
final class RowPlans {
    let module: Module
    private let registry: Registry
    private let options: ImportOptions
    private let header: ImportHeader
    private let matchPositions: [Int]
    /// The plans by header: the members of JSON objects may change from row to row.
    private var known: [[String]: RowPlan] = [:]
    /// The headers of the user's own mapping that no column has had yet.
    private var unmetHeaders: Set<String>
    /// The columns without a meaning that were skipped, in the order in which they first appeared.
    private(set) var passedOver: [Text] = []
    /// The columns with a date for which the records have no field, each with the key of a field that could be defined.
    private var homeless: [(name: String, key: String)] = []

    init(_ module: Module, registry: Registry, options: ImportOptions, matchPositions: [Int]) {
        self.module = module
        self.registry = registry
        self.options = options
        self.matchPositions = matchPositions
        unmetHeaders = Set(options.map.keys)
        header = ImportHeader(
            module,
            registry: registry,
            map: options.map,
            matchesID: matchPositions.isEmpty || matchPositions.contains(0)
        )
    }

    /// Messages about the headers in the mapping that no column has.
    var unmet: [Text] {
        unmetHeaders.sorted().map { header in
            Text(en: "--map: no column is called '\(header)'", es: "--map: ninguna columna se llama '\(header)'")
        }
    }

    /// Messages about columns with dates that no field can hold.
    var homelessDates: [Text] {
        homeless.map { name, key in
            let command = "\(ProgramName.placeholder) field add \(module.name.noun) \(key) --type date"
            return Text(
                en: "passed over the column \(name), which no field holds: '\(command)' makes one that takes it",
                es: "se omitió la columna \(name), que ningún campo guarda: «\(command)» crea uno que la toma"
            )
        }
    }

    /// Returns the meanings of columns; `nil` for an unknown one.
    func columns(_ names: [String]) -> [ImportColumn?] {
        header.columns(names, matching: matchPositions)
    }

    /// Whether the first rows of a table are needed: to find out whether columns that would be rejected are empty, or
    /// to determine the decimal mark if none was given.
    func dependOnRows(_ names: [String]) -> Bool {
        let columns = columns(names)
        if options.cells.decimal == nil, columns.contains(where: { $0?.isNumeric(in: module) == true }) { return true }
        return !options.ignoresUnknownColumns
            && (columns.contains { $0 == nil } || !header.repeats(columns, Heading.all(names)).isEmpty)
    }

    /// Returns the plan for rows with some column names.
    ///
    /// - Parameter row: the number of the row that names the columns, 0 for a header.
    /// - Throws: the faults of all columns.
    func plan(of head: TableHead, row: Int) throws(RowProblems) -> RowPlan {
        let (header, line) = (head.names, head.line)
        guard header.count <= Self.mostColumns else {
            throw RowProblems(problems: [Self.tooMany(header, row: row, line: line)])
        }
        if let known = known[header] { return known }
        if let index = header.firstIndex(where: { $0.utf8.count > Self.longestName }) {
            throw RowProblems(problems: [Self.tooLong(header[index], place: index + 1, row: row, line: line)])
        }
        let headings = Heading.all(header)
        if !unmetHeaders.isEmpty {
            let met = Set(headings.flatMap(\.spellings).map(ImportHeader.folded))
            unmetHeaders = unmetHeaders.filter { !met.contains(ImportHeader.folded($0)) }
        }
        var columns = columns(header)
        let empty = options.ignoresUnknownColumns ? [:] : passEmpty(&columns, headings, head)
        if options.ignoresUnknownColumns {
            for (index, _) in self.header.repeats(columns, headings) where !self.header.isMapped(headings[index]) {
                columns[index] = nil
            }
        }
        let problems = problems(of: headings, columns, besides: empty, head.doubt, isHeader: row == 0)
        if !problems.isEmpty {
            throw RowProblems(
                problems: problems.map { name, reason in
                    var problem = RowProblem(
                        row: row,
                        line: line,
                        column: nil,
                        field: name,
                        value: nil,
                        reason: reason
                    )
                    problem.isOfName = true
                    return problem
                }
            )
        }
        let unheld = self.header.unheld(headings)
        for (index, column) in columns.enumerated() {
            let heading = headings[index]
            let name = heading.name
            if column == .ignored, let key = self.header.homeless(heading),
                !homeless.contains(where: { $0.name == name })
            {
                homeless.append((name, key))
            }
            guard
                column == nil
                    || column == .ignored && (self.header.isComputed(heading) || unheld.contains(index))
            else { continue }
            let called = Self.called(heading)
            if !passedOver.contains(called) { passedOver.append(called) }
        }
        var plan = RowPlan(
            columns: columns.map { $0 ?? .ignored },
            of: module,
            matchesNothing: matchPositions.isEmpty,
            tellApart: { self.header.tellsApart(headings[$0]) },
            alone: { self.header.alone(headings[$0]) },
            empty: empty
        )
        plan.titleCell = titleCell(headings, columns)
        plan.isOwn = headings.allSatisfy(self.header.isOwn)
        plan.isExport = plan.isOwn && isExport(header)
        plan.hasOwnIDs = plan.isOwn && header.contains("id")
        plan.nouns = self.header.nouns(headings, columns)
        plan.wholes = wholes(in: head, plan.columns)
        let amounts = LineAmounts(headings, plan.columns, of: module)
        if plan.part != nil { plan.amounts = amounts }
        plan.taxes = TaxEvidence(headings, plan.columns, of: module, amounts, sample: head.sample)
        plan.totals = self.header.totals(headings, columns)
        plan.otherHeader = self.header.otherHeader(columns, matching: matchPositions)
        plan.prepare(for: module)
        if known.count < Self.mostPlans { known[header] = plan }
        return plan
    }

    /// Whether the program's own column names are those of its exports, as nobody else writes them: an id, with both
    /// times of the record or all fields that can be set.
    private func isExport(_ names: [String]) -> Bool {
        let names = Set(names)
        let isWhole = names.isSuperset(of: module.writableFields.map(\.key))
        return names.contains("id") && (isWhole || names.isSuperset(of: ["created_at", "updated_at"]))
    }

    /// Returns the column of job titles whose header is also used for forms of address, if no other column has these.
    /// This program's own exports use the key of the field.
    private func titleCell(_ headings: [Heading], _ columns: [ImportColumn?]) -> Int? {
        guard let names = module.cards.flatMap({ NamePositions($0.name, in: module) }),
            !columns.contains(where: { $0?.fills(names.salutation) == true })
        else { return nil }
        return columns.indices.first { index in
            guard case .field(let position)? = columns[index], !header.isMapped(headings[index]) else { return false }
            let name = headings[index].name
            return module.fields[position].type == .text && name != module.fields[position].key
                && ["title", "titulo"].contains(ImportHeader.folded(name))
        }
    }

    /// Returns the percentage columns whose first rows contain only 1 and 0.
    private func wholes(in head: TableHead, _ columns: [ImportColumn]) -> Set<Int> {
        Set(
            columns.indices.filter { index in
                guard case .field(let position) = columns[index], module.fields[position].type.isPercentage else {
                    return false
                }
                return BareFraction.areWholes(head.sample.compactMap { index < $0.count ? $0[index] : nil })
            }
        )
    }

    /// Skips columns that would be refused but are empty in the first rows of a table, since programs also export
    /// fields that nobody has filled. A later row with a value in such a column is refused.
    ///
    /// - Returns: the reasons to refuse these columns, by index.
    private func passEmpty(
        _ columns: inout [ImportColumn?],
        _ headings: [Heading],
        _ head: TableHead
    ) -> [Int: Text] {
        guard head.doubt == nil, columns.contains(where: { $0 != nil }), head.sample.contains(where: { !$0.isEmpty })
        else { return [:] }
        func isPassed(_ index: Int) -> Bool {
            !header.isMapped(headings[index])
                && head.sample.allSatisfy { index >= $0.count || $0[index].trimmed.isEmpty }
        }
        var reasons: [Int: Text] = [:]
        for index in columns.indices where columns[index] == nil && isPassed(index) {
            let isAttribute = header.isAttribute(headings[index])
            reasons[index] = isAttribute ? unlinked(headings[index]) : unknown([headings[index]]).first?.reason
        }
        for (index, holder) in header.repeats(columns, headings) {
            guard let passed = [index, holder].first(where: isPassed) else { continue }
            reasons[passed] = repeats(headings[index], headings[holder], columns[index])
            columns[passed] = nil
        }
        return reasons
    }

    /// Returns the faults of columns, each with the column's name. Columns without a known meaning come last.
    private func problems(
        of headings: [Heading],
        _ columns: [ImportColumn?],
        besides empty: [Int: Text],
        _ doubt: DelimiterDoubt?,
        isHeader: Bool
    ) -> [Fault] {
        // If no column has a meaning, the table is not one of the module, or has no header.
        let meansNothing = isHeader && columns.allSatisfy { $0 == nil }
        let refused = columns.indices.filter { index in
            columns[index] == nil && empty[index] == nil
                && (header.isMapped(headings[index]) || !options.ignoresUnknownColumns || meansNothing)
        }.map { headings[$0] }
        if let doubt, let first = columns.allSatisfy({ $0 == nil }) ? headings.first : refused.first {
            return [(first.name, doubt.remedy)]
        }
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
        return problems + unknown(refused.filter { !header.isAttribute($0) })
    }

    /// A fault of a column, with its name if it has one.
    private typealias Fault = (name: String?, reason: Text)

    /// Returns the faults for columns without a known meaning.
    private func unknown(_ headings: [Heading]) -> [Fault] {
        if headings.isEmpty { return [] }
        let spellings = header.spellings
        let words = spellings.keys.sorted()
        let center = centerHeader
        return headings.enumerated().map { index, heading -> Fault in
            if heading.name.trimmed.isEmpty { return (nil, Self.nameless(heading)) }
            let target = header.target(of: heading)
            if target == nil, let center, center.isAddress(heading) { return (heading.name, elsewhere(heading)) }
            let isLast = index == headings.count - 1
            // A table with so many unknown columns has other records, and nobody reads so many suggestions.
            guard index < Self.mostGuesses else { return (heading.name, unknownReason(target, nil, isLast: isLast)) }
            let name = target ?? heading.name
            let nearest = nearestWords(to: ImportHeader.folded(name), among: words).first.flatMap { spellings[$0] }
            return (heading.name, unknownReason(target, meant(by: name) ?? nearest, isLast: isLast))
        }
    }

    /// The maximum number of unknown columns for which suggestions are made.
    private static let mostGuesses = 10

    /// Returns the key of the single field of which a name is a synonym, if the name is not one of its headers.
    private func meant(by name: String) -> String? {
        let word = MeantWord(name)
        let fields = module.writableFields.filter { word.means(oneOf: $0.synonyms) }
        return fields.count == 1 ? fields[0].key : nil
    }

    /// The headers of people with addresses, if the rows are neither these people nor their addresses; else `nil`.
    private var centerHeader: ImportHeader? {
        let center = registry[registry.center]
        guard center.name != module.name, let addresses = center.cards?.addresses.module, addresses != module.name
        else {
            return nil
        }
        return ImportHeader(center, registry: registry, map: [:], matchesID: true)
    }

    /// Returns the words for a column in messages.
    private static func called(_ heading: Heading) -> Text {
        guard heading.name.trimmed.isEmpty else { return Text(heading.turn ?? 1 > 1 ? heading.spelling : heading.name) }
        return Text(en: "column \(heading.place), without a header", es: "columna \(heading.place), sin encabezado")
    }

    private static func nameless(_ heading: Heading) -> Text {
        let column = called(heading)
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
        let mapping = "\(heading.spelling)=\(target)"
        return mapping.contains("'") ? "\"\(mapping)\"" : "'\(mapping)'"
    }

    /// The maximum number of columns, as in a table of SQLite: https://www.sqlite.org/limits.html#max_column
    private static let mostColumns = 2000

    /// The maximum length of a column name, in bytes.
    private static let longestName = 1000

    private static func tooLong(_ name: String, place: Int, row: Int, line: Int) -> RowProblem {
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

    private static func tooMany(_ header: [String], row: Int, line: Int) -> RowProblem {
        RowProblem(
            row: row,
            line: line,
            reason: Text(
                en: "has \(header.count) columns; at most \(mostColumns) are read",
                es: "tiene \(header.count) columnas; se leen \(mostColumns) como máximo"
            )
        )
    }

    /// The maximum number of cached plans, enough for the sets of members in the JSON objects of one input.
    private static let mostPlans = 64

    private func unlinked(_ heading: Heading) -> Text {
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

    private func repeats(_ heading: Heading, _ holder: Heading, _ column: ImportColumn?) -> Text {
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
        let known = header.names.joined(separator: ", ")
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
