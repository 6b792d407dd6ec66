import CRMKit
import Formats
import Localization

/// The output about many merges at once: in a dry run a row for each pair, and after the merges the values that only the
/// history has.
struct MergedPairs {
    /// The greatest number of values that are told one by one.
    private static let mostTold = 20

    private let store: Store
    private let session: Session
    /// The first sentences about values that only the history has.
    private var told: [Text] = []

    init(in store: Store, session: Session) {
        self.store = store
        self.session = session
    }

    static let columns = [
        Listing.Column("keep", en: "Keep", es: "Queda", isID: true),
        Listing.Column("keep.name", en: "Name", es: "Nombre"),
        Listing.Column("merge", en: "Merge", es: "Se fusiona", isID: true),
        Listing.Column("merge.name", en: "Name", es: "Nombre"),
        Listing.Column("differences", en: "Differs", es: "Difiere", isPreferred: true),
    ]

    /// Returns the row of a pair. In JSON it has a row of ``MergeOutput/rows()`` for each differing field.
    func row(_ report: MergeReport) throws -> Listing.Row {
        let output = MergeOutput(report, store: store, session: session)
        let pair = report.plan.records.prefix(2).map { (id: $0.id, name: $0.displayName) }
        let names = pair.flatMap { ["\($0.id)", $0.name] }
        let format = try session.outputFormat
        let differences = format.isJSON ? try output.rows().map { $0.json } : []
        let words = format.isJSON ? [] : try output.shortly()
        let sides = zip(["keep", "merge"], pair).map { key, side in
            JSONMember(key, .object([JSONMember("id", .integer(side.id)), JSONMember("name", .string(side.name))]))
        }
        return Listing.Row(
            machine: names + [words.map { $0.machine }.joined(separator: "; ")],
            people: names + [words.map { $0.people }.joined(separator: "; ")],
            json: .object(sides + [JSONMember("differences", .array(differences))])
        )
    }

    /// Takes note of a merge.
    mutating func note(_ report: MergeReport) throws {
        guard told.count <= Self.mostTold else { return }
        told += try MergeOutput(report, store: store, session: session).lost { $0 == .history }
    }

    /// Returns sentences about the values that only the history has: one for each value, or their numbers by field if
    /// there are too many.
    ///
    /// - Parameter isCommitted: whether it is so already, and not only what a dry run has shown.
    func notes(of report: MergeBatch.Report, isCommitted: Bool) -> [Text] {
        guard report.lostCount > 0 else { return [] }
        if isCommitted, report.lostCount <= Self.mostTold { return told }
        let fields = report.lost.map { lost in
            Text(en: "\(lost.field.label.en) \(lost.count)", es: "\(lost.field.label.es) \(lost.count)")
        }
        let list = Text(joining: fields, with: ", ")
        return [
            Text(
                en: "values that differ and only the history has\(isCommitted ? "" : " then"): \(list.en)",
                es: "valores que difieren y \(isCommitted ? "quedan" : "quedarían") solo en el historial: \(list.es)"
            )
        ]
    }
}
