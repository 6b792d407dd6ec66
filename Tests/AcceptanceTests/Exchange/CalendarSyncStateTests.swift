import Testing

/// Which of two states a folder of calendars and the events come to: what was changed, undone, restored or split.
@Suite struct CalendarSyncStateTests: CalendarSuite {
    let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.shell("mkdir cal")
    }

    private func sync(_ words: String..., file: String? = nil) throws -> [String: Int] {
        try crm.syncCalendars(words, file: file)
    }

    private func add(_ words: String...) throws {
        try crm.add("event", ["--subject", "S", "--starts-at", "2026-12-01 10:00"] + words)
    }

    /// What another program does with a file: it changes lines, and says when.
    private func change(_ expression: String, at year: Int = 2027) throws {
        let stamp = "s/LAST-MODIFIED:.*/LAST-MODIFIED:\(year)0101T000000Z\\r/"
        try crm.shell("sed -i '\(expression); \(stamp)' cal/*.ics")
    }

    private func subjects() throws -> [String] {
        try crm.shell("grep -h SUMMARY cal/*.ics | tr -d '\\r' | cut -d: -f2").lines
    }

    @Test("An event that is older after a restore takes what the folder has, and one changed since is told")
    func restored() throws {
        try add()
        #expect(try sync() == ["files_written": 1])
        try crm.succeed("backup", "bk")
        // Times are kept to the second.
        try crm.shell("sleep 1.1")
        try change("s/SUMMARY:S/SUMMARY:tel/")
        #expect(try sync() == ["updated": 1])
        for isChanged in [false, true] {
            try crm.succeed("restore", "bk")
            try crm.shell("sleep 1.1")
            if isChanged { try crm.succeed("event", "edit", "1", "--location", "Sala") }
            let result = try crm.run("event", "sync", "cal")
            #expect(result.errors.contains(isChanged ? "was changed here and in" : "older here"), "\(result.errors)")
            #expect(try subjects() == ["tel"])
            #expect(try crm.sql("SELECT subject FROM event") == "tel")
            #expect(try sync() == [:])
        }
        // What is changed and undone here stays a change.
        try crm.succeed("event", "edit", "1", "--subject", "own")
        #expect(try sync() == ["files_written": 1])
        try crm.succeed("undo")
        #expect(try sync() == ["files_written": 1])
        #expect(try subjects() == ["tel"])
    }

    @Test("Of two databases on a folder each takes what the other has changed")
    func twoDatabases() throws {
        for file in ["a.db", "b.db"] { try crm.succeed("init", "--db", file) }
        try crm.succeed("event", "add", "--subject", "S", "--starts-at", "2026-12-01", "--uid", "u1", "--db", "a.db")
        #expect(try sync(file: "a.db") == ["files_written": 1])
        #expect(try sync(file: "b.db") == ["created": 1])
        #expect(try sync(file: "a.db") == [:])
        for (file, other) in [("b.db", "a.db"), ("a.db", "b.db"), ("b.db", "a.db")] {
            try crm.shell("sleep 1.1")
            try crm.succeed("event", "edit", "1", "--subject", "by \(file)", "--db", file)
            #expect(try sync(file: file) == ["files_written": 1])
            #expect(try sync(file: other) == ["updated": 1])
            #expect(try subjects() == ["by \(file)"])
            for file in ["a.db", "b.db", "a.db"] { #expect(try sync(file: file) == [:]) }
        }
        // Changed in both before either is told of it.
        for file in ["b.db", "a.db"] {
            try crm.shell("sleep 1.1")
            try crm.succeed("event", "edit", "1", "--subject", "twice \(file)", "--db", file)
        }
        #expect(try sync(file: "b.db") == ["files_written": 1])
        #expect(try sync(file: "a.db") == ["files_written": 1, "conflicts": 1])
        #expect(try sync(file: "b.db") == ["updated": 1])
        #expect(try subjects() == ["twice a.db"])
    }

    /// Three events in two databases that agree on them.
    private func makeTwoDatabases() throws {
        for file in ["a.db", "b.db"] { try crm.succeed("init", "--db", file) }
        for uid in ["u1", "u2", "u3"] {
            try crm.succeed("event", "add", "--subject", uid, "--starts-at", "2026-12-01", "--uid", uid, "--db", "a.db")
        }
        #expect(try sync(file: "a.db") == ["files_written": 3])
        // Times are kept to the second: what was changed where is known by them.
        try crm.shell("sleep 1.1")
        #expect(try sync(file: "b.db") == ["created": 3])
        #expect(try sync(file: "a.db") == [:])
    }

    private func count(in file: String) throws -> Int {
        try crm.succeed("event", "list", "--count", "--db", file).lines.first.flatMap { Int($0) } ?? -1
    }

    @Test("What one database of a folder, or another program, deletes is deleted in the others", arguments: [0, 1, 2])
    func deletedElsewhere(_ who: Int) throws {
        try makeTwoDatabases()
        let files = ["a.db", "b.db"]
        let (one, other) = who == 1 ? ("b.db", "a.db") : ("a.db", "b.db")
        if who == 2 {
            try crm.shell("rm cal/u2.ics")
            #expect(try sync(file: one) == ["deleted": 1])
        } else {
            try crm.succeed("event", "delete", "2", "--yes", "--db", one)
            #expect(try sync(file: one) == ["files_removed": 1])
        }
        // The first goes on working before the other hears of it.
        #expect(try sync(file: one) == [:])
        #expect(try sync(file: other) == ["deleted": 1])
        #expect(try subjects() == ["u1", "u3"])
        for file in files + files { #expect(try sync(file: file) == [:]) }
        #expect(try files.map(count) == [2, 2])
        #expect(try crm.shell("grep -c removed cal/.crm-sync").output == "0\n")
    }

    @Test("What was changed and then deleted goes where nothing was heard of the change too", arguments: [false, true])
    func deletedAfterChange(isFile: Bool) throws {
        try makeTwoDatabases()
        try crm.shell("sleep 1.1")
        try crm.succeed("event", "edit", "2", "--subject", "changed", "--db", "a.db")
        #expect(try sync(file: "a.db") == ["files_written": 1])
        if isFile {
            try crm.shell("rm cal/u2.ics")
            #expect(try sync(file: "a.db") == ["deleted": 1])
        } else {
            try crm.succeed("event", "delete", "2", "--yes", "--db", "a.db")
            #expect(try sync(file: "a.db") == ["files_removed": 1])
        }
        #expect(try sync(file: "a.db") == [:])
        #expect(try sync(file: "b.db") == ["deleted": 1])
        for file in ["a.db", "b.db"] { #expect(try sync(file: file) == [:]) }
        #expect(try ["a.db", "b.db"].map(count) == [2, 2])
        #expect(try crm.shell("grep -c removed cal/.crm-sync").output == "0\n")
    }

    @Test("What was changed where another database has deleted it stays, and is told")
    func changedMeanwhile() throws {
        try makeTwoDatabases()
        try crm.succeed("event", "delete", "2", "--yes", "--db", "a.db")
        try crm.succeed("event", "edit", "2", "--subject", "changed", "--db", "b.db")
        #expect(try sync(file: "a.db") == ["files_removed": 1])
        #expect(try sync(file: "b.db") == ["files_written": 1, "conflicts": 1])
        #expect(try sync(file: "a.db") == ["created": 1])
        #expect(try ["a.db", "b.db"].map(count) == [3, 3])
        for file in ["a.db", "b.db"] { #expect(try sync(file: file) == [:]) }
    }

    @Test("An event that a filter leaves out gets no file because another database has removed one of its UID")
    func removedBesideFilter() throws {
        try makeTwoDatabases()
        try crm.succeed("event", "delete", "2", "--yes", "--db", "a.db")
        #expect(try sync(file: "a.db") == ["files_removed": 1])
        try crm.succeed("init", "--db", "c.db")
        try crm.shell("sleep 1.1")
        try crm.succeed("event", "add", "--subject", "own", "--starts-at", "2026-12-01", "--uid", "u2", "--db", "c.db")
        #expect(try sync("--where", "subject = other", file: "c.db") == ["created": 2])
        #expect(try count(in: "c.db") == 3)
        #expect(try sync(file: "b.db") == ["deleted": 1])
    }

    @Test("What was deleted and comes back, by an undo or a restore, comes back everywhere", arguments: [false, true])
    func broughtBack(isRestored: Bool) throws {
        try makeTwoDatabases()
        try crm.succeed("backup", "bk", "--db", "a.db")
        for isHeard in [false, true] {
            try crm.succeed("event", "delete", "2", "--yes", "--db", "a.db")
            #expect(try sync(file: "a.db") == ["files_removed": 1])
            if isHeard { #expect(try sync(file: "b.db") == ["deleted": 1]) }
            try crm.shell("sleep 1.1")
            try crm.succeed(isRestored ? ["restore", "bk", "--db", "a.db"] : ["undo", "--db", "a.db"])
            #expect(try sync(file: "a.db") == ["files_written": 1])
            #expect(try sync(file: "b.db") == (isHeard ? ["created": 1] : [:]))
            #expect(try ["a.db", "b.db"].map(count) == [3, 3])
            for file in ["a.db", "b.db"] { #expect(try sync(file: file) == [:]) }
        }
    }

    @Test("An event whose making was undone leaves the folder, and comes back with a redo")
    func undone() throws {
        try add()
        let added = try crm.sql("SELECT max(id) FROM change_set")
        #expect(try sync() == ["files_written": 1])
        try crm.succeed("undo", added)
        #expect(try sync() == ["files_removed": 1])
        #expect(try sync() == [:])
        try crm.succeed("undo", try crm.sql("SELECT max(id) FROM change_set"))
        #expect(try sync() == ["files_written": 1])
        #expect(try crm.sql("SELECT count(*) FROM event") == "1")
    }

    @Test("A split that was undone leaves one series, and one file")
    func undoneSplit() throws {
        try add("--repeat", "cada martes 4 veces")
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-15", "--following", "--location", "R")
        let split = try crm.sql("SELECT max(id) FROM change_set")
        #expect(try sync() == ["files_written": 2])
        try crm.succeed("undo", split)
        #expect(try sync() == ["files_written": 1, "files_removed": 1])
        func dates() throws -> Int {
            try crm.succeed("agenda", "--from", "2026-12-01", "--until", "2026-12-31", "--format", "jsonl").lines.count
        }
        #expect(try dates() == 4)
        try crm.succeed("undo", try crm.sql("SELECT max(id) FROM change_set WHERE undoes = \(split)"))
        #expect(try sync() == ["files_written": 2])
        #expect(try dates() == 4)
        #expect(try crm.sql("SELECT count(*) FROM event") == "2")
    }

    @Test("Two events with one UID are told")
    func oneUID() throws {
        try add()
        let uid = try crm.shell("crm event export --format ics | grep UID | tr -d '\\r' | cut -d: -f2").lines.first
        try add("--uid", try #require(uid))
        let result = try crm.run("event", "sync", "cal")
        #expect(result.errors.contains("event 1 and event 2 have one UID"), "\(result.errors)")
        #expect(result.status == 6)
        try crm.succeed("event", "delete", "2", "--yes")
        try crm.succeed("event", "sync", "cal")
    }

    @Test("After a conflict that the file wins both sides say the same")
    func conflict() throws {
        let stamp = "LAST-MODIFIED:20261101T000000Z"
        try crm.write(Self.event("q", Self.start, "SUMMARY:q", stamp), to: "cal/q.ics")
        #expect(try sync() == ["created": 1])
        let words = ["--location", "AQUI", "--ends-at", "2026-12-03T17:00:00Z", "--repeat", "cada semana 3 veces"]
        try crm.succeed(["event", "edit", "1"] + words)
        try change("s/SUMMARY:q/SUMMARY:tel/")
        #expect(try sync() == ["updated": 1, "files_written": 1, "conflicts": 1])
        let event = try crm.json("event", "show", "1")
        #expect(event["subject"] == "tel" && event["location"] == "AQUI")
        let file = try crm.shell("cat cal/q.ics").output
        for line in ["SUMMARY:tel", "LOCATION:AQUI", "DTEND", "COUNT=3"] { #expect(file.contains(line), "\(line)") }
        #expect(try sync() == [:])
    }

    @Test("The rest of a series that was split here is named where the file brings all of it back")
    func splitConflict() throws {
        try add("--repeat", "cada martes 5 veces")
        #expect(try sync() == ["files_written": 1])
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-15", "--following", "--location", "R")
        try change("s/SUMMARY:S/SUMMARY:tel/")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.errors.contains("event 2, which the same change made, stays beside it"), "\(result.errors)")
    }

    @Test("A calendar that leaves out what it does not know changes no status for which its word stands")
    func statuses() throws {
        try add()
        try add("--repeat", "cada martes 3 veces")
        try crm.succeed("event", "hold", "1")
        try crm.succeed("event", "hold", "2", "--occurrence", "2026-12-08")
        for status in ["pending_input", "deferred"] { try add("--kind", "task", "--status", status) }
        #expect(try sync() == ["files_written": 4])
        let before = try crm.sql("SELECT status FROM event UNION ALL SELECT status FROM event_occurrence")
        try change("/^X-CRM/d; s/SUMMARY:S/SUMMARY:H/")
        #expect(try sync() == ["updated": 4])
        #expect(try crm.sql("SELECT status FROM event UNION ALL SELECT status FROM event_occurrence") == before)
        #expect(try crm.sql("SELECT group_concat(DISTINCT subject) FROM event") == "H")
        #expect(try sync() == [:])
        // A word that says something else counts.
        try change("s/STATUS:CONFIRMED/STATUS:CANCELLED/; s/STATUS:NEEDS-ACTION/STATUS:COMPLETED/", at: 2028)
        #expect(try sync() == ["updated": 4])
        #expect(try crm.sql("SELECT group_concat(DISTINCT status) FROM event") == "not_held,completed")
    }
}
