import Foundation
import Testing

/// `document`: files in and out of the database.
@Suite struct DocumentFileTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
    }

    /// Bytes of several pieces, among them such as no text has.
    private static let long = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }

    @Test("A file is stored whole, with what its bytes and its name tell, and comes out as it was")
    func whole() throws {
        try crm.write(Self.long, to: "foto.bin")
        let id = try crm.add("document", "foto.bin", "--contact", "1", "--folder", "fotos//2026/")
        let record = try crm.json("document", "show", "\(id)")
        #expect(record["title"] == .string("foto"))
        #expect(record["file_name"] == .string("foto.bin"))
        #expect(record["media_type"] == .string("application/octet-stream"))
        #expect(record["size"] == .number("700000"))
        #expect(record["folder"] == .string("/fotos/2026"))
        let sum = try crm.shell("sha256sum foto.bin").output.prefix(64)
        #expect(record["sha256"] == .string(String(sum)))
        #expect(try crm.succeed("document", "cat", "\(id)").outputBytes == Self.long)
        #expect(try crm.succeed("document", "list", "--where", "contacts.id = 1", "--format", "id").output == "\(id)\n")
        try crm.succeed("check")
    }

    @Test("The same bytes are stored once, which is told")
    func once() throws {
        try crm.write(Self.long, to: "a.bin")
        try crm.write(Self.long, to: "b.bin")
        try crm.add("document", "a.bin")
        let size = try crm.read("crm.db").count
        let second = try crm.succeed("document", "add", "b.bin", "--format", "id")
        #expect(second.errors.contains("shares the SHA-256"))
        #expect(try crm.shell("sqlite3 crm.db 'select count(*) from content'").output == "1\n")
        #expect(try crm.read("crm.db").count - size < 100_000)
        let refused = try crm.run("document", "add", "b.bin", "--no-duplicates")
        #expect(refused.status == 5)
    }

    @Test("Standard input is a document too")
    func input() throws {
        let untitled = try crm.run("document", "add", "-", stdin: "x")
        #expect(untitled.status == 2 && untitled.errors.contains("--title"))
        let added = try crm.succeed("document", "add", "-", "--title", "Nota", "--format", "id", stdin: "una nota\n")
        #expect(try crm.succeed("document", "cat", String(added.output.dropLast())).output == "una nota\n")
    }

    @Test("A folder is taken with those in it, its links to folders not followed")
    func folder() throws {
        try crm.shell(
            """
            mkdir -p casa/2026/enero && echo uno >casa/uno.txt && echo dos >casa/2026/enero/dos.txt && \
            ln -s .. casa/arriba && mkfifo casa/tubo && printf 'tres' >"casa/$(printf 'a\\nb\\377').txt"
            """
        )
        let refused = try crm.run("document", "add", "casa")
        #expect(refused.status == 2 && refused.errors.contains("--recursive"))
        let added = try crm.succeed("document", "add", "-r", "casa", "--contact", "1", "--format", "id")
        #expect(added.lines == ["1", "2", "3"])
        #expect(added.errors.contains("passed over casa/arriba") && added.errors.contains("casa/tubo"))
        #expect(added.errors.ranges(of: "is not UTF-8").count == 1, "\(added.errors)")
        let rows = try crm.succeed("document", "list", "--columns", "title,folder", "--no-header").lines
        #expect(
            rows
                == ["1\tdos\t/casa/2026/enero", "2\ta_b\u{FFFD}\t/casa", "3\tuno\t/casa"].map {
                    $0.split(separator: "\t").dropFirst().joined(separator: "\t")
                }
        )
        #expect(try crm.succeed("log", "--format", "id").lines.count == 2)
        try crm.succeed("undo")
        #expect(try crm.succeed("document", "list", "--count").output == "0\n")
    }

    @Test("A later version takes the place of the one before, which stays")
    func versions() throws {
        try crm.write("uno\n", to: "v1.txt")
        try crm.write("dos\n", to: "v2.txt")
        try crm.add("document", "v1.txt", "--title", "Contrato")
        try crm.succeed("document", "revise", "1", "v2.txt", "--expires-on", "2030-01-01")
        let record = try crm.json("document", "show", "1")
        #expect(record["version"] == .string("2"))
        #expect(record["expires_on"] == .string("2030-01-01"))
        #expect(try crm.succeed("document", "cat", "1").output == "dos\n")
        #expect(try crm.succeed("document", "cat", "1", "--version", "1").output == "uno\n")
        let none = try crm.run("document", "cat", "1", "--version", "9")
        #expect(none.status == 3 && none.errors.contains("versions: 1, 2"))
        #expect(try crm.succeed("document", "revise", "1", "v2.txt").errors.contains("nothing changed"))
        #expect(try crm.run("document", "revise", "1", "v1.txt", "--version", "1").status != 0)

        try crm.succeed("undo")
        #expect(try crm.succeed("document", "cat", "1").output == "uno\n")
        // What only history names stays, so that it can be done again.
        #expect(try crm.succeed("document", "prune").output.hasPrefix("0 contents removed"))
        try crm.succeed("undo", "4")
        #expect(try crm.succeed("document", "cat", "1").output == "dos\n")
    }

    @Test("What text, pages and PDF say is found")
    func search() throws {
        try crm.write("Suministro de naranjas", to: "a.txt")
        try crm.write("<p>Suministro de lim&oacute;n<script>var pera</script>", to: "b.html")
        try crm.write(Array("%PDF-1.4 ...".utf8), to: "c.pdf")
        try crm.write(
            [0xFF, 0xFE] + Array("Ciruela".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            to: "d.txt"
        )
        try crm.succeed("config", "set", "pdf.text", "cat >/dev/null; echo Texto de manzanas")
        try crm.succeed("document", "add", "a.txt", "b.html", "c.pdf", "d.txt")
        for (word, id) in [("naranjas", "1"), ("limón", "2"), ("manzanas", "3"), ("ciruela", "4")] {
            let found = try crm.succeed("search", word, "--no-header").output
            #expect(found.hasPrefix("document\t\(id)\t"), "\(word): \(found)")
            #expect(found.contains("content\t"))
        }
        #expect(try crm.run("search", "pera", "--no-header").output.isEmpty)
        try crm.succeed("config", "set", "pdf.text", "exit 3")
        try crm.write(Array("%PDF-1.4 otro".utf8), to: "e.pdf")
        let stored = try crm.succeed("document", "add", "e.pdf", "--format", "id")
        #expect(stored.output == "5\n" && stored.errors.contains("e.pdf: stored without its text"))
    }

    @Test(
        "A known program that is configured by its name alone gets its arguments",
        arguments: ["pdftotext", "./bin/pdftotext", " pdftotext ", "pdftotext -layout - -", nil]
    )
    func knownTextProgram(command: String?) throws {
        try crm.write("#!/bin/sh\ncat >/dev/null; echo \"manzanas $*\" | tr -d -- -\n", to: "pdftotext.txt")
        // A file that another process may still hold open cannot be run.
        try crm.shell("cp pdftotext.txt bin/pdftotext; chmod +x bin/pdftotext")
        if let command { try crm.succeed("config", "set", "pdf.text", command) }
        try crm.write(Array("%PDF-1.4 ...".utf8), to: "c.pdf")
        let added = try crm.succeed("document", "add", "c.pdf")
        #expect(added.errors.isEmpty, "\(added.errors)")
        let arguments = command?.contains("layout") == true ? "layout" : "q enc UTF8"
        #expect(try crm.run("search", "\"manzanas \(arguments)\"", "--no-header").output.hasPrefix("document\t1\t"))
    }

    @Test(
        "Names from outside choose no place",
        arguments: ["../../x.txt", "/etc/x.txt", "..\\x.txt", "...x.txt", "-x.txt"]
    )
    func names(name: String) throws {
        try crm.succeed("document", "add", "-", "--title", "T", "--file-name", name, stdin: "x")
        try crm.succeed("document", "extract", "1", "-o", "deep")
        #expect(try crm.shell("cd deep && ls -A").output == "x.txt\n")
        #expect(try crm.mode(of: "deep/x.txt") == 0o600)
    }

    @Test("Files of one name are told apart, and none that is there is written over")
    func extract() throws {
        try crm.write("uno", to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.write("dos", to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        let written = try crm.succeed("document", "extract", "1", "2", "-o", "out")
        #expect(written.lines == ["out/a.txt", "out/a (2).txt"])
        #expect(try crm.read("out/a (2).txt") == Array("dos".utf8))
        #expect(try crm.run("document", "extract", "2", "-o", "out").status == 74)
        #expect(try crm.read("out/a.txt") == Array("uno".utf8))
        try crm.succeed("document", "extract", "2", "-o", "out", "--replace")
        #expect(try crm.read("out/a.txt") == Array("dos".utf8))
    }

    @Test("The title of what is at a path is its name without its ending, as that of what is stored")
    func titleOfPath() throws {
        try crm.write("uno", to: "carta.txt")
        try crm.add("document", "--path", "carta.txt")
        #expect(try crm.json("document", "show", "1")["title"] == "carta")
    }

    @Test("Verify tells what is damaged, what is missing, and what has changed at its path")
    func verify() throws {
        try crm.write("uno", to: "a.txt")
        try crm.write("dos", to: "b.txt")
        try crm.succeed("document", "add", "a.txt", "b.txt")
        try crm.add("document", "--title", "Fuera", "--path", "b.txt")
        try crm.add("document", "--title", "Web", "--url", "https://example.org/x")
        #expect(try crm.succeed("document", "verify").errors.contains("contents read: 2, 6 bytes; problems: 0"))
        try crm.write("tres", to: "b.txt")
        #expect(try crm.succeed("document", "verify").errors.contains("has changed since"))
        #expect(try crm.json("document", "show", "3")["size"] == .number("4"))
        try crm.shell("sqlite3 crm.db \"update content_piece set bytes = x'757575' where content = 1\"")
        try crm.shell(
            "sqlite3 crm.db 'delete from content_piece where content = 2; delete from content_text where content = 2; delete from content where id = 2'"
        )
        try crm.shell("rm b.txt")
        let result = try crm.run("document", "verify", "--no-header")
        #expect(result.status == 1)
        #expect(result.lines.count == 3)
        #expect(result.output.contains("is damaged") && result.output.contains("is missing"))
        #expect(try crm.run("document", "verify", "1", "--no-header").lines.count == 1)
        let cat = try crm.run("document", "cat", "2")
        #expect(cat.status == 3 && cat.output.isEmpty)
    }

    @Test("What is damaged is sound again once the file is stored again", arguments: [3, 400_000])
    func healing(size: Int) throws {
        let bytes = [UInt8](repeating: 0x61, count: size)
        try crm.write(bytes, to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.shell("sqlite3 crm.db \"update content_piece set bytes = x'626262' where number = 0\"")
        #expect(try crm.run("document", "verify").status == 1)
        try crm.succeed("document", "add", "a.txt")
        #expect(try crm.succeed("document", "verify").errors.contains("problems: 0"))
        #expect(try crm.run("document", "cat", "1").outputBytes == bytes)
        #expect(try crm.succeed("check").status == 0)
    }

    @Test("A text that could not be made is made when the file comes again")
    func laterText() throws {
        try crm.write(Array("%PDF-1.4 ...".utf8), to: "c.pdf")
        try crm.succeed("config", "set", "pdf.text", "exit 3")
        try crm.succeed("document", "add", "c.pdf")
        #expect(try crm.run("search", "manzanas", "--no-header").output.isEmpty)
        try crm.succeed("config", "set", "pdf.text", "cat >/dev/null; echo Texto de manzanas")
        try crm.succeed("document", "revise", "1", "c.pdf")
        #expect(try crm.succeed("search", "manzanas", "--no-header").output.hasPrefix("document\t1\t"))
    }

    @Test("What is thrown away is gone only when history lets go")
    func prune() throws {
        try crm.write("uno", to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.succeed("document", "delete", "1", "--yes")
        #expect(try crm.succeed("document", "prune", "--dry-run").output.hasPrefix("0 contents removed"))
        try crm.shell("sqlite3 crm.db 'delete from change'")
        #expect(
            try crm.succeed("document", "prune", "--json").output == #"{"removed":1,"bytes":3,"committed":true}"# + "\n"
        )
    }

    @Test("An export carries contents where it is asked to, and apply takes them back")
    func export() throws {
        try crm.write(Self.long, to: "foto.bin")
        try crm.write("Suministro de naranjas", to: "a.txt")
        try crm.write([], to: "vacio")
        try crm.succeed("document", "add", "foto.bin", "a.txt", "vacio")
        try crm.succeed("document", "revise", "2", "vacio")
        try crm.succeed("export", "-o", "bare.jsonl")
        try crm.succeed("export", "--with-content", "-o", "whole.jsonl")
        #expect(!String(decoding: try crm.read("bare.jsonl"), as: UTF8.self).contains("base64"))
        try crm.succeed("--db", "copy.db", "apply", "whole.jsonl", "--create")
        #expect(try crm.succeed("--db", "copy.db", "document", "verify").errors.contains("problems: 0"))
        #expect(try crm.succeed("--db", "copy.db", "document", "cat", "1").outputBytes == Self.long)
        #expect(
            try crm.succeed("--db", "copy.db", "document", "cat", "2", "--version", "1").output.hasPrefix("Suministro")
        )
        try crm.succeed("--db", "copy.db", "export", "--with-content", "-o", "again.jsonl")
        #expect(try crm.read("again.jsonl") == crm.read("whole.jsonl"))

        let broken = String(decoding: try crm.read("whole.jsonl"), as: UTF8.self)
            .replacingOccurrences(of: #""offset":262144"#, with: #""offset":262143"#)
        try crm.write(broken, to: "broken.jsonl")
        let refused = try crm.run("--db", "other.db", "apply", "broken.jsonl", "--create")
        #expect(refused.status == 6 && refused.errors.contains("not the next piece"))
    }

    @Test("The text of a long file is cut before a character, and comes back equal from an export")
    func cutText() throws {
        try crm.write("a" + String(repeating: "ñ", count: 600_000), to: "largo.txt")
        try crm.succeed("document", "add", "largo.txt")
        try crm.succeed("export", "--with-content", "-o", "whole.jsonl")
        #expect(!String(decoding: try crm.read("whole.jsonl"), as: UTF8.self).contains("\u{FFFD}"))
        try crm.succeed("--db", "copy.db", "apply", "whole.jsonl", "--create")
        try crm.succeed("--db", "copy.db", "export", "--with-content", "-o", "again.jsonl")
        #expect(try crm.read("again.jsonl") == crm.read("whole.jsonl"))
    }

    @Test("An export keeps contents in a folder beside it where it is asked to, and apply takes them back from there")
    func exportBeside() throws {
        try crm.write(Self.long, to: "foto.bin")
        try crm.write("Suministro de naranjas", to: "a.txt")
        try crm.write([], to: "vacio")
        try crm.succeed("document", "add", "foto.bin", "a.txt", "vacio")
        try crm.succeed("export", "-o", "all.jsonl", "--content-folder", "contents")
        #expect(try crm.shell("cd contents && sha256sum * | awk '$1 != $2 || NF != 2' && ls | wc -l").output == "3\n")
        try crm.shell("touch -d 2001-01-01 contents/*")
        try crm.succeed("export", "-o", "all.jsonl", "--content-folder", "contents")
        #expect(try crm.shell("find contents -type f -newermt 2002-01-01").output.isEmpty)

        try crm.succeed("--db", "copy.db", "apply", "all.jsonl", "--create", "--content-folder", "contents")
        #expect(try crm.succeed("--db", "copy.db", "document", "verify").errors.contains("problems: 0"))
        #expect(try crm.succeed("--db", "copy.db", "document", "cat", "1").outputBytes == Self.long)
        #expect(try crm.succeed("--db", "copy.db", "search", "naranjas", "--format", "id").output == "2\n")
        #expect(try crm.succeed("--db", "copy.db", "apply", "all.jsonl").status == 0, "what is there is not read again")
        try crm.succeed("--db", "copy.db", "export", "-o", "again.jsonl", "--content-folder", "contents")
        #expect(try crm.read("again.jsonl") == crm.read("all.jsonl"))

        let bare = try crm.run("--db", "other.db", "apply", "all.jsonl", "--create")
        #expect(bare.status == 6 && bare.errors.ranges(of: "--content-folder").count == 1, "\(bare.errors)")
        // What a disk has spoilt without changing its size is written anew.
        let file = "contents/$(sha256sum <a.txt | cut -c1-64)"
        try crm.shell("printf X | dd of=\(file) conv=notrunc 2>/dev/null")
        try crm.succeed("export", "-o", "all.jsonl", "--content-folder", "contents")
        #expect(try crm.shell("cmp \(file) a.txt").status == 0)
        try crm.shell("printf x >>contents/$(sha256sum <a.txt | cut -c1-64)")
        let damaged = try crm.run("--db", "other.db", "apply", "all.jsonl", "--create", "--content-folder", "contents")
        #expect(damaged.status == 6 && damaged.errors.contains("is not the SHA-256 of the bytes"))
        try crm.write(#"{"content":"../a.txt","size":3}"# + "\n", to: "evil.jsonl")
        let evil = try crm.run("--db", "other.db", "apply", "evil.jsonl", "--create", "--content-folder", "contents")
        #expect(evil.status == 6 && evil.errors.contains("is not a SHA-256"))
        #expect(try crm.run("export", "--with-content", "--content-folder", "contents").status == 2)
    }

    @Test("A link in the folder leads no file out of it")
    func extractOverLink() throws {
        try crm.write("nuevo", to: "l.txt")
        try crm.succeed("document", "add", "l.txt")
        try crm.shell("mkdir out victim; echo precious >victim/v.txt; ln -s ../victim/v.txt out/l.txt")
        #expect(try crm.run("document", "extract", "1", "-o", "out").status == 74)
        try crm.succeed("document", "extract", "1", "-o", "out", "--replace")
        #expect(try crm.shell("cat victim/v.txt; test -L out/l.txt || cat out/l.txt").output == "precious\nnuevo")
    }

    @Test("A pipe is refused, since nobody may ever write to it while the database is held") func pipe() throws {
        try crm.shell("mkfifo pipe")
        let result = try crm.run("document", "add", "pipe")
        #expect(result.status == 74)
        #expect(result.errors.contains("pipe is no file but a pipe or a device"))
    }

    @Test("What is kept by its path is opened there, though another document has the same bytes")
    func openAtPath() throws {
        try crm.write("uno", to: "a.txt")
        try crm.shell("printf '#!/bin/sh\\necho \"$1\"\\n' >bin/xdg-open && chmod +x bin/xdg-open")
        try crm.add("document", "--title", "Fuera", "--path", "a.txt")
        try crm.succeed("document", "add", "a.txt")
        func place(_ id: String) throws -> String {
            try crm.succeed("document", "open", id).output
        }
        #expect(try place("1") == "\(crm.file("a.txt"))\n")
        #expect(try place("2") != "\(crm.file("a.txt"))\n")
    }

    @Test("A hash or a size given by hand is held against the bytes")
    func stated() throws {
        try crm.write("uno", to: "a.txt")
        try crm.write("dos", to: "b.txt")
        let (one, other) = (try crm.shell("sha256sum <a.txt").output.prefix(64), String(repeating: "ab", count: 32))
        for words in [["a.txt"], ["--title", "Fuera", "--path", "a.txt"]] {
            let refused = try crm.run(["document", "add"] + words + ["--sha256", other])
            #expect(refused.status == 2 && refused.errors.contains("it is \(one)"))
            #expect(try crm.run(["document", "add"] + words + ["--size", "4"]).status == 2)
            try crm.succeed(["document", "add"] + words + ["--sha256", one.uppercased(), "--size", "3"])
        }
        for id in ["1", "2"] {
            let refused = try crm.run("document", "edit", id, "--sha256", other)
            #expect(refused.status == 2 && refused.errors.contains("it is \(one)"))
        }
        #expect(try crm.run("document", "edit", "1", "--path", "b.txt").status == 5)
        #expect(try crm.run("document", "edit", "--where", "id > 0", "--sha256", other).status == 2)
        try crm.succeed("document", "edit", "2", "--path", "b.txt")
        let moved = try crm.json("document", "show", "2")
        #expect(moved["path"] == .string(crm.file("b.txt")) && moved["title"] == "Fuera")
        #expect(moved["sha256"] == .string(String(try crm.shell("sha256sum <b.txt").output.prefix(64))))
        // Of what is only told, without bytes, nothing is known.
        try crm.add("document", "--title", "Solo dicho", "--sha256", other)
    }
}
