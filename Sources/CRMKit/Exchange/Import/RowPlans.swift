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
    private(set) var passedOver: [Text] = []
    private let registry: Registry

    init(_ module: Module, registry: Registry, options: ImportOptions, matchPositions: [Int]) {
        self.module = module
        self.options = options
        self.registry = registry
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
        if !unmetHeaders.isEmpty {
            let met = Set(header.map(ImportHeader.folded))
            unmetHeaders = unmetHeaders.filter { !met.contains(ImportHeader.folded($0)) }
        }
        var columns = columns(header)
        if options.ignoresUnknownColumns {
            for (index, _) in self.header.repeats(columns, header) where !self.header.isMapped(header[index]) {
                columns[index] = nil
            }
        }
        let problems = problems(of: header, columns)
        if !problems.isEmpty {
            throw RowProblems(
                problems: problems.map { name, reason in
                    RowProblem(row: row, line: line, column: nil, field: name, value: nil, reason: reason)
                }
            )
        }
        for (index, column) in columns.enumerated() {
            guard column == nil || column == .ignored && self.header.isComputed(header[index]) else { continue }
            let name = Self.called(header[index], at: index)
            if !passedOver.contains(name) { passedOver.append(name) }
        }
        let plan = RowPlan(columns: columns.map { $0 ?? .ignored }, of: module, matchesNothing: matchPositions.isEmpty)
        if known.count < Self.mostPlans { known[header] = plan }
        return plan
    }

    /// What is wrong with columns, each by its name: those that mean nothing come behind the others.
    private func problems(of names: [String], _ columns: [ImportColumn?]) -> [Fault] {
        let refused = columns.indices.filter { index in
            columns[index] == nil && (header.isMapped(names[index]) || !options.ignoresUnknownColumns)
        }
        let doubt = DelimiterDoubt(names)
        if let doubt, let first = columns.allSatisfy({ $0 == nil }) ? names.indices.first : refused.first {
            return [(names[first], doubt.remedy)]
        }
        var problems: [Fault] = header.repeats(columns, names).map { index, holder -> Fault in
            (names[index], repeats(names[index], names[holder], columns[index]))
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
        for index in refused where header.isAttribute(names[index]) {
            problems.append((names[index], Self.unlinked))
        }
        return problems + unknown(refused.filter { !header.isAttribute(names[$0]) }, of: names)
    }

    /// What is wrong with a column, by its name where it has one.
    private typealias Fault = (name: String?, reason: Text)

    /// What is told of columns that mean nothing.
    private func unknown(_ indices: [Int], of names: [String]) -> [Fault] {
        if indices.isEmpty { return [] }
        let spellings = header.spellings
        let words = spellings.keys.sorted()
        let center = centerHeader
        return indices.map { index -> Fault in
            let name = names[index]
            if name.trimmed.isEmpty { return (nil, Self.nameless(at: index)) }
            let target = header.target(of: name)
            if target == nil, let center, center.isAddress(name) { return (name, elsewhere(name)) }
            let nearest = nearestWords(to: ImportHeader.folded(target ?? name), among: words).first
            let isLast = index == indices.last
            return (name, unknownReason(target, nearest.flatMap { spellings[$0] }, isLast: isLast))
        }
    }

    /// The headers of the people whose addresses are kept, where these are no records of the module; `nil` where they are.
    private var centerHeader: ImportHeader? {
        let center = registry[registry.center]
        guard center.name != module.name, let addresses = center.cards?.addresses.module, addresses != module.name
        else {
            return nil
        }
        return ImportHeader(center, registry: registry, map: [:], matchesID: true)
    }

    /// How a person is told of a column.
    private static func called(_ name: String, at index: Int) -> Text {
        guard name.trimmed.isEmpty else { return Text(name) }
        return Text(en: "column \(index + 1), without a header", es: "columna \(index + 1), sin encabezado")
    }

    private static func nameless(at index: Int) -> Text {
        let column = called("", at: index)
        return Text(
            en: "\(column.en), is no field: pass it over with --ignore-unknown",
            es: "\(column.es), no es un campo: omitirla con --ignore-unknown"
        )
    }

    private func elsewhere(_ name: String) -> Text {
        let center = registry[registry.center]
        return Text(
            en: """
                is of an address, and addresses are those of \(center.several.en): pass it over with --map \
                \(Self.mapping(name, "-")) or --ignore-unknown, and import it with \(center.several.en)
                """,
            es: """
                es de una dirección, y las direcciones son de \(center.several.es): omitirla con --map \
                \(Self.mapping(name, "-")) o --ignore-unknown, e importarla con \(center.several.es)
                """
        )
    }

    /// What a mapping of a column is on a command line.
    private static func mapping(_ name: String, _ target: String) -> String {
        name.contains("'") ? "\"\(name)=\(target)\"" : "'\(name)=\(target)'"
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

    private func repeats(_ name: String, _ holder: String, _ column: ImportColumn?) -> Text {
        let meant = column?.name(in: module) ?? ""
        let mapping = Self.mapping(name, "-")
        return Text(
            en: """
                means \(meant), as the column "\(holder)" does: pass one of them over, as with --map \(mapping) or \
                --ignore-unknown, or map it to another field
                """,
            es: """
                significa \(meant), como la columna «\(holder)»: omitir una de las dos, como con --map \(mapping) o \
                --ignore-unknown, o asignarla a otro campo
                """
        )
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
    ///
    /// - Parameter target: what the user has mapped it to.
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
