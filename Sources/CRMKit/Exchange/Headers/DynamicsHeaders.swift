extension HeaderTable {
    /// The contacts of Microsoft Dynamics, where their column names differ from Outlook's.
    static let dynamics = [
        HeaderTable(
            .contact,
            [("work", 1), ("other", 2)].flatMap { slot, number -> [(names: [String], target: Target)] in
                let lead = "Address \(number)"
                return [
                    (["\(lead): Street 1"], .address(slot, "street")),
                    (["\(lead): Street 2"], .address(slot, "street", line: 2)),
                    (["\(lead): Street 3"], .address(slot, "street", line: 3)),
                    (["\(lead): City"], .address(slot, "city")),
                    (["\(lead): State/Province"], .address(slot, "state")),
                    (["\(lead): ZIP/Postal Code"], .address(slot, "postal_code")),
                    (["\(lead): Country/Region"], .address(slot, "country")),
                ]
            }
        )
    ]
}
