import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm document open REF`: opens a document in the desktop's program for it.
enum DocumentOpenVerb: Verb {
    static let name = "open"

    static func summary(of module: Module) -> Text {
        Text(en: "Show a document by the program for it", es: "Mostrar un archivo con el programa que le corresponde")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        xdg-open chooses the program. It is given a copy in a folder of its own that only its owner can \
                        enter, under TMPDIR: what is changed there changes no document. The copy stays, since nobody knows when the \
                        program is done with it. One that is at a path or on the \
                        web is shown from there.
                        """,
                    es: """
                        xdg-open elige el programa. Recibe una copia en una carpeta propia a la que solo su dueño entra, en \
                        TMPDIR: lo que se cambie en ella no cambia lo guardado. La copia queda, pues no se sabe cuándo el \
                        programa termina con ella. Lo que está en una ruta o en la web se \
                        muestra desde allí.
                        """
                )
            ],
            operands: [SharedOperands.reference(to: module)],
            options: [DocumentReading.version],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) open 7",
                    Text(en: "Look at a document", es: "Mirar un archivo")
                )
            ],
            seeAlso: ["\(noun) cat", "\(noun) extract"],
            synonyms: ["abrir", "view", "ver", "xdg-open"],
            run: { session in try run(module, in: session) }
        )
    }

    private static let program = "xdg-open"

    private static func run(_ module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let id = try store.id(of: session.invocation.operands[0], in: module)
        let version = try store.document(id, version: session.invocation[DocumentReading.version])
        let place = try place(of: version, in: store, module, session)
        guard session.environment.finds(program) else {
            throw CRMError(
                .configuration,
                Text(en: "\(program) is not found", es: "no se encuentra \(program)"),
                hint: Text(
                    en:
                        "install xdg-utils, or write the document with: \(ProgramName.placeholder) document extract \(id)",
                    es:
                        "instalar xdg-utils, o escribir el archivo con: \(ProgramName.placeholder) document extract \(id)"
                )
            )
        }
        let process = try ShellProcess.start(
            "exec \(program) \"$1\"",
            [place],
            variables: session.environment.variables,
            descriptors: [],
            defaults: [SIGPIPE]
        )
        let status = ShellProcess.wait(for: process) ?? 0
        guard status == 0 else {
            throw CRMError(
                .failed,
                Text(en: "\(program) ended with status \(status)", es: "\(program) terminó con estado \(status)")
            )
        }
    }

    private static func place(
        of version: DocumentVersion,
        in store: Store,
        _ module: Module,
        _ session: Session
    ) throws -> String {
        // The file at the path is opened even if its bytes are in the database, so that it can be changed there.
        if let path = version.path, FileStatus.exists(path) { return path }
        if let reader = try DocumentReading.heldContent(of: version, in: store) {
            let folder = try temporaryFolder(session)
            let path = "\(folder)/\(DocumentReading.fileName(of: version))"
            try AtomicFile(interruption: session.interruption).write(to: path) { sink in
                try reader.forEachPiece { try sink.append($0) }
            }
            return path
        }
        if let path = version.path { return path }
        if let url = version.url { return try checked(url) }
        throw DocumentReading.noContent(version, module)
    }

    /// Returns a URL if its scheme is http, https, ftp or sftp, and throws otherwise: other schemes may run programs.
    private static func checked(_ url: String) throws(CRMError) -> String {
        let scheme = url.lowercased()
        if ["http://", "https://", "ftp://", "sftp://"].contains(where: scheme.hasPrefix) { return url }
        guard scheme.contains(":") else { return "https://\(url)" }
        throw CRMError(
            .refused,
            Text(en: "\(url) is no address on the web", es: "\(url) no es una dirección de la web"),
            hint: Text(en: "open it by hand", es: "abrirla a mano")
        )
    }

    private static func temporaryFolder(_ session: Session) throws(CRMError) -> String {
        let parent = session.environment.absolutePath("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/crm-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CRMError(.inputOutput, errno: errno, path: parent) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
