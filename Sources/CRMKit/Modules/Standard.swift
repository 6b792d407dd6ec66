extension Registry {
    /// The modules of the program: contacts, their organizations, and the seventeen other kinds of record, which belong
    /// to contacts.
    public static let standard = Registry(
        center: .contact,
        [
            (.contact, { .contact }),
            (.organization, { .organization }),
            (.asset, { .asset }),
            (.project, { .project }),
            (.address, { .address }),
            (.service, { .service }),
            (.contract, { .contract }),
            (.salesOrder, { .salesOrder }),
            (.quote, { .quote }),
            (.purchaseOrder, { .purchaseOrder }),
            (.product, { .product }),
            (.event, { .event }),
            (.opportunity, { .opportunity }),
            (.comment, { .comment }),
            (.case, { .case }),
            (.email, { .email }),
            (.document, { .document }),
            (.campaign, { .campaign }),
            (.channel, { .channel }),
        ]
    )
}
