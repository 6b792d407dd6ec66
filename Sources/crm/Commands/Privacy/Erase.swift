import CLIKit
import CRMKit
import Formats
import Localization

/// `crm contact erase REF`: permanently removes a person with every trace.
enum EraseVerb: Verb {
    static let name = "erase"

    static let yes = SharedOptions.yes(
        Text(
            en: "Off a terminal nothing is erased without it.",
            es: "Fuera de una terminal no se suprime nada sin ella."
        )
    )

    static func summary(of module: Module) -> Text {
        Text(
            en: "Erase \(module.label.withArticle) with every trace",
            es: "Suprimir \(module.spanish.a) con todo rastro"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let lead = "\(ProgramName.placeholder) \(module.name.noun) erase"
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion,
            operands: [SharedOperands.reference(to: module)],
            options: [yes, WritingOptions.dryRun],
            examples: [
                Example("\(lead) 42 --dry-run", Text(en: "See what would go", es: "Ver qué se iría")),
                Example("\(lead) ana@example.org --yes", Text(en: "Without a question", es: "Sin preguntar")),
            ],
            seeAlso: ["\(module.name.noun) report-personal", "log prune", "backup"],
            synonyms: ["suprimir", "olvidar", "forget", "anonymize", "anonimizar", "gdpr", "rgpd", "cancelación"],
            run: { session in try EraseRequest(session.invocation).run(on: module, in: session) }
        )
    }

    private static let discussion = [
        Text(
            en: """
                For a person who wants to be forgotten (GDPR, article 17; LFPDPPP, cancellation). The record \
                goes with what is the person's own: rows, links, addresses and comments, and mails, documents, \
                events, chats and opportunities with which no other contact is linked. What is shared stays \
                with the others: it loses the link, and an opportunity gets the next of its contacts. Orders, \
                cases, projects and the like stay, without the person.
                """,
            es: """
                Para quien pide que se le olvide (RGPD, artículo 17; LFPDPPP, cancelación). El registro se va \
                con lo que es suyo: filas, vínculos, direcciones y comentarios, y los correos, archivos, \
                eventos, conversaciones y oportunidades que no tienen otro contacto. Lo compartido queda con \
                los demás: pierde el vínculo, y una oportunidad pasa al siguiente de sus contactos. Ventas, \
                casos, proyectos y similares quedan, sin la persona.
                """
        ),
        Text(
            en: """
                History forgets all of it: what records were before, that they were made, the words of the \
                commands that touched them. Full names, addresses and numbers that nobody else has are struck \
                out of every text that stays, that of files which is searched too, and \(ErasedNames.mark) \
                stands there; numbers of documents, codes and other keys stay. A mail that names the person \
                anywhere keeps its fields and loses the message as it came. Files are not written to: those that stay and had to do with the person, or in \
                whose text a name stands, are listed, and so are settings, as company.legal, that name the \
                person. Then the database is written anew, so that no byte is left. One entry of the log says \
                that it was done, when, by whom, and of which id. Nothing takes it back.
                """,
            es: """
                El historial olvida todo: cómo eran los registros, que se crearon, las palabras de los \
                comandos que los tocaron. Los nombres completos, direcciones y números que nadie más tiene se \
                tachan en todo texto que queda, también el de los archivos que se busca, y ahí se lee \
                \(ErasedNames.mark); los números de documentos, códigos y demás claves quedan. Un correo que nombra a \
                la persona en cualquier lugar conserva sus campos y pierde el mensaje original. Los archivos no se modifican: se listan los que quedan y tenían que ver con la \
                persona, o en cuyo texto está algún nombre, y los ajustes que la nombran, como company.legal. \
                Después la base de datos se escribe de nuevo, para que no quede ningún byte. Una entrada del \
                historial dice que se hizo, cuándo, quién y de qué id. Nada lo deshace.
                """
        ),
        Text(
            en: """
                Shown first is what goes; on a terminal a question follows, elsewhere --yes is needed. Copies \
                that upgrades, restorations and backup --rotate have left still hold the person: they are \
                listed. --dry-run shows all of it, also which texts lose a name, and changes nothing. A person who was deleted, or whose \
                addition was undone, is named by id, as long as history keeps anything.
                """,
            es: """
                Primero se muestra lo que se va; en una terminal sigue una pregunta, fuera de ella se necesita \
                --yes. Las copias que dejaron actualizaciones, restauraciones y backup --rotate aún contienen a \
                la persona: se listan. --dry-run muestra todo, también qué textos pierden un nombre, y no cambia \
                nada. A quien ya se eliminó, o cuya \
                alta se deshizo, se le nombra por su id, mientras el historial guarde algo.
                """
        ),
    ]
}

