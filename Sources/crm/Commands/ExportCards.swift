import CLIKit
import CRMKit
import Formats
import Localization

/// A version of vCard that can be written.
enum CardVersion: String, CaseIterable {
    case v3_0 = "3.0"
    case v4_0 = "4.0"

    fileprivate var read: VCard.Version { self == .v3_0 ? .v3_0 : .v4_0 }
    fileprivate var written: VCardWriter.Version { self == .v3_0 ? .v3_0 : .v4_0 }
}

/// A single run of `MODULE export --format vcard`.
struct ExportCards {
    /// The name of the format.
    static let format = "vcard"

    let request: ExportRequest
    let module: Module
    let session: Session

    func run() throws {
        let idle: [any OptionDeclaration] = [SharedOptions.columns(), ExportVerb.links()] + DialectOptions.allWriting
        try session.invocation.refuse(idle, for: Self.format, hint: ExportRun.elsewhere)
        let version = request.version ?? .v3_0
        let store = try session.openStore(for: .reading)
        guard let export = CardExport(module, from: store) else { return }
        let query = try session.chosen(by: request, of: module, in: store)
        if let output = request.folder {
            var names = FileNames()
            try session.withFolder(output) { folder in
                try export.forEach(query, version: version.read) { card, fileName in
                    let name = names.take(fileName)
                    try session.checkIsFree("\(output)/\(name)", for: ExportVerb.output.spelling)
                    try folder.write(name) { try VCardWriter($0, version: version.written).write(card) }
                }
            }
        } else {
            try session.withOutput(to: request.output) { sink in
                let writer = VCardWriter(sink, version: version.written)
                try export.forEach(query, version: version.read) { card, _ in try writer.write(card) }
            }
        }
    }
}
