import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// One run of `MODULE export --format vcard`.
struct ExportCards {
    /// What the format is called.
    static let format = "vcard"
    /// What the option is called that tells the edition.
    static let versionOption = "vcard-version"

    private let session: Session
    private let module: Module
    private let invocation: Invocation

    init(session: Session, module: Module) {
        self.session = session
        self.module = module
        invocation = session.invocation
    }

    /// What is said of the form, where records are told on cards.
    static let option = Option(
        versionOption,
        .value("VERSION"),
        summary: Text(
            en: "Write vCards of version 3.0, the default, or 4.0",
            es: "Escribir vCards de la versión 3.0, la predeterminada, o 4.0"
        ),
        completion: .words(["3.0", "4.0"].map { ($0, Text($0)) })
    )

    func run() throws {
        try refuseIdleOptions()
        let (version, written) = try version()
        let store = try session.openStore(for: .reading)
        guard let export = CardExport(module, from: store) else { return }
        var query = try store.list(module)
        query.filters = invocation.values(of: "where")
        query.sort = invocation.words(of: "sort")
        let output = invocation.value(of: "output")
        if let output, output.utf8.last == UInt8(ascii: "/") || FileStatus.isFolder(output) {
            try makeFolder(output)
            try export.forEach(query, version: version) { card, name in
                // To wait for the disk after each of many would take most of the time.
                try AtomicFile.write(to: "\(output)/\(name)", isSynced: false) { sink in
                    try VCardWriter(sink, version: written).write(card)
                }
            }
            sync()
        } else {
            try session.withOutput(to: output) { sink in
                let writer = VCardWriter(sink, version: written)
                try export.forEach(query, version: version) { card, _ in try writer.write(card) }
            }
        }
    }

    private func version() throws(CRMError) -> (VCard.Version, VCardWriter.Version) {
        switch invocation.value(of: Self.versionOption) ?? "3.0" {
        case "3.0": return (.v3_0, .v3_0)
        case "4.0": return (.v4_0, .v4_0)
        case let text: throw DialectOptions.unknown(Self.versionOption, text, known: "3.0 4.0")
        }
    }

    private func refuseIdleOptions() throws(CRMError) {
        guard let idle = (["columns", "links"] + DialectOptions.writingNames).first(where: invocation.isSet) else {
            return
        }
        throw CRMError(
            .usage,
            Text(en: "--\(idle) says nothing about vcard", es: "--\(idle) no se aplica a vcard"),
            hint: Text(en: "leave it out, or write csv", es: "omitirlo, o escribir csv")
        )
    }

    private func makeFolder(_ path: String) throws(CRMError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw CRMError(.inputOutput, Text("\(path): \(String(cString: strerror(errno)))"))
    }
}
