extension HeaderTable {
    /// The customers of WooCommerce, by the keys that its exporters use as column names.
    static let wooCommerce = [
        HeaderTable(
            .contact,
            [
                (["billing_first_name"], .column("first_name")), (["billing_last_name"], .column("last_name")),
                (["billing_company"], .column("organization.name")),
                (["billing_email", "user_email", "customer_email"], .column("email")),
                (["billing_phone", "customer_phone"], .column("phone")),
                (["shipping_first_name", "shipping_last_name", "shipping_company", "shipping_method"], .unheld),
                (["shipping_phone"], .point(kind: "phone", label: "shipping")),
                (["user_login", "user_pass", "user_nicename", "display_name_public", "paying_customer"], .unheld),
                (["user_id"], .column("external_id")), (["user_registered", "date_registered"], .column("created_at")),
            ] + place("billing") + place("shipping")
        )
    ]

    private static func place(_ slot: String) -> [(names: [String], target: Target)] {
        [
            (["\(slot)_address_1", "\(slot)_address"], .address(slot, "street")),
            (["\(slot)_address_2"], .address(slot, "street", line: 2)), (["\(slot)_city"], .address(slot, "city")),
            (["\(slot)_state"], .address(slot, "state")), (["\(slot)_country"], .address(slot, "country")),
            (["\(slot)_postcode", "\(slot)_zip"], .address(slot, "postal_code")),
        ]
    }
}
