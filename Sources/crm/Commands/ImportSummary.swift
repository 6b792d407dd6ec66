import CLIKit
import CRMKit
import Formats
import Localization

/// The end of an import: what came of its rows.
struct ImportSummary {
    private let report: ImportReport
    private let isCommitted: Bool

    init(_ report: ImportReport, isCommitted: Bool) {
        self.report = report
        self.isCommitted = isCommitted
    }

    private var counts: [(key: String, label: Text, count: Int)] {
        [
            ("rows", Text(en: "rows", es: "filas"), report.rows),
            ("created", Text(en: "created", es: "creados"), report.created),
            ("updated", Text(en: "updated", es: "actualizados"), report.updated),
            ("unchanged", Text(en: "unchanged", es: "sin cambios"), report.unchanged),
            ("skipped", Text(en: "skipped", es: "omitidos"), report.skipped),
            ("linked", Text(en: "linked", es: "vinculados"), report.linked),
            ("created_missing", Text(en: "made because named", es: "creados por ser nombrados"), report.createdMissing),
            ("deleted", Text(en: "deleted", es: "eliminados"), report.deleted),
            ("failed", Text(en: "failed", es: "fallidos"), report.failed),
        ]
    }

    func print(in session: Session) throws {
        if try session.outputFormat.isJSON {
            let members = counts.map { JSONMember($0.key, .number(JSONNumber(Int64($0.count)))) }
            return try session.print(.object(members + [JSONMember("committed", .bool(isCommitted))]))
        }
        let words = counts.filter { $0.count > 0 || $0.key == "rows" }
            .map { "\($0.count) \($0.label(in: session.language))" }
        let tail = isCommitted ? "" : Text(en: "; nothing was saved", es: "; no se guardó nada")(in: session.language)
        try session.print(words.joined(separator: ", ") + tail + "\n")
    }
}

extension Session {
    /// Progress of long work, on standard error where a person looks at it.
    func progress() -> Progress {
        let error = FileDescriptor.standardError
        return Progress(
            on: !isQuiet && error.isCapableTerminal(in: environment) ? error : nil,
            language: language
        )
    }
}
