import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `channel import` of messages exported by a chat program.
enum ChannelImport {
    static let from = ValueOption<ChatExport>(
        "chat",
        Placeholder.kind,
        among: ChatExport.allCases,
        summary: Text(
            en: "The file is an export of this chat: rocketchat, slack, mattermost",
            es: "El archivo es una exportación de este chat: rocketchat, slack, mattermost"
        ),
        discussion: Text(
            en: """
                rocketchat is the JSON that a room is exported to, slack a folder that was unpacked, mattermost the lines of \
                mattermost export, or its folder with import.jsonl. Without it the first bytes of a file tell, and the files \
                of a folder.
                """,
            es: """
                rocketchat es el JSON al que se exporta una sala, slack una carpeta ya descomprimida, mattermost las líneas \
                de mattermost export, o su carpeta con import.jsonl. Sin ella lo dicen los primeros bytes de un archivo, y los \
                archivos de una carpeta.
                """
        )
    ).synonyms("exportación export")
    static let into = ValueOption<String>(
        "into",
        "REF",
        summary: Text(
            en: "The channel of an export that names none",
            es: "El canal de una exportación que no lo nombra"
        ),
        discussion: Text(
            en: """
                Rocket.Chat's export of a room is without its name. Messages that have the room's key (rid) go to its \
                channel without this; with it, those of another room are refused.
                """,
            es: """
                La exportación de una sala de Rocket.Chat no lleva su nombre. Los mensajes que llevan la clave de la sala \
                (rid) van a su canal sin esta opción; con ella se rechazan los de otra sala.
                """
        ),
        completion: .found(.reference(.channel))
    ).synonyms("canal en destino")

    static let options: [any OptionDeclaration] = [from, into, ChannelSyncVerb.users]

    static let discussion = Text(
        en: """
            Exports of Rocket.Chat, Slack and Mattermost are taken in as messages: rooms become channels, who writes \
            members, and to import a file twice is to import it once. A message without a key gets one from its author, \
            its moment and its words, and is known by the first two where it was edited; a state of it that is older than \
            the one that is there is passed over. Who writes is taken for the contact that --match-users names, else for \
            the one that a contact point of kind chat or an e-mail tells. What is no message is told, and the exit status is then 6.
            """,
        es: """
            Las exportaciones de Rocket.Chat, Slack y Mattermost se toman como mensajes: las salas pasan a ser canales y \
            quien escribe, participante; importar un archivo dos veces es importarlo una. Un mensaje sin clave recibe una \
            según su autor, su momento y sus palabras, y si se editó se reconoce por los dos primeros; se omite un estado \
            suyo anterior al que ya hay. Quien escribe se toma por el contacto que indica --match-users, o por el que dice \
            un punto de contacto de tipo chat o un correo. Lo que no es un mensaje se indica, y el código de salida es entonces 6.
            """
    )

    /// Returns the program whose export should be read; `nil` for an import of records.
    static func kind(_ invocation: Invocation) throws -> ChatExport? {
        if let kind = try invocation[from] {
            try checkForm(kind, invocation.operands.first ?? "-")
            return kind
        }
        // Piped input is read only once, so its form cannot be examined beforehand.
        if invocation.has(into), invocation.operands.first ?? "-" == "-" {
            throw CRMError(
                .usage,
                Text(
                    en: "of what comes through standard input, say which chat exported it",
                    es: "de lo que llega por la entrada estándar, decir qué chat lo exportó"
                ),
                hint: Text("--chat rocketchat")
            )
        }
        guard !invocation.has(ImportVerbOptions.journal), let path = invocation.operands.first, path != "-" else {
            return nil
        }
        if FileStatus.isFolder(path) {
            return ChatExport.allCases.first { kind in
                kind.fileInFolder.map { FileStatus.exists("\(path)/\($0)") } ?? false
            } ?? .slack
        }
        guard let bytes = try beginning(of: path) else { return nil }
        if isPackedFolder(bytes) { throw packed(path) }
        if ChatExport.isDayOfSlack(bytes) { throw dayOfSlack(path) }
        return ChatExport(beginning: bytes)
    }

