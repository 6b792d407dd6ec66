import Formats
import SQLite

extension ErasedNames {
    /// Collects what identifies the erased records: full names, addresses and numbers, in present rows, in the history,
    /// and in rows of other records about them, such as members of a room. Values that also belong to somebody else are
    /// left out.
    ///
    /// This must be done before the rows are deleted.
    ///
    /// - Parameter usernames: user names on servers. They may be ordinary words, so one of up to five bytes or of
    ///   letters alone is only searched for after `@`.
    init(of rows: ErasedRows, calledAlso usernames: [String] = [], in store: Store) throws {
        var search = try NameSearch(store)
        try search.read(Table(store.registry[store.registry.center]))
        if let addresses = search.addresses, rows.tables.contains(addresses.name) { try search.read(addresses) }
        for table in store.tables where table.part != nil {
            if table.module.name != store.registry.center {
                try search.readRowsAbout(table)
            } else if rows.tables.contains(table.name) {
                try search.read(table)
            }
        }
        let own = try search.ownNames()
        let telling = usernames.filter { name in
            name.utf8.count > 5 && !name.allSatisfy(\.isLetter) && NameSearch.isTelling(name)
        }
        self.init(own.names, spellings: own.spellings + usernames.map { "@\($0)" } + telling, numbers: own.numbers)
        shared = try search.sharedNames()
    }
}

extension Store {
    /// Returns the mail addresses that a person has or had, in comparable form.
    func addressKeys(of rows: ErasedRows) throws -> [String] {
        var search = try NameSearch(self)
        for table in tables where table.module.name == registry.center && rows.tables.contains(table.name) {
            try search.read(table)
        }
        return search.addressKeys
    }
}

/// Collects what identifies a person.
private struct NameSearch {
    /// A value that may identify the person, with the type and key by which other rows with it are found.
    private struct Candidate: Hashable {
        let text: String
        let type: FieldType
        /// The comparable form of the value.
        let key: String
    }

    private let store: Store
    private let center: Module
    private let country: String?
    private var candidates: [Candidate] = []
    private var known: Set<Candidate> = []
    /// The values that each part of a composed name has had, newest first.
    private var parts: [String: [String]] = [:]
    /// The lines of streets with the number of a house, newest first.
    private var streets: [String] = []
    /// The table of the postal addresses of people.
    let addresses: Table?

    /// The minimum number of bytes of a key that is not an address; a shorter one may be an ordinary word.
    private static let shortestKey = 6
    /// The minimum number of digits of a key that is digits alone.
    private static let shortestNumber = 9
    /// The minimum number of digits of a telephone number that is searched for as it was written.
    private static let fewestWritten = 7
    /// The minimum number of bytes of a folded street with its number; a shorter one may be anything.
    private static let shortestStreet = 10
    /// The maximum number of names a person is assumed to have had.
    private static let mostNames = 8
    /// The maximum number of addresses and numbers held in memory, of which the newest are used.
    private static let mostCandidates = 2000

    init(_ store: Store) throws {
        self.store = store
        center = store.registry[store.registry.center]
        country = try store.settings().country
        addresses = center.cards.map { Table(store.registry[$0.addresses.module]) }
    }

    /// Reads the rows of other records' parts that are about the erased person. They remain, without the person's
    /// names.
    mutating func readRowsAbout(_ table: Table) throws {
        guard let isAbout = ErasedRows.isAbout(table, of: center) else { return }
        try read(table, where: isAbout)
    }

    /// Reads the erased rows of a table, and their stored history.
    mutating func read(_ table: Table) throws {
        let ids = ErasedRows.ids(of: table.name)
        try read(table, where: "\"id\" IN (\(ids))")
        let images = try store.database.prepare(
            fragment: """
                SELECT "before" FROM "change" WHERE "table_name" = \(bind: .text(table.name)) AND "record" IN (\(ids)) \
                AND \(ChangeLog.isReadable) ORDER BY "id" DESC
                """
        )
        while try images.step() { read(try RowImage(json: images.text(at: 0)), table) }
    }

    private mutating func read(_ table: Table, where condition: SQLFragment) throws {
        let columns = LoggedRows.table(table).columns
        let rows = try store.database.prepare(
            fragment: """
                SELECT \(columns.map(SQLFragment.name).joined(", ")) FROM \(name: table.name) WHERE \(condition)
                """
        )
        while try rows.step() {
            var values: [String: Value] = [:]
            for (index, column) in columns.enumerated() { values[column] = rows.value(at: index) }
            read(RowImage(values), table)
        }
    }

