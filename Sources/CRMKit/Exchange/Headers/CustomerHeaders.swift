extension HeaderTable {
    /// The client of a record under the words of shops, help desks and offices. A case has only people linked with it, so
    /// the company is a line of its description.
    static let customers: [HeaderTable] =
        [ModuleName.opportunity, .quote, .salesOrder].map { (module: ModuleName) -> HeaderTable in
            HeaderTable(module, [(customerNames, .column("organization.name"))])
        }
        + [
            HeaderTable(
                .case,
                [
                    (["Cliente", "Empresa", "Razón social", "Empresa asociada"], .note("Cliente")),
                    (customerNames + ["Associated Company"], .note("Customer")),
                ]
            )
        ]

    private static let customerNames = [
        "Customer Name", "Customer", "Client", "Client Name", "Company", "Company Name", "Account Name", "Account",
        "Organization Name", "Nombre del cliente", "Nombre de cliente", "Nombre cliente", "Nombre de la empresa",
        "Cuenta", "Organización",
    ]
}
