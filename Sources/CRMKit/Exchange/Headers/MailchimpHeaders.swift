extension HeaderTable {
    /// The audiences of Mailchimp, with the column names that no other source has.
    static let mailchimp = [
        HeaderTable(.contact, [(["EUID"], .column("external_id")), (["SMS Phone Number"], .column("mobile"))])
    ]
}
