import Testing

/// How a server of chats is reached: with a certificate that somebody made for themselves, and through a proxy.
@Suite struct ChatNetworkTests {
    private let crm: CRM
    private let server: ChatServer

    init() throws {
        crm = try CRM()
        // Its own authority, for this machine's address alone.
        let words = """
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out ca.pem -subj /CN=chat \
            -addext subjectAltName=IP:127.0.0.1 2>/dev/null && cat ca.pem key.pem >both.pem
            """
        #expect(try crm.shell(words).status == 0)
        server = try ChatServer("--certificate", crm.file("both.pem"), "--messages", "5", scheme: "https")
        try crm.configure(server)
        try crm.succeed("channel", "add", "--room-id", "BIG")
    }

    private func news(_ arguments: String...) throws -> Int? {
        try JSON(crm.succeed(["channel", "sync", "1", "--json"] + arguments).outputBytes).elements.first?["new"]?
            .integer
    }

    @Test("a certificate of nobody known is refused, and taken with its authority") func authority() throws {
        let result = try crm.run("channel", "sync", "1")
        #expect(result.status != 0 && result.status < 128)
        #expect(result.errors.contains("--cacert"), "\(result.errors)")
        #expect(try news("--cacert", crm.file("ca.pem")) == 5)
        let missing = try crm.run("channel", "sync", "1", "--cacert", "nowhere.pem")
        #expect(missing.status != 0 && missing.errors.contains("nowhere.pem"), "\(missing.errors)")
    }

    @Test("a proxy is asked for a tunnel, and sees nothing of what goes through it") func tunnel() throws {
        let proxy = try ChatServer(crm.file("asked"), script: "proxy.py")
        #expect(try news("--cacert", crm.file("ca.pem"), "--proxy", proxy.address) == 5)
        let asked = String(decoding: try crm.read("asked"), as: UTF8.self)
        #expect(asked.hasPrefix("CONNECT \(server.address.dropFirst("https://".count))"))
        #expect(!asked.contains("GET") && !asked.contains("token"))
    }

    @Test("without encryption a proxy hands on each request") func plain() throws {
        let open = try ChatServer("--messages", "5")
        try crm.configure(open)
        let proxy = try ChatServer(crm.file("asked"), script: "proxy.py")
        #expect(try news("--proxy", proxy.address) == 5)
        let asked = String(decoding: try crm.read("asked"), as: UTF8.self)
        #expect(asked.contains("GET \(open.address)/api/v1/"))
    }

    @Test("a proxy that is not there is told, and one with a password refused") func missing() throws {
        let gone = try crm.run("channel", "sync", "1", "--proxy", "http://127.0.0.1:1")
        #expect(gone.status != 0 && gone.status < 128 && !gone.errors.isEmpty)
        #expect(try crm.run("channel", "sync", "1", "--proxy", "http://u:secret@127.0.0.1:1").status == 2)
    }
}
