extension HeaderTable {
    /// The client of a record under the words of shops, help desks and offices. Cases, contracts and projects have only
    /// people linked with them, so the company is a line of their description.
    static let customers: [HeaderTable] =
        [ModuleName.opportunity, .quote, .salesOrder, .asset].map { (module: ModuleName) -> HeaderTable in
            HeaderTable(module, [(englishNames + spanishNames + ["Empresa"], .column("organization.name"))])
        }
        + [ModuleName.case, .contract, .project].map { (module: ModuleName) -> HeaderTable in
            HeaderTable(
                module,
                [
                    (
                        spanishNames + [
                            "Cliente", "Empresa", "Razón social", "Empresa asociada", "Relacionado con",
                            "En relación con",
                        ],
                        .note("Cliente")
                    ),
                    (englishNames + ["Associated Company", "Organization", "Related To"], .note("Customer")),
                ]
            )
        }

    private static let englishNames = [
        "Customer Name", "Customer", "Client", "Client Name", "Company", "Company Name", "Account Name", "Account",
        "Organization Name",
    ]

    private static let spanishNames = [
        "Nombre del cliente", "Nombre de cliente", "Nombre cliente", "Nombre de la empresa", "Cuenta", "Organización",
    ]
}
