import Foundation
import Testing

/// What is secret is read from a file that nobody else can read, or from the environment, and is shown nowhere.
@Suite struct ChatSecretTests {
    private let server: ChatServer
    private let crm: CRM

    init() throws {
        server = try ChatServer()
        crm = try .speaking(to: server)
        try server.order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#, in: crm)
        try crm.succeed("channel", "add", "--room-id", "GENERAL")
    }

    @Test("no process has it among its words or in its environment, nor has the database") func hidden() throws {
        try server.order(#"{"do":"fault","kind":"slow","seconds":2}"#, in: crm)
        let line = """
            crm channel sync 1 >/dev/null & sleep 1
            for folder in /proc/[0-9]*; do
                tr '\\0' ' ' <$folder/cmdline 2>/dev/null
                if [ "$(cat $folder/comm 2>/dev/null)" = curl ]; then cat $folder/environ; fi
            done >seen; wait
            """
        #expect(try crm.shell(line).status == 0)
        let seen = String(decoding: try crm.read("seen"), as: UTF8.self)
        #expect(seen.contains("curl"))
        #expect(!seen.contains("token-of-the-tests"))
        #expect(try crm.shell("grep -q token-of-the-tests crm.db crm.db-wal").status != 0)
    }

    @Test("a file that others can read is refused") func mode() throws {
        try crm.shell("chmod 640 credentials")
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == 78)
        #expect(result.errors.contains("chmod 600"))
        #expect(try crm.run("config", "set", "rocketchat.credentials", crm.file("credentials")).status == 78)
    }

    @Test(
        "what is no file is refused at once, as each sync reads it again",
        arguments: ["<(cat credentials)", "pipe", "."]
    )
    func noFile(words: String) throws {
        try crm.shell("mkfifo -m 600 pipe; chmod 700 .")
        let line = "timeout -s KILL 20 crm config set rocketchat.credentials \(words)"
        let result = try crm.shell(line, with: "/bin/bash")
        #expect(result.status == 78)
        #expect(!result.errors.contains("No such file"), "\(result.errors)")
        if words != "." { #expect(result.errors.contains("CRM_ROCKETCHAT_TOKEN"), "\(result.errors)") }
    }

    @Test("it comes from the environment as well, which curl does not get") func environment() throws {
        try crm.succeed("config", "unset", "rocketchat.credentials")
        #expect(try crm.run("channel", "sync", "1").status == 78)
        let variables = [
            "CRM_ROCKETCHAT_SERVER": server.address, "CRM_ROCKETCHAT_USER_ID": "user-of-the-tests",
            "CRM_ROCKETCHAT_TOKEN": "token-of-the-tests",
        ]
        try server.order(#"{"do":"fault","kind":"slow","seconds":2}"#, in: crm)
        let line = """
            crm channel sync 1 & sleep 1
            for folder in /proc/[0-9]*; do
                if [ "$(cat $folder/comm 2>/dev/null)" = curl ]; then cat $folder/environ; fi
            done >seen; wait
            """
        #expect(try crm.shell(line, env: variables).status == 0)
        let seen = String(decoding: try crm.read("seen"), as: UTF8.self)
        #expect(seen.contains("PATH="))
        #expect(!seen.contains("ROCKETCHAT"))
    }

    @Test("a name and a password give a token, and another when it has expired") func login() throws {
        try crm.write("server=\(server.address)\nusername=ana\npassword=se \"cret\\ & más\n", to: "credentials")
        try crm.shell("chmod 600 credentials")
        try server.order(
            #"{"do":"fault","kind":"act","orders":[{"do":"expire"}],"method":"channels.messages"}"#,
            in: crm
        )
        try server.order(#"{"do":"send","room":"GENERAL","text":"hola"}"#, in: crm)
        #expect(try crm.json("channel", "sync", "1").elements.first?["new"]?.integer == 1)
        #expect(try server.log(in: crm).count { $0["path"]?.string == "/api/v1/login" } == 2)
        try crm.write("server=\(server.address)\nusername=ana\npassword=wrong\n", to: "credentials")
        try crm.shell("chmod 600 credentials")
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == 78)
        #expect(!result.errors.contains("wrong"))
        #expect(result.errors.contains("see the name and the password"), "\(result.errors)")
    }

    @Test("a name and a password come from the environment too, and their token is given back") func logout() throws {
        try crm.succeed("config", "unset", "rocketchat.credentials")
        let variables = [
            "CRM_ROCKETCHAT_SERVER": server.address, "CRM_ROCKETCHAT_USERNAME": "ana",
            "CRM_ROCKETCHAT_PASSWORD": "se \"cret\\ & más",
        ]
        for verb in ["sync 1", "discover"] {
            #expect(try crm.shell("crm channel \(verb)", env: variables).status == 0)
        }
        let paths = try server.log(in: crm).compactMap { $0["path"]?.string }
        #expect(paths.count { $0 == "/api/v1/login" } == 2 && paths.count { $0 == "/api/v1/logout" } == 2)
        #expect(paths.last == "/api/v1/logout")
    }

    @Test("a second factor is told from a wrong password") func secondFactor() throws {
        try crm.write("\u{FEFF}server=\(server.address)\nusername=ana\npassword=x\n", to: "credentials")
        try crm.shell("chmod 600 credentials")
        try server.order(#"{"do":"set","second_factor":true}"#, in: crm)
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == 78 && result.errors.contains("second factor"), "\(result.errors)")
    }

    @Test("another path of the server is told from a room that is not there") func otherPath() throws {
        try crm.write("server=\(server.address)/chat\nuser_id=u\ntoken=t\n", to: "credentials")
        try crm.shell("chmod 600 credentials")
        try server.order(#"{"do":"fault","kind":"text","status":404}"#, in: crm)
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == 78 && result.errors.contains("see that server="), "\(result.errors)")
    }

    @Test(
        "it is sent without encryption to this machine alone",
        arguments: [
            ("http://chat.example.org", 78), ("ftp://chat.example.org", 78), ("https://user:word@chat.example.org", 78),
        ]
    )
    func plain(address: String, status: Int) throws {
        try crm.write("server=\(address)\nuser_id=u\ntoken=t\n", to: "credentials")
        try crm.shell("chmod 600 credentials")
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status == Int32(status))
        #expect(!result.errors.contains("word@"))
    }

    @Test("a channel of another server gets no token") func otherServer() throws {
        try crm.succeed("channel", "edit", "1", "--server-url", "https://elsewhere.example.org")
        #expect(try crm.run("channel", "sync", "1").status == 5)
        #expect(try crm.json("channel", "sync", "--all").elements.isEmpty)
    }

    @Test("the address may be one of IPv6") func addressOfSix() throws {
        let server = try ChatServer(host: "::1")
        let crm = try CRM.speaking(to: server)
        try server.order(#"{"do":"room","id":"GENERAL","kind":"c","name":"general"}"#, in: crm)
        try crm.succeed("channel", "discover", "--add")
        #expect(try crm.json("channel", "sync", "--all").elements.first?["name"]?.string == "general")
    }
}
