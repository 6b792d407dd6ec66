import CRMKit
import Formats
import Glibc
import Localization

/// The errors for unusable answers.
extension RocketChatServer {
    func noChat(_ response: HTTPResponse) -> CRMError {
        let kind = response.head?["content-type"] ?? "?"
        return CRMError(
            .configuration,
            Text(
                en: "\(credentials.server) does not answer as Rocket.Chat does: no JSON of its API (\(kind))",
                es: "\(credentials.server) no responde como Rocket.Chat: no es JSON de su API (\(kind))"
            ),
            hint: Text(
                en: "see that server= is the address at which its page opens",
                es: "revisar que server= sea la dirección en que se abre su página"
            )
        )
    }

    func redirected(_ head: HTTPHead) -> CRMError {
        failure(
            Text(
                en:
                    "the server sends on to \(head["location"] ?? "?"), which is not followed: the token would go there",
                es: "el servidor redirige a \(head["location"] ?? "?"), y no se sigue: el token iría allí"
            ),
            hint: Text(
                en: "write the address to which it leads as server=, if it is the right one",
                es: "escribir como server= la dirección a la que lleva, si es la correcta"
            )
        )
    }

    /// The error that curl ended without any output, because it does not know an option it was given.
    static var silence: CRMError {
        CRMError(
            .failed,
            Text(en: "curl has ended without a word", es: "curl terminó sin decir nada"),
            hint: Text(en: "7.76 or later is needed", es: "se necesita la versión 7.76 o posterior")
        )
    }

    var unknownUser: CRMError {
        CRMError(
            .configuration,
            canLogIn
                ? Text(
                    en: "\(credentials.server) refuses the name and the password",
                    es: "\(credentials.server) rechaza el usuario y la contraseña"
                )
                : Text(
                    en: "\(credentials.server) refuses the token: it has expired, or was taken back",
                    es: "\(credentials.server) rechaza el token: caducó o fue revocado"
                ),
            hint: canLogIn
                ? Text(
                    en: "see the name and the password, or use a token instead: user_id= and token=",
                    es: "revisar el usuario y la contraseña, o usar un token: user_id= y token="
                ) : Self.newToken
        )
    }

    /// Returns the error for a name and a password that the server refused.
    func loginRefused(_ response: HTTPResponse) -> CRMError {
        guard Self.words(of: response).tellsSecondFactor else { return unknownUser }
        return CRMError(
            .configuration,
            Text(
                en: "\(credentials.server) asks for a second factor, which a password alone does not give",
                es: "\(credentials.server) pide un segundo factor, que una contraseña sola no da"
            ),
            hint: Self.newToken
        )
    }

    /// Reads what the server says about a request that it refused.
    static func words(of response: HTTPResponse) -> ServerWords {
        var reader = JSONTreeReader(response.body, lists: [], replacingLoneSurrogates: true)
        var words = ServerWords()
        while let piece = try? reader.next() { words.note(piece.path, piece.value) }
        return words
    }

    /// Returns the error for a request that the server refused, in its own words.
    func refusal(_ words: ServerWords, _ response: HTTPResponse, _ head: HTTPHead) -> CRMError {
        // Another server at this address, or another path of it, does not know the API.
        if head.status == 404, words.reason == nil { return noChat(response) }
        return refusal(words, isMissing: head.status == 404, otherwise: "HTTP \(head.status)")
    }

    /// Returns the error for a server that wants no request for a long time.
    func busy(_ message: Text, for seconds: Double) throws -> CRMError {
        let clock = try session.clock()
        let now = Int64(Glibc.time(nil))
        // Beyond a year the number means no time any more.
        let end = now + Int64(min(seconds, 366 * 86_400))
        let moment = Moment(secondsSinceEpoch: end).map { clock.shortTime(ofStored: $0.description) } ?? ""
        return CRMError(
            .busy,
            Text(
                en: "\(credentials.server): \(message.en) and is not to be asked before \(moment)",
                es: "\(credentials.server): \(message.es) y pide no volver antes de \(moment)"
            ),
            hint: Text(
                en: "what came until now is saved: the same command goes on from there, after that time",
                es: "lo que llegó hasta ahora está guardado: después de esa hora, el mismo comando continúa desde ahí"
            )
        )
    }

    private static let newToken = Text(
        en: "make a new token in the server's preferences, under personal access tokens",
        es: "crear un token nuevo en las preferencias del servidor, en tokens de acceso personal"
    )

    func refusal(_ words: ServerWords, isMissing: Bool = false, otherwise: String = "") -> CRMError {
        let reason = words.reason ?? otherwise
        return CRMError(
            isMissing || words.tellsMissing ? .notFound : .refused,
            Text(en: "the server refuses it: \(reason)", es: "el servidor lo rechaza: \(reason)")
        )
    }

    func failure(_ message: Text, hint: Text) -> CRMError {
        CRMError(
            .failed,
            Text(en: "\(credentials.server): \(message.en)", es: "\(credentials.server): \(message.es)"),
            hint: hint
        )
    }
}
