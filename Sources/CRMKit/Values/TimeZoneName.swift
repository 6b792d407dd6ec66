import Localization

/// The name of a zone in the IANA time zone database, `America/Mexico_City`.
public struct TimeZoneName: Sendable, Hashable {
    /// The name in the database's spelling.
    public let text: String

    /// Reads a name.
    ///
    /// - Parameter zones: where the system keeps its zones. Where that folder is missing, only the syntax is checked.
    /// - Throws: ``ValueError`` for what is no name, and for zones the system does not have.
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

    /// The naming rules of the database: parts of letters, digits, `+`, `-`, `_` and `.`, none of them `.` or `..`.
    private static func isName(_ text: String) -> Bool {
        // Folders of copies of the whole database, and the system's own setting: they are no names of zones.
        for foreign in ["posix/", "right/", "posixrules", "localtime"] where text.hasPrefix(foreign) { return false }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.contains { $0 != UInt8(ascii: ".") }
                && part.allSatisfy { $0.isLetter || $0.isDigit || "+-_.".utf8.contains($0) }
        }
    }
}
