extension HeaderTable {
    /// Words and abbreviations of tables that people keep by hand in Spain and in English, and of small shops and help
    /// desks.
    static let everyday = [
        HeaderTable(
            .contact,
            [
                (landlines, .column("phone")), (["Telephone 2", "Phone 2"], .column("other_phone")),
                (["Phone 3", "Telephone 3"], .point(kind: "phone", label: nil)),
                (["Mobile no.", "Mobile telephone", "Mobile phone no."], .column("mobile")),
                (["Organisation", "Organisation name"], .column("organization.name")),
                (["Address 1", "Address line 1", "Street address 1", "Street 1"], .address("work", "street")),
                (["Address 2", "Address line 2", "Street address 2"], .address("work", "street", line: 2)),
                (["Town", "Town/city", "City/town"], .address("work", "city")), (["County"], .address("work", "state")),
                (["DOB", "Birth date", "Date of birth (DOB)"], .column("birthdate")),
                (beginnings, .column("created_at")),
                (["Opt-out", "Opted out"], .column("email_opt_out")),
                (["No contactar", "Do not contact"], .fields(["do_not_call", "email_opt_out"])),
                (customerNumbers, .column("external_id")),
            ]
        ),
        HeaderTable(
            .organization,
            [
                (landlines, .column("phone")), (["Organisation", "Organisation name"], .column("name")),
                (["Owner"], .column("assigned_to")),
                (["Revenue", "Turnover", "Facturación"], .column("annual_revenue")),
                (
                    ["Nº empleados", "Nº de empleados", "No. empleados", "Núm. empleados", "No. of employees"],
                    .column("employees")
                ),
                (["Domain"], .column("website")), (beginnings, .column("created_at")),
                (customerNumbers + ["Customer ID"], .column("external_id")),
            ]
        ),
        HeaderTable(.opportunity, [(["Owner"], .column("assigned_to")), (beginnings, .column("created_at"))]),
        HeaderTable(
            .product,
            [
                (["Ref.", "Item code", "Product ref."], .column("code")), (["Qty", "Quantity"], .column("stock")),
                (["Brand", "Vendor"], .column("manufacturer")), (["Title", "Título", "Item name"], .column("name")),
                (beginnings, .column("created_at")),
            ]
        ),
    ]

    private static let landlines = [
        "Tfno.", "Tfnos.", "Telf.", "Tlf.", "Tlfno.", "Fijo", "Telephone", "Telephone 1", "Telephone no.",
        "Telephone number", "Phone 1", "Phone no.", "Tel. no.",
    ]
    /// When somebody became a client, or something was taken up.
    private static let beginnings = ["Created", "Date added", "Added on", "Fecha de alta", "Fecha alta", "F. alta"]
    private static let customerNumbers = [
        "ID cliente", "Código cliente", "Código de cliente", "Cód. cliente", "Cod. cliente", "Nº cliente",
        "Nº de cliente", "No. cliente", "No. de cliente", "Núm. cliente", "Núm. de cliente", "Número de cliente",
        "Client ID", "Customer no.", "Customer number", "Customer code",
    ]
}
