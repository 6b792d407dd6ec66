import Testing

@testable import CRMKit

/// The keys are a contract with scripts: what stands here may grow, and never change or go.
@Suite("The data dictionary")
struct DictionaryTests {
    /// What one module must hold.
    struct Entry: Sendable, CustomTestStringConvertible {
        let name: ModuleName
        /// In declared order, without `id` and the fields that every module ends with; `*` marks what is required.
        let fields: String
        /// In declared order.
        var attributes = ""
        var testDescription: String { name.noun }
    }

    @Test("is held whole, in its order", arguments: entries)
    func holdsEntry(entry: Entry) {
        let module = Registry.standard[entry.name]
        #expect(marked(module.fields) == words("id " + entry.fields + " " + shared))
        #expect(marked(module.contacts.link?.attributes ?? []) == words(entry.attributes))
    }

    @Test("covers every module")
    func coversModules() {
        #expect(entries.map(\.name) == Registry.standard.names)
    }

    @Test(
        "gives a first state where one is required",
        arguments: [
            (ModuleName.asset, "status", "in_service"), (.address, "kind", "work"), (.quote, "stage", "created"),
            (.salesOrder, "status", "created"), (.purchaseOrder, "status", "created"), (.event, "kind", "meeting"),
            (.case, "status", "open"), (.document, "status", "active"),
        ]
    )
    func firstState(module: ModuleName, key: String, state: String) {
        #expect(Draft(new: Registry.standard[module])[key] == .text(state))
    }

    @Test("asks for the stage of an opportunity")
    func stageHasNoDefault() {
        #expect(Draft(new: .opportunity)["stage"] == .null)
    }

    @Test("sells products and services until told otherwise")
    func activeByDefault() {
        #expect(Draft(new: .product)["active"] == .integer(1))
        #expect(Draft(new: .service)["active"] == .integer(1))
        #expect(Draft(new: .contact)["do_not_call"] == .integer(0))
    }

    private func marked(_ fields: [Field]) -> [String] {
        fields.map { $0.isRequired ? $0.key + "*" : $0.key }
    }

    private func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}

private let shared = "external_id assigned_to tags description created_at updated_at"

/// What every document with lines has.
private let amounts = """
    discount_percent discount_amount currency shipping taxes_on_shipping adjustment subtotal discount_total tax_total
    shipping_tax withheld_total total
    """

private let entries: [DictionaryTests.Entry] = [
    .init(
        name: .contact,
        fields: """
            name salutation first_name last_name* organization title department email email_secondary phone mobile
            home_phone other_phone fax birthdate reports_to assistant assistant_phone lead_source do_not_call
            email_opt_out support_start support_end
            """
    ),
    .init(
        name: .organization,
        fields: """
            name* email phone website industry type rating member_of employees annual_revenue currency tax_id
            """
    ),
    .init(
        name: .asset,
        fields: """
            name* product serial* asset_number status* organization sold_on in_service_on warranty_until tag_number
            location value currency
            """,
        attributes: "role since until note"
    ),
    .init(
        name: .project,
        fields: """
            name* status type priority start_date target_end_date actual_end_date budget currency progress url
            """,
        attributes: "role since until responsibility note"
    ),
    .init(
        name: .address,
        fields: """
            name contact* kind* street neighborhood city state postal_code country po_box latitude longitude primary
            valid_from valid_until
            """
    ),
    .init(
        name: .service,
        fields: "name* category price currency unit taxes active start_date end_date website",
        attributes: "status since until satisfaction note"
    ),
    .init(
        name: .contract,
        fields: """
            subject* number type status priority level start_date end_date renewal_date auto_renew tracking_unit
            total_units used_units terms progress
            """,
        attributes: "role note"
    ),
    .init(
        name: .salesOrder,
        fields: """
            subject* number status* organization opportunity quote customer_po due_date carrier invoice_numbers
            invoiced_on

            """ + amounts,
        attributes: "role note"
    ),
    .init(
        name: .quote,
        fields: """
            subject* number stage* organization opportunity valid_until carrier terms version superseded_by
            rejection_reason

            """ + amounts,
        attributes: "role note"
    ),
    .init(
        name: .purchaseOrder,
        fields: "subject* number status* supplier supplier_name invoice_number invoice_date requisition_no tracking_no "
            + "due_date carrier " + amounts,
        attributes: "role note"
    ),
    .init(
        name: .product,
        fields: """
            name* code category manufacturer serial unit price currency tax_rate taxes stock reorder_level active
            sales_start sales_end website
            """,
        attributes: "status since until quantity warranty_until note"
    ),
    .init(
        name: .event,
        fields: """
            subject* kind* starts_at* ends_at all_day status priority location visibility time_zone recurrence
            further_dates excluded_dates reminders uid about
            """,
        attributes: "response note"
    ),
    .init(
        name: .opportunity,
        fields: """
            name* contact* organization* close_date* amount* currency lead_source stage* probability next_step type
            campaign closed_on lost_reason
            """,
        attributes: "role note"
    ),
    .init(name: .comment, fields: "name contact* body* author department in_reply_to follow_up_on about"),
    .init(
        name: .case,
        fields: """
            title* number status* priority severity category product contract opened_at closed_at solution hours
            """,
        attributes: "role note"
    ),
    .init(
        name: .email,
        fields: """
            message_id subject from to cc bcc date in_reply_to references thread direction text about sha256 size
            from_quoted
            """,
        attributes: "role note"
    ),
    .init(
        name: .document,
        fields: "title* file_name media_type size sha256 folder version status expires_on url path about",
        attributes: "note"
    ),
    .init(
        name: .campaign,
        fields: """
            name* type status product sponsor audience target_size closing_date budget currency actual_cost
            expected_revenue expected_response expected_response_count sent_count bounced_count
            """,
        attributes: "response responded_at note"
    ),
    .init(
        name: .channel,
        fields: "name* server_url room_id* kind topic server_name last_synced_at",
        attributes: "note"
    ),
]
