import Foundation
import SQLite
import Testing

@testable import CRMKit

@Suite struct CheckTests {
    let crm: TemporaryStore

    /// A contact 1, an address 1 of it, an asset 1 linked to it, an opportunity 1, an event 1 about the contact.
    init() throws {
        crm = try TemporaryStore()
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["first_name": "Ana", "last_name": "Ruiz", "phone": "55 1234 5678", "organization": "1"])
        try crm.add(.contact, ["last_name": "Sosa", "reports_to": "1"])
        try crm.add(.address, ["contact": "1", "city": "Puebla", "primary": "yes"])
        try crm.add(.address, ["contact": "1", "city": "Oaxaca"])
        try crm.add(.asset, ["name": "Laptop", "serial": "X1"])
        try crm.link(.asset, contact: 1, record: 1, ["since": "2026-01-01"])
        try crm.add(
            .opportunity,
            ["name": "R", "contact": "1", "close_date": "2026-12-31", "amount": "1", "stage": "proposal"]
        )
        try crm.add(.event, ["subject": "Call", "starts_at": "2026-03-03 10:00", "about": "contact:1"])
    }

    @Test("a sound database has nothing to tell") func aSoundDatabaseHasNothingToTell() throws {
        #expect(try crm.store.check().isEmpty)
    }

    @Test("it can be checked by a reader") func itCanBeCheckedByAReader() throws {
        #expect(try TemporaryStore.open(crm.store.path, .reading).check().isEmpty)
    }

    @Test(
        "damage is found",
        arguments: [
            ("UPDATE contact SET last_name_match = 'ruis' WHERE id = 1", "contact 1: last_name would not be found"),
            ("UPDATE contact SET phone_match = NULL WHERE id = 1", "contact 1: phone would not be found"),
            ("UPDATE contact SET fax_match = '1' WHERE id = 2", "contact 2: fax would not be found"),
            ("UPDATE contact SET do_not_call = NULL WHERE id = 1", "contact 1: do_not_call is missing"),
            ("ALTER TABLE contact DROP COLUMN do_not_call", "the column do_not_call of the table contact is missing"),
            ("UPDATE contact SET name = 'X', name_match = 'x' WHERE id = 1", "contact 1: name does not follow"),
            ("UPDATE contact SET birthdate = '2026-02-30' WHERE id = 1", "contact 1: birthdate is \"2026-02-30\""),
            ("UPDATE contact SET updated_at = 'now' WHERE id = 1", "contact 1: updated_at is \"now\""),
            ("UPDATE contact SET reports_to = 2 WHERE id = 1", "contact 1: reports_to runs in a loop"),
            ("UPDATE contact SET reports_to = 2 WHERE id = 2", "contact 2: reports_to runs in a loop"),
            ("UPDATE contact SET support_start = '2026-02-02', support_end = '2026-02-01'", "support_end is before"),
            ("UPDATE contact SET organization = 7 WHERE id = 1", "contact 1: refers to one of the organizations"),
            (
                "INSERT INTO change (change_set, table_name, record, action, before) VALUES (99, 'asset', 1, 'update', '{}')",
                "refers to a change set that does not exist"
            ),
            ("UPDATE contact_asset SET until = '2025-01-01'", "asset 1: link with a contact: until is before since"),
            ("UPDATE address SET \"primary\" = 1", "address 1: primary is set on 2 records"),
            ("UPDATE opportunity SET contact = 2", "opportunity 1: contact and the primary link do not agree"),
            ("DELETE FROM contact_opportunity", "opportunity 1: contact and the primary link do not agree"),
            ("UPDATE event SET about_id = 9", "event 1: about names contact 9"),
            ("UPDATE event SET about_module = 'nothing'", "event 1: about names nothing 1"),
            ("UPDATE event SET about_id = NULL", "event 1: about names contact 0"),
            ("DROP INDEX contact_external_id", "contact_external_id is missing"),
            ("UPDATE contact SET tags = '[1.5]' WHERE id = 1", "contact 1: tags is not a list"),
            ("UPDATE contact SET tags = 'vip' WHERE id = 1", "contact 1: tags is not a list"),
            ("UPDATE opportunity SET currency = 'ZZZ'", "opportunity 1: currency is \"ZZZ\""),
            ("UPDATE opportunity SET currency = NULL", "opportunity 1: amount is an amount without a currency"),
            ("UPDATE opportunity SET amount = 1000000000000000", "opportunity 1: amount is out of range"),
            ("UPDATE opportunity SET probability = 1000001", "opportunity 1: probability is out of range"),
            ("UPDATE contact SET id = 9223372036854775807 WHERE id = 2", "has an id that no row can have"),
            (
                "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'asset'",
                "ids of the table asset have run out"
            ),
            (
                "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'change_set'",
                "ids of the table change_set have run out"
            ),
            (
                "INSERT INTO change_set (id, at, who, command) VALUES (9223372036854775807, '2026-01-01T00:00:00Z', 'x', 'y')",
                "ids of the table change_set have run out"
            ),
            (
                "INSERT INTO change (id, change_set, table_name, record, action, before) VALUES (9223372036854775807, 1, 'asset', 1, 'update', '{}')",
                "ids of the table change have run out"
            ),
            (
                "INSERT INTO counter VALUES ('quote.number', 'Q-', '', 9223372036854775807)",
                "the counter of quote.number Q-… is at 9223372036854775807"
            ),
            ("INSERT INTO counter VALUES ('quote.number', '', '/26', -1)", "the counter of quote.number …/26 is at -1"),
            ("UPDATE event SET recurrence = 'garbage'", "event 1: recurrence cannot be \"garbage\""),
            ("UPDATE contact SET title = cast(x'41fe42' AS TEXT) WHERE id = 1", "contact 1: title has bytes"),
            ("UPDATE contact SET title = cast(x'4100' AS TEXT) WHERE id = 1", "contact 1: title has bytes"),
            ("UPDATE asset SET serial = ''", "asset 1: serial is empty"),
            ("UPDATE contact SET email = 'malo' WHERE id = 1", "contact 1: email cannot be \"malo\""),
            ("UPDATE contact SET mobile = 'abc' WHERE id = 1", "contact 1: mobile cannot be \"abc\""),
            ("UPDATE organization SET website = 'no es url'", "organization 1: website cannot be"),
            ("UPDATE address SET country = 'ZZ' WHERE id = 1", "address 1: country cannot be \"ZZ\""),
            ("UPDATE opportunity SET stage = 'qualification'", "opportunity 1: the periods of stage do not end"),
            ("DELETE FROM opportunity_stage_period", "opportunity 1: the periods of stage do not end"),
            ("INSERT INTO setting VALUES ('country', 'nowhere')", "the setting country cannot be \"nowhere\""),
            (
                "INSERT INTO contact_merged (contact, position, former_id) VALUES (1, 1, 2)",
                "contact 1: 2 is said to have been merged into it, and is there"
            ),
            (
                "INSERT INTO contact_merged (contact, position, former_id) VALUES (1, 1, 9), (2, 1, 9)",
                "contact 1: 9 is said to have been merged more than once"
            ),
            (
                "INSERT INTO change (change_set, table_name, record, action, before) VALUES (1, 'asset', -5, 'update', '{}')",
                "a change of no kind there is: update"
            ),
            (
                "INSERT INTO change (change_set, table_name, record, action) VALUES (1, 'contact', 1, 'delete')",
                "a change of no kind there is: delete"
            ),
            (
                "INSERT INTO change (change_set, table_name, record, action, before) VALUES (1, 'asset', 1, 'delete', '{}')",
                "asset 1: is there, and was deleted"
            ),
            (
                "INSERT INTO change (change_set, table_name, record, action, before) VALUES (1, 'x', 1, 'update', '{')",
                "what the history keeps cannot be read"
            ),
        ]
    )
    func damageIsFound(sql: String, expected: String) throws {
        try crm.store.database.execute("PRAGMA foreign_keys = OFF")
        try crm.store.database.execute(sql)
        let findings = try crm.store.check()
        #expect(findings.contains { $0.line.contains(expected) }, "\(findings.map(\.line))")
        #expect(findings.allSatisfy { $0.severity == .error })
    }

    /// Indexes that are other than the program makes them, and the second contact of the same key.
    static let indexes = [
        "CREATE INDEX contact_external_id ON contact (external_id)",
        "CREATE UNIQUE INDEX contact_external_id ON contact (external_id) WHERE external_id > 'M'",
        "CREATE UNIQUE INDEX contact_external_id ON contact (external_id, id)",
        "CREATE UNIQUE INDEX contact_external_id ON asset (serial)", "SELECT 1",
    ]

    @Test("an index other than defined is found and made anew", arguments: indexes)
    func anIndexOtherThanDefinedIsFoundAndMadeAnew(sql: String) throws {
        try crm.store.database.execute("DROP INDEX contact_external_id; \(sql)")
        let findings = try crm.store.check()
        #expect(findings.count == 1 && findings[0].isMendable && findings[0].line.contains("contact_external_id"))
        #expect(try crm.store.mend(TemporaryStore.request()).indexes == 1)
        #expect(try crm.store.check() == [])
    }

    @Test("rows that share what only one may have are found", arguments: indexes)
    func rowsThatShareWhatOnlyOneMayHaveAreFound(sql: String) throws {
        try crm.store.database.execute(
            "DROP INDEX contact_external_id; \(sql); UPDATE contact SET external_id = 'K1'"
        )
        let shared = "contact 2: external_id is that of 1 as well, and only one may have it"
        #expect(try crm.store.check().map(\.line).contains { $0.hasSuffix(shared) })
        #expect(try crm.store.mend(TemporaryStore.request()).indexes == 0)
        #expect(try crm.store.check().map(\.line).contains { $0.hasSuffix(shared) })
        try crm.store.database.execute("UPDATE contact SET external_id = NULL WHERE id = 2")
        #expect(try crm.store.mend(TemporaryStore.request()).indexes == 1)
        #expect(try crm.store.check() == [])
    }

    @Test("a link that is there twice is found") func aLinkThatIsThereTwiceIsFound() throws {
        try crm.store.database.execute(
            """
            DROP INDEX contact_asset_open; INSERT INTO contact_asset (contact, asset, since, created_at) \
            SELECT contact, asset, since, created_at FROM contact_asset
            """
        )
        #expect(try crm.store.check().contains { $0.line.contains("contact, asset is that of 1 as well") })
    }

    @Test(
        "a table other than defined is found",
        arguments: [
            (") STRICT", ")", "it does not watch over types"),
            (" REFERENCES \"organization\" (\"id\")", "", "it does not watch over what its rows refer to"),
            ("\"birthdate\" TEXT", "\"birthdate\" INTEGER", "the column birthdate is another"),
            ("\"title\" TEXT", "\"title\" TEXT COLLATE NOCASE", "it says COLLATE"),
            ("\"title\" TEXT", "\"title\" TEXT CHECK (\"title\" <> '')", "it says CHECK"),
        ]
    )
    func aTableOtherThanDefinedIsFound(words: String, others: String, difference: String) throws {
        let database = crm.store.database
        let sql = try #require(
            try database.scalar("SELECT sql FROM sqlite_schema WHERE name = 'contact'")?.text
        )
        #expect(sql.contains(words))
        let indexes = try database.all("SELECT sql FROM sqlite_schema WHERE tbl_name = 'contact' AND type = 'index'")
        try database.execute(
            """
            PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; ALTER TABLE contact RENAME TO former; \
            \(sql.replacingOccurrences(of: words, with: others)); INSERT INTO contact SELECT * FROM former; \
            DROP TABLE former
            """
        )
        for index in indexes { if let sql = index[0].text { try database.execute(sql) } }
        let told = try crm.store.check().map(\.line)
        let expected = "the table contact is not as this program makes it: \(difference)"
        #expect(told.contains { $0.hasSuffix(expected) }, "\(told)")
    }

    @Test("what would not be found is mended") func whatWouldNotBeFoundIsMended() throws {
        try crm.add(.asset, ["name": "Café", "serial": "CAFÉ-1", "external_id": "É-1"])
        try crm.store.database.execute(
            """
            UPDATE asset SET serial = 'CAFE' || char(0x301) || '-1', external_id = 'E' || char(0x301) || '-1', \
            name_match = 'x' WHERE id = 2; UPDATE contact SET phone_match = NULL, last_name_match = 'x' WHERE id = 1
            """
        )
        let findings = try crm.store.check()
        #expect(findings.count == 5)
        #expect(findings.allSatisfy { $0.isMendable })
        #expect(try crm.store.mend(TemporaryStore.request()).rows == 4)
        #expect(try crm.store.check() == [])
        #expect(try crm.store.id(of: "serial:CAFÉ-1", in: .asset) == 2)
        #expect(try crm.store.id(of: "ext:É-1", in: .asset) == 2)
        #expect(try crm.store.mend(TemporaryStore.request()).rows == 0)
    }

    @Test("names that do not follow from their parts are made anew and found and undone")
    func namesThatDoNotFollowFromTheirPartsAreMadeAnewAndFoundAndUndone() throws {
        let id = try crm.add(.contact, ["first_name": "José", "last_name": "Ruiz"])
        try crm.store.database.execute(
            "UPDATE contact SET last_name = 'Zeta', last_name_match = 'zeta' WHERE id = \(id)"
        )
        #expect(try crm.store.check().map(\.isMendable) == [true])
        let report = try crm.store.mend(TemporaryStore.request())
        #expect((report.names, report.rows) == (1, 1))
        #expect(try crm.store.id(of: "name:jose zeta", in: .contact) == id)
        #expect(try crm.store.check().isEmpty)
        #expect(try crm.store.mend(TemporaryStore.request()).isEmpty)
    }

    @Test("periods that do not end with what is now are mended by a change set that says so")
    func periodsThatDoNotEndWithWhatIsNowAreMendedByAChangeSetThatSaysSo() throws {
        try crm.store.database.execute("UPDATE opportunity SET stage = 'qualification'")
        let report = try crm.store.mend(TemporaryStore.request())
        #expect(report.periods == 1 && report.rows == 1)
        #expect(try crm.store.check() == [])
        let entry = try #require(try crm.store.history(limit: 1).first)
        #expect(entry.command.hasSuffix("# records with periods put right: 1"))
        _ = try crm.store.undo(entry.id, TemporaryStore.request())
        #expect(try crm.store.check().count == 1)
    }

    @Test("what SQ lite finds in the file is known by its kind") func whatSQLiteFindsInTheFileIsKnownByItsKind() {
        #expect(FileFault("row 3 missing from index contact_email_match").index == "contact_email_match")
        #expect(FileFault("wrong # of entries in index asset_serial_match").index == "asset_serial_match")
        #expect(
            FileFault("*** in database main ***\nTree 5 page 7: btreeInitPage() returns error code 11").index == nil
        )
    }

    @Test("a key that is anothers in normal form is told") func aKeyThatIsAnothersInNormalFormIsTold() throws {
        for (position, key) in ["C-1", "É-1", "C-2", "C-3"].enumerated() {
            try crm.add(.asset, ["name": "A", "serial": "S\(position)", "external_id": key])
        }
        let set = "UPDATE asset SET external_id ="
        try crm.store.database.execute("\(set) 'E' || char(0x301) || '-1' WHERE id = 4")
        try crm.store.database.execute("\(set) 'O' || char(0x301) || '-1' WHERE id = 5")
        let findings = try crm.store.check()
        #expect(findings.map(\.id) == [4, 5])
        #expect(findings[0].text.en.contains("is that of 3 but for its form"), "\(findings)")
        #expect(findings[1].text.en.contains("is not in the form in which keys are kept"), "\(findings)")
        #expect(try crm.store.mend(TemporaryStore.request()).rows == 1)
        #expect(try crm.store.check().map(\.id) == [4])
    }

    @Test("an id of a message with the brackets around it is told and put right")
    func bracketedIDs() throws {
        try crm.add(.email, ["subject": "Hola", "message_id": "<1@example.org>"])
        #expect(try crm.store.check() == [])
        try crm.store.database.execute(
            "UPDATE email SET message_id = '<1@example.org>', in_reply_to = '<0@example.org>'"
        )
        let fault = "would not be found: it is not in the form in which keys are kept"
        #expect(try crm.store.check().map(\.text.en) == ["message_id \(fault)", "in_reply_to \(fault)"])
        _ = try crm.store.mend(TemporaryStore.request())
        #expect(try crm.store.check() == [])
        #expect(try crm.value(.email, 1, "message_id") == .text("1@example.org"))
    }

    @Test("an unknown choice is only a warning") func anUnknownChoiceIsOnlyAWarning() throws {
        try crm.store.database.execute("UPDATE asset SET status = 'lost'")
        let findings = try crm.store.check()
        #expect(findings.map(\.severity) == [.warning])
        #expect(findings.map(\.module) == [.asset])
        #expect(findings.map(\.id) == [1])
    }

    @Test("of one kind the first hundred are told") func ofOneKindTheFirstHundredAreTold() throws {
        try crm.write { transaction in
            for number in 0..<150 { _ = try transaction.add(.contact, [FieldInput("last_name", .set("C\(number)"))]) }
        }
        try crm.store.database.execute("UPDATE contact SET last_name_match = ''")
        #expect(try crm.store.check().count == 101)
    }
}

extension Finding {
    fileprivate var line: String {
        [module.map { "\($0)" }, id.map(String.init)].compactMap { $0 }.joined(separator: " ") + ": \(text.en)"
    }
}