    /// Returns the first bytes of a file; `nil` for one that can be read only once.
    private static func beginning(of path: String) throws -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, !FileStatus.isPipeOrDevice(path) else { return nil }
        defer { close(descriptor) }
        return try FileDescriptor(rawValue: descriptor).read(upTo: 4096)
    }

    /// Returns whether a file is a ZIP archive that does not begin like a workbook (ISO/IEC 21320-1, OPC).
    private static func isPackedFolder(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count > 30, bytes.starts(with: Array("PK".utf8) + [3, 4]) else { return false }
        let name = String(decoding: bytes.dropFirst(30).prefix(64), as: UTF8.self)
        return !["[Content_Types].xml", "_rels/", "docProps/", "xl/", "mimetype"].contains(where: name.hasPrefix)
    }

    private static func packed(_ path: String) -> CRMError {
        CRMError(
            .usage,
            Text(en: "\(path) is a packed folder", es: "\(path) es una carpeta comprimida"),
            hint: Text(
                en: "unpack it, with unzip for instance, and give the folder that comes out of it",
                es: "descomprimirla, por ejemplo con unzip, e indicar la carpeta resultante"
            )
        )
    }

    private static func dayOfSlack(_ path: String) -> CRMError {
        CRMError(
            .usage,
            Text(
                en: "an export of Slack is a folder, and \(path) is a day of one of its channels",
                es: "una exportación de Slack es una carpeta, y \(path) es un día de uno de sus canales"
            ),
            hint: Text(
                en: "give the folder in which channels.json and users.json are: without them nobody is known",
                es: "indicar la carpeta en que están channels.json y users.json: sin ellos no se conoce a nadie"
            )
        )
    }

    /// Refuses a file if the export should be a folder, including a folder that is still packed.
    static func checkForm(_ kind: ChatExport, _ path: String) throws {
        guard !FileStatus.isFolder(path) else { return }
        if path != "-", let bytes = try beginning(of: path), isPackedFolder(bytes) { throw packed(path) }
        guard kind == .slack else { return }
        throw CRMError(
            .usage,
            Text(
                en: "an export of Slack is a folder, and \(path) is none",
                es: "una exportación de Slack es una carpeta, y \(path) no lo es"
            ),
            hint: Text(
                en: "if it is a ZIP, unpack it and give the folder that comes out of it",
                es: "si es un ZIP, descomprimirlo e indicar la carpeta resultante"
            )
        )
    }
}

/// A single run of `channel import` for an export of messages.
struct ChannelImportRun {
    let kind: ChatExport
    let module: Module
    let session: Session

    private struct Files: ExportFiles {
        let folder: String?
        let session: Session

        func open(_ path: String) throws -> ByteSource? {
            guard let folder else { return try session.open(path) }
            let path = "\(folder)/\(path)"
            return FileStatus.exists(path) ? try InputFile(path).open(isOfFolder: true) : nil
        }

        func names(in name: String) throws -> [String] {
            try folder.map { try FilePath.namesIfThere(in: "\($0)/\(name)") } ?? []
        }
    }

    func run() throws {
        let invocation = session.invocation
        let path = invocation.operands.first ?? "-"
        let isFolder = FileStatus.isFolder(path)
        let store = try session.openStore(for: .writing)
        let into = try invocation[ChannelImport.into].map { try store.chatRoom(of: store.id(of: $0, in: module)) }
        var progress = session.rowProgress
        let files = Files(folder: isFolder ? path : nil, session: session)
        let users = try invocation[ChannelSyncVerb.users].map { try ChatUserList($0, store, session) }
        let (outcomes, strangeCount) = try store.write(session.writeRequest()) { transaction in
            let work = ChatImport(matching: users?.contacts ?? [:], in: transaction)
            defer { progress.finish() }
            try kind.read(isFolder ? kind.fileInFolder ?? "" : path, in: files, as: into, to: work) {
                progress.advance(by: $0)
            }
            let outcomes = try work.finish()
            progress.finish()
            try session.report(transaction.notices)
            try users?.tellUnknown(besides: work.usernames, session)
            return (outcomes, work.strangeCount)
        }
        try session.tellOutcome { _ in
            try session.print(outcomes.map { ChatOutcome(room: $0.channel, report: $0.report) })
        }
        if session.isDryRun { try session.noteDryRun() }
        if strangeCount > 0 { throw CommandFailure(status: ExitStatus.rejected) }
    }
}
