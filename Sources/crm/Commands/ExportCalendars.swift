import CLIKit
import CRMKit
import Formats
import Localization

/// A single run of `MODULE export --format ics`.
struct ExportCalendars {
    /// The name of the format.
    static let format = "ics"

    let request: ExportRequest
    let module: Module
    let session: Session

    func run() throws {
        let idle: [any OptionDeclaration] =
            [SharedOptions.columns(), ExportVerb.links(), ExportVerb.vcardVersion] + DialectOptions.allWriting
        try session.invocation.refuse(idle, for: Self.format, hint: ExportRun.elsewhere)
        let store = try session.openStore(for: .reading)
        guard let export = try CalendarExport(module, from: store) else { return }
        let query = try session.chosen(by: request, of: module, in: store)
        let zones = store.clock.zones
        if let output = request.folder {
            var names = FileNames()
            try session.withFolder(output) { folder in
                try export.forEach(query) { event, fileName, year in
                    let name = names.take(fileName)
                    try session.checkIsFree("\(output)/\(name)", for: ExportVerb.output.spelling)
                    try folder.write(name) { sink in
                        var calendar = try CalendarOutput(sink, zones: zones, from: year)
                        try calendar.write(event)
                        try calendar.end()
                    }
                }
            }
        } else {
            try session.withOutput(to: request.output) { sink in
                var calendar = try CalendarOutput(sink, zones: zones)
                try export.forEach(query) { event, _, _ in try calendar.write(event) }
                try calendar.end()
            }
        }
    }
}
