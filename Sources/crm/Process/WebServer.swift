import CRMKit
import Formats
import Localization

/// The address of a server: scheme, host and optionally port and path.
struct WebServer: Equatable, CustomStringConvertible {
    /// The address in canonical form, without a slash at its end.
    let description: String
    private let host: String
    private let isSecret: Bool

    /// Reads an address; the default scheme is https.
    ///
    /// - Returns: `nil` for text that is not the address of a server, and for an address with a user name or a
    ///   password.
    init?(_ text: String) {
        var rest = Substring(text)
        let scheme: String
        if let mark = rest.firstRange(of: "://") {
            scheme = rest[..<mark.lowerBound].lowercased()
            rest = rest[mark.upperBound...]
        } else {
            scheme = "https"
        }
        guard scheme == "https" || scheme == "http" else { return nil }
        while rest.hasSuffix("/") { rest.removeLast() }
        let place = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(place.count)
        guard let host = Self.host(of: place),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#\"\\".utf8.contains($0) })
        else { return nil }
        self.host = host
        isSecret = scheme == "https"
        description = "\(scheme)://\(place.lowercased())\(path)"
    }

    /// Whether communication with the server is private: it is encrypted, or never leaves the machine.
    var isPrivate: Bool { isSecret || isLoopback }

    /// Whether the host is this machine.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers[0] == 127 && numbers.allSatisfy { $0 != nil }
    }

    /// Returns the host, without brackets, of `host`, `host:port` or `[address]:port`.
    private static func host(of place: Substring) -> String? {
        var place = place
        var host: Substring
        if place.first == "[" {
            guard let end = place.firstIndex(of: "]") else { return nil }
            host = place[place.index(after: place.startIndex)..<end]
            place = place[place.index(after: end)...]
            guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            host = place.prefix { $0 != ":" }
            place = place.dropFirst(host.count)
            let isName = host.utf8.allSatisfy { byte in
                byte.isLetterOrDigit || "-._".utf8.contains(byte) || byte >= 0x80
            }
            guard !host.isEmpty, isName else { return nil }
        }
        if !place.isEmpty {
            guard place.first == ":", UInt16(place.dropFirst()) != nil else { return nil }
        }
        return host.lowercased()
    }
}
