extension HeaderTable {
    /// The contacts of SuiteCRM and SugarCRM, with the column names that no other source has.
    static let suiteCRM = [
        HeaderTable(
            .contact,
            suitePlace("work", "Primary") + suitePlace("other", "Alternate") + suitePlace("other", "Alt") + [
                (["Office Phone", "Office Telephone"], .column("phone")),
                (["Any Email", "Non Primary E-mails"], .point(kind: "email", label: nil)),
            ],
            besides: [("Home", "Office Phone", .column("home_phone"))]
        )
    ]

    private static func suitePlace(_ slot: String, _ name: String) -> [(names: [String], target: Target)] {
        let lead = "\(name) Address"
        return [
            (["\(lead) Street"], .address(slot, "street")), (["\(lead) Street 2"], .address(slot, "street", line: 2)),
            (["\(lead) Street 3"], .address(slot, "street", line: 3)), (["\(lead) City"], .address(slot, "city")),
            (["\(lead) State"], .address(slot, "state")),
            (["\(lead) Postal Code", "\(lead) Postalcode"], .address(slot, "postal_code")),
            (["\(lead) Country"], .address(slot, "country")),
        ]
    }
}
