import Testing

/// A process that is given less than others are.
@Suite struct ProcessTests {
    @Test(
        "Streams that are closed take nothing from the database",
        arguments: ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"]
    )
    func closed(streams: String) throws {
        let crm = try CRM()
        let result = try crm.shell("crm contact add --last-name Ruiz \(streams)")
        #expect(result.status == (streams.contains(">&-") && streams != "2>&-" ? 74 : 0))
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
        #expect(try crm.succeed("check").output == "severity\tmodule\tid\tmessage\n")
    }

    @Test("A home that is no absolute path is none")
    func relativeHome() throws {
        let crm = try CRM(.nothing)
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME"] { crm.environment[name] = nil }
        crm.environment["HOME"] = "relative"
        for words in [["contact", "add", "--last-name", "x"], ["init"], ["config", "set", "language", "es"]] {
            let result = try crm.run(words)
            #expect(result.status == 78)
            #expect(result.errors.contains("HOME is no absolute path"))
        }
        #expect(try crm.shell("ls -d relative /relative").status != 0)
    }

    @Test("A variable that is not UTF-8 is refused, and no other file is made")
    func malformed() throws {
        let crm = try CRM(.nothing)
        let result = try crm.shell("CRM_DB=$(printf 'x\\377.db') crm contact add --create --last-name x; echo $?; ls")
        #expect(result.output == "78\nbin\nhome\n")
        #expect(result.errors.contains("CRM_DB is not UTF-8"))
    }

    @Test(
        "A program that cannot tell where it is itself, as without /proc, works all the same",
        .enabled(if: CRM.canTrace, "no process can be traced here")
    )
    func withoutOwnPath() throws {
        let trace = "strace -f -qq -o /dev/null -e inject=readlink:error=ENOENT"
        let result = try CRM().shell("\(trace) \"$(command -v crm)\" contact list --count")
        #expect(result.status == 0 && result.output == "0\n", "\(result.status) \(result.errors)")
    }
}
