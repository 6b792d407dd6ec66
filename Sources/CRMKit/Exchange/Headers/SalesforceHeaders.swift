extension HeaderTable {
    /// The Spanish column names for the addresses of contacts in Salesforce. Its English names are the same as
    /// vtiger's.
    static let salesforce = [
        HeaderTable(.contact, place("work", "correspondencia") + place("other", "otra dirección"))
    ]

    private static func place(_ slot: String, _ name: String) -> [(names: [String], target: Target)] {
        [
            (["Calle de \(name)"], .address(slot, "street")), (["Ciudad de \(name)"], .address(slot, "city")),
            (
                ["Estado o provincia de \(name)", "Estado/Provincia de \(name)", "Estado de \(name)"],
                .address(slot, "state")
            ),
            (["Código postal de \(name)"], .address(slot, "postal_code")),
            (["País de \(name)"], .address(slot, "country")),
        ]
    }
}
