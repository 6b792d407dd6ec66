import Foundation
import Testing

/// The tests' own server of Rocket.Chat's API on loopback, which Tests/ChatServer holds: it ends with this object.
final class ChatServer {
    private let process = Process()
    private let input = Pipe()
    /// Its address.
    let address: String

    /// Starts it.
    ///
    /// - Parameters:
    ///   - arguments: beside those that every one has.
    ///   - script: that of the server, or of another one that tells its port.
    init(
        _ arguments: String...,
        host: String = "127.0.0.1",
        scheme: String = "http",
        script: String = "chat_server.py"
    ) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: try Peer("python3").path)
        let all = script == "chat_server.py" ? ["--host", host] + arguments : arguments
        process.arguments = [Checkout.path("Tests/ChatServer/\(script)")] + all
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let piece = try #require(try output.fileHandleForReading.read(upToCount: 1), "the server did not start")
            line += piece
        }
        let port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)))
        address = "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
    }

    /// Tells it what to do: a JSON object whose `do` says what, as its own source has it.
    func order(_ order: String, in crm: CRM) throws {
        let words = ["-sS", "--fail", "--noproxy", "*", "--data-binary", "@-", "\(address)/control"]
        try Peer("curl").run(words, stdin: Array(order.utf8), in: crm)
    }

    /// What it was asked: an object a request.
    func log(in crm: CRM) throws -> [JSON] {
        let answer = try Peer("curl").run("-sS", "--fail", "--noproxy", "*", "\(address)/control", in: crm)
        return try JSON(answer)["log"]?.elements ?? []
    }
}

extension CRM {
    /// A sandbox whose configuration knows the user of a server.
    static func speaking(to server: ChatServer) throws -> CRM {
        let crm = try CRM()
        try crm.configure(server)
        return crm
    }

    /// Writes the credentials for a server, and configures them.
    func configure(_ server: ChatServer) throws {
        try write(
            "# chat\nserver=\(server.address)\nuser_id=user-of-the-tests\ntoken=token-of-the-tests\n",
            to: "credentials"
        )
        try shell("chmod 600 credentials")
        try succeed("config", "set", "rocketchat.credentials", file("credentials"))
    }
}
