import CLIKit
import CRMKit
import Formats
import Localization

/// The merges of the pairs of an input.
struct PairMerges {
    let batch: MergeBatch
    let source: ByteSource
    let format: InputFormat
    let dialect: CSVDialect?

    /// Merges all pairs, and prints how many there were.
    func run(in store: Store, _ session: Session) throws {
        var pairs = MergedPairs(in: store, session: session)
        try session.writeWhole(to: store) { transaction in
            try take(in: transaction, session) { try pairs.note($0) }
        } tell: { report, isCommitted in
            if report.refused == 0 { try session.report(pairs.notes(of: report, isCommitted: isCommitted)) }
            try BulkSummary(counts: counts(of: report), isCommitted: isCommitted).print(in: session)
        }
    }

    /// Prints a row for each pair that would be merged, with what differs.
    func list(in store: Store, _ session: Session) throws {
        let pairs = MergedPairs(in: store, session: session)
        var (report, failure): (MergeBatch.Report?, CommandFailure?)
        try session.printListing(of: MergedPairs.columns, paged: true) { listing in
            do {
                try session.writeWhole(to: store) { transaction in
                    try take(in: transaction, session) { try listing.write(pairs.row($0)) }
                } tell: { found, _ in
                    report = found
                }
            } catch let rejected as CommandFailure {
                failure = rejected
            }
        }
        if let report {
            try session.report(pairs.notes(of: report, isCommitted: false) + [wouldMerge(report)])
        }
        if let failure { throw failure }
    }

    private func take(
        in transaction: Transaction,
        _ session: Session,
        tell: (MergeReport) throws -> Void
    ) throws -> MergeBatch.Report {
        try session.readWhole(source) { reject in
            try batch.run(
                source,
                format: format,
                dialect: dialect,
                in: transaction,
                reject: reject,
                tell: tell
            )
        }
    }

    private func counts(of report: MergeBatch.Report) -> [BulkSummary.Count] {
        [
            .rows(report.rows, isShownAtZero: nil),
            .init(
                key: "merged",
                label: .counting(report.merged, en: ("merged", "merged"), es: ("fusionado", "fusionados")),
                count: report.merged
            ),
            .init(
                key: "already_merged",
                label: .counting(
                    report.alreadyMerged,
                    en: ("already merged", "already merged"),
                    es: ("ya fusionado", "ya fusionados")
                ),
                count: report.alreadyMerged
            ),
            .refused(report.refused),
        ]
    }

    private func wouldMerge(_ report: MergeBatch.Report) -> Text {
        let others = counts(of: report).dropFirst(2).filter { $0.count > 0 }.map { count in
            Text(en: ", \(count.count) \(count.label.en)", es: ", \(count.count) \(count.label.es)")
        }
        let rest = Text(joining: others, with: "")
        let verb = report.merged == 1 ? "se fusionaría" : "se fusionarían"
        return Text(
            en: "dry run: \(report.merged) would be merged\(rest.en); nothing was saved",
            es: "simulacro: \(verb) \(report.merged)\(rest.es); no se guardó nada"
        )
    }
}
