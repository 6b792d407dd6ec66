import CLIKit
import CRMKit
import Glibc
import Localization

/// The user's credentials for a Rocket.Chat server, read from a file that only the user can read, or from the
/// environment.
struct ChatCredentials {
    /// The credentials sent to the server.
    enum Proof {
        /// An existing token.
        case token(userID: String, token: String)
        /// A name and a password, for which the server issues a token.
        case password(username: String, password: String)
    }

    let server: WebServer
    let proof: Proof

    /// The names of the environment variables.
    private static let variables = (
        server: "CRM_ROCKETCHAT_SERVER", userID: "CRM_ROCKETCHAT_USER_ID", token: "CRM_ROCKETCHAT_TOKEN",
        username: "CRM_ROCKETCHAT_USERNAME", password: "CRM_ROCKETCHAT_PASSWORD"
    )
    private static let longest = 1 << 16

    /// Reads the credentials from the environment, or otherwise from the configured file.
    ///
    /// - Throws: ``CRMError`` `configuration` if there are no credentials, if others can read the file, and for
    ///   malformed contents. No message contains a secret.
    init(environment: Environment) throws(CRMError) {
        let variables = Self.variables
        let names = [
            "server": variables.server, "user_id": variables.userID, "token": variables.token,
            "username": variables.username, "password": variables.password,
        ]
        let values = names.compactMapValues { environment.nonEmpty($0) }
        if values["token"] != nil || values["password"] != nil {
            try self.init(values, source: Text(en: "the environment", es: "el entorno"), names: names)
            return
        }
        guard let path = try UserConfiguration(environment: environment).value(of: .chatCredentials) else {
            throw CRMError(
                .configuration,
                Text(
                    en: "nothing says how to log in to Rocket.Chat",
                    es: "nada dice cómo entrar en Rocket.Chat"
                ),
                hint: Text(
                    en: """
                        write server=, user_id= and token= (or username= and password=) in a file of mode 0600, then: \
                        \(ProgramName.placeholder) config set rocketchat.credentials FILE
                        """,
                    es: """
                        escribir server=, user_id= y token= (o username= y password=) en un archivo de modo 0600, y \
                        después: \(ProgramName.placeholder) config set rocketchat.credentials ARCHIVO
                        """
                )
            )
        }
        try self.init(try Self.read(path), source: Text(path), names: [:])
    }

    private init(_ values: [String: String], source: Text, names: [String: String]) throws(CRMError) {
        func value(_ key: String) throws(CRMError) -> String {
            if let value = values[key] { return value }
            let name = names[key] ?? "\(key)="
            throw CRMError(
                .configuration,
                Text(en: "\(source.en) has no \(name)", es: "\(source.es): falta \(name)"),
                hint: Text(
                    en: "server, user_id and token are needed, or server, username and password",
                    es: "se necesitan server, user_id y token, o server, username y password"
                )
            )
        }
        let address = try value("server")
        guard let server = WebServer(address) else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(source.en): the server is not an address like https://chat.example.org",
                    es: "\(source.es): el servidor no es una dirección como https://chat.example.org"
                )
            )
        }
        self.server = server
        if values["token"] == nil, values["username"] != nil || values["password"] != nil {
            proof = .password(username: try value("username"), password: try value("password"))
        } else {
            proof = .token(userID: try value("user_id"), token: try value("token"))
        }
    }

    /// Returns the values in the lines `key=value` of a file.
    private static func read(_ path: String) throws(CRMError) -> [String: String] {
        try checkIsPrivate(path)
        let bytes = try SmallFile.readIfThere(path, atMost: longest, failingAs: .configuration)
        guard let bytes else { throw CRMError(.configuration, errno: ENOENT, path: path) }
        // Some editors of Windows begin a file with a byte order mark.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        guard let text = String(validating: content, as: UTF8.self) else {
            throw CRMError(.configuration, Text(en: "\(path) is not UTF-8", es: "\(path) no es UTF-8"))
        }
        let keys: Set = ["server", "user_id", "token", "username", "password"]
        var values: [String: String] = [:]
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = line.drop(while: \.isWhitespace)
            if line.isEmpty || line.first == "#" { continue }
            let key = line.prefix { $0 != "=" }
            let name = String(key.filter { !$0.isWhitespace })
            guard key.count < line.count, keys.contains(name) else {
                throw CRMError(
                    .configuration,
                    Text(
                        en: "\(path), line \(index + 1): not one of server=, user_id=, token=, username=, password=",
                        es: "\(path), línea \(index + 1): no es server=, user_id=, token=, username= ni password="
                    )
                )
            }
            // A password may begin and end with any characters.
            let value = line.dropFirst(key.count + 1)
            values[name] = name == "password" ? String(value) : String(value.filter { !$0.isWhitespace })
        }
        return values.filter { !$0.value.isEmpty }
    }

    /// Checks that a path is that of a regular file, which every sync can read again, and that only its owner can read
    /// it.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that others can read or write, and for a pipe, a device or a
    ///   folder.
    static func checkIsPrivate(_ path: String) throws(CRMError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CRMError(.configuration, errno: errno, path: path) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw CRMError(.configuration, errno: EISDIR, path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let names = variables
            throw CRMError(
                .configuration,
                InputFile.notOne(path).message,
                hint: Text(
                    en: "what is in no file goes into \(names.server), \(names.userID) and \(names.token)",
                    es: "lo que no está en un archivo va en \(names.server), \(names.userID) y \(names.token)"
                )
            )
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CRMError(
                .configuration,
                Text(
                    en: "others than its owner can read \(path), which holds a secret",
                    es: "\(path) contiene un secreto y no solo su dueño puede leerlo"
                ),
                hint: Text("chmod 600 \(path.quotedForShell)")
            )
        }
    }
}