    private mutating func read(_ image: RowImage, _ table: Table) {
        if table.name == addresses?.name { return readStreet(image) }
        if table.holdsRecords, case .composed(let keys, _, _, _, _) = table.module.display {
            for key in keys {
                guard let text = image[key]?.text, !text.isEmpty else { continue }
                if parts[key, default: []].count < Self.mostNames, !parts[key, default: []].contains(text) {
                    parts[key, default: []].append(text)
                }
            }
        }
        for field in table.fields {
            guard let text = image[field.key]?.text, let type = type(of: field, beside: image) else { continue }
            let key = type.matchKey(for: text, country: country)
            let isTooShort: Bool
            switch type {
            case .email: isTooShort = false
            case .phone: isTooShort = !ErasedNumbers.isWhole(key, hasCode: hasCode(text))
            default: isTooShort = key.utf8.count < Self.shortestKey || !Self.isTelling(key)
            }
            let candidate = Candidate(text: text, type: type, key: key)
            if !isTooShort, candidates.count < Self.mostCandidates, known.insert(candidate).inserted {
                candidates.append(candidate)
            }
        }
    }

    /// The field with the street of an address.
    private static let street = "street"

    /// Reads the lines of a street that may be told from others: words with a number.
    private mutating func readStreet(_ image: RowImage) {
        let lines = (image[Self.street]?.text ?? "").split(whereSeparator: \.isNewline).map { String($0).trimmed }
        for line in lines where streets.count < Self.mostCandidates && !streets.contains(line) {
            let folded = Fold.fold(line)
            guard folded.utf8.count >= Self.shortestStreet, folded.utf8.contains(Fold.space),
                folded.utf8.contains(where: \.isDigit), folded.contains(where: \.isLetter)
            else { continue }
            streets.append(line)
        }
    }

    /// Whether the address of somebody else has a street as a part of it.
    private func isStreetOfSomebodyElse(_ street: String) throws -> Bool {
        guard let addresses, let field = addresses.module.field(Self.street) else { return false }
        return try store.number(
            """
            SELECT EXISTS (SELECT 1 FROM \(name: addresses.name) \
            WHERE instr(\(name: field.comparedColumn), \(bind: .text(Fold.fold(street)))) > 0 \
            AND "id" NOT IN (\(ErasedRows.ids(of: addresses.name))))
            """
        ) > 0
    }

    /// Whether a telephone number has a country code in its comparable form.
    private func hasCode(_ number: String) -> Bool {
        country != nil || PhoneNumber.Parts(WrittenPhone.plain(number)).isInternational
    }

    /// Whether a key is no number that might be an amount, a year or a day.
    static func isTelling(_ key: String) -> Bool {
        key.utf8.count >= shortestNumber || key.utf8.contains { !$0.isDigit }
    }

    /// Returns the type by which a field's value identifies somebody; `nil` if it identifies nobody.
    private func type(of field: Field, beside image: RowImage) -> FieldType? {
        if let variants = field.variants {
            return image[variants.key].map { variants.type(beside: $0) ?? field.type }
        }
        switch field.type {
        case .email, .phone: return field.type
        case .code, .text: return field.traits.contains(.key) ? field.type : nil
        default: return nil
        }
    }

    /// The mail addresses that were read, in comparable form.
    var addressKeys: [String] { candidates.filter { $0.type == .email }.map(\.key) }

    /// Returns the names and addresses, streets among them, that nobody else has, other spellings of the full names and
    /// addresses, and the telephone numbers.
    func ownNames() throws -> (names: [String], spellings: [String], numbers: ErasedNumbers) {
        let full = try composed.filter { try !isSomebodyElse($0.name) }
        let others = try candidates.filter { try !isShared($0) }
        let numbers = others.filter { $0.type == .phone }.map { number in
            (key: number.key, hasCode: hasCode(number.text))
        }
        let short = try shortNames.filter { try !isPartOfSomebodyElse($0.name) }
        let forms = others.filter { $0.type == .email }.flatMap { EmailAddress.forms(of: $0.text) }
        let written = others.filter { other in
            other.type != .phone || other.text.utf8.count(where: \.isDigit) >= Self.fewestWritten
        }
        let addresses = others.filter { $0.type == .email }.map(\.text) + forms
        let places = try streets.filter { try !isStreetOfSomebodyElse($0) }
        return (
            full.map(\.name) + short.map(\.name) + written.map(\.text) + places,
            full.flatMap(\.spellings) + short.map(\.spelling) + forms + addresses.flatMap(Self.returnPaths),
            ErasedNumbers(numbers)
        )
    }

