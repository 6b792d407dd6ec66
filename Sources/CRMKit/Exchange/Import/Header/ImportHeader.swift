import Localization

/// Reads the headers of an import: keys, labels in either language, paths, and column names of other programs.
struct ImportHeader {
    let module: Module
    let registry: Registry
    private let map: [String: String]
    private let matchesID: Bool
    let foreign: ForeignHeaders
    /// The positions of the fields by their folded names.
    private let positions: [String: Int]
    /// The keys of the modules that rows can be linked with, and of the attributes of such links, by folded names. A
    /// table may have two thousand unknown columns, so look-ups must be fast.
    let links: [String: String]
    let attributes: [String: String]
    /// The folded names of fields with spaces, by the same names without spaces.
    private let unspaced: [String: String]

    /// - Parameters:
    ///   - map: the user's mapping of headers to fields: `Their Column` to `field`.
    ///   - matchesID: whether rows identify their records by an id.
    init(_ module: Module, registry: Registry, map: [String: String], matchesID: Bool) {
        self.matchesID = matchesID
        self.module = module
        foreign = ForeignHeaders(module.name, fold: Self.folded)
        self.registry = registry
        self.map = Dictionary(map.map { (Self.folded($0.key), $0.value) }) { _, last in last }
        var positions: [String: Int] = [:]
        for (position, field) in module.fields.enumerated() {
            for name in [field.key, field.label.en, field.label.es] + (field.singular.map { [$0] } ?? []) {
                let name = Self.folded(name)
                if positions[name] == nil { positions[name] = position }
            }
        }
        self.positions = positions
        let blanked = positions.keys.sorted().filter { $0.utf8.contains(Fold.space) }
        unspaced = Self.firsts(
            blanked.map { (meant: $0, name: String(decoding: $0.utf8.filter { $0 != Fold.space }, as: UTF8.self)) }
        )
        let others = module.linkedModules(in: registry).map { registry[$0] }
        var names: [(meant: String, name: String)] = []
        for other in others {
            let (one, several) = (other.name.rawValue, other.linkedKey)
            for name in [one, other.label.en, other.label.es] { names.append((one, name)) }
            for name in [several, other.plural.en, other.plural.es] { names.append((several, name)) }
        }
        links = Self.firsts(names)
        names = []
        for holder in module.name == registry.center ? others : [module] {
            for field in holder.contacts.link?.attributes ?? [] {
                for name in [field.key, field.label.en, field.label.es] { names.append((field.key, name)) }
            }
        }
        attributes = Self.firsts(names)
    }

    /// Returns the meanings by folded names; the first one of several.
    private static func firsts(_ names: [(meant: String, name: String)]) -> [String: String] {
        Dictionary(names.map { (folded($0.name), $0.meant) }) { first, _ in first }
    }

    /// Returns the meanings of a table's columns; `nil` for an unknown one.
    ///
    /// - Parameter matching: the positions of the fields by which rows are matched. When there are none and there is no
    ///   column of ids, each row is a new record, which must have a name.
    func columns(_ names: [String], matching: [Int]) -> [ImportColumn?] {
        let headings = Heading.all(names)
        let folded = Set(headings.map { Self.folded(meant($0)) })
        var columns = headings.map { column(meant($0)) }
        settleBesides(&columns, headings, folded, ofOwnList: matching.contains(0))
        settleWords(&columns, headings, folded)
        settleRows(&columns, headings)
        settleNames(&columns, headings, matching: matching)
        settleSeveral(&columns)
        settleTaxes(&columns, headings)
        settleAttributes(&columns, headings)
        settleRepeats(&columns, headings)
        return columns
    }

    /// Assigns the meanings that depend on other columns, unless another column has the meaning already and keeps it.
    ///
    /// - Parameter isOwn: whether the rows are of a list of this program, as the user says who matches them by their ids.
    private func settleBesides(
        _ columns: inout [ImportColumn?],
        _ headings: [Heading],
        _ folded: Set<String>,
        ofOwnList isOwn: Bool
    ) {
        let names = headings.map { Self.folded($0.name) }
        let targets = zip(headings, names).map { heading, name in
            isMapped(heading) ? nil : foreign.target(of: name, beside: folded, orItself: !isOwn)
        }
        let alone = columns
        let wanted = withoutStrayHouses(targets.map { $0.flatMap(column) }, alone)
        for (index, target) in targets.enumerated() {
            if target == .unknown { columns[index] = nil }
            guard let meant = wanted[index] else { continue }
            let isTaken = headings.indices.contains { other in
                other != index && alone[other] == meant && (wanted[other] ?? meant) == meant
                    && !meant.canRepeat(under: [names[index], names[other]], in: module)
            }
            if !isTaken { columns[index] = meant }
        }
    }

