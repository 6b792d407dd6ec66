import CRMKit
import Formats
import Localization

/// What stands for the names of a template in one document.
struct PaperValues {
    private let store: Store
    private let module: Module
    private let id: Int64
    private let form: PaperForm
    private let audience: Audience
    private let style: LetterStyle
    private let settings: Settings

    init(
        _ store: Store,
        _ module: Module,
        _ id: Int64,
        _ form: PaperForm,
        _ audience: Audience,
        _ settings: Settings
    ) {
        self.store = store
        self.module = module
        self.id = id
        self.form = form
        self.audience = audience
        self.settings = settings
        style = LetterStyle(language: audience.language, country: settings.country, clock: audience.clock)
    }

    /// The values.
    ///
    /// - Parameters:
    ///   - names: of the template; those that are none of the document's own are read as paths from it, from its contact
    ///     and from the contact's address.
    ///   - logo: the picture, as a `data:` address; empty for none.
    /// - Throws: ``CRMError`` of code `usage` for paths that mean nothing.
    func values(for names: [Template.Name], logo: String) throws -> [String: Template.Value] {
        let (day, currency) = try beginnings
        let cell = PaperCell(style: style, audience: audience, currency: currency)
        var values = try record(id, of: module, columns: nil, cell)
        for part in module.parts {
            let rows = try self.rows(of: part, cell)
            values[part.key] = .rows(rows)
            values["\(part.key).count"] = .text(rows.isEmpty ? "" : String(rows.count))
        }
        values["document"] = .text(module.label(in: audience.language))
        values["date"] = .text(day)
        values["today"] = .text(style.today)
        values["facts"] = .rows(try facts(values))
        for setting in Settings.Company.allCases {
            values[setting.name] = .text(setting == .logo ? logo : settings.stored[.company(setting)] ?? "")
        }
        try resolve(names, cell, into: &values)
        return values
    }

    /// The day a document was made, and the currency it is in.
    private var beginnings: (day: String, currency: String?) {
        get throws {
            var beginnings: (day: String, currency: String?) = ("", nil)
            let columns = ["created_at"] + (module.field("currency") == nil ? [] : ["currency"])
            _ = try store.read(id, of: module, columns: columns, withNames: false) { row in
                let day = audience.clock.shortTime(ofStored: row.text(0)).prefix(10)
                beginnings = (style.day(String(day)), columns.count > 1 ? row.text(1) : nil)
            }
            return beginnings
        }
    }

    private func facts(_ values: [String: Template.Value]) throws -> [[String: Template.Value]] {
        form.facts.compactMap { key in
            guard let field = module.field(key), case .text(let text) = values[key], !text.isEmpty else { return nil }
            return ["label": .text(field.label(in: audience.language)), "value": .text(text)]
        }
    }

    // MARK: - Reading

    private func record(
        _ id: Int64,
        of module: Module,
        columns: [String]?,
        _ cell: PaperCell
    ) throws -> [String: Template.Value] {
        var values: [String: Template.Value] = [:]
        _ = try store.read(id, of: module, columns: columns, withNames: true) { row in
            for column in row.columns {
                for (name, text) in try cell.names(of: column, in: row) { values[name] = .text(text) }
            }
        }
        return values
    }

    private func rows(of part: Part, _ cell: PaperCell) throws -> [[String: Template.Value]] {
        let rows = try store.list(part, of: id, in: module)
        var list: [[String: Template.Value]] = []
        while try rows.next() {
            var values: [String: Template.Value] = [:]
            for column in rows.columns {
                for (name, text) in try cell.names(of: column, in: rows) { values[name] = .text(text) }
            }
            list.append(values)
        }
        return list
    }

    // MARK: - Paths

    private func resolve(_ names: [Template.Name], _ cell: PaperCell, into values: inout [String: Template.Value])
        throws
    {
        let wanted = Set(names.filter { values[$0.name] == nil && !isOfRows($0, values) }.map(\.name))
        func paths(after root: String) -> [String] {
            wanted.filter { $0.hasPrefix("\(root).") }.map { String($0.dropFirst(root.count + 1)) }.sorted()
        }
        let contact = try recipient()
        let address = try contact.flatMap(self.address)
        for (root, name, found) in [("contact", ModuleName.contact, contact), ("address", .address, address)] {
            let paths = paths(after: root)
            guard !paths.isEmpty else { continue }
            let read = try found.map { try record($0, of: store.registry[name], columns: paths, cell) } ?? [:]
            for path in paths { values["\(root).\(path)"] = read[path] ?? .text("") }
        }
        let own = wanted.filter { $0.contains(".") && values[$0] == nil }.sorted()
        guard !own.isEmpty else { return }
        values.merge(try record(id, of: module, columns: own, cell)) { earlier, _ in earlier }
    }

    /// Whether a name is of the rows around it; of no rows nothing is asked.
    private func isOfRows(_ name: Template.Name, _ values: [String: Template.Value]) -> Bool {
        name.sections.contains { section in
            guard case .rows(let rows) = values[section] else { return false }
            return rows.first.map { $0[name.name] != nil } ?? true
        }
    }

    /// The contact that the document is for: the one in its role, else the one whose role is declared first.
    private func recipient() throws -> Int64? {
        var query = try store.links(of: module, id: id, to: store.registry[.contact])
        if let role = form.role { query.filters = ["link.role = \(role)"] }
        query.sort = ["link.role"]
        query.columns = ["id"]
        query.limit = 1
        let rows = try query.rows(in: store)
        return try rows.next() ? rows.columns.last.map { rows.integer($0.position) } : nil
    }

    /// The kinds of addresses that papers go to, before any other: nobody's home, where there is one of them.
    private static let kinds = ["kind = billing", "kind = work", "kind != home"]

    /// The address of a contact that is valid today: of the first kind that there is the primary one, else the oldest.
    private func address(of contact: Int64) throws -> Int64? {
        let today = audience.clock.today
        let valid = [
            "contact = \(contact)", "valid_from is empty or valid_from <= \(today)",
            "valid_until is empty or valid_until >= \(today)",
        ]
        for kind in Self.kinds.map({ [$0] }) + [[]] {
            if let id = try firstAddress(valid + kind) { return id }
        }
        return nil
    }

    private func firstAddress(_ filters: [String]) throws -> Int64? {
        var query = try store.list(store.registry[.address])
        query.filters = filters
        query.sort = ["-primary"]
        query.columns = ["id"]
        query.limit = 1
        let rows = try query.rows(in: store)
        return try rows.next() ? rows.integer(0) : nil
    }
}