    /// Returns the names, addresses and numbers that somebody else has too.
    func sharedNames() throws -> [String] {
        let full = try composed.map(\.name).filter(isSomebodyElse)
        let others = try candidates.filter(isShared).map(\.text)
        return try (full + others + streets.filter(isStreetOfSomebodyElse)).uniqued
    }

    /// The full names, each with spellings that put the last part first.
    private var composed: [(name: String, spellings: [String])] {
        guard case .composed(let keys, let separator, _, _, _) = center.display, keys.count == 2 else { return [] }
        let (first, second) = (parts[keys[0]] ?? [], parts[keys[1]] ?? [])
        return first.flatMap { one in
            second.map { other in
                (
                    "\(one)\(separator)\(other)",
                    ["\(other)\(separator)\(one)", "\(other),\(separator)\(one)"]
                )
            }
        }
    }

    /// Returns the forms of an address in the return paths of mail that servers forward or that may bounce (VERP, SRS).
    private static func returnPaths(of address: String) -> [String] {
        guard let at = address.lastIndex(of: "@") else { return [] }
        let (local, domain) = (address[..<at], address[address.index(after: at)...])
        return ["\(local)=\(domain)", "\(domain)=\(local)"]
    }

    /// The full names reduced to the first given name and the first surname, where there are more, each with a spelling
    /// that puts the surname first.
    private var shortNames: [(name: String, spelling: String)] {
        guard case .composed(let keys, let separator, _, _, _) = center.display, keys.count == 2 else { return [] }
        let (first, second) = (parts[keys[0]] ?? [], parts[keys[1]] ?? [])
        return first.flatMap { one in
            second.compactMap { other in
                let (given, surname) = (Self.firstName(of: one), Self.firstName(of: other))
                if given == one, surname == other { return nil }
                return ("\(given)\(separator)\(surname)", "\(surname),\(separator)\(given)")
            }
        }
    }

    /// The words that belong to the next word of a name.
    private static let particles: Set<String> = [
        "d", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "e", "el", "la", "las", "los", "mac", "san",
        "santa", "van", "vda", "viuda", "von", "y",
    ]

    /// Returns the first word of a name with the particles before it: `de la Cruz`.
    private static func firstName(of text: String) -> String {
        let words = text.split(separator: " ")
        guard let name = words.firstIndex(where: { !Self.particles.contains(Fold.fold(String($0))) }) else {
            return text
        }
        return words[...name].joined(separator: " ")
    }

    /// Whether the name of somebody else contains all words of a name.
    private func isPartOfSomebodyElse(_ name: String) throws -> Bool {
        guard let field = center.field(center.displayKey) else { return false }
        let words = Fold.fold(name).split(separator: " ").map(String.init)
        let conditions = words.map { word -> SQLFragment in
            "instr(' ' || \(name: field.comparedColumn) || ' ', \(bind: .text(" \(word) "))) > 0"
        }
        return try store.number(
            """
            SELECT EXISTS (SELECT 1 FROM \(name: center.table) WHERE \(conditions.conjunction) \
            AND "id" NOT IN (\(ErasedRows.ids(of: center.table))))
            """
        ) > 0
    }

    private func isSomebodyElse(_ name: String) throws -> Bool {
        guard let field = center.field(center.displayKey) else { return false }
        return try hasOther(field, field.type.matchKey(for: name, country: country), in: Table(center))
    }

    private func isShared(_ candidate: Candidate) throws -> Bool {
        for table in store.tables {
            for field in table.fields where field.canHold(candidate.type) && field.matchColumn != nil {
                if try hasOther(field, candidate.key, in: table) { return true }
            }
        }
        return false
    }

    private func hasOther(_ field: Field, _ key: String, in table: Table) throws -> Bool {
        var isOther: SQLFragment = "\"id\" NOT IN (\(ErasedRows.ids(of: table.name)))"
        if let isAbout = ErasedRows.isAbout(table, of: center) { isOther = "\(isOther) AND (\(isAbout)) IS NOT TRUE" }
        return try store.number(
            """
            SELECT EXISTS (SELECT 1 FROM \(name: table.name) WHERE \(name: field.comparedColumn) = \(bind: .text(key)) \
            AND \(isOther))
            """
        ) > 0
    }
}
