extension HeaderTable {
    /// The customers of Shopify.
    static let shopify = [
        HeaderTable(
            .contact,
            [
                (["Customer ID", "ID de cliente"], .column("external_id")),
                (
                    ["Accepts Email Marketing", "Accepts Marketing"],
                    .words("email_opt_out", ["yes": "false", "no": "true", "true": "false", "false": "true"])
                ),
                (["Default Address Company"], .column("organization.name")),
                (["Default Address Address1"], .address("work", "street")),
                (["Default Address Address2"], .address("work", "street", line: 2)),
                (["Default Address City"], .address("work", "city")),
                (["Default Address Province Code"], .address("work", "state")),
                (["Default Address Country Code"], .address("work", "country")),
                (["Default Address Zip"], .address("work", "postal_code")),
                (["Default Address Phone"], .point(kind: "phone", label: nil)),
            ] + notes(["Accepts SMS Marketing", "Total Spent", "Total Orders", "Tax Exempt"])
        )
    ]
}
