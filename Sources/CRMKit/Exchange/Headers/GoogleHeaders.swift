extension HeaderTable {
    /// Google Contacts, in its present form of CSV and in that up to 2024. The names are English whatever the language.
    static let google = [
        HeaderTable(.contact, googleNames + googleEmails + googleWebsites + googlePhones + googlePlaces)
    ]

    /// As many of each kind as are looked for: an export has as many as its fullest contact.
    private static let numbers = 1...9

    private static let googleNames: [(names: [String], target: Target)] = [
        (["Name"], .fullName), (["Given Name"], .column("first_name")),
        (["Additional Name"], .more(of: "first_name")), (["Family Name"], .column("last_name")),
        (["Name Prefix"], .column("salutation")), (["Name Suffix"], .more(of: "last_name")),
        (["Organization 1 - Name", "Organization Name"], .column("organization.name")),
        (["Organization 1 - Title", "Organization Title"], .column("title")),
        (["Organization 1 - Department", "Organization Department"], .column("department")),
        (["Group Membership", "Labels"], .column("tags")),
    ]

    private static let googleEmails: [(names: [String], target: Target)] = numbers.flatMap { number in
        let target: Target =
            switch number {
            case 1: .column("email")
            case 2: .column("email_secondary")
            default: .point(kind: "email", label: nil)
            }
        return [
            (["E-mail \(number) - Type", "E-mail \(number) - Label"], .nothing), (["E-mail \(number) - Value"], target),
        ] as [(names: [String], target: Target)]
    }

    private static let googleWebsites: [(names: [String], target: Target)] = numbers.flatMap { number in
        [
            (["Website \(number) - Type", "Website \(number) - Label"], .nothing),
            (["Website \(number) - Value"], .point(kind: "url", label: nil)),
        ] as [(names: [String], target: Target)]
    }

    private static let googlePhones: [(names: [String], target: Target)] = numbers.flatMap { number in
        [
            (["Phone \(number) - Type", "Phone \(number) - Label"], .phoneUse(number: number)),
            (["Phone \(number) - Value"], .phone(number: number)),
        ] as [(names: [String], target: Target)]
    }

    private static let googlePlaces: [(names: [String], target: Target)] = numbers.flatMap { number in
        let slot = "\(number)"
        let lead = "Address \(number) -"
        return [
            (["\(lead) Type", "\(lead) Label"], .address(slot, "kind")), (["\(lead) Street"], .address(slot, "street")),
            (["\(lead) Extended Address"], .address(slot, "street", line: 2)),
            (["\(lead) City"], .address(slot, "city")), (["\(lead) PO Box"], .address(slot, "po_box")),
            (["\(lead) Region"], .address(slot, "state")), (["\(lead) Postal Code"], .address(slot, "postal_code")),
            (["\(lead) Country"], .address(slot, "country")),
        ] as [(names: [String], target: Target)]
    }
}