/// The options and operands of `erase` on a command line.
struct EraseRequest: Equatable {
    let reference: String
    let isAgreed: Bool

    init(_ invocation: Invocation) {
        reference = invocation.operands[0]
        isAgreed = invocation[EraseVerb.yes]
    }

    func run(on module: Module, in session: Session) throws {
        try session.refuseInBatch()
        let store = try session.openStore(for: .writing)
        let run = ErasureRun(module: module, store: store, session: session)
        let (id, wasErased) = try wanted(module, store)
        if wasErased { return try run.finish(id) }
        try run.run(id, isAgreed: isAgreed)
    }

    /// Returns the requested person, and whether that person was erased before.
    private func wanted(_ module: Module, _ store: Store) throws -> (id: Int64, wasErased: Bool) {
        do throws(CRMError) {
            return (try store.id(of: reference, in: module), false)
        } catch {
            guard error.code == .notFound, let id = Int64(reference) else { throw error }
            if try store.historyKeeps(id, of: module) { return (id, false) }
            guard try store.wasErased(id) else { throw error }
            return (id, true)
        }
    }
}

/// A single run of `erase`.
private struct ErasureRun {
    let module: Module
    let store: Store
    let session: Session

    func run(_ id: Int64, isAgreed: Bool) throws {
        guard try isAgreed || session.isDryRun || agrees(to: erase(id, isDryRun: true)) else {
            try session.note(Text(en: "nothing was erased", es: "no se suprimió nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        let erasure = try erase(id, isDryRun: session.isDryRun)
        let copies = try store.keptCopies()
        if session.isDryRun {
            try session.tellOutcome { _ in try print(erasure, copies, isCompact: nil) }
            return try session.noteDryRun()
        }
        let isCompact = try compact(id)
        try session.tellOutcome([id]) { _ in try print(erasure, copies, isCompact: isCompact) }
        if !isCompact { throw isInUse(id) }
    }

    private func erase(_ id: Int64, isDryRun: Bool) throws -> Erasure {
        // The command line as typed may identify the person.
        let words = [module.name.noun, EraseVerb.name, "\(id)"]
        let request = WriteRequest(
            who: session.who,
            command: CommandLineText(program: session.program, words: words).text,
            isDryRun: isDryRun
        )
        return try store.write(request) { try $0.erase(id) }
    }

    /// Rewrites the file after an earlier erasure that could not do so.
    func finish(_ id: Int64) throws {
        if session.isDryRun { return try session.noteDryRun() }
        guard try compact(id) else { throw isInUse(id) }
        let called = module.called(id)
        try session.note(
            Text(
                en: "\(called.en) was erased before; the file was written anew",
                es: "\(called.es) ya se había suprimido; el archivo se escribió de nuevo"
            )
        )
        for line in try warnings(of: store.keptCopies()) { try session.note(line) }
    }

    private func agrees(to erasure: Erasure) throws -> Bool {
        let name = try store.described(erasure.id, in: module).words()
        let lines =
            [Text(en: "\(name.en): would be erased", es: "\(name.es): se suprimiría")]
            + lines(of: erasure) + erasure.textLines(withPlaces: true) + warnings(of: erasure)
        guard session.canAsk else {
            throw CRMError(
                .usage,
                Text(
                    en: "an erasure cannot be undone, and needs --yes",
                    es: "una supresión no se puede deshacer, y necesita --yes"
                ),
                hint: Text(en: "see what goes with --dry-run", es: "ver qué se va con --dry-run"),
                module: module.name,
                reference: "\(erasure.id)",
                details: lines
            )
        }
        for line in lines { try session.dialogue.say(line) }
        return try session.dialogue.confirms(
            Text(en: "Erase for good? Nothing brings it back.", es: "¿Suprimir definitivamente? Nada lo recupera.")
        )
    }

    /// Rewrites the file.
    ///
    /// - Returns: whether it was possible; `false` while other processes use the file.
    private func compact(_ id: Int64) throws -> Bool {
        do throws(CRMError) {
            return try store.compact()
        } catch {
            throw CRMError(
                error.code,
                Text(
                    en: "\(module.called(id).en) is erased, but its bytes stay in the file: \(error.message.en)",
                    es: "\(module.called(id).es): suprimido, pero sus bytes quedan en el archivo: \(error.message.es)"
                ),
                hint: Text(
                    en: "when that is mended: \(commandLine(for: id))",
                    es: "cuando se remedie: \(commandLine(for: id))"
                ),
                module: module.name,
                reference: "\(id)"
            )
        }
    }

    private func commandLine(for id: Int64) -> String {
        CommandLineText(program: ProgramName.placeholder, words: [module.name.noun, EraseVerb.name, "\(id)"]).text
    }

    private func isInUse(_ id: Int64) -> CRMError {
        CRMError(
            .busy,
            Text(
                en: "bytes of what was erased stay in \(store.path) while another process uses it",
                es: "quedan bytes de lo suprimido en \(store.path) mientras otro proceso lo usa"
            ),
            hint: Text(en: "when it has ended: \(commandLine(for: id))", es: "cuando termine: \(commandLine(for: id))"),
            module: module.name,
            reference: "\(id)"
        )
    }

    // MARK: - Telling

    /// Returns the lines about what is erased with the person, one for each kind, then about what remains and changes.
    private func lines(of erasure: Erasure) -> [Text] {
        let own = besidesThePerson(erasure).map { count in
            let (noun, names) = (noun(of: count), count.names.joined(separator: ", "))
            let list = names.isEmpty ? "" : " (\(names)\(count.names.count < count.count ? ", …" : ""))"
            return Text(
                en: "\(count.count) \(noun.en): erased with it\(list)",
                es: "\(count.count) \(noun.es): \(count.count == 1 ? "se suprime" : "se suprimen") con ello\(list)"
            )
        }
        let referring = erasure.referring.map { count in
            let noun = noun(of: count)
            let what =
                count.isHandedOver
                ? Text(en: "with the next of the contacts", es: "con el siguiente de los contactos")
                : Text(en: "without the reference", es: "sin la referencia")
            return Text(
                en: "\(count.count) \(noun.en): \(count.count == 1 ? "stays" : "stay"), \(what.en)",
                es: "\(count.count) \(noun.es): \(count.count == 1 ? "queda" : "quedan"), \(what.es)"
            )
        }
        let changes = Text.counting(
            erasure.changes,
            en: ("change that the history keeps: goes with it", "changes that the history keeps: go with it"),
            es: ("cambio que guarda el historial: se va también", "cambios que guarda el historial: se van también")
        )
        let kept = Text(en: "\(erasure.changes) \(changes.en)", es: "\(erasure.changes) \(changes.es)")
        let names = erasure.names.map { "\"\($0)\"" }.joined(separator: ", ")
        let struck = Text(en: "struck out of other texts: \(names)", es: "se tacha en otros textos: \(names)")
        let shared = erasure.shared.map { "\"\($0)\"" }.joined(separator: ", ")
        let staying = Text(
            en: "stays in other texts, since another record has it too: \(shared)",
            es: "queda en otros textos, porque otro registro también lo tiene: \(shared)"
        )
        return own + referring + (erasure.changes > 0 ? [kept] : []) + (erasure.names.isEmpty ? [] : [struck])
            + (erasure.shared.isEmpty ? [] : [staying])
    }

    private func besidesThePerson(_ erasure: Erasure) -> [Erasure.Count] {
        erasure.own.filter { $0.module != module.name || $0.part != nil }
    }

    private func noun(of count: Erasure.Count) -> Text {
        let module = session.registry[count.module]
        if let part = count.part {
            return count.count == 1
                ? Text(en: part.label.en.lowercased(), es: part.label.es.lowercased()) : part.several
        }
        let noun = count.count == 1 ? module.one : module.several
        guard count.isLinks else { return noun }
        return count.count == 1
            ? Text(en: "link with \(noun.en)", es: "vínculo con \(noun.es)")
            : Text(en: "links with \(noun.en)", es: "vínculos con \(noun.es)")
    }

    /// Returns the warnings about what remains and may identify the person.
    private func warnings(of erasure: Erasure) -> [Text] {
        warnings(of: erasure.files) + warnings(ofSettings: erasure.settings)
    }

    /// Returns the warnings about settings that remain, each with the way to change it.
    private func warnings(ofSettings names: [String]) -> [Text] {
        guard !names.isEmpty else { return [] }
        let lead = Text(
            en: "settings that stay as they are, and name the person; change each that should not:",
            es: "ajustes que quedan como están y nombran a la persona; cambiar los que no deban hacerlo:"
        )
        return [lead]
            + names.map { name in
                let words = ["config", "set", name]
                return Text("  \(CommandLineText(program: session.program, words: words).text) …")
            }
    }

    /// Returns the warnings about files that remain, each with the way to examine it.
    private func warnings(of files: [MentionedFile]) -> [Text] {
        guard !files.isEmpty else { return [] }
        let lead = Text(
            en: "files that stay as they are, and may tell of the person; look into each:",
            es: "archivos que quedan como están y pueden hablar de la persona; revisar cada uno:"
        )
        return [lead]
            + files.map { file in
                let words = [file.module.noun, "extract", "\(file.id)"]
                return Text("  \(CommandLineText(program: session.program, words: words).text)")
            }
    }

    private func warnings(of copies: DatabaseCopies) -> [Text] {
        let lead = Text(
            en: "copies that still hold the person; delete each that need not be kept:",
            es: "copias que aún contienen a la persona; eliminar las que no deban conservarse:"
        )
        let paths = copies.found.map { Text("  \(CommandLineText(program: "rm", words: [$0.path]).text)") }
        let unseen = copies.failures.map { failure in
            Text(
                en: "there may be more copies: \(failure.message.en)",
                es: "puede haber más copias: \(failure.message.es)"
            )
        }
        return (paths.isEmpty ? [] : [lead] + paths) + unseen
    }

    /// - Parameter isCompact: whether the file was rewritten without the erased content; `nil` for a dry run, which
    ///   does not change it.
    private func print(_ erasure: Erasure, _ copies: DatabaseCopies, isCompact: Bool?) throws {
        if try session.outputFormat.isJSON {
            return try session.print(erasure.json(copies, isCompact: isCompact))
        }
        let called = module.called(erasure.id)
        let head =
            isCompact == nil
            ? Text(en: "\(called.en): would be erased", es: "\(called.es): se suprimiría")
            : Text(en: "erased \(called.en)", es: "se suprimió \(called.es)")
        let unreadable = Text(
            en: "\(erasure.unreadable) changes of a damaged history that cannot be read",
            es: "\(erasure.unreadable) cambios ilegibles de un historial dañado"
        )
        let lines =
            [head] + (isCompact == nil ? lines(of: erasure) : withoutNames(erasure))
            + erasure.textLines(withPlaces: isCompact == nil)
            + (erasure.unreadable > 0 ? [unreadable] : [])
        try session.print(lines.map { Sanitizer.visible($0(in: session.language)) + "\n" }.joined())
        for line in warnings(of: erasure) + warnings(of: copies) { try session.note(line) }
    }

    /// Returns the lines about what was erased, without names.
    private func withoutNames(_ erasure: Erasure) -> [Text] {
        besidesThePerson(erasure).map { count in
            Text(en: "\(count.count) \(noun(of: count).en)", es: "\(count.count) \(noun(of: count).es)")
        }
    }
}
