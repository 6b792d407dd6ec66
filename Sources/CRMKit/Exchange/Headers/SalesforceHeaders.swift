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
        HeaderTable(.asset, bookkeeping + ofAssets, besides: key + statuses(assetStates, beside: installed)),
        HeaderTable(.product, bookkeeping + ofProducts, besides: key),
        HeaderTable(.campaign, bookkeeping + ofCampaigns, besides: key + statuses(campaignStates, beside: budgets)),
        HeaderTable(.contract, bookkeeping + ofContracts, besides: key + statuses(contractStates, beside: terms)),
    ]

    private static let installed = ["InstallDate", "Install Date", "Fecha de instalación"]
    private static let ofAssets: [(names: [String], target: Target)] =
        [
            (["Asset ID"], .column("external_id")), (["AccountId"], .column("organization.external_id")),
            (["ContactId"], .column("contact.external_id")), (["Product2Id"], .column("product.external_id")),
            (["SerialNumber"], .column("serial")), (installed, .column("in_service_on")),
            (["PurchaseDate", "Purchase Date"], .column("sold_on")), (["Price"], .column("value")),
            (["Competitor Asset", "IsCompetitorProduct"], .unheld),
        ] + notes(["Usage End Date", "UsageEndDate", "Quantity"])
    private static let assetStates = [
        "Shipped": "out_of_service", "Installed": "in_service", "Registered": "in_service",
        "Obsolete": "out_of_service", "Purchased": "in_service", "Enviado": "out_of_service",
        "Instalado": "in_service", "Registrado": "in_service", "Obsoleto": "out_of_service",
        "Comprado": "in_service",
    ]

    private static let ofProducts: [(names: [String], target: Target)] =
        [
            (["IsActive"], .column("active")), (["ProductCode"], .column("code")),
            (["Product Description"], .column("description")),
            (["Quantity Unit Of Measure", "QuantityUnitOfMeasure"], .column("unit")),
            (["DisplayUrl", "Display URL"], .column("website")),
        ] + notes(["Product Family", "Family", "Product SKU", "StockKeepingUnit"])

    private static let budgets = ["BudgetedCost", "Budgeted Cost", "Costo presupuestado", "Coste presupuestado"]
    private static let ofCampaigns: [(names: [String], target: Target)] =
        [
            (budgets, .column("budget")), (["NumberSent"], .column("sent_count")),
            (["EndDate", "End Date"], .column("closing_date")),
            (["IsActive", "Active"], .unheld),
        ] + notes(["StartDate", "Start Date", "ExpectedResponse", "Expected Response (%)"])
    private static let campaignStates = [
        "Planned": "planning", "In Progress": "active", "Aborted": "cancelled", "Complete": "completed",
        "Planificada": "planning", "En curso": "active", "Anulada": "cancelled",
    ]

    private static let terms = [
        "ContractTerm", "Contract Term (months)", "Contract Term", "Plazo del contrato (meses)",
    ]
    private static let ofContracts: [(names: [String], target: Target)] =
        [
            (["Contract Name"], .column("subject")),
            (["Contract Start Date", "StartDate", "Fecha de inicio del contrato"], .column("start_date")),
            (["Contract End Date", "EndDate", "Fecha de fin del contrato"], .column("end_date")),
            (["Special Terms", "SpecialTerms"], .column("terms")), (["Contract Owner"], .column("assigned_to")),
            (["AccountId"], .note("AccountId")),
            (
                [
                    "StatusCode", "ActivatedById", "ActivatedDate", "CompanySignedId", "CompanySignedDate",
                    "CustomerSignedId", "CustomerSignedDate", "CustomerSignedTitle",
                ], .unheld
            ),
        ] + notes(terms + ["Owner Expiration Notice", "OwnerExpirationNotice"])
    private static let contractStates = [
        "Draft": "in_planning", "In Approval Process": "in_planning", "Activated": "in_progress",
        "Terminated": "complete", "Expired": "complete", "Borrador": "in_planning",
        "En proceso de aprobación": "in_planning", "Activado": "in_progress", "Finalizado": "complete",
    ]

    /// Returns the words for a status, which records of other programs have as well, in tables that other columns show to
    /// be of this one.
    private static func statuses(_ words: [String: String], beside columns: [String]) -> Besides {
        columns.flatMap { column in
            ["Status", "Estado"].map { (name: $0, beside: column, target: Target.words("status", words)) }
        }
    }

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
