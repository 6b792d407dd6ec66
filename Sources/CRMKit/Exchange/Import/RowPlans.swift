import Localization

/// Tells what the columns of rows hold, and what is wrong with those that hold nothing.
final class RowPlans {
    private let module: Module
    private let registry: Registry
    private let options: ImportOptions
    private let header: ImportHeader
    private let matchPositions: [Int]
    /// What headers mean that were met before: the members of JSON objects may change from row to row.
    private var known: [[String]: RowPlan] = [:]
    /// The headers of the user's own mapping that no column has had.
    private var unmetHeaders: Set<String>
    /// The columns that mean nothing and were passed over, in the order in which they first appeared.
    private(set) var passedOver: [String] = []

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

    /// What a person is told of headers of the mapping that no column has had.
    var unmet: [Text] {
        unmetHeaders.sorted().map { header in
            Text(en: "--map: no column is called '\(header)'", es: "--map: ninguna columna se llama '\(header)'")
        }
    }

    /// What columns would hold; `nil` for one whose header means nothing.
    func columns(_ names: [String]) -> [ImportColumn?] {
        header.columns(names, matchesNothing: matchPositions.isEmpty)
    }

    /// What the columns of rows hold.
    ///
    /// - Parameter row: the row that names them, 0 for a header.
    /// - Throws: every column that is wrong.
    func plan(of header: [String], row: Int, line: Int) throws(RowProblems) -> RowPlan {
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
        let columns = columns(header)
        let problems = problems(of: headings, columns)
        if !problems.isEmpty {
            throw RowProblems(
                problems: problems.map { name, reason in
                    RowProblem(row: row, line: line, column: nil, field: name, value: nil, reason: reason)
                }
            )
        }
        for (heading, column) in zip(headings, columns) {
            guard column == nil || column == .ignored && self.header.isComputed(heading) else { continue }
            let name = heading.name.isEmpty ? heading.spelling : heading.name
            if !passedOver.contains(name) { passedOver.append(name) }
        }
        let plan = RowPlan(columns: columns.map { $0 ?? .ignored }, of: module, matchesNothing: matchPositions.isEmpty)
        if known.count < Self.mostPlans { known[header] = plan }
        return plan
    }

    /// What is wrong with columns, each by its name: those that mean nothing come behind the others.
    private func problems(of headings: [Heading], _ columns: [ImportColumn?]) -> [(name: String, reason: Text)] {
        let isRefused = zip(headings, columns).map { heading, column in
            column == nil && (header.isMapped(heading) || !options.ignoresUnknownColumns)
        }
        let refused = zip(headings, isRefused).filter(\.1).map(\.0)
        let doubt = DelimiterDoubt(headings.map(\.name))
        if let doubt, let first = columns.allSatisfy({ $0 == nil }) ? headings.first : refused.first {
            return [(first.name, doubt.remedy)]
        }
        if !headings.contains(where: header.isMapped),
            let pairs = PairsOfLinks(headings.map(\.name), for: module, in: registry)
        {
            return [(pairs.own, pairs.remedy)]
        }
        var problems: [(name: String, reason: Text)] = []
        for (index, column) in columns.enumerated() {
            guard let column, let first = columns[..<index].firstIndex(of: column) else { continue }
            let (one, other) = (headings[first], headings[index])
            if column.canRepeat(under: [one, other].map { ImportHeader.folded($0.name) }, in: module) { continue }
            problems.append((other.name, Self.repeats(one, other)))
        }
        for (index, column) in columns.enumerated() {
            guard case .moment(let position, .time)? = column, !columns.contains(.moment(position, .day)) else {
                continue
            }
            problems.append((headings[index].name, Self.dayless))
        }
        for position in matchPositions where !columns.contains(where: { $0?.fills(position) == true }) {
            problems.append((module.fields[position].key, Self.unmatchable))
        }
        problems += refused.filter(header.isAttribute).map { ($0.name, Self.unlinked) }
        return problems + unknown(refused.filter { !header.isAttribute($0) })
    }

    /// What is told of columns that mean nothing.
    private func unknown(_ headings: [Heading]) -> [(name: String, reason: Text)] {
        if headings.isEmpty { return [] }
        let spellings = header.spellings
        let words = spellings.keys.sorted()
        return headings.enumerated().map { index, heading in
            guard !heading.name.trimmed.isEmpty else {
                return (heading.spelling, unknownReason(Self.nameless, nil, isLast: index == headings.count - 1))
            }
            let nearest = nearestWords(to: ImportHeader.folded(heading.name), among: words).first
                .flatMap { spellings[$0] }
            return (heading.name, unknownReason(Self.noSuch, nearest, isLast: index == headings.count - 1))
        }
    }

    /// As many as a table of SQLite has: https://www.sqlite.org/limits.html#max_column
    private static let mostColumns = 2000

    /// No name of a column is longer, in bytes.
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

    /// As many sets of members as JSON objects of one input have.
    private static let mostPlans = 64

    private static let unlinked = Text(
        en: "tells of a link, and no column names what to link with: pass it over with --ignore-unknown",
        es: "habla de un vínculo, y ninguna columna nombra con qué vincular: omitirla con --ignore-unknown"
    )

    private static func repeats(_ one: Heading, _ other: Heading) -> Text {
        Text(
            en: """
                column \(other.place) holds the same as column \(one.place), "\(one.name)": say what it is with \
                --map '\(other.spelling)=FIELD', or pass it over with --map '\(other.spelling)=-'
                """,
            es: """
                la columna \(other.place) contiene lo mismo que la columna \(one.place), «\(one.name)»: decir qué es \
                con --map '\(other.spelling)=CAMPO', u omitirla con --map '\(other.spelling)=-'
                """
        )
    }

    private static let noSuch = Text(en: "no such column", es: "no existe esa columna")

    private static let nameless = Text(en: "the column has no name", es: "la columna no tiene nombre")

    private static let dayless = Text(
        en: "is the time of a day, and no column has the day",
        es: "es la hora de un día, y ninguna columna tiene el día"
    )

    private static let unmatchable = Text(
        en: "no column has the field to match by",
        es: "ninguna columna tiene el campo para emparejar"
    )

    /// Why a column is refused that means nothing: what it may have been meant as, and behind the last of them what to do.
    private func unknownReason(_ lead: Text, _ nearest: String?, isLast: Bool) -> Text {
        let reason = Text(
            en: lead.en + (nearest.map { ", did you mean \($0)?" } ?? ""),
            es: lead.es + (nearest.map { ", ¿quizá \($0)?" } ?? "")
        )
        guard isLast else { return reason }
        let known = header.names.joined(separator: ", ")
        let (en, es) = nearest == nil ? (": map", ": asignarla") : (" Map", " Asignarla")
        return Text(
            en: "\(reason.en)\(en) it with --map, or pass it over with --ignore-unknown; known are \(known)",
            es: "\(reason.es)\(es) con --map, u omitirla con --ignore-unknown; se conocen \(known)"
        )
    }
}
