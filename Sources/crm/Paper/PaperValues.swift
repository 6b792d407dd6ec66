import CRMKit
import Formats

/// The values for the names of a template in one document.
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

    /// Returns the values for the names in a template.
    ///
    /// - Parameters:
    ///   - names: the names in the template. A name that is not the document's own is read as a path from the document,
    ///     from its contact, or from the contact's address.
    ///   - logo: the picture as a `data:` URI; empty for none.
    /// - Throws: ``CRMError`` of code `usage` for invalid paths.
    func values(for names: [Template.Name], logo: String) throws -> [String: Template.Value] {
        let (day, currency) = try beginnings
        let cell = PaperCell(style: style, audience: audience, currency: currency)
        var values = try record(id, of: module, columns: nil, cell)
        for part in module.parts {
            let reader = PaperRows(of: part, store: store, module: module, id: id, cell: cell, for: names)
            let (totals, rows) = try reader.rows()
            values[part.key] = .rows(rows)
            values["\(part.key).count"] = .text(Self.text(of: totals.count))
            values["\(part.key).discounted"] = .text(Self.text(of: totals.discounted))
        }
        values["paper.letter"] = .text(style.writesOnLetter ? "Letter" : "")
        values["document"] = .text(form.title?(in: audience.language) ?? module.label(in: audience.language))
        values["date"] = .text(day)
        values["today"] = .text(style.today)
        let facts = try facts(values)
        values["facts"] = .rows(Template.Rows(facts))
        values["facts.count"] = .text(Self.text(of: facts.count))
        values["mark"] = .text(mark(values))
        for setting in Settings.Company.allCases {
            values[setting.name] = .text(setting == .logo ? logo : settings.stored[.company(setting)] ?? "")
        }
        try resolve(names, cell, into: &values)
        values["party"] = .text(party(values))
        return values
    }

    /// Returns the name of the recipient; empty if there is none.
    private func party(_ values: [String: Template.Value]) -> String {
        let names = [form.organization, "supplier_name", "contact.name"].compactMap(\.self)
        return names.lazy.map { text(values, $0) }.first { !$0.isEmpty } ?? ""
    }

    /// Returns a number as a template asks for it: empty for none.
    private static func text(of count: Int) -> String { count == 0 ? "" : String(count) }

    /// The day on which the document was created, and its currency.
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

    /// Returns the mark to print across a document that is not valid, such as a draft; empty for a valid one.
    private func mark(_ values: [String: Template.Value]) -> String {
        let mark = form.marks.first { mark in
            guard case .text(let text) = values[mark.name], !text.isEmpty else { return false }
            guard let (key, value) = mark.setting else { return true }
            return settings.stored[.module(module.name, key)] == value
        }
        return mark?.words(in: audience.language) ?? ""
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

    // MARK: - Paths

    private func resolve(_ names: [Template.Name], _ cell: PaperCell, into values: inout [String: Template.Value])
        throws
    {
        let wanted = Set(names.filter { values[$0.name] == nil && !isOfRows($0, values) }.map(\.name))
        func paths(after root: String) -> [String] {
            wanted.filter { $0.hasPrefix("\(root).") }.map { String($0.dropFirst(root.count + 1)) }.sorted()
        }
        func read(_ found: Int64?, of name: ModuleName, as root: String) throws {
            let paths = paths(after: root)
            guard !paths.isEmpty else { return }
            let isTown = name == .address && paths.contains(Self.town)
            let columns = Self.columns(of: paths.filter { !isTown || $0 != Self.town } + (isTown ? Self.townKeys : []))
            var read = try found.map { try record($0, of: store.registry[name], columns: columns, cell) } ?? [:]
            if isTown { read[Self.town] = .text(town(read).joined(separator: "\n")) }
            for path in paths { values["\(root).\(path)"] = read[path] ?? .text("") }
        }
        let contact = try contact(in: form.role)
        try read(contact, of: .contact, as: "contact")
        try read(contact.flatMap { try address(of: $0, Self.kinds + [nil]) }, of: .address, as: "address")
        for place in form.places where wanted.contains(where: { $0 == place.name || $0.hasPrefix(place.name) }) {
            let found = try self.place(place, besides: contact)
            try read(found?.contact, of: .contact, as: place.name)
            try read(found?.address, of: .address, as: "\(place.name)_address")
            values[place.name] = .text(try found.map { try lines(of: $0, cell) } ?? "")
        }
        let own = wanted.filter { $0.contains(".") && values[$0] == nil }.sorted()
        guard !own.isEmpty else { return }
        values.merge(try record(id, of: module, columns: Self.columns(of: own), cell)) { earlier, _ in earlier }
    }

    /// Returns the paths to read for names in a template. A name with the suffix for foreign countries has no path of
    /// its own.
    private static func columns(of names: [String]) -> [String] {
        Set(names.map { $0.hasSuffix(PaperCell.foreign) ? String($0.dropLast(PaperCell.foreign.count)) : $0 }).sorted()
    }

    /// Returns whether a name belongs to the rows around it. Without rows, any name in their section does.
    private func isOfRows(_ name: Template.Name, _ values: [String: Template.Value]) -> Bool {
        name.sections.contains { section in
            guard case .rows(let rows) = values[section] else { return false }
            return rows.first.map { $0[name.name] != nil } ?? true
        }
    }

    /// Returns the contact linked in a role; without a role, the one whose role is declared first.
    private func contact(in role: String?) throws -> Int64? {
        var query = try store.links(of: module, id: id, to: store.registry[.contact])
        if let role { query.filters = ["link.role = \(role)"] }
        query.sort = ["link.role"]
        query.columns = ["id"]
        query.limit = 1
        let rows = try query.rows(in: store)
        return try rows.next() ? rows.columns.last.map { rows.integer($0.position) } : nil
    }

    /// Returns the contact and the address for a place of the document; `nil` if there is none, or they would only
    /// repeat the recipient.
    private func place(
        _ place: PaperForm.Place,
        besides recipient: Int64?
    ) throws -> (contact: Int64, address: Int64?)? {
        let ofKind = "kind = \(place.kind)"
        let named = try place.role.flatMap(contact)
        guard let contact = named ?? (place.isOnlyOfKind ? nil : recipient) else { return nil }
        let isOnlyOfKind = place.isOnlyOfKind || contact == recipient
        let address = try address(of: contact, isOnlyOfKind ? [ofKind] : [ofKind] + Self.kinds + [nil])
        if isOnlyOfKind, address == nil { return nil }
        // The recipient's own address is already a billing address, if there is one.
        if contact == recipient, Self.kinds.first == ofKind { return nil }
        return (contact, address)
    }

    /// Returns the lines of a contact and an address in the form of a letter.
    private func lines(of place: (contact: Int64, address: Int64?), _ cell: PaperCell) throws -> String {
        let contact = try record(place.contact, of: store.registry[.contact], columns: ["name"], cell)
        var lines = [text(contact, "name")]
        if let id = place.address {
            let lead = ["street", "po_box", "neighborhood"]
            let keys = lead + Self.townKeys
            let address = try record(id, of: store.registry[.address], columns: keys, cell)
            lines += lead.map { text(address, $0) } + town(address)
            lines.append(text(address, "country" + PaperCell.foreign))
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The name, after `address`, of the lines with the town, and the keys of the fields for them.
    private static let (town, townKeys) = ("town", ["postal_code", "city", "state", "country"])

    /// Returns the lines for the town of an address, in the order of its country, by default the country of the letter.
    private func town(_ address: [String: Template.Value]) -> [String] {
        let (code, town, state) = (text(address, "postal_code"), text(address, "city"), text(address, "state"))
        let country = text(address, "country.code")
        let format = TownFormat(country: country.isEmpty ? settings.country ?? "" : country)
        if let lines = format.lines(code: code, town: town, state: state) { return lines }
        let place = [code, town].filter { !$0.isEmpty }.joined(separator: " ")
        return [[place, state].filter { !$0.isEmpty }.joined(separator: ", ")].filter { !$0.isEmpty }
    }

    private func text(_ values: [String: Template.Value], _ key: String) -> String {
        if case .text(let text) = values[key] { text } else { "" }
    }

    /// The preferred kinds of addresses for documents, in order. A home address comes last.
    private static let kinds: [String?] = ["kind = billing", "kind = work", "kind != home"]

    /// Returns the address of a contact that is valid today: one of the first kind for which there is any (nil stands
    /// for any kind), the primary address before others, then the oldest.
    private func address(of contact: Int64, _ kinds: [String?]) throws -> Int64? {
        let today = audience.clock.today
        let valid = [
            "contact = \(contact)", "valid_from is empty or valid_from <= \(today)",
            "valid_until is empty or valid_until >= \(today)",
        ]
        for kind in kinds {
            if let id = try firstAddress(valid + (kind.map { [$0] } ?? [])) { return id }
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
