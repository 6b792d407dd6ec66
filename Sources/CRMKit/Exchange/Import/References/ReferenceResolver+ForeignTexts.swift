/// Texts in which other programs name a record by more than one key, or by one that no header says.
extension ReferenceResolver {
    /// Returns the key by which a text names a record under a header that says none: the name, or a code that only one
    /// record can have, where none is called so and one has the text for its code.
    func likelyPrefix(of text: String, in module: Module) throws -> String {
        let codes = module.referenceKeys.filter { key in
            guard let field = key.fields.first.flatMap({ module.field($0) }) else { return false }
            return field.type == .code && field.traits.contains(.unique)
        }
        if try codes.isEmpty || isCalled(text, in: module) { return "name" }
        return try codes.first { try existing(text, by: [$0.prefix], in: module) != nil }?.prefix ?? "name"
    }

    /// Returns the key by which a cell names a record where its header says none; `nil` where it has a reference.
    func prefix(at cell: Int, of text: String, in target: Module, _ plan: RowPlan) throws -> String? {
        try plan.isKeyless(cell, text, in: target) ? likelyPrefix(of: text, in: target) : nil
    }

    private func isCalled(_ text: String, in module: Module) throws -> Bool {
        do {
            return try existing(text, by: ["name"], in: module) != nil
        } catch let error as CRMError where error.code == .ambiguous {
            return true
        }
    }

    /// Returns the code and the name in a text of Odoo, `[C-1] Pump`; `nil` for any other text.
    static func codeAndName(inExport text: String) -> (code: String, name: String)? {
        guard text.utf8.first == UInt8(ascii: "["), let end = text.firstIndex(of: "]") else { return nil }
        let name = String(text[text.index(after: end)...]).trimmed
        let code = String(text[text.index(after: text.startIndex)..<end]).trimmed
        return code.isEmpty || name.isEmpty ? nil : (code, name)
    }

    /// Returns the name and the address in a text of HubSpot or of a mail, `Ana Ruiz (ana@x.example)`, `Ana
    /// <ana@x.example>`; `nil` for any other text.
    static func nameAndAddress(inExport text: String) -> (name: String, address: String)? {
        let brackets: [Character: Character] = [")": "(", ">": "<"]
        guard let opening = text.last.flatMap({ brackets[$0] }), let start = text.lastIndex(of: opening),
            let address = try? EmailAddress(parsing: String(text[text.index(after: start)...].dropLast()))
        else { return nil }
        let name = String(text[..<start]).trimmed
        return name.isEmpty ? nil : (name, address.text)
    }

    /// Returns a name without the id that HubSpot appends, `Acme (8123456)`; `nil` for a text without an id.
    static func withoutID(_ text: String) -> String? {
        guard text.utf8.last == UInt8(ascii: ")"), let start = text.lastIndex(of: "(") else { return nil }
        let id = text[text.index(after: start)...].dropLast()
        let name = String(text[..<start]).trimmed
        return id.utf8.count >= leastID && id.utf8.allSatisfy(\.isDigit) && !name.isEmpty ? name : nil
    }

    /// The minimum number of digits of a HubSpot id. A shorter number may be part of a name.
    private static let leastID = 7

    /// Returns the address in a text of a mail, and the name if there is one, for the key of an e-mail field: `"Ruiz,
    /// Ana" <ana@x.example>`, `mailto:ana@x.example`; `nil` for a text that is only an address, or contains none.
    static func mailbox(
        in text: String,
        by prefix: String,
        in module: Module
    ) -> (name: String?, address: String)? {
        guard let key = module.referenceKeys.first(where: { $0.prefix == prefix }),
            key.fields.first.flatMap({ module.field($0) })?.type == .email,
            let address = try? EmailAddress(parsing: text).text, address != text.trimmed
        else { return nil }
        guard text.trimmed.last == ">", let start = text.lastIndex(of: "<") else { return (nil, address) }
        let name = String(text[..<start]).filter { !"\"“”".contains($0) }.trimmed
        return (name.isEmpty || name.contains("@") ? nil : name, address)
    }

    /// Returns the people in a text of HubSpot with several, each with an address: `Ana (ana@x.example);Eva
    /// (eva@x.example)`; empty for any other text.
    static func addressees(inExport text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: ";")) else { return [] }
        let people = CellValues.values(text).map(\.trimmed)
        return people.count > 1 && people.allSatisfy { nameAndAddress(inExport: $0) != nil } ? people : []
    }

    /// Returns the name in a text of vtiger, `Accounts::::Acme`; `nil` for any other text.
    static func name(inExport text: String) -> String? {
        // Most texts have no colon, and looking for one is much faster than looking for a longer text.
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let parts = text.split(separator: "::::", maxSplits: 1)
        return parts.count == 2 ? String(parts[1]) : nil
    }

    /// Returns the module in a text of vtiger, `Services::::Repair`, for the modules a line can refer to; `nil` for any
    /// other text.
    static func module(inExport text: String) -> ModuleName? {
        guard name(inExport: text) != nil else { return nil }
        return vtigerModules[text.prefix { $0 != ":" }.lowercased()]
    }

    private static let vtigerModules: [String: ModuleName] = ["products": .product, "services": .service]
}
