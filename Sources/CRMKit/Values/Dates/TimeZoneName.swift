import Glibc
import Localization

/// The name of a zone in the IANA time zone database, `America/Mexico_City`.
public struct TimeZoneName: Sendable, Hashable {
    /// The name in the database's spelling.
    public let text: String

    /// Reads a name.
    ///
    /// - Parameter zones: the folder of the system's zones. If it is missing, only the syntax is checked.
    /// - Throws: ``ValueError`` for a malformed name, and for zones the system does not have.
    public init(parsing text: String, zones: ZoneDirectory) throws(ValueError) {
        let isKnown = Self.isName(text) && (!zones.exists || zones.zone(named: text) != nil)
        guard isKnown || text == "UTC" else {
            throw ValueError(
                en: "not a time zone: write its IANA name, as in America/Mexico_City",
                es: "no es una zona horaria: escribir su nombre IANA, como America/Mexico_City"
            )
        }
        self.text = text
    }

    /// Whether a text follows the naming rules of the database: parts of letters, digits, `+`, `-`, `_` and `.`, none
    /// of them `.` or `..`.
    private static func isName(_ text: String) -> Bool {
        // Copies of the whole database and the system's own setting are no names of zones.
        for foreign in ["posix/", "right/", "posixrules", "localtime"] where text.hasPrefix(foreign) { return false }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.contains { $0 != UInt8(ascii: ".") }
                && part.allSatisfy { $0.isLetter || $0.isDigit || "+-_.".utf8.contains($0) }
        }
    }

    /// Returns the zone that the environment variable TZ names or, if TZ is not set, the system's own zone.
    ///
    /// - Returns: `nil` if the zone has no name: for a rule, or a file in another folder.
    static func ofUser(TZ: String?, zones: ZoneDirectory) -> TimeZoneName? {
        guard let TZ else {
            guard let path = target(ofLink: "/etc/localtime"), let start = path.range(after: "/zoneinfo/") else {
                return nil
            }
            let name = String(path[start...])
            return try? TimeZoneName(parsing: name == "Etc/UTC" ? "UTC" : name, zones: zones)
        }
        let name = TZ.utf8.first == UInt8(ascii: ":") ? String(TZ.dropFirst()) : TZ
        return try? TimeZoneName(parsing: name.isEmpty || name == "GMT" ? "UTC" : name, zones: zones)
    }

    /// Returns the target of a symbolic link; `nil` for any other path.
    private static func target(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let length = readlink(path, &bytes, bytes.count)
        guard length > 0, length < bytes.count else { return nil }
        return String(decoding: bytes[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension String {
    /// Returns the index after the first occurrence of a part of the text; `nil` when there is none.
    fileprivate func range(after part: String) -> Index? {
        indices.first { self[$0...].hasPrefix(part) }.map { index($0, offsetBy: part.count) }
    }
}
