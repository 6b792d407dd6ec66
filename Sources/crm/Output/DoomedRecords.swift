import CRMKit
import Localization

/// Records that a deletion would remove, for display.
struct DoomedRecords {
    let module: Module
    let store: Store
    /// The ids of the first records, at least as many as are listed.
    let ids: [Int64]
    /// The number of records.
    let count: Int

    /// The maximum number of records listed by name.
    static let mostNamed = 10

    /// A line for each of the first records, then the number of the others.
    var lines: [Text] {
        get throws {
            var lines = try ids.prefix(Self.mostNamed).map { id in
                let words = try store.described(id, in: module).words()
                return Text(en: "\(words.en): would be deleted", es: "\(words.es): se eliminaría")
            }
            let rest = count - lines.count
            if rest > 0 {
                lines.append(
                    Text(
                        en: "and \(rest) more: \(count) \(module.several.en) in all",
                        es: "y \(rest) más: \(count) \(module.several.es) en total"
                    )
                )
            }
            return lines
        }
    }
}
