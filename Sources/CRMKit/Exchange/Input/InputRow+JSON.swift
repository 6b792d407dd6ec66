import Formats
import Localization

extension InputRow {
    /// Creates a row from a JSON object whose values are in the form of `show`.
    ///
    /// - Parameter nests: whether an object in a member becomes several cells, such as `organization.name`; values that
    ///   no cell can hold are then reported when they are used.
    init(_ value: JSONValue, number: Int, line: Int, nests: Bool = false) throws(RowProblem) {
        guard case .object(let members) = value else {
            throw RowProblem(row: number, line: line, reason: value.isOfJCard ? Self.jCard : Self.noObject)
        }
        if let name = Self.wrapping(members) {
            throw RowProblem(row: number, line: line, reason: Self.wrapped(in: name))
        }
        let cells = JSONCells(members, nests: nests)
        if !nests, let place = cells.faults.keys.min(), let fault = cells.faults[place] {
            throw RowProblem(
                row: number,
                line: line,
                column: nil,
                field: cells.names[place],
                value: nil,
                reason: fault.reason
            )
        }
        self.init(
            number: number,
            line: line,
            names: cells.names,
            texts: cells.texts,
            columns: [],
            lists: cells.lists,
            numbers: cells.numbers
        )
        if !cells.named.isEmpty { named = cells.named }
        if !cells.numbersOfRows.isEmpty { numbersOfRows = cells.numbersOfRows }
        if !cells.faults.isEmpty { beside = .unreadable(cells.faults) }
    }

    private static let noObject = Text(en: "a record must be a JSON object", es: "un registro debe ser un objeto JSON")

    private static let jCard = Text(
        en: "this is a jCard, a card in JSON, which is not read: export the contacts as vCard (.vcf)",
        es: "esto es una jCard, una tarjeta en JSON, que no se lee: exportar los contactos en vCard (.vcf)"
    )

    private static func wrapped(in name: String) -> Text {
        Text(
            en: "the records stand in a list called \(name): take it out first, as with jq -c '.\(name)[]'",
            es: "los registros están en una lista llamada \(name): sacarla antes, como con jq -c '.\(name)[]'"
        )
    }

    /// Returns the name of the list in which the answer of a web service has its records; `nil` for an object that is
    /// itself a record.
    private static func wrapping(_ members: [JSONMember]) -> String? {
        let names = ["data", "results", "items", "records", "rows", "values"]
        let lists = members.filter { member in
            guard case .array(let elements) = member.value, case .object? = elements.first else { return false }
            return true
        }
        // A list of another name, as contacts, is one where all else tells about the answer.
        let isAlone = lists.count == 1 && members.allSatisfy { $0 == lists[0] || surroundings.contains($0.name) }
        return lists.first { names.contains($0.name) }?.name ?? (isAlone ? lists[0].name : nil)
    }

    /// What the answer of a web service says besides its records.
    private static let surroundings: Set<String> = [
        "total", "count", "page", "pages", "per_page", "limit", "offset", "next", "previous", "next_page", "has_more",
        "hasMore", "nextRecordsUrl", "totalSize", "done", "status", "success", "ok", "message", "meta", "paging",
        "links", "pagination", "info",
    ]
}

/// The cells that the members of a JSON object are.
private struct JSONCells {
    private(set) var names: [String] = []
    private(set) var texts: [String?] = []
    /// The positions of the cells that are lists.
    private(set) var lists: Set<Int> = []
    /// The positions of the cells that are numbers and could mean another as text.
    private(set) var numbers: Set<Int> = []
    /// The numbers in rows of parts that could mean another as text.
    private(set) var numbersOfRows: Set<String> = []
    /// The names of records that cells refer to by id.
    private(set) var named: [NamedID] = []
    /// What is wrong with values that no cell can hold, by their positions.
    private(set) var faults: [Int: ValueError] = [:]

    init(_ members: [JSONMember], nests: Bool) {
        let cells = nests && members.contains(where: \.isObject) ? members.flatMap(Self.cells(of:)) : members
        names.reserveCapacity(cells.count)
        texts.reserveCapacity(cells.count)
        for cell in cells { add(cell) }
    }

    private mutating func add(_ member: JSONMember) {
        let place = names.count
        switch member.value {
        case .array(let elements):
            lists.insert(place)
            named += member.value.named(at: place)
            for element in elements { noteNumbers(ofRow: element) }
        case .object: named += member.value.named(at: place)
        // Of whole numbers only 1 could, which is all of a part of one.
        case .number(let number): if number.integer.map({ $0 == 1 }) ?? true { numbers.insert(place) }
        default: break
        }
        names.append(member.name)
        do throws(ValueError) {
            texts.append(try member.value.cellText())
        } catch {
            faults[place] = error
            texts.append(nil)
        }
    }

    private mutating func noteNumbers(ofRow row: JSONValue) {
        guard case .object(let members) = row else { return }
        for case .number(let number) in members.lazy.map(\.value) where WrittenNumber.mayBeGrouped(number.decimal) {
            numbersOfRows.insert(number.decimal)
        }
    }

    /// Returns the cells for a member. An object becomes a cell for each of its members, unless it is a reference by
    /// id.
    private static func cells(of member: JSONMember) -> [JSONMember] {
        guard case .object(let members) = member.value, !members.isEmpty else { return [member] }
        if case .number? = member.value["id"] { return [member] }
        return members.flatMap { cells(of: JSONMember("\(member.name).\($0.name)", $0.value)) }
    }
}

extension JSONMember {
    fileprivate var isObject: Bool { if case .object = value { true } else { false } }
}

extension JSONValue {
    /// Whether the value is the beginning of a jCard, or of an array of jCards (RFC 7095).
    fileprivate var isOfJCard: Bool {
        let mark = JSONValue.string("vcard")
        if case .array(let elements) = self { return elements.first == mark }
        return self == mark
    }

    /// Returns the names of the records that a cell, or the rows in it, refers to by id.
    fileprivate func named(at cell: Int) -> [NamedID] {
        switch self {
        case .object: return namedID(at: cell, as: nil).map { [$0] } ?? []
        case .array(let elements):
            return elements.flatMap { element -> [NamedID] in
                guard case .object(let members) = element else { return [] }
                return members.compactMap { $0.value.namedID(at: cell, as: $0.name) }
            }
        default: return []
        }
    }

    private func namedID(at cell: Int, as member: String?) -> NamedID? {
        guard case .object = self, case .number(let number)? = self["id"], let id = Int64(number.literal),
            case .string(let name)? = self["name"]
        else { return nil }
        var module: ModuleName?
        if case .string(let noun)? = self["module"] { module = ModuleName(rawValue: noun) }
        return NamedID(cell: cell, member: member, module: module, id: id, name: name)
    }
}
