import CLIKit
import CRMKit
import Formats
import Localization

/// The summary of work on many rows, as a line of text or an object.
struct BulkSummary {
    /// The number of rows with one outcome.
    struct Count {
        let key: String
        let label: Text
        let count: Int
        /// Whether it is shown to people even if it is zero; `nil` if it is never shown to them.
        var isShownAtZero: Bool? = false
    }

    let counts: [Count]
    let isCommitted: Bool

    /// The members of the object.
    var members: [JSONMember] {
        counts.map { JSONMember($0.key, .number(JSONNumber(Int64($0.count)))) }
            + [JSONMember("committed", .bool(isCommitted))]
    }

    func print(in session: Session) throws {
        if try session.outputFormat.isJSON { return try session.print(.object(members)) }
        let shown = counts.filter { count in count.isShownAtZero.map { $0 || count.count > 0 } ?? false }
        let words = shown.map { "\($0.count) \($0.label(in: session.language))" }
        let none = Text(en: "nothing to do", es: "nada que hacer")(in: session.language)
        let tail = isCommitted ? "" : Text(en: "; nothing was saved", es: "; no se guardó nada")(in: session.language)
        try session.print((words.isEmpty ? none : words.joined(separator: ", ")) + tail + "\n")
    }
}

extension BulkSummary.Count {
    /// Returns the count of rows read.
    static func rows(_ count: Int, isShownAtZero: Bool? = true) -> Self {
        Self(
            key: "rows",
            label: .counting(count, en: ("row", "rows"), es: ("fila", "filas")),
            count: count,
            isShownAtZero: isShownAtZero
        )
    }
    /// Returns the count of created records.
    ///
    /// - Parameter module: the module of the records; `nil` if they belong to several modules.
    static func created(_ count: Int, of module: Module? = nil) -> Self {
        Self(
            key: "created",
            label: .participle("created", "cread", count, of: module),
            count: count
        )
    }
    /// Returns the count of changed records or links.
    static func updated(_ count: Int, of module: Module? = nil) -> Self {
        Self(
            key: "updated",
            label: .participle("updated", "actualizad", count, of: module),
            count: count
        )
    }
    /// Returns the count of rows without any change.
    static func unchanged(_ count: Int) -> Self {
        Self(key: "unchanged", label: Text(en: "unchanged", es: "sin cambios"), count: count)
    }
    /// Returns the count of created links.
    ///
    /// - Parameter module: the module of the records that were linked with others; `nil` for several modules.
    static func linked(_ count: Int, of module: Module? = nil) -> Self {
        Self(key: "linked", label: .participle("linked", "vinculad", count, of: module), count: count)
    }
    /// Returns the count of rejected rows of an input that is imported as a whole.
    static func refused(_ count: Int) -> Self {
        Self(
            key: "refused",
            label: .counting(count, en: ("refused", "refused"), es: ("rechazada", "rechazadas")),
            count: count
        )
    }
    /// Returns the count of rejected rows.
    ///
    /// - Parameter module: the module, if records were rejected instead of rows.
    static func failed(_ count: Int, of module: Module? = nil) -> Self {
        Self(
            key: "failed",
            label: module.map { Text.participle("failed", "fallid", count, of: $0) }
                ?? .counting(count, en: ("failed", "failed"), es: ("fallida", "fallidas")),
            count: count
        )
    }
}

extension Text {
    /// Returns the participle that agrees with a number of records.
    ///
    /// - Parameters:
    ///   - stem: the Spanish participle without its ending: `cread`.
    ///   - module: the module of the records; `nil` for any records and for links.
    static func participle(_ en: String, _ stem: String, _ count: Int, of module: Module?) -> Text {
        let ending = module?.spanish.agreeing("o", "a") ?? "o"
        return Text(en: en, es: stem + ending + (count == 1 ? "" : "s"))
    }
}
