extension HeaderTable {
    /// Zoho CRM, whose tables name who a record refers to beside the key of that one.
    static let zoho: [HeaderTable] = [
        HeaderTable(
            .contact,
            bookkeeping + [
                (["Date of Birth"], .column("birthdate")), (["Asst Phone"], .column("assistant_phone")),
                (["Skype ID"], .point(kind: "chat", label: "skype")), (["Reporting To"], .column("reports_to.name")),
                (["Vendor Name"], .note("Vendor Name")), (["Propietario de Contacto"], .column("assigned_to")),
            ] + spanishPlaces,
            besides: keys(of: ["Account Name", "Vendor Name", "Reporting To", "Contact Owner"]) + ofPeople
        ),
        HeaderTable(
            .organization,
            bookkeeping + [
                (["Account Owner"], .column("assigned_to")), (["Account Type"], .column("type")),
                (["Account Number"], .note("Account Number")),
                (["Account Site"], .note("Account Site")),
            ],
            besides: keys(of: ["Account Owner", "Parent Account"])
        ),
        HeaderTable(
            .opportunity,
            bookkeeping + [
                (["Closing Date"], .column("close_date")), (["Reason For Loss"], .column("lost_reason")),
                (["Lead Conversion Time", "Sales Cycle Duration", "Overall Sales Duration"], .unheld),
            ],
            besides: keys(of: ["Account Name", "Contact Name", "Campaign Source", "Deal Owner"]) + ofDeals
        ),
        HeaderTable(
            .case,
            bookkeeping + [
                (["Case Owner", "Case Owner Alias"], .column("assigned_to")),
                (["Reported By"], .column("contact.name")),
                (["Case Origin", "Case Reason", "No of comments"], .unheld),
                (["Internal Comments"], .column("description")),
            ],
            besides: ofCases
        ),
        HeaderTable(
            .product,
            bookkeeping + [
                (["Product Owner"], .column("assigned_to")), (["Quantity in Stock"], .column("stock")),
                (["Vendor Name"], .note("Vendor Name")),
                (["Commission Rate", "Qty Ordered", "Quantity in Demand", "Taxable"], .unheld),
            ],
            besides: keys(of: ["Product Owner", "Vendor Name"])
        ),
        HeaderTable(
            .campaign,
            bookkeeping + [
                (["Campaign Owner"], .column("assigned_to")), (["Numbers sent"], .column("sent_count")),
            ],
            besides: keys(of: ["Campaign Owner"]) + [
                ("Expected Response", "Numbers sent", .column("expected_response_count"))
            ]
        ),
        HeaderTable(
            .event,
            bookkeeping + [
                (["Task Owner", "Host"], .column("assigned_to")), (["Closed Time"], .unheld),
            ],
            besides: keys(of: ["Task Owner", "Host", "Contact Name", "Related To"])
        ),
    ]

    /// The address to which post is sent, as the Spanish Zoho calls it, and the other one where Outlook has no such name.
    private static let spanishPlaces: [(names: [String], target: Target)] = [
        (["Calle de correo", "Calle de correspondencia"], .address("work", "street")),
        (["Ciudad de correo"], .address("work", "city")),
        (["Estado de correo", "Estado/Provincia de correo", "Provincia de correo"], .address("work", "state")),
        (["Código postal de correo", "C.P. de correo"], .address("work", "postal_code")),
        (["País de correo", "País/Región de correo"], .address("work", "country")),
        (["Otro estado", "Otra provincia"], .address("other", "state")), (["Otro país"], .address("other", "country")),
    ]

    /// The columns that every module of Zoho has.
    private static let bookkeeping: [(names: [String], target: Target)] = [
        (["Record Id", "ID de registro"], .column("external_id")),
        (["Created By.id", "Modified By.id", "Last Activity Time", "Exchange Rate", "Layout"], .unheld),
    ]

    /// The whole name that stands beside its parts.
    private static let ofPeople: Besides = [("Contact Name", "Last Name", .unheld)]

    /// The amount times its probability.
    private static let ofDeals: Besides = [
        ("Expected Revenue", "Amount", .unheld), ("ExpectedRevenue", "Amount", .unheld),
    ]

    /// What a case says of who reported it, and what it is about.
    private static let ofCases: Besides = {
        let kept: Besides = ["Email", "Phone", "Type", "Deal Name"].map { ($0, "Case Number", Target.note($0)) }
        let people: Besides = [
            ("Related To", "Reported By", .column("contact.name")), ("Reported By", "Related To", .note("Reported By")),
            ("Internal Comments", "Description", .note("Internal Comments")),
        ]
        return keys(of: ["Account Name", "Product Name", "Related To", "Case Owner", "Deal Name"]) + kept + people
    }()

    /// Returns the columns with the key of a record beside those with its name.
    private static func keys(of names: [String]) -> Besides {
        names.map { ("\($0).id", $0, .unheld) }
    }
}