    /// Treats attributes as unknown unless a column names records to link with by links with the attribute. Such a
    /// header may have another meaning in another program.
    private func settleAttributes(_ columns: inout [ImportColumn?], _ headings: [Heading]) {
        let links = columns.compactMap { $0?.linkedModule }.compactMap { other in
            module.name == registry.center ? registry[other].contacts.link : module.contacts.link
        }
        for (index, heading) in headings.enumerated() {
            guard case .attribute(let key)? = columns[index], !links.contains(where: { $0.attribute(key) != nil })
            else { continue }
            let meant = foreign.target(of: Self.folded(meant(heading))).flatMap(column)
            if case .attribute? = meant { columns[index] = nil } else { columns[index] = meant }
        }
    }

    /// Whether a heading is that of an attribute of links.
    func isAttribute(_ heading: Heading) -> Bool {
        if case .attribute? = column(meant(heading)) { true } else { false }
    }

    /// Returns the user's mapping of a heading, otherwise its name.
    func meant(_ heading: Heading) -> String { target(of: heading) ?? heading.name }

    /// Returns the meaning that the user has given to a heading.
    func target(of heading: Heading) -> String? {
        map.isEmpty ? nil : heading.spellings.lazy.compactMap { map[Self.folded($0)] }.first
    }

    /// Returns the meaning of a name as a header, taking the user's mapping into account.
    func column(called name: String) -> ImportColumn? { column(map[Self.folded(name)] ?? name) }

    /// Whether the user has mapped a heading.
    func isMapped(_ heading: Heading) -> Bool { target(of: heading) != nil }

    /// Assigns headers without a meaning for the record to its rows, if the rows of the input may have one each:
    /// `Cantidad`.
    private func settleRows(_ columns: inout [ImportColumn?], _ headings: [Heading]) {
        for part in module.shownParts where part.visibility == .shown && part.kindField == nil {
            let header = PartHeader(part: part, registry: registry)
            var settled = columns
            var isBare = false
            for index in columns.indices where columns[index] == nil {
                let cell = header.cell(meant(headings[index]))
                settled[index] = cell.map(ImportColumn.cell)
                isBare = isBare || cell.map { !$0.words.isEmpty } ?? false
            }
            if isBare {
                settleShared(&settled, headings, header)
                settleRemarks(&settled, headings, header.part)
            }
            settleDerived(&settled, headings, header)
            let words = settled.flatMap { column in
                if case .cell(let cell) = column, cell.part == part.key { cell.words } else { [String]() }
            }
            // The main field of the rows must be among the columns. For example, the reason of an undeliverable address
            // is not enough.
            if let telling = part.shorthand.first ?? words.first, words.contains(telling) { return columns = settled }
        }
    }

    /// Assigns fields that the record and its rows both have to the rows when columns next to them show that: a
    /// discount next to a quantity and a price.
    private func settleShared(_ columns: inout [ImportColumn?], _ headings: [Heading], _ header: PartHeader) {
        for (index, heading) in headings.enumerated() where !isMapped(heading) {
            guard case .field(let position)? = columns[index], let cell = header.cell(heading.name),
                header.part.field(module.fields[position].key)?.isWritable == true
                    || module.fields[position].type.takesLines && cell.isText(in: header.part),
                !columns.contains(where: { $0?.isCell(of: cell) == true })
            else { continue }
            columns[index] = .cell(cell)
        }
    }

    /// Assigns a column named like a derived part of the record, which cannot be set, to the rows it is derived from,
    /// if other columns belong to these rows and they have a field with the name: the taxes of lines.
    private func settleDerived(_ columns: inout [ImportColumn?], _ headings: [Heading], _ header: PartHeader) {
        let isOfRows = columns.contains { column in
            if case .cell(let cell)? = column { cell.part == header.part.key } else { false }
        }
        guard isOfRows else { return }
        for (index, heading) in headings.enumerated() where columns[index] == .ignored && !isMapped(heading) {
            guard isDerivedPart(heading.name), let cell = header.cell(heading.name),
                !columns.contains(where: { $0?.isCell(of: cell) == true })
            else { continue }
            columns[index] = .cell(cell)
        }
    }

    /// Restricts a column for several fields to those without a column of their own, and to refusals.
    private func settleSeveral(_ columns: inout [ImportColumn?]) {
        for index in columns.indices {
            guard case .several(let positions)? = columns[index] else { continue }
            let others = columns.enumerated().filter { $0.offset != index }.compactMap(\.element)
            columns[index] = .several(
                positions.filter { position in
                    module.fields[position].traits.contains(.refusal) || !others.contains { $0.fills(position) }
                }
            )
        }
    }

