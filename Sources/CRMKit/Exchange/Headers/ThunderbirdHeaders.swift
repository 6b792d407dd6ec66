extension HeaderTable {
    /// The address book of Thunderbird, as far as it calls its columns otherwise than Outlook does.
    static let thunderbird = [
        HeaderTable(
            .contact,
            [
                (["Secondary Email"], .column("email_secondary")), (["Work Phone"], .column("phone")),
                (["Pager Number"], .point(kind: "phone", label: "pager")),
            ] + place("home", "Home") + place("work", "Work")
        )
    ]

    private static func place(_ slot: String, _ lead: String) -> [(names: [String], target: Target)] {
        [
            (["\(lead) Address"], .address(slot, "street")), (["\(lead) Address 2"], .address(slot, "street", line: 2)),
            (["\(lead) City"], .address(slot, "city")), (["\(lead) State"], .address(slot, "state")),
            (["\(lead) ZipCode"], .address(slot, "postal_code")), (["\(lead) Country"], .address(slot, "country")),
        ]
    }
}
