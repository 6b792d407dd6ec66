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

    private let session: Session
    private let module: Module
    private let request: ExportRequest

    init(_ request: ExportRequest, module: Module, session: Session) {
        self.session = session
        self.module = module
        self.request = request
    }

    func run() throws {
        let idle: [any OptionDeclaration] = [SharedOptions.columns(), ExportVerb.links()] + DialectOptions.allWriting
        try session.invocation.refuse(idle, for: Self.format, hint: ExportRun.elsewhere)
        let version = request.version ?? .v3_0
        let store = try session.openStore(for: .reading)
        guard let export = CardExport(module, from: store) else { return }
        var query = try store.list(module)
        query.filters = try store.filters(ofView: request.view, of: module) + request.filters
        try session.reportDoubts(of: request.filters, on: module, in: store)
        query.sort = request.sort
        if let output = request.output, output.utf8.last == UInt8(ascii: "/") || FileStatus.isFolder(output) {
            try session.withFolder(output) { folder in
                try export.forEach(query, version: version.read) { card, name in
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
