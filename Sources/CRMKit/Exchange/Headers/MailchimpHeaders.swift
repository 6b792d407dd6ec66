extension HeaderTable {
    /// The audiences of Mailchimp, with the column names that no other source has.
    static let mailchimp = [
        HeaderTable(
            .contact,
            [
                (["EUID"], .column("external_id")), (["SMS Phone Number"], .column("mobile")),
                (
                    [
                        "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "LATITUDE",
                        "LONGITUDE",
                        "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION", "LAST_CHANGED", "LEID", "UNSUB_CAMPAIGN_TITLE",
                        "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER", "CLEAN_CAMPAIGN_TITLE",
                        "CLEAN_CAMPAIGN_ID",
                    ],
                    .unheld
                ),
                // Only the list of people who unsubscribed has this column: any value in it means an opt-out.
                (["UNSUB_TIME"], .deciding("email_opt_out", [HeaderTable.anyWord: "true"])),
            ]
        )
    ]
}
