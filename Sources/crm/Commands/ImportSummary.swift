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

extension Session {
    /// Progress through rows of which nobody knows how many there are.
    var rowProgress: Progress { Progress(on: progressTerminal, language: language) }

    /// Progress of bringing the search's index up to date.
    var indexProgress: Progress {
        Progress(
            on: progressTerminal,
            language: language,
            task: Text(
                en: "bringing the search index up to date",
                es: "poniendo al día el índice de búsqueda"
            )
        )
    }

    /// The terminal on which a person can watch progress; `nil` when there is none.
    private var progressTerminal: FileDescriptor? {
        let error = FileDescriptor.standardError
        return !isQuiet && error.isCapableTerminal(in: environment) ? error : nil
    }

    /// Progress through an input, on standard error where a person looks at it.
    func progress(of source: ByteSource) -> Progress { progress { source.share } }

    /// Progress through what tells how much of it is done, 0 to 1.
    func progress(share: @escaping () -> Double?) -> Progress {
        Progress(on: progressTerminal, language: language, share: share)
    }
}
