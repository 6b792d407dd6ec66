import CLIKit
import CRMKit
import Localization

/// The options of commands that communicate with a chat server.
enum ChatOptions {
    static let authorities = ValueOption<String>(
        "cacert",
        Placeholder.file,
        summary: Text(en: "Trust the certificates in this file", es: "Confiar en los certificados de este archivo"),
        discussion: Text(
            en: "In PEM, for a server whose certificate is signed by an authority of your own.",
            es: "En PEM, para un servidor cuyo certificado firma una autoridad propia."
        ),
        completion: .files
    ).synonyms("certificado ca certificate")
    static let proxy = ValueOption<String>(
        "proxy",
        "URL",
        summary: Text(en: "Go through this proxy", es: "Salir por este proxy"),
        discussion: Text(
            en:
                "Without it the variables of the environment count that curl knows, HTTPS_PROXY and NO_PROXY. A name and a password belong there.",
            es:
                "Sin ella vale el entorno como lo conoce curl, HTTPS_PROXY y NO_PROXY. Un usuario y una contraseña van ahí."
        )
    )
    static let allowsPlain = Flag(
        "allow-http",
        summary: Text(en: "Speak to the server without encryption", es: "Hablar con el servidor sin cifrado"),
        discussion: Text(
            en: "Whoever is on the way can read the token then. To this machine itself it is allowed anyhow.",
            es: "Cualquiera en el camino puede leer entonces el token. A la propia máquina se permite siempre."
        )
    )
    static let timeLimit = ValueOption<Int>(
        "request-time",
        "N",
        in: 1...600,
        summary: Text(
            en: "The most seconds that one request may take",
            es: "Los segundos que puede durar como máximo una petición"
        ),
        discussion: Text(
            en: "600 unless given. What takes longer is tried again, five times.",
            es: "600 si no se indica. Lo que dura más se intenta de nuevo, cinco veces."
        )
    ).synonyms("tiempo timeout")

    static let network = Text(en: "Network", es: "Red")

    /// All these options.
    static var all: [any OptionDeclaration] {
        [
            authorities.grouped(under: network), proxy.grouped(under: network), allowsPlain.grouped(under: network),
            timeLimit.grouped(under: network),
        ]
    }
}

extension RocketChatServer {
    /// Returns the server named by the configuration or the environment, with the options of the command line for its
    /// requests.
    ///
    /// - Throws: ``CRMError`` `configuration` if there are no credentials; `usage` for a proxy with a password.
    static func configured(for session: Session) throws -> RocketChatServer {
        let invocation = session.invocation
        var options = HTTPOptions()
        options.authorities = invocation[ChatOptions.authorities]
        options.proxy = invocation[ChatOptions.proxy]
        options.timeLimit = try invocation[ChatOptions.timeLimit] ?? options.timeLimit
        if let proxy = options.proxy, proxy.contains("@") {
            throw CRMError(
                .usage,
                Text(
                    en: "--proxy would leave a password in the history",
                    es: "--proxy dejaría una contraseña en el historial"
                ),
                hint: Text(
                    en: "set HTTPS_PROXY in the environment",
                    es: "definir HTTPS_PROXY en el entorno"
                )
            )
        }
        return try RocketChatServer(
            ChatCredentials(environment: session.environment),
            options,
            allowsPlain: invocation[ChatOptions.allowsPlain],
            session: session
        )
    }
}
