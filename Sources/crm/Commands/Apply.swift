import CLIKit
import CRMKit
import Formats
import Localization

/// `crm apply [FILE]`: imports records of any module and links from JSON Lines.
enum ApplyCommand: ProgramCommand {
    static let name = "apply"
    static let summary = Text(
        en: "Take in records of any module and links from JSON Lines",
        es: "Tomar registros de cualquier módulo y vínculos de JSON Lines"
    )

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: discussion,
            operands: [SharedOperands.input],
            options: [
                ExportCommand.contentFolder, WritingOptions.noDuplicates, WritingOptions.force, WritingOptions.dryRun,
                WritingOptions.create,
            ],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) apply state.jsonl --dry-run",
                        es: "\(ProgramName.placeholder) apply estado.jsonl --dry-run"
                    ),
                    Text(en: "See what would change", es: "Ver qué cambiaría")
                ),
                ExportCommand.copying,
            ],
            sections: [lines],
            seeAlso: ["export", "batch"],
            synonyms: ["aplicar", "aplica", "restore", "restaurar"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        try ApplyRun(session: session).run()
    }

    private static let discussion = [
        Text(
            en: """
                Every line is checked and every bad one reported; with any, nothing is written and the exit status is \
                6. All lines are one transaction, which undo takes back. A line is about the record that has its \
                external_id, or else both its id and its created_at, and that is known again where it had to take \
                another id: of such a record export writes "original_id", the id that it was made with. Mail and events are \
                also known by their message_id and uid, channels by their server and room, products of one name by their \
                code. Any other line makes \
                a record, and so does one of another name than a record of that id and \
                moment where neither has been changed since. A line that changes nothing writes nothing, so that applying a \
                file twice is applying it once.
                """,
            es: """
                Se revisa cada línea y se informa de cada una incorrecta; si hay alguna no se escribe nada y el estado \
                de salida es 6. Todas las líneas son una transacción, que undo deshace. Una línea trata del registro \
                que tiene su external_id, o bien su id y su created_at, y se lo reconoce aunque haya tenido que tomar \
                otro id: de tal registro export escribe "original_id", el id con el que se creó. Los emails y eventos se \
                reconocen también por su message_id y su uid, los canales por su servidor y su sala, y los productos del mismo \
                nombre por su código. Cualquier otra \
                línea crea un registro, también la de otro nombre que el registro de ese id y momento si \
                ninguno ha cambiado desde entonces. Una línea que no cambia nada no escribe nada, de modo que \
                aplicar un archivo dos veces es aplicarlo una.
                """
        )
    ]

    private static let lines = Section(
        title: Text(en: "LINES", es: "LÍNEAS"),
        [
            .code(
                """
                {"settings":{"currency":"MXN"}}
                {"counter":"quote.number","before":"COT-2026-","after":"","last":7}
                {"module":"contact","ref":"ana","last_name":"Ruiz","organization":"ref:acme"}
                {"module":"organization","ref":"acme","external_id":"A-1","name":"Acme"}
                {"link":"asset","contact":"ref:ana","record":"serial:X1","role":"owner"}
                """
            ),
            .paragraph(recordLines),
            .paragraph(linkLines),
            .paragraph(contentLines),
        ]
    )

    private static let recordLines = Text(
        en: """
            A record has the key "module". Its "ref" is a name of the file's own, by which other lines, \
            earlier or later, refer to it, as in "ref:acme"; a reference may also be an id, {"id":5}, or \
            what the command line takes, as in "name:Acme". Values are those that show prints, lists are \
            arrays; null takes a value away, a key that is not there leaves it. An unknown key is an \
            error; what is computed is passed over.
            """,
        es: """
            Un registro tiene la clave "module". Su "ref" es un nombre propio del archivo, por el que \
            otras líneas, anteriores o posteriores, se refieren a él, como en "ref:acme"; una referencia \
            también puede ser un id, {"id":5}, o lo que admite la línea de comandos, como en "name:Acme". \
            Los valores son los que imprime show, las listas son arreglos; null quita un valor, una clave \
            que falta lo deja. Una clave desconocida es un error; lo calculado se pasa por alto.
            """
    )

    private static let linkLines = Text(
        en: """
            A link has the key "link", the module, and the attributes of its relation. A record with \
            created_at is taken as another database had it: it keeps its times, its id where no record \
            ever had that, and no rule completes it. A link with created_at, or one that has ended, is \
            one of several that the pair may have had. A row of a part has the key of the part, such as "line" or \
            "point", and the module. Those of a record with created_at are all that it has: rows that it has besides \
            are removed, which is told; a record of which there is no such line keeps its rows, which is told too.
            """,
        es: """
            Un vínculo tiene la clave "link", el módulo, y los atributos de su relación. Un registro con \
            created_at se toma como otra base de datos lo tenía: conserva sus fechas, su id si ningún \
            registro lo tuvo, y ninguna regla lo completa. Un vínculo con created_at, o terminado, es uno \
            de los varios que la pareja puede haber tenido. Una fila de una parte tiene la clave de la parte, como \
            "line" o "point", y el módulo. Las de un registro con created_at son todas las que tiene: las que tenga \
            además se quitan, y se avisa; un registro del que no hay ninguna línea así conserva sus filas, y también se \
            avisa.
            """
    )

    private static let contentLines = Text(
        en: """
            A line with "vcard" holds what the card of a record says beside its fields, as an import of \
            vCards has kept it; one with "icalendar" what calendars have told of it. Lines with "content" hold \
            a content, piece by piece in order, as export --with-content writes it: "content" is its SHA-256, \
            "offset" what comes before. One without "base64" is about a file of --content-folder.
            """,
        es: """
            Una línea con "vcard" contiene lo que la tarjeta de un registro dice además de sus campos, tal \
            como lo guardó una importación de vCards; una con "icalendar", lo que los calendarios dijeron de \
            él. Las líneas con "content" contienen un contenido, parte por parte y en orden, como lo escribe \
            export --with-content: "content" es su SHA-256, "offset" lo que viene antes. Una sin "base64" trata \
            de un archivo de --content-folder.
            """
    )
}

