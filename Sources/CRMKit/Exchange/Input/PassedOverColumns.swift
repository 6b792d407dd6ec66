import Localization

/// The columns of an input that are unknown and were skipped, for a notice to the user.
public enum PassedOverColumns {
    /// Returns the notice with the names in order; `nil` if there are none.
    public static func notice(_ names: [Text]) -> Text? {
        if names.isEmpty { return nil }
        let (en, es) = (names.map(\.en).joined(separator: ", "), names.map(\.es).joined(separator: ", "))
        return names.count == 1
            ? Text(en: "passed over the column \(en)", es: "se omitió la columna \(es)")
            : Text(en: "passed over the columns \(en)", es: "se omitieron las columnas \(es)")
    }
}