    /// Decides about whole names. A whole name is used in rows without a family name. If there are no columns for
    /// family names and whole names, the column for given names has the whole names of new records, unless an unknown
    /// column looks like one for family names. For records that may exist this applies to common headers such as
    /// `Nombre` only, and not to `first_name`.
    private func settleNames(_ columns: inout [ImportColumn?], _ headings: [Heading], matching: [Int]) {
        guard let name = module.cards?.name, let family = module.position(of: name.family),
            let given = module.position(of: name.given)
        else { return }
        let whole = columns.indices.filter { columns[$0]?.isWholeName == true }
        let hasFamily = columns.contains { $0?.fills(family) == true }
        // Of several columns for whole names the first counts, together with those that have the same header.
        let first = whole.first.map { Self.folded(headings[$0].name) }
        for index in whole.dropFirst() where Self.folded(headings[index].name) != first { columns[index] = .ignored }
        let looksFamily = zip(columns, headings).contains { column, heading in
            column == nil && Self.familyWords.contains { Self.folded(heading.name).contains($0) }
        }
        guard !hasFamily, !looksFamily, whole.isEmpty, !matching.contains(given), !matching.contains(family),
            let index = columns.firstIndex(where: { $0?.fills(given) == true })
        else { return }
        let isForNewRecords = matching.isEmpty && !columns.contains(.field(0))
        guard isForNewRecords || Self.anyNames.contains(Self.folded(meant(headings[index]))) else { return }
        columns[index] = .piece(.fullName)
    }

    /// The headers in common use for both given names and whole names.
    private static let anyNames: Set<String> = ["nombre", "nombres", "nombre(s)"]

    /// Words that occur in headers for family names.
    private static let familyWords = ["apellido", "surname", "last name", "family name", "paterno", "materno"]

    /// Returns the meaning of a column by its own name; `nil` for an unknown one.
    func column(_ header: String) -> ImportColumn? {
        // Printed tables have `Líneas › Concepto` where paths have a dot.
        let name = Self.bare(Self.path(header))
        if name == Self.passedOver || isOfSummary(name) { return .ignored }
        return meaning(name) ?? (Self.folded(name) == Self.errorHeader ? .ignored : nil) ?? shown(name)
            ?? spaced(Self.folded(name)).flatMap(meaning) ?? Self.withoutZone(name).flatMap(meaning)
            ?? Self.unwrapped(name).flatMap { column($0) } ?? money(named: name)
    }

    /// Whether a name is that of what `show` adds to a record: the counts of records related with it, and the ids of
    /// those merged into it.
    func isOfSummary(_ name: String) -> Bool {
        if name == Self.related { return true }
        if name == LineKey.mergedFrom { return module.merging != nil }
        let lead = "\(Self.related)."
        return name.hasPrefix(lead) && registry.find(ModuleName(rawValue: String(name.dropFirst(lead.count)))) != nil
    }

    private static let related = "related"

    /// Returns the name of a member inside the object that web services put around a record's values:
    /// `properties.firstname` of HubSpot, `fields.Name` of Airtable, `attributes.name` of JSON:API.
    private static func unwrapped(_ header: String) -> String? {
        let lead = ["properties.", "fields.", "attributes."].first(where: header.hasPrefix)
        return lead.map { String(header.dropFirst($0.count)) }
    }

    /// Returns a header without HubSpot's time zone of a moment: `Close Date (GMT-6)`; `nil` if it has none.
    private static func withoutZone(_ header: String) -> String? {
        guard header.last == ")", let bracket = header.firstIndex(of: "("), bracket > header.startIndex,
            ["GMT", "UTC"].contains(where: header[header.index(after: bracket)...].hasPrefix)
        else { return nil }
        return String(header[..<bracket]).trimmed
    }

    /// Returns the name with spaces for a header written without them: `firstname`.
    private func spaced(_ header: String) -> String? {
        unspaced[header] ?? foreign.spaced(header)
    }

    func meaning(_ name: String) -> ImportColumn? {
        field(named: name) ?? path(name) ?? rows(name) ?? links(named: name)
            ?? foreign.target(of: Self.folded(name)).flatMap(column)
            ?? (["name", "nombre"].contains(Self.folded(name)) ? field(named: module.displayKey) : nil) ?? ownName(name)
    }

    /// Returns the column for the records' name when it is named like the records themselves.
    private func ownName(_ name: String) -> ImportColumn? {
        guard module.nameHeaders.contains(Self.folded(name)), let key = module.givenNameKey,
            let column = field(named: key), column != .ignored
        else { return nil }
        return column
    }