/// A single run of `apply`.
struct ApplyRun {
    let session: Session

    /// The error that rolls back the import if lines were rejected.
    private struct Rejected: Error {
        let report: ImportReport
        /// What may have been wrong with the whole input.
        let notice: Text?
    }

    func run() throws {
        let source = try session.open(session.invocation.operands.first ?? "-")
        let store = try session.openStore(for: .writing)
        let request = session.writeRequest()
        let interruption = session.interruption
        var progress = session.progress(of: source)
        let common = CommonProblems()
        defer { progress.finish() }
        do {
            let report = try store.write(request) { transaction in
                interruption.hold(reading: source)
                let work = try DatabaseImport(in: transaction, openingBy: contentFiles)
                try work.take(
                    from: source,
                    reject: { problem in
                        progress.finish()
                        if common.isNew(problem) { try session.report(problem) }
                    },
                    advance: {
                        progress.advance()
                        try interruption.check()
                    }
                )
                progress.finish()
                try interruption.check()
                if work.report.failed > 0 { throw Rejected(report: work.report, notice: work.noticeOfLateDefinitions) }
                try session.report(of: transaction)
                for notice in work.notices { try session.note(notice) }
                if work.namesContents { try noteMissingContents(in: store) }
                return work.report
            }
            try session.tellOutcome { try print(report, isCommitted: $0) }
            if report.updated > 0 { try session.noteContentsOnly() }
        } catch let rejected as Rejected {
            for notice in common.notices { try session.note(notice) }
            if let notice = rejected.notice { try session.note(notice) }
            try print(rejected.report, isCommitted: false)
            throw CommandFailure(status: ExitStatus.rejected)
        }
    }

    /// Informs the user of contents that records refer to and that neither the lines nor the database contain.
    private func noteMissingContents(in store: Store) throws {
        var count = 0
        var first: Text?
        try store.forEachNamedContent { sha256, size in
            guard size == nil else { return }
            for (module, id) in try store.namers(of: sha256) {
                if session.registry[module].holdsContent, try store.isElsewhere(sha256, id) { continue }
                count += 1
                if first == nil { first = session.registry[module].called(id) }
            }
        }
        guard let first else { return }
        try session.note(
            Text(
                en: """
                    records whose content the database does not have: \(count), the first \(first.en); export \
                    --with-content or --content-folder brings it
                    """,
                es: """
                    registros cuyo contenido no está en la base de datos: \(count), el primero, \(first.es); lo trae \
                    export --with-content o --content-folder
                    """
            )
        )
    }

    /// The files of the folder given for contents; `nil` if none is given.
    private var contentFiles: ContentFiles? {
        guard let folder = session.invocation[ExportCommand.contentFolder] else { return nil }
        return { name in
            let path = "\(folder)/\(name)"
            return try FoundFile(path).open()
        }
    }

    private func print(_ report: ImportReport, isCommitted: Bool) throws {
        let counts: [BulkSummary.Count] = [
            .rows(report.rows), .created(report.created), .updated(report.updated), .unchanged(report.unchanged),
            .linked(report.linked), .failed(report.failed),
        ]
        try BulkSummary(counts: counts, isCommitted: isCommitted).print(in: session)
    }
}
