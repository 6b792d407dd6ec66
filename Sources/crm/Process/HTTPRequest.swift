import Formats

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
}
