import Foundation
import Testing

@Suite("make install")
struct InstallationTests {
    /// Runs make as a packager does, with the program under test for the one that was built.
    private func make(_ target: String, _ variables: String..., in crm: CRM) throws {
        let program = crm.program
        let words = [target, "binary=\(program)", "--old-file=\(program)", "DESTDIR=\(crm.file("root"))"] + variables
        let run = try RunningProcess(
            "/usr/bin/make",
            ["--directory", Checkout.folder] + words,
            environment: crm.environment,
            in: crm.folder
        )
        try #require(run.status == 0, "\(String(decoding: run.errors, as: UTF8.self))")
    }

    private func files(in crm: CRM) throws -> Set<String> {
        let root = crm.file("root")
        return Set(
            try FileManager.default.subpathsOfDirectory(atPath: root).filter { name in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: "\(root)/\(name)", isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
        )
    }

    @Test(
        "puts program, pages and completions where they are looked for, under any name; uninstall takes them all away",
        arguments: [("crm", "usr/local"), ("other", "usr")]
    )
    func places(name: String, prefix: String) throws {
        let crm = try CRM(.nothing)
        try make("install", "PROGRAM=\(name)", "PREFIX=/\(prefix)", in: crm)
        let pages = try [("man", "man1"), ("man/es/man1", "es/man1")].flatMap { folder, place in
            try Checkout.names(in: folder).map { "share/man/\(place)/" + name + $0.dropFirst("crm".count) }
        }
        let expected =
            [
                "bin/\(name)", "share/bash-completion/completions/\(name)", "share/zsh/site-functions/_\(name)",
                "share/fish/vendor_completions.d/\(name).fish",
            ] + pages
        #expect(try files(in: crm) == Set(expected.map { "\(prefix)/\($0)" }))
        for file in expected {
            #expect(try crm.mode(of: "root/\(prefix)/\(file)") == (file.hasPrefix("bin/") ? 0o755 : 0o644), "\(file)")
        }

        try make("uninstall", "PROGRAM=\(name)", "PREFIX=/\(prefix)", in: crm)
        #expect(try files(in: crm).isEmpty)
    }

    @Test("makes a program that speaks of itself by the name it was given")
    func name() throws {
        let crm = try CRM(.nothing)
        try make("install", "PROGRAM=other", in: crm)
        let program = "\(crm.file("root"))/usr/local/bin/other"
        let mistake = try crm.shell("\(program) contcat")
        #expect(mistake.status == 2)
        #expect(mistake.errors.hasPrefix("other: "))
        let texts = try [
            crm.shell("\(program) --help"), crm.shell("\(program) contact list --help"),
            crm.shell("cat root/usr/local/share/man/man1/*.1 root/usr/local/share/man/es/man1/*.1"),
            crm.shell("cat root/usr/local/share/*/*/*other*"),
        ]
        for text in texts {
            // Files, folders and variables keep the project's name, as they do wherever programs are renamed.
            let own = text.output
                .replacing("\\-", with: "-")
                .replacing(/[~a-zA-Z_.$\/]*\/crm\b\S*|CRM_\w+|\w*\.crm\b|\bcrm(\.db|-\d)\S*/, with: "")
            #expect(own.contains("other"))
            #expect(!own.contains(/\bcrm\b/), "\(own.firstMatch(of: /.*\bcrm\b.*/)?.output ?? "")")
        }
    }
}
