import Testing

/// Tables of hosted CRMs with what is neither a person nor a deal.
@Suite struct HostedTableTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Columns of assets, products, campaigns and contracts have a place",
        arguments: [
            (
                "asset", "Asset Name,Serial Number,Install Date,Purchase Date,Usage End Date,Status,Price",
                ["name", "serial", "in_service_on", "sold_on", "description +", "status", "value"]
            ),
            (
                "product", "Product Name,ProductCode,Product Family,Product SKU,Quantity Unit Of Measure",
                ["name", "code", "description +", "description +", "unit"]
            ),
            ("product", "Name,Unit cost,Product description", ["name", "description +", "description"]),
            (
                "product", "Product - Name,Product - Product code,Product - Unit price,Product - Tax",
                ["name", "code", "price", "tax_rate"]
            ),
            (
                "campaign", "Campaign Name,Start Date,End Date,Budgeted Cost,Expected Response (%),Status",
                ["name", "description +", "closing_date", "budget", "description +", "status"]
            ),
            (
                "campaign", "Campaign Name,Expected Response,Numbers sent,Campaign Owner",
                ["name", "expected_response_count", "sent_count", "assigned_to"]
            ),
            (
                "contract",
                "Contract Number,Contract Start Date,Contract End Date,Contract Term (months),Special Terms",
                ["number", "start_date", "end_date", "description +", "terms"]
            ),
        ]
    )
    func places(noun: String, header: String, fields: [String]) throws {
        #expect(try mapping(header, as: noun) == fields)
    }

    @Test(
        "Their words for a status are understood",
        arguments: [
            ("asset", "Asset Name,SerialNumber,InstallDate,Status\nA,1,2026-01-02,Installed\n", "in_service"),
            ("asset", "Asset Name,Serial Number,Install Date,Status\nA,1,2026-01-02,Obsolete\n", "out_of_service"),
            ("campaign", "Campaign Name,Budgeted Cost,Status\nA,5,In Progress\n", "active"),
            ("contract", "Contract Name,Contract Term (months),Status\nA,12,Activated\n", "in_progress"),
        ]
    )
    func statuses(noun: String, rows: String, status: String) throws {
        let result = try importing(rows, as: noun)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT status FROM \(noun)") == status)
    }

    @Test("Activities are events, with their day, time and length in columns of their own", arguments: ["en", "es"])
    func activities(language: String) throws {
        let header =
            language == "en"
            ? "Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Duration"
            : "Actividad - Asunto,Actividad - Tipo,Actividad - Fecha de vencimiento,"
                + "Actividad - Hora de vencimiento,Actividad - Duración"
        let kind = language == "en" ? "Lunch" : "Almuerzo"
        let result = try importing("\(header)\nVisita,\(kind),2026-12-01,10:00,01:00\n", as: "event")
        #expect(result.status == 0, "\(result.errors)")
        let stored = try crm.sql("SELECT kind, starts_at, ends_at FROM event")
        #expect(stored == "meeting|2026-12-01T16:00:00Z|2026-12-01T17:00:00Z")
    }
}
