import Testing

/// What an export of Slack tells of messages that were removed.
@Suite struct SlackRemovalTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func news(_ arguments: String...) throws -> [Int?] {
        let result = try crm.succeed(["channel", "import", "--json"] + arguments)
        return try JSON(result.outputBytes).elements.map { $0["new"]?.integer }
    }

    @Test("what stands in the place of a message says that it is gone; users by a list")
    func slackTombstone() throws {
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        func write(_ message: String) throws {
            let object = #"{"type":"message","ts":"1700000000.000200",\#(message)}"#
            try crm.write("[\(object)]", to: "slack/general/a.json")
        }
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.write("username,contact\nU1,1\n", to: "users.csv")
        try write(#""user":"U1","text":"precio""#)
        #expect(try news("slack", "--match-users", "users.csv") == [1])
        try write(#""user":"USLACKBOT","subtype":"tombstone","text":"This message was deleted.""#)
        #expect(try news("slack") == [0])
        let gone = try crm.json("channel", "log", "1").elements.first
        #expect(gone?["text"]?.string == nil && gone?["deleted_at"]?.string != nil)
        #expect(gone?["earlier"]?.elements.first?["text"] == "precio")
        #expect(gone?["contact"]?["id"]?.integer == 1)
    }

    @Test("a message is gone that was never known: the answers to it have their thread")
    func slackUnknownTombstone() throws {
        try crm.shell("mkdir -p slack/general")
        try crm.write(#"[{"id":"C1","name":"general"}]"#, to: "slack/channels.json")
        try crm.write(
            """
            [{"type":"message","user":"USLACKBOT","subtype":"tombstone","text":"This message was deleted.",
              "ts":"1700000000.000200","thread_ts":"1700000000.000200"},
             {"type":"message","user":"U1","text":"sí","ts":"1700000001.0","thread_ts":"1700000000.000200"}]
            """,
            to: "slack/general/a.json"
        )
        #expect(try news("slack") == [2])
        #expect(try news("slack") == [0])
        let lines = try crm.json("channel", "log", "1", "--thread", "1700000000.000200").elements
        #expect(lines.map { $0["text"]?.string } == [nil, "sí"])
        #expect(lines.map { $0["deleted_at"]?.string != nil } == [true, false])
        #expect(lines.first?["author"] == .null)
    }
}