    func column(_ target: HeaderTable.Target) -> ImportColumn? {
        switch target {
        case .column(let name): field(named: name) ?? path(name) ?? rows(name) ?? link(name)
        case .piece(let piece): .piece(piece)
        case .fields(let keys): .several(keys.compactMap { module.position(of: $0) })
        case .words(let key, let words):
            module.position(of: key).map { position in
                .translated(position, words: Dictionary(words.map { (Choice.spelling($0), $1) }) { first, _ in first })
            }
        case .deciding(let key, let cell): module.position(of: key).map { .deciding($0, by: cell.spelled) }
        case .kept(let isTrue, let other): .kept(isTrue, otherwise: other)
        case .moment(let key, let half): module.position(of: key).map { .moment($0, half) }
        case .cell(let part, let meaning): .cell(PartCell(part: part, meaning: meaning))
        case .further(let key, let joint): module.position(of: key).map { .further($0, .text(joint)) }
        case .titles(let called):
            module.cards.flatMap { module.position(of: $0.name.salutation) }.map {
                .further($0, .titles(called: called))
            }
        case .labelled(let key, let label): labelled(key, label)
        case .notedWord(let name): column(.note(name))
        case .noted(let note): module.position(of: "description").map { .further($0, note) }
        case .homeless(let key): field(named: key) ?? .ignored
        case .firstOf(let keys): keys.lazy.compactMap { field(named: $0) }.first
        case .nothing, .unheld, .unheldWord, .unheldBesides: .ignored
        case .unknown: nil
        }
    }

    /// Returns the key of a field that could be created for a column without a field; `nil` for any other column.
    func homeless(_ heading: Heading) -> String? {
        guard !isMapped(heading), case .homeless(let key)? = foreign.target(of: Self.folded(heading.name)) else {
            return nil
        }
        return key
    }

    /// Returns the indexes of the columns that the table's source always has and that have no field.
    func unheld(_ headings: [Heading]) -> Set<Int> {
        let names = headings.map { Self.folded(meant($0)) }
        let all = Set(names)
        return Set(
            headings.indices.filter { index in
                let target = foreign.target(of: names[index], beside: all) ?? foreign.target(of: names[index])
                return target?.isUnheld == true && !isMapped(headings[index])
            }
        )
    }

    /// The target by which a mapping skips a column.
    static let passedOver = "-"

    /// The column that a file of rejected rows has in addition to the input's own.
    static let errorHeader = "error"

    /// All names that a column can have, for the message about an unknown one.
    var names: [String] {
        let links = linkable.flatMap { other in [other.rawValue, "\(other.rawValue).…", registry[other].linkedKey] }
        let parts = module.givenParts.flatMap { part in
            [part.key] + (part.kindField?.type.choices ?? []).map(part.key(of:))
                + (part.kindField == nil
                    ? PartHeader(part: part, registry: registry).names.map { "\(part.name).\($0)" } : [])
        }
        return module.writableFields.map(\.key) + parts + links
    }

    /// The candidates for "did you mean" when a header is unknown: folded spellings, each with the name to suggest.
    var spellings: [String: String] {
        let own = module.writableFields.flatMap { field in
            [field.key, field.label.en, field.label.es].map { (Self.folded($0), field.key) }
        }
        // What the program itself keeps is not meant by a word that only resembles another program's name for it.
        let others = foreign.spellings.filter { name, _ in
            guard case .column(let key)? = foreign.target(of: name) else { return true }
            return module.field(key)?.isWritable ?? true
        }
        return Dictionary(own) { first, _ in first }.merging(others) { own, _ in own }
    }

    func field(named name: String) -> ImportColumn? {
        guard let position = position(ofField: Self.folded(name)) else { return nil }
        let field = module.fields[position]
        if position == module.displayPosition, !field.isWritable, module.cards != nil { return .piece(.fullName) }
        let isTaken = field.isWritable || position == module.createdPosition || matchesID && field.type == .identifier
        return isTaken ? .field(position) : .ignored
    }

    func position(ofField folded: String) -> Int? { positions[folded] }

    /// Returns a header of a printed table as a path: with a dot for each `›`.
    private static func path(_ header: String) -> String {
        guard header.contains("›") else { return header }
        return header.split(separator: "›").map { String($0).trimmed }.joined(separator: ".")
    }

    /// Returns a header without the marks by which forms and templates mark required values, `Nombre *`, or without a
    /// final colon, `Nombre:`.
    static func bare(_ header: String) -> String {
        if header.utf8.last == UInt8(ascii: ":") { return bare(String(header.dropLast()).trimmed) }
        guard let last = header.utf8.last, last == UInt8(ascii: "*") || last == UInt8(ascii: ")") else { return header }
        if last == UInt8(ascii: "*") { return String(header.trimmed.prefix { $0 != "*" }).trimmed }
        guard let open = header.lastIndex(of: "("), open > header.startIndex else { return header }
        guard isRemark(Fold.fold(String(header[header.index(after: open)...].dropLast()))) else { return header }
        return String(header[..<open]).trimmed
    }
}
