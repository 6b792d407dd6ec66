extension HeaderTable {
    /// The business partners of SAP Business One and their contacts, by the columns of its tables OCRD and OCPR.
    static let sap = [
        HeaderTable(
            .organization,
            [
                (["CardCode"], .column("external_id")), (["CardName"], .column("name")),
                (["LicTradNum", "FederalTaxID"], .column("tax_id")), (["Phone1"], .column("phone")),
                (["Phone2", "Cellular"], .point(kind: "phone", label: nil)),
                (["E_Mail", "EmailAddress"], .column("email")), (["IntrntSite"], .column("website")),
                (["CntctPrsn", "Balance", "CardFName", "GroupCode"], .unheld),
                (["FreeText", "Free_Text"], .column("description")),
            ]
        ),
        HeaderTable(
            .contact,
            [
                (["CardCode"], .column("organization.external_id")), (["CardName"], .column("organization.name")),
                (["Tel1"], .column("phone")), (["Cellolar"], .column("mobile")), (["E_MailL"], .column("email")),
            ]
        ),
    ]
}
