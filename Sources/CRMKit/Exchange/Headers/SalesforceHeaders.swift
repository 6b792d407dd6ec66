extension HeaderTable {
    /// Salesforce: the names of fields in its weekly export, the labels in its reports, and the Spanish ones of addresses.
    /// Its English names of addresses are the same as vtiger's.
    static let salesforce = [
        HeaderTable(
            .contact,
            place("work", "correspondencia") + place("other", "otra dirección") + bookkeeping + [
                (["AccountId"], .column("organization.external_id")), ownerOfAccount,
                (["ReportsToId"], .column("reports_to.external_id")),
                (["IsEmailBounced", "EmailBouncedDate", "EmailBouncedReason", "Jigsaw", "JigsawContactId"], .unheld),
            ],
            besides: key
        ),
        HeaderTable(
            .organization,
            bookkeeping + [
                (["ParentId"], .column("member_of.external_id")),
                (["AccountNumber"], .note("Account Number")),
                (["Sic", "SicDesc", "Site", "AccountSource", "Jigsaw", "JigsawCompanyId"], .unheld),
            ],
            besides: key
        ),
        HeaderTable(
            .opportunity,
            bookkeeping + [
                (["AccountId"], .column("organization.external_id")), (["ContactId"], .column("contact.external_id")),
                (["StageName"], .column("stage")), (["CampaignId"], .column("campaign.external_id")),
                (["Opportunity Owner", "Propietario de la oportunidad"], .column("assigned_to")), ownerOfAccount,
                (["Expected Revenue Currency"], .unheld),
                (
                    [
                        "IsClosed", "IsWon", "ForecastCategory", "ForecastCategoryName", "FiscalQuarter", "FiscalYear",
                        "Fiscal", "Fiscal Period", "Age", "Owner Role", "Pricebook2Id", "HasOpportunityLineItem",
                        "LastStageChangeDate", "PushCount",
                    ], .unheld
                ),
            ],
            besides: key
        ),
        HeaderTable(
            .case,
            bookkeeping + [
                (["ContactId"], .column("contact.external_id")), (["CaseNumber"], .column("number")),
                (["ClosedDate"], .column("closed_at")), (["IsClosed", "IsEscalated", "Origin", "Reason"], .unheld),
                (["AccountId"], .note("AccountId")), ownerOfAccount,
            ],
            besides: key + [("CreatedDate", "CaseNumber", .column("opened_at"))]
        ),
    ]

    /// What every table of the export has of who made and changed a record.
    private static let bookkeeping: [(names: [String], target: Target)] = [
        (
            [
                "IsDeleted", "MasterRecordId", "OwnerId", "CreatedById", "LastModifiedDate", "LastModifiedById",
                "SystemModstamp", "LastActivityDate", "LastViewedDate", "LastReferencedDate", "PhotoUrl",
                "Last Activity", "Última actividad",
            ], .unheld
        )
    ]

    /// Who is responsible for the client of a record, not for the record.
    private static let ownerOfAccount: (names: [String], target: Target) = (
        ["Account Owner", "Propietario de la cuenta"], .unheld
    )

    /// The key of a record, which is no number as an id of this program is.
    private static let key: Besides = [
        ("Id", "OwnerId", .column("external_id")), ("Id", "SystemModstamp", .column("external_id")),
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
