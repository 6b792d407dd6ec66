import CLIKit
import CRMKit
import Formats
import Localization

/// The report at the end of an import, with counts of its rows.
struct ImportSummary {
    private let report: ImportReport
    private let module: Module
    private let isCommitted: Bool

    init(_ report: ImportReport, of module: Module, isCommitted: Bool) {
        self.report = report
        self.module = module
        self.isCommitted = isCommitted
    }

    func print(in session: Session) throws {
        let counts: [BulkSummary.Count] = [
            .rows(report.rows), .created(report.created, of: module), .updated(report.updated, of: module),
            .unchanged(report.unchanged),
            .init(
                key: "skipped",
                label: .counting(report.skipped, en: ("skipped", "skipped"), es: ("omitida", "omitidas")),
                count: report.skipped
            ),
            .linked(report.linked),
            .init(
                key: "ended",
                label: .counting(report.ended, en: ("ended", "ended"), es: ("terminado", "terminados")),
                count: report.ended
            ),
            .init(
                key: "created_missing",
                label: .counting(
                    report.createdMissing,
                    en: ("made because named", "made because named"),
                    es: ("creado por ser nombrado", "creados por ser nombrados")
                ),
                count: report.createdMissing
            ),
            .init(
                key: "deleted",
                label: .participle("deleted", "eliminad", report.deleted, of: module),
                count: report.deleted
            ),
            .failed(report.failed),
        ]
        try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
    }
}
