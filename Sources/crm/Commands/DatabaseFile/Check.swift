import CLIKit
import CRMKit
import Formats
import Localization

/// `crm check`: checks the database.
enum CheckCommand: ProgramCommand {
    static let name = "check"
    static let summary = Text(en: "Look the database over", es: "Revisar la base de datos")

    static let repair = Flag(
        "repair",
        summary: Text(
            en: "Put right first what would not be found, and amounts that do not agree",
            es: "Corregir antes lo que no se encontraría y los importes que no concuerdan"
        ),
        discussion: Text(
            en: """
                These are the comparable forms of texts, and codes in another form than the one in which keys \
                are kept; amounts that are kept beside what they follow from, as the totals of an order; the periods of a \
                stage or a status; indexes; which ids were given out. What the records say stays. It is a change set whose \
                command in the log says what was done. The index of search is made anew.
                """,
            es: """
                Son las formas comparables de los textos y los códigos en otra forma que la de las claves; los \
                importes que se guardan junto a aquello de lo que se calculan, como los totales de un pedido; los \
                periodos de una etapa o un estado; los índices; qué identificadores se dieron. Lo que dicen los registros \
                no cambia. Es un conjunto de cambios cuyo comando en el historial dice lo que se hizo. El índice de search \
                se rehace.
                """
        )
    )
    .synonyms("reparar corregir fix")

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Looks over the file, the references, and all that the modules demand of what is stored: \
                        what only another program, or a failing disk, can have broken. Prints what it finds and \
                        exits with 1, or prints ok. It changes nothing but by --repair.
                        """,
                    es: """
                        Revisa el archivo, las referencias y todo lo que los módulos exigen de lo guardado: lo \
                        que solo otro programa, o un disco con fallas, pudo haber dañado. Imprime lo que \
                        encuentra y sale con 1, o imprime ok. No cambia nada, salvo con --repair.
                        """
                )
            ],
            options: [repair],
            examples: [
                Example(
                    "\(ProgramName.placeholder) check || \(ProgramName.placeholder) check --json | mail -s check root",
                    Text(en: "Tell somebody, from cron", es: "Avisar a alguien, desde cron")
                )
            ],
            seeAlso: ["backup"],
            synonyms: ["verificar", "validar", "doctor", "verify"],
            run: run
        )
    }

    @Sendable private static func run(in session: Session) throws {
        let repairs = session.invocation[repair]
        let store = try session.openStore(for: repairs ? .writing : .reading)
        if repairs {
            let report = try store.mend(session.writeRequest())
            try session.note(Text(en: "rows put right: \(report.rows)", es: "filas corregidas: \(report.rows)"))
            try session.report(report.lines)
            // The repair is saved and reported; the check itself may be interrupted.
            session.interruption.hold()
            try store.checkStop()
            var progress = session.indexProgress
            try store.repairSearch { progress.advance(by: $0) }
            progress.finish()
            // A damaged index may leave unused pages behind.
            if report.search { _ = try store.compact() }
        }
        let findings = try store.check()
        if repairs { session.interruption.pass() }
        try session.print(findings)
        if !repairs, findings.contains(where: { $0.isMendable }) {
            try session.note(
                Text(
                    en: "what can be put right is put right by: \(session.program) check --repair",
                    es: "lo que puede corregirse se corrige con: \(session.program) check --repair"
                )
            )
        }
        if !findings.isEmpty { throw CommandFailure(status: ExitStatus.failed) }
    }
}

extension Session {
    fileprivate func print(_ findings: [Finding]) throws {
        let format = try outputFormat
        if format == .table {
            let lines =
                findings.isEmpty ? ["ok"] : findings.map { Sanitizer.visible($0.line(by: registry, in: language)) }
            return try withOutput(paged: true) { sink in for line in lines { try sink.append(line + "\n") } }
        }
        let columns = Finding.columns(registry)
        try printListing(of: columns) { listing in
            for finding in findings { try listing.write(finding.row(of: columns, in: language)) }
        }
        // A header alone would not say that the check succeeded.
        if findings.isEmpty, !format.isJSON { try note("ok") }
    }
}

extension Finding {
    /// Returns the columns of findings.
    static func columns(_ registry: Registry) -> [Listing.Column] {
        let modules = JSONSchema.one(of: registry.recordNames.map(\.rawValue))
        return [
            Listing.Column("severity", .one(of: Severity.allCases.map(\.rawValue)), en: "Severity", es: "Gravedad"),
            Listing.Column("module", modules.orNull, en: "Module", es: "Módulo"),
            Listing.Column("id", .integer(in: 0...Int64.max).orNull, en: "Id", es: "Id", isID: true),
            Listing.Column("message", .string, en: "Finding", es: "Hallazgo"),
        ]
    }

    private var label: Text {
        switch severity {
        case .error: Text(en: "error", es: "error")
        case .warning: Text(en: "warning", es: "advertencia")
        }
    }

    /// Returns the finding as a line for people, of any length.
    fileprivate func line(by registry: Registry, in language: Language) -> String {
        "\(label(in: language)): \(note(by: registry)(in: language))"
    }

    /// Returns the message about the finding, preceded by the record it concerns.
    func note(by registry: Registry) -> Text {
        func words(_ one: String?, _ text: String) -> String {
            let record = [one, id.map(String.init)].compactMap { $0 }.joined(separator: " ")
            return record.isEmpty ? text : "\(record): \(text)"
        }
        let module = module.map { registry[$0] }
        return Text(
            en: words(module?.one(in: .english), text.en),
            es: words(module?.one(in: .spanish), text.es)
        )
    }

    fileprivate func row(of columns: [Listing.Column], in language: Language) -> Listing.Row {
        let message = text(in: language)
        let place = [module?.rawValue ?? "", id.map(String.init) ?? ""]
        return Listing.Row(
            machine: [severity.rawValue] + place + [message],
            people: [label(in: language)] + place + [message],
            json: columns.object([
                .string(severity.rawValue), .text(module?.rawValue), .integer(id), .string(message),
            ])
        )
    }
}
