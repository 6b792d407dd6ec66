import CLIKit
import CRMKit
import Formats
import Localization

/// `crm search WORDS`: finds the records of all modules that contain some words.
enum SearchCommand: ProgramCommand {
    static let name = "search"
    static let summary = Text(en: "Find words in all records", es: "Buscar palabras en todos los registros")

    static let refresh = Flag(
        "refresh",
        summary: Text(en: "Bring the index of words up to date", es: "Poner al día el índice de palabras"),
        discussion: Text(
            en: """
                A search does so by itself first; from cron it finds that done. Without words nothing is looked for, \
                and the pieces of the index become one.
                """,
            es: """
                Una búsqueda lo hace antes por sí misma; con cron lo encuentra hecho. Sin palabras no se busca nada y las \
                piezas del índice se vuelven una.
                """
        )
    )
    .synonyms("actualizar indexar index reindex")

    private static let discussion = [
        Text(
            en: """
                Looks in the text of every record of every module, that of its parts included, without regard \
                to case, accents and Unicode form: names, e-mail addresses, telephones, numbers, codes, tags, \
                descriptions. All words must be there, in any order. First come the records that are called or \
                known by all of them, then those that are by some, then those that only say them; in each the \
                modules in their order, of each the newest records first.
                """,
            es: """
                Busca en el texto de cada registro de cada módulo y en el de sus partes, sin distinguir \
                mayúsculas, acentos ni forma Unicode: nombres, correos, teléfonos, números, códigos, etiquetas, \
                descripciones. Deben estar todas las palabras, en cualquier orden. Primero van los registros que \
                se llaman así o se conocen por todas, luego por algunas, luego los que solo las dicen; en cada \
                grupo los módulos en su orden, y de cada uno los registros más nuevos primero.
                """
        ),
        Text(
            en: """
                Words are whole: mar finds no María, 'mar*' does. What stands in double quotes must stand \
                together, and so must what punctuation divides, as in an e-mail address. A record that has a \
                word with - before it is left out. A telephone or a number of a document is found however it is \
                written. Quote the whole for the shell: '"mar plata" hotel* -lopez'; what begins with - stands \
                behind --, as in -- -lopez garcía.
                """,
            es: """
                Las palabras son enteras: mar no encuentra María, 'mar*' sí. Lo que va entre comillas dobles debe \
                estar junto, y también lo que divide la puntuación, como en un correo. Se excluye el registro \
                que tiene una palabra con - delante. Un teléfono o el número de un documento se encuentra como \
                sea que esté escrito. Conviene citar todo para el shell: '"mar plata" hotel* -lopez'; lo que \
                empieza con - va tras --, como en -- -lopez garcía.
                """
        ),
        Text(
            en: """
                The words are kept in an index that follows what is written. An import pays nothing for it: \
                the next search catches up first, a long way in pieces of some seconds, between which others \
                can write and of which none is lost where it ends early. Of a file that cannot be written, or \
                is busy, what the index lacks is read from the records, so that nothing is missed. What \
                another program has written into the file is found after check --repair. The snippet is of the \
                field that has most of what was looked for, which stands in it between brackets. A channel \
                stands once, with the newest of its messages and with how many more there are, (+3); in machine \
                formats matches is the number of all. channel log --containing shows each.
                """,
            es: """
                Las palabras se guardan en un índice que sigue a lo que se escribe. Una importación no paga \
                nada por él: la búsqueda siguiente se pone antes al día, si es mucho por partes de unos \
                segundos, entre las que otros pueden escribir y de las que ninguna se pierde si termina antes. \
                De un archivo en que no se puede escribir, o que está ocupado, lo que falta en el índice se \
                lee de los registros, y no se pierde nada. Lo que otro programa haya escrito en el archivo se \
                encuentra tras check --repair. El fragmento es del campo que tiene más de lo buscado, que va \
                en él entre corchetes. Un canal aparece una vez, con el más nuevo de sus mensajes y con cuántos \
                más hay, (+3); en los formatos de máquina matches es el número de todos. channel log \
                --containing muestra cada uno.
                """
        ),
    ]

    private static let examples = [
        Example(
            "\(ProgramName.placeholder) search garcía guadalajara",
            Text(en: "Both words, anywhere", es: "Ambas palabras, donde sea")
        ),
        Example(
            "\(ProgramName.placeholder) search '\"mar plata\" hotel*' --module organization,opportunity",
            Text(en: "A phrase and a beginning", es: "Una frase y un comienzo")
        ),
        Example(
            "\(ProgramName.placeholder) search 5512345678",
            Text(en: "Who has this telephone", es: "Quién tiene este teléfono")
        ),
        Example(
            "\(ProgramName.placeholder) search --refresh",
            Text(en: "From cron, after the imports of the night", es: "Desde cron, tras importar de noche")
        ),
    ]

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: discussion,
            operands: [
                Operand(
                    Placeholder.words,
                    .any,
                    summary: Text(
                        en: "words that must be there; word*, \"a phrase\", -word",
                        es: "palabras que deben estar; palabra*, \"una frase\", -palabra"
                    )
                ).beginningWithHyphen
            ],
            options: [ScopeOptions.modules(registry), SharedOptions.limit, SharedOptions.count, refresh],
            examples: examples,
            seeAlso: ["contact list"],
            synonyms: ["buscar", "busca", "encontrar", "find", "grep", "query"],
            run: { session in try SearchRequest(session.invocation, session.registry).run(in: session) }
        )
    }
}

/// The options and operands of `search` on a command line.
struct SearchRequest {
    /// The words, as typed.
    let text: String
    let modules: [Module]
    let limit: Int?
    let isCount: Bool
    let refreshes: Bool

    init(_ invocation: Invocation, _ registry: Registry) throws(UsageError) {
        text = invocation.operands.joined(separator: " ")
        modules = try invocation[ScopeOptions.modules(registry)]
        limit = try invocation[SharedOptions.limit]
        isCount = invocation[SharedOptions.count]
        refreshes = invocation[SearchCommand.refresh]
    }

    func run(in session: Session) throws {
        if refreshes, text.isEmpty { return try session.settleSearch() }
        let store = try session.openStore(for: .reading)
        try session.catchUp(with: store, for: modules)
        let hits = try store.search(for: text, in: modules)
        if isCount {
            return try session.printCount(hits.count())
        }
        try session.print(
            hits,
            people: [.module, .id, .name, .found, .snippet],
            machine: [.module, .id, .name, .field, .snippet, .details, .matches],
            limit: limit
        )
    }
}

extension Session {
    /// Updates the search index, waiting for other writers, and merges its pieces into one.
    fileprivate func settleSearch() throws {
        let store = try openStore(for: .writing)
        try follow(store)
        try store.settleSearch()
    }

    /// Updates the search index if that is quickly possible. Otherwise the search reads the missing records directly.
    ///
    /// - Parameter modules: the modules to search; all when it is empty.
    func catchUp(with reader: Store, for modules: [Module]) throws {
        guard line == nil, try reader.searchIsBehind(in: modules) else { return }
        do throws(CRMError) {
            let store = try openStoreAtOnce()
            try follow(store)
            try store.emptyLog()
        } catch {
            // A file that cannot be written can still be read.
            guard [.busy, .inputOutput, .configuration].contains(error.code) else { throw error }
        }
    }

    private func follow(_ store: Store) throws(CRMError) {
        var progress = indexProgress
        defer { progress.finish() }
        try store.refreshSearch { progress.advance(by: $0) }
    }
}
