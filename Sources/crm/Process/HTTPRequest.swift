import Formats
import Localization

/// One HTTP request.
struct HTTPRequest {
    /// The address, without secrets.
    let address: String
    /// The header fields, which may contain secrets.
    var fields: [(name: String, value: String)] = []
    /// The fields of a form, which may contain secrets. With a form, even an empty one, the request is a POST, otherwise
    /// a GET.
    var form: [(name: String, value: String)]?
}

/// Options for HTTP requests.
struct HTTPOptions {
    /// The file of trusted certificates that replaces the system's; `nil` for the system's.
    var authorities: String?
    /// The proxy; `nil` for that of the environment.
    var proxy: String?
    /// The greatest duration of one request, in seconds.
    var timeLimit = 600
    /// Whether the first failed request ends the series.
    var stopsAtFailure = true
}

/// The response to a request.
struct HTTPResponse {
    /// The status and header fields; `nil` if none arrived.
    let head: HTTPHead?
    /// The body of the response.
    let body: ByteSource
    /// The exit status of curl: 0 if the whole response has arrived (https://curl.se/docs/manpage.html, EXIT CODES).
    let outcome: Int
    /// The message of curl's error; empty if `outcome` is 0.
    let complaint: String

    /// The reason why the response is not whole: curl's own message, and in Spanish, which curl does not know, that of
    /// its exit status.
    var reason: Text {
        let own = complaint.isEmpty ? "curl: \(outcome)" : complaint
        return Text(en: own, es: Self.spanishReasons[outcome] ?? "error \(outcome) de curl")
    }

    private static let spanishReasons = [
        1: "curl no conoce ese protocolo",
        3: "la dirección está mal formada",
        5: "no se encontró el proxy",
        6: "no se encontró el servidor por su nombre",
        7: "no se pudo conectar con el servidor",
        16: "hubo un error en HTTP/2",
        18: "la respuesta llegó incompleta",
        28: "se agotó el tiempo de espera",
        35: "no se pudo establecer la conexión segura",
        52: "el servidor no respondió nada",
        55: "se cortó el envío",
        56: "se cortó la recepción",
        60: "no se pudo verificar el certificado del servidor",
        77: "no se pudo leer el archivo de certificados",
        92: "se cortó la conexión de HTTP/2",
        97: "no se pudo conectar por el proxy",
    ]
}
