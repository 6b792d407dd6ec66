import Localization

/// Tells what the columns of rows hold, and what is wrong with those that hold nothing.
final class RowPlans {
    private let module: Module
    private let options: ImportOptions
    private let header: ImportHeader
    private let matchPositions: [Int]
    /// What headers mean that were met before: the members of JSON objects may change from row to row.
    private var known: [[String]: RowPlan] = [:]
    /// The headers of the user's own mapping that no column has had.
    private var unmetHeaders: Set<String>
    /// The columns that mean nothing and were passed over, in the order in which they first appeared.
    private(set) var passedOver: [String] = []
    /// Those that hold a date which no field of the records has, each with the key of one that could be made for it.
    private var homeless: [(name: String, key: String)] = []

    init(_ module: Module, registry: Registry, options: ImportOptions, matchPositions: [Int]) {
        self.module = module
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

    /// What a person is told of dates that no field holds.
    var homelessDates: [Text] {
        homeless.map { name, key in
            let command = "\(ProgramName.placeholder) field add \(module.name.noun) \(key) --type date"
            return Text(
                en: "passed over the column \(name), which no field holds: '\(command)' makes one that takes it",
                es: "se omitió la columna \(name), que ningún campo guarda: «\(command)» crea uno que la toma"
            )
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
        if !unmetHeaders.isEmpty {
            let met = Set(header.map(ImportHeader.folded))
            unmetHeaders = unmetHeaders.filter { !met.contains(ImportHeader.folded($0)) }
        }
        let columns = columns(header)
        let problems = problems(of: header, columns)
        if !problems.isEmpty {
            throw RowProblems(
                problems: problems.map { name, reason in
                    RowProblem(row: row, line: line, column: nil, field: name, value: nil, reason: reason)
                }
            )
        }
        for (name, column) in zip(header, columns) where !passedOver.contains(name) {
            if column == .ignored, let key = self.header.homeless(name), !homeless.contains(where: { $0.name == name })
            {
                homeless.append((name, key))
            }
            if column == nil || column == .ignored && self.header.isComputed(name) { passedOver.append(name) }
        }
        let plan = RowPlan(columns: columns.map { $0 ?? .ignored }, of: module, matchesNothing: matchPositions.isEmpty)
        if known.count < Self.mostPlans { known[header] = plan }
        return plan
    }

    /// What is wrong with columns, each by its name: those that mean nothing come behind the others.
    private func problems(of names: [String], _ columns: [ImportColumn?]) -> [(name: String, reason: Text)] {
        let isRefused = zip(names, columns).map { name, column in
            column == nil && (header.isMapped(name) || !options.ignoresUnknownColumns)
        }
        let refused = zip(names, isRefused).filter(\.1).map(\.0)
        let doubt = DelimiterDoubt(names)
        if let doubt, let first = columns.allSatisfy({ $0 == nil }) ? names.first : refused.first {
            return [(first, doubt.remedy)]
        }
        var problems: [(name: String, reason: Text)] = []
        for (index, column) in columns.enumerated() {
            guard let column, let first = columns[..<index].firstIndex(of: column),
                !column.canRepeat(under: [names[first], names[index]].map(ImportHeader.folded))
            else { continue }
            problems.append((names[index], Self.repeats(names[first])))
        }
        for (index, column) in columns.enumerated() {
            guard case .moment(let position, .time)? = column, !columns.contains(.moment(position, .day)) else {
                continue
            }
            problems.append((names[index], Self.dayless))
        }
        for position in matchPositions where !columns.contains(where: { $0?.fills(position) == true }) {
            problems.append((module.fields[position].key, Self.unmatchable))
        }
        problems += refused.filter(header.isAttribute).map { ($0, Self.unlinked) }
        return problems + unknown(refused.filter { !header.isAttribute($0) })
    }

    /// What is told of columns that mean nothing.
    private func unknown(_ names: [String]) -> [(name: String, reason: Text)] {
        if names.isEmpty { return [] }
        let spellings = header.spellings
        let words = spellings.keys.sorted()
        return names.enumerated().map { index, name in
            let nearest = nearestWords(to: ImportHeader.folded(name), among: words).first.flatMap { spellings[$0] }
            return (name, unknownReason(nearest, isLast: index == names.count - 1))
        }
    }

    /// As many as a table of SQLite has: https://www.sqlite.org/limits.html#max_column
    private static let mostColumns = 2000

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

    private static func repeats(_ name: String) -> Text {
        Text(en: "holds the same as the column \"\(name)\"", es: "contiene lo mismo que la columna «\(name)»")
    }

    private static let dayless = Text(
        en: "is the time of a day, and no column has the day",
        es: "es la hora de un día, y ninguna columna tiene el día"
    )

    private static let unmatchable = Text(
        en: "no column has the field to match by",
        es: "ninguna columna tiene el campo para emparejar"
    )

    /// Why a column is refused that means nothing: what it may have been meant as, and behind the last of them what to do.
    private func unknownReason(_ nearest: String?, isLast: Bool) -> Text {
        let reason = Text(
            en: "no such column" + (nearest.map { ", did you mean \($0)?" } ?? ""),
            es: "no existe esa columna" + (nearest.map { ", ¿quizá \($0)?" } ?? "")
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
