extension HeaderTable {
    /// The contacts and accounts of Microsoft Dynamics, in English and Spanish, where their column names differ from
    /// Outlook's.
    static let dynamics = [
        HeaderTable(
            .contact,
            [(["Nombre de la compañía", "Nombre de compañía"], .column("organization.name"))]
                + [("work", 1), ("other", 2)].flatMap(place)
        ),
        HeaderTable(.organization, [(["Nombre de la compañía", "Nombre de compañía"], .column("name"))]),
    ]

    private static func place(_ slot: String, _ number: Int) -> [(names: [String], target: Target)] {
        let (lead, guide) = ("Address \(number)", "Dirección \(number)")
        return [
            (["\(lead): Street 1", "\(guide): Calle 1"], .address(slot, "street")),
            (["\(lead): Street 2", "\(guide): Calle 2"], .address(slot, "street", line: 2)),
            (["\(lead): Street 3", "\(guide): Calle 3"], .address(slot, "street", line: 3)),
            (["\(lead): City", "\(guide): Ciudad"], .address(slot, "city")),
            (
                [
                    "\(lead): State/Province", "\(guide): Estado o provincia", "\(guide): Estado/Provincia",
                    "\(guide): Provincia o estado",
                ],
                .address(slot, "state")
            ),
            (["\(lead): ZIP/Postal Code", "\(guide): Código postal"], .address(slot, "postal_code")),
            (
                ["\(lead): Country/Region", "\(guide): País o región", "\(guide): País/Región", "\(guide): País"],
                .address(slot, "country")
            ),
        ]
    }
}
