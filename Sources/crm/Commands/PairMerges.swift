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

    /// What a trial of the merges came to, and how it ends after that.
    private typealias Outcome = (report: MergeBatch.Report?, failure: CommandFailure?)

    /// Prints each pair that would be merged, with what differs.
    func list(in store: Store, _ session: Session) throws {
        let pairs = MergedPairs(in: store, session: session)
        var outcome: Outcome = (nil, nil)
        if try session.outputFormat == .json {
            outcome = try session.withOutput { sink in try write(pairs, to: sink, in: store, session) }
        } else {
            try session.printListing(of: MergedPairs.columns, paged: true) { listing in
                outcome = try rehearse(in: store, session) { try listing.write(pairs.row($0)) }
            }
        }
        if let report = outcome.report {
            try session.report(pairs.notes(of: report, isCommitted: false) + [wouldMerge(report)])
        }
        if let failure = outcome.failure { throw failure }
    }

    /// Writes the object that the merges print, with the pairs besides. These come first, as each is written at once.
    private func write(
        _ pairs: MergedPairs,
        to sink: ByteSink,
        in store: Store,
        _ session: Session
    ) throws -> Outcome {
        var writer = JSONWriter(sink)
        try writer.beginObject()
        try writer.key("pairs")
        try writer.beginArray()
        let outcome = try rehearse(in: store, session) { try writer.value(pairs.row($0).json) }
        try writer.endArray()
        if let report = outcome.report {
            for member in BulkSummary(counts: counts(of: report), isCommitted: false).members {
                try writer.key(member.name)
                try writer.value(member.value)
            }
        }
        try writer.endObject()
        try writer.endLine()
        return outcome
    }

    private func rehearse(
        in store: Store,
        _ session: Session,
        tell: (MergeReport) throws -> Void
    ) throws -> Outcome {
        var report: MergeBatch.Report?
        do {
            try session.writeWhole(to: store) { transaction in
                try take(in: transaction, session, tell: tell)
            } tell: { found, _ in
                report = found
            }
        } catch let rejected as CommandFailure {
            return (report, rejected)
        }
        return (report, nil)
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
