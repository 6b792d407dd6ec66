import Testing

/// The words that add a record with every field filled, made from the module's schema and help.
struct FullRecord {
    /// What follows `crm MODULE add`.
    let words: [String]

    /// The fields that stay empty: another that is filled excludes them, only a merge gives them, or the program fills
    /// their rows.
    static let excluded = ["discount_amount", "merged_from", "occurrences", "attachments", "members"]

    /// - Parameter crm: has an organization 1 and a contact 1 in it; what else is referred to is added.
    init(of module: ModuleCase, in crm: CRM) throws {
        let help = try crm.succeed(module.noun, "add", "--help").output
        let schema = try JSON(crm.succeed("schema", module.noun).output)
        let properties = try #require(schema["properties"])
        var words = module.needsContact ? ["--contact", "1"] : []
        for key in properties.keys
        where !(module.needsContact && key == "contact") && !Self.excluded.contains(key) {
            let property = try #require(properties[key])
            let flag = Self.flag(of: key)
            guard help.contains("--\(flag) ") || help.contains("--[no-]\(flag)") else { continue }
            if let value = try Self.value(of: key, property, in: crm) {
                words += ["--\(flag)=\(value)"]
            }
        }
        self.words = words
    }

    private static func flag(of key: String) -> String {
        [
            "tags": "tag", "reminders": "reminder", "points": "point", "bounces": "bounce", "lines": "line",
            "taxes": "tax",
            "revisions": "revision",
            "further_dates": "further-date", "excluded_dates": "excluded-date",
            "taxes_on_shipping": "tax-on-shipping", "invoice_numbers": "invoice-number",
        ][key] ?? key.replacing("_", with: "-")
    }

    private static func value(of key: String, _ property: JSON, in crm: CRM) throws -> String? {
        let references = [property["$ref"]] + (property["anyOf"]?.elements.map { $0["$ref"] } ?? [])
        if references.contains("#/$defs/any_reference") { return "organization:1" }
        if references.contains("#/$defs/reference") { return "\(try target(of: key, in: crm))" }
        if let choice = property["enum"]?.elements.first?.string { return choice }
        let type = property["type"]?.string ?? property["type"]?.elements.first?.string
        switch (type, property["format"]?.string ?? property["items"]?["format"]?.string) {
        case ("boolean", _): return "true"
        case ("number", _): return "12.5"
        case ("integer", _): return key == "size" ? "0" : "3"
        case ("array", "duration"): return "15m"
        case (_, "date"): return "2026-03-01"
        case (_, "date-time"): return "2026-03-01T10:30:00Z"
        case (_, "idn-email"): return "ana@example.org"
        default: break
        }
        switch key {
        case "points": return "kind=email,value=ana@casa.example,label=casa"
        case "bounces": return "ana@example.org"
        case "revisions": return "version=1,file_name=a.pdf,size=3"
        case "lines": return "text=Visita,quantity=1.5,price=850,discount=10%,tax=vat:16"
        case "taxes", "taxes_on_shipping": return "vat:16"
        case "currency": return "MXN"
        case "recurrence": return "FREQ=WEEKLY;BYDAY=TU"
        case "further_dates": return "2026-03-04T10:30:00Z"
        case "excluded_dates": return "2026-03-10T10:30:00Z"
        case "country": return "MX"
        case "time_zone": return "America/Mexico_City"
        case "website", "url", "server_url": return "https://example.org/a"
        case _ where key.contains("phone") || key == "mobile" || key == "fax": return "55 1234 5678"
        // What is at a path is read, and what is told of it held against that: nothing.
        case "path": return "/dev/null"
        case "sha256": return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        case _ where property["items"]?["properties"] != nil: return try file(of: key, property, in: crm)
        default: return "Ñandú \"1\""
        }
    }

    /// A file with a row of a part, each of its fields filled.
    private static func file(of key: String, _ property: JSON, in crm: CRM) throws -> String {
        let fields = try #require(property["items"]?["properties"])
        let members = try fields.keys.filter { $0 != "position" }.compactMap { name -> String? in
            guard let field = fields[name], let value = try Self.value(of: name, field, in: crm) else { return nil }
            let type = field["type"]?.string ?? field["type"]?.elements.first?.string
            let isBare = ["boolean", "number", "integer"].contains(type)
            return "\"\(name)\":" + (isBare ? value : "\"\(value.replacing("\"", with: "\\\""))\"")
        }
        try crm.write("[{\(members.joined(separator: ","))}]", to: "\(key).json")
        return crm.file("\(key).json")
    }

    /// A reference for which this file knows no record.
    private struct NoTarget: Error {
        let key: String
    }

    /// The id of a record that a reference can name.
    private static func target(of key: String, in crm: CRM) throws -> Int {
        switch key {
        case "organization", "supplier", "member_of", "contact", "reports_to": 1
        case "in_reply_to": try crm.add("comment", "--contact", "1", "--body", "Antes")
        case "quote", "superseded_by": try crm.add("quote", "--subject", "Antes")
        case "contract": try crm.add("contract", "--subject", "Antes")
        case "product", "campaign", "service": try crm.add(key, "--name", "Antes")
        case "opportunity":
            try crm.add(
                "opportunity",
                "--contact",
                "1",
                "--name",
                "Antes",
                "--close-date",
                "2026-12-31",
                "--amount",
                "1",
                "--stage",
                "proposal"
            )
        default: throw NoTarget(key: key)
        }
    }
}
