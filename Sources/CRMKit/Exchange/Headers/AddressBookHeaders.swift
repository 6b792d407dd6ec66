extension HeaderTable {
    /// The address books of Yahoo, Plaxo and Palm, where their column names differ from Outlook's.
    static let addressBooks = [
        HeaderTable(
            .contact,
            [
                (["Alternate Email 1", "E-mail 2"], .column("email_secondary")), (["E-mail 1"], .column("email")),
                (["Alternate Email 2", "E-mail 3"], .point(kind: "email", label: nil)),
                (["Messenger ID"], .point(kind: "chat", label: nil)),
                (["Yahoo! Phone"], .point(kind: "phone", label: "yahoo")),
                (["Personal Website"], .point(kind: "url", label: "home")),
                (["Business Website"], .point(kind: "url", label: "work")), (["Category"], .column("tags")),
            ] + yahooPlace("home", "Home") + yahooPlace("work", "Work"),
            besides: [
                ("Home", "Work", .column("home_phone")), ("Work", "Home", .column("phone")),
                ("Other", "Work", .column("other_phone")), ("Private", "Category", .unheld),
                ("Primary", "Yahoo! Phone", .unheld), ("Distribution Lists", "Yahoo! Phone", .unheld),
                ("Anniversary", "Yahoo! Phone", .note("Anniversary")),
            ]
        )
    ]

    /// Returns the names of Yahoo for the columns that other tables call city, state and postal code.
    private static func yahooPlace(_ slot: String, _ lead: String) -> [(names: [String], target: Target)] {
        [
            (["\(lead) Town"], .address(slot, "city")), (["\(lead) County"], .address(slot, "state")),
            (["\(lead) Post Code"], .address(slot, "postal_code")),
        ]
    }
}
