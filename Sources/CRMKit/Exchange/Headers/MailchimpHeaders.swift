extension HeaderTable {
    /// The audiences of Mailchimp, where its columns are called as no other source calls them.
    static let mailchimp = [
        HeaderTable(.contact, [(["EUID"], .column("external_id")), (["SMS Phone Number"], .column("mobile"))])
    ]
}
