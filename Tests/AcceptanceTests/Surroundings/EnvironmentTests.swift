import Testing

/// What the environment says and does not say.
@Suite struct EnvironmentTests {
    @Test("Without HOME there is no place of the user's own, and a named one does")
    func noHome() throws {
        let crm = try CRM(.nothing)
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] { crm.environment[name] = nil }
        for words in [["contact", "list"], ["contact", "add", "--last-name", "x"], ["init"]] {
            let result = try crm.run(words)
            #expect(result.status == 78, "\(words)")
            #expect(result.errors.contains("--db"))
        }
        try crm.succeed("contact", "add", "--last-name", "x", "--db", "a.db", "--create", "--quiet")
        #expect(try crm.run("contact", "list", "--db", "a.db", "--count").output == "1\n")
        #expect(try crm.run("--help").status == 0)
    }

    @Test("A bare environment, as cron's, does")
    func bare() throws {
        let crm = try CRM(.sample)
        let result = try crm.shell(
            "exec env -i ./bin/crm contact add --last-name Cron --db crm.db --format id < /dev/null"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "6\n")
        #expect(result.errors == "")
        #expect(try crm.sql("SELECT who FROM change_set ORDER BY id DESC LIMIT 1").hasPrefix("uid "))
    }

    @Test("Who writes is told by CRM_USER, LOGNAME, then USER")
    func who() throws {
        let crm = try CRM(.database)
        crm.environment["CRM_USER"] = nil
        for (environment, who) in [
            (["LOGNAME": "eva", "USER": "luis"], "eva"), (["USER": "luis"], "luis"),
            (["CRM_USER": "cron", "LOGNAME": "eva"], "cron"),
        ] {
            #expect(try crm.run(["contact", "add", "--last-name", "x"], env: environment).status == 0)
            #expect(try crm.sql("SELECT who FROM change_set ORDER BY id DESC LIMIT 1") == who)
        }
    }

    @Test(
        "A time zone that is not known is an error, and never silently another",
        arguments: ["Nowhere/City", ":x", "../etc"]
    )
    func unknownZone(_ name: String) throws {
        let crm = try CRM(.sample)
        for words in [["contact", "list", "--where", "created_at >= today"], ["contact", "add", "--last-name", "x"]] {
            let result = try crm.run(words, env: ["TZ": name])
            #expect(result.status == 78, "\(words)")
            #expect(result.errors.contains(name))
        }
        #expect(try crm.succeed("contact", "list", "--count").output == "5\n")
    }

    @Test(
        "Today is by TZ",
        arguments: ["Pacific/Kiritimati", "Etc/GMT+12", "America/Mexico_City", ":Asia/Tokyo", "CST6", "UTC", ""]
    )
    func today(_ zone: String) throws {
        let crm = try CRM(.sample)
        let words = ["opportunity", "edit", "1", "--stage", "closed_won", "--json"]
        let before = try crm.shell("date +%F", env: ["TZ": zone]).output
        let opportunity = try JSON(crm.run(words, env: ["TZ": zone]).outputBytes)
        let after = try crm.shell("date +%F", env: ["TZ": zone]).output
        let closedOn = try #require(opportunity["closed_on"]?.string)
        #expect([before, after].contains(closedOn + "\n"))
    }

    @Test("Moments are given in UTC, whatever TZ says")
    func moments() throws {
        let crm = try CRM(.database)
        let words = ["event", "add", "--subject", "x", "--json", "--starts-at"]
        let local = try JSON(crm.run(words + ["2026-07-01T10:00:00"], env: ["TZ": "America/Mexico_City"]).outputBytes)
        #expect(local["starts_at"] == "2026-07-01T16:00:00Z")
        let offset = try JSON(crm.run(words + ["2026-07-01T10:00:00+02:00"], env: ["TZ": "Asia/Tokyo"]).outputBytes)
        #expect(offset["starts_at"] == "2026-07-01T08:00:00Z")
    }
}
