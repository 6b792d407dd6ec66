import CLIKit
import CRMKit
import Localization

/// `crm export`: writes everything, in the form that `crm apply` reads.
enum ExportCommand: ProgramCommand {
    static let name = "export"
    static let summary = Text(en: "Export everything", es: "Exportar todo")

    private static let withContent = Flag(
        "with-content",
        summary: Text(
            en: "Carry the contents of documents and mail too",
            es: "Llevar también los contenidos de archivos y correos"
        ),
        discussion: Text(
            en: "A line for each 256 KiB of them, in base64, before the records that name them.",
            es: "Una línea por cada 256 KiB, en base64, antes de los registros que los nombran."
        )
    ).synonyms("contenido contenidos content contents adjuntos")

    /// The option for the folder into which contents are written as files.
    static let contentFolder = ValueOption<String>(
        "content-folder",
        Placeholder.folder,
        summary: Text(
            en: "The folder that has the contents of documents and mail, a file each",
            es: "La carpeta con los contenidos de archivos y correos, un archivo por cada uno"
        ),
        discussion: Text(
            en: """
                Each file is called by the SHA-256 of its bytes, so that sha256sum can check it. export makes the folder \
                and leaves alone the files that are there already; apply reads those that the database lacks.
                """,
            es: """
                Cada archivo se llama como el SHA-256 de sus bytes, de modo que sha256sum puede verificarlo. export crea la \
                carpeta y no toca los archivos que ya están; apply lee los que faltan en la base de datos.
                """
        ),
        completion: .files
    ).synonyms("carpeta-de-contenidos contents-folder attachments-folder")

    /// The example of copying everything to a new database.
    static var copying: Example {
        func line(_ file: String) -> String {
            "\(ProgramName.placeholder) export | \(ProgramName.placeholder) --db \(file) apply --create"
        }
        return Example(
            Text(en: line("copy.db"), es: line("copia.db")),
            Text(en: "Copy everything into a new database", es: "Copiar todo a una base de datos nueva")
        )
    }

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Writes the settings, the records of every module and all links, ended ones included, as \
                        JSON Lines that '\(ProgramName.placeholder) apply' reads: applied to an empty database \
                        they give an equal one, ids and times of creation included. The lines are those of one \
                        moment and in an order of their own, so that equal databases give equal files. History \
                        is not among them; '\(ProgramName.placeholder) backup' copies that too. Nor are the contents \
                        of documents and mail, unless --with-content or --content-folder asks for them.
                        """,
                    es: """
                        Escribe los ajustes, los registros de todos los módulos y todos los vínculos, también los \
                        terminados, como JSON Lines que lee '\(ProgramName.placeholder) apply': aplicadas a una \
                        base de datos vacía dan una igual, con sus ids y fechas de creación. Las líneas son de un \
                        mismo momento y tienen un orden propio, de modo que bases de datos iguales dan archivos \
                        iguales. La historia no está entre ellas; '\(ProgramName.placeholder) backup' la copia \
                        también. Tampoco están los contenidos de archivos y correos, si no los pide --with-content o \
                        --content-folder.
                        """
                )
            ],
            options: [ExportVerb.output, withContent, contentFolder],
            examples: [copying],
            seeAlso: ["apply", "backup"],
            run: run
        )
        .adapting(GlobalOptions.format(among: [OutputFormat.jsonl.rawValue]))
    }

    /// Refuses any format but JSON Lines: lines of different kinds cannot form a table. Where none is named, the ending of
    /// the file's name says one.
    private static func checkForm(_ invocation: Invocation) throws {
        let form = invocation.formName
        guard let other = form ?? otherForm(ofFile: invocation[ExportVerb.output]),
            other != OutputFormat.jsonl.rawValue
        else { return }
        let single = "\(ProgramName.placeholder) contact export"
        let refusal = Text(
            en: "everything is written as JSON Lines, not as \(other)",
            es: "todo se escribe como JSON Lines, no como \(other)"
        )
        if form != nil {
            throw CRMError(
                .usage,
                refusal,
                hint: Text(
                    en: "leave the format out; one module is written so with: \(single)",
                    es: "omitir el formato; un módulo se escribe así con: \(single)"
                )
            )
        }
        throw CRMError(
            .usage,
            refusal,
            hint: Text(
                en: "give the file the ending .jsonl; a table of one module is written with: \(single)",
                es: "dar al archivo la terminación .jsonl; una tabla de un módulo se escribe con: \(single)"
            )
        )
    }

    /// Returns the ending of a file's name that says another format; `nil` for any other name. A file of JSON Lines may be
    /// called one of JSON.
    private static func otherForm(ofFile path: String?) -> String? {
        guard let path, let ending = FileEnding(path) else { return nil }
        switch InputFormat(fileName: path) {
        case .csv?, .tsv?, .vcard?, .ics?: return ending.text
        case .json?, .jsonl?, .id?: return nil
        case .cfdi?, nil: return ending.isForeign ? ending.text : nil
        }
    }

    /// Informs the user that the contents of documents and mail are not in the copy.
    private static func tellLeftOut(of store: Store, in session: Session) throws {
        var count = 0
        try store.forEachNamedContent { _, size in if size != nil { count += 1 } }
        if count == 0 { return }
        let ways = "\(withContent.spelling), \(contentFolder.spelling)"
        try session.note(
            Text(
                en: "contents of documents and mail that are not among the lines: \(count); carried by: \(ways)",
                es: "contenidos de archivos y correos que no están entre las líneas: \(count); los llevan: \(ways)"
            )
        )
    }

    /// Returns whether a file has the bytes of a content: a disk may have spoilt what an earlier export wrote.
    private static func isWhole(_ path: String, _ content: StoredContent) throws -> Bool {
        guard FileStatus.size(path).map(Int64.init) == content.size else { return false }
        do {
            return try HashedFile(reading: path).sha256 == content.sha256
        } catch let error as CRMError where error.code == .inputOutput {
            // A file that cannot be read is replaced.
            return false
        }
    }

    @Sendable private static func run(in session: Session) throws {
        try checkForm(session.invocation)
        let hasContents = session.invocation[withContent]
        guard let folder = session.invocation[contentFolder] else {
            let store = try session.openStore(for: .reading)
            try session.withOutput(to: session.invocation[ExportVerb.output]) { sink in
                try DatabaseExport(store, contents: hasContents ? .inLines : .none).write(to: sink)
            }
            if !hasContents { try tellLeftOut(of: store, in: session) }
            return
        }
        if hasContents {
            throw CRMError(
                .usage,
                Text(
                    en: "contents go into the lines or into a folder, not into both",
                    es: "los contenidos van en las líneas o en una carpeta, no en ambas"
                ),
                hint: Text(
                    en: "leave out --with-content or --content-folder",
                    es: "omitir --with-content o --content-folder"
                )
            )
        }
        let store = try session.openStore(for: .reading)
        try session.withFolder(folder) { files in
            try session.withOutput(to: session.invocation[ExportVerb.output]) { sink in
                let contents = DatabaseExport.Contents.elsewhere { reader in
                    let name = reader.content.sha256
                    if try isWhole("\(folder)/\(name)", reader.content) { return }
                    try files.write(name) { sink in try reader.forEachPiece { try sink.append($0) } }
                }
                try DatabaseExport(store, contents: contents).write(to: sink)
                // The files must exist before the lines that name them.
                try files.publish()
            }
        }
    }
}
