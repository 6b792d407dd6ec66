import Testing

/// Several processes at once on one file.
@Suite struct ConcurrencyTests {
    private static let everyProcess = 8

    @Test("Eight processes that write at once lose no row", arguments: [true, false])
    func eight(_ exists: Bool) throws {
        let crm = try CRM(exists ? .database : .nothing)
        let each = exists ? 15 : 4
        let script = """
            for process in 1 2 3 4 5 6 7 8; do
                ( for i in $(seq \(each)); do
                    crm contact add --last-name "P$process-$i" --format id --timeout 60 >> "ids.$process" || echo "$process: $?" >> failed
                done ) 2>> errors &
            done
            wait
            cat failed 2>/dev/null
            true
            """
        let result = try crm.shell(script)
        #expect(result.output == "", "\(String(decoding: (try? crm.read("errors")) ?? [], as: UTF8.self))")
        #expect(try crm.run("contact", "list", "--count").output == "\(Self.everyProcess * each)\n")
        let ids = try crm.shell("cat ids.* | sort -n | uniq").lines
        #expect(ids.count == Self.everyProcess * each)
        let notes = String(decoding: try crm.read("errors"), as: UTF8.self).split(separator: "\n")
        #expect(notes.count == (exists ? 0 : 1), "one of them made the database: \(notes)")
        let names = try crm.run("contact", "list", "--columns", "last_name", "--no-header").lines
        #expect(Set(names).count == Self.everyProcess * each)
    }

    @Test("The creation of the file is won by one and lost by none, time after time")
    func creation() throws {
        for _ in 1...6 {
            let crm = try CRM(.nothing)
            let script = """
                for process in 1 2 3 4 5 6 7 8; do
                    crm contact add --last-name "P$process" --quiet > /dev/null 2>> errors || echo $? >> failed &
                done
                wait
                cat failed errors 2>/dev/null
                true
                """
            #expect(try crm.shell(script).output == "")
            #expect(try crm.run("contact", "list", "--count").output == "8\n")
        }
    }

    @Test("A bulk link beside single writes: both are whole")
    func bulkBesideSingles() throws {
        let crm = try CRM(.sample)
        let rows = (0..<3000).map { _ in "4,1\n4,2\n5,3\n" }.joined()
        try crm.write("contact,asset\n" + rows, to: "links.csv")
        let script = """
            crm contact link asset --input links.csv --timeout 60 > bulk & bulk=$!
            for i in 1 2 3 4 5 6; do crm contact add --last-name "N$i" --timeout 60 > /dev/null || echo failed; done
            wait $bulk || echo failed
            """
        #expect(try crm.shell(script).output == "")
        #expect(String(decoding: try crm.read("bulk"), as: UTF8.self) == "3 linked, 8997 already linked\n")
        #expect(try crm.succeed("contact", "list", "--count").output == "11\n")
    }
}
