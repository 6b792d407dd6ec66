import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm document verify`: reads every content and compares it with its hash.
enum DocumentVerifyVerb: Verb {
    static let name = "verify"

    static func summary(of module: Module) -> Text {
        Text(en: "Read contents back against their hashes", es: "Comprobar que los contenidos den su SHA-256")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Every content that a record names is read whole, whatever records name it, and those of the \
                        documents named alone where some are. What is damaged or missing is printed, with the records \
                        that have it, and the exit status is 1 then. A file that a document has by --path is read too: \
                        where it has changed, its new size and SHA-256 are taken, which is told.
                        """,
                    es: """
                        Se lee entero cada contenido que nombra un registro, sea cual sea, o solo los de los archivos \
                        indicados si se indican. Se imprime lo dañado o faltante, con los registros que lo tienen, y el \
                        estado de salida es entonces 1. También se lee el archivo que un registro tiene por --path: si ha \
                        cambiado, se toman su nuevo tamaño y SHA-256, y se avisa.
                        """
                )
            ],
            operands: [SharedOperands.references(to: module, .any)],
            options: [WritingOptions.dryRun],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) verify --json",
                    Text(en: "All of them, for a program", es: "Todos, para un programa")
                )
            ],
            seeAlso: ["check", "\(noun) prune"],
            synonyms: ["verificar", "comprobar", "check", "fsck"],
            run: { session in try VerifyRun(module: module, session: session).run() }
        )
    }
}

/// A single run of `document verify`.
struct VerifyRun {
    private let module: Module
    private let session: Session

    private struct Problem {
        let module: ModuleName
        let id: Int64
        let sha256: String
        let text: Text
    }

    init(module: Module, session: Session) {
        self.module = module
        self.session = session
    }

    func run() throws {
        let store = try session.openStore(for: .reading)
        let references = session.invocation.operands
        let ids = try references.map { try store.id(of: $0, in: module) }
        var problems: [Problem] = []
        var count = 0
        var size: Int64 = 0
        var progress = session.rowProgress
        try store.forEachNamedContent(by: references.isEmpty ? nil : (module.name, ids)) { sha256, known in
            progress.advance()
            if let known {
                count += 1
                size += known
            }
            guard let fault = try fault(of: sha256, isThere: known != nil, in: store) else { return }
            for (module, id) in try store.namers(of: sha256) where references.isEmpty || ids.contains(id) {
                if known == nil, session.registry[module].holdsContent, try store.isElsewhere(sha256, id) { continue }
                problems.append(Problem(module: module, id: id, sha256: sha256, text: fault))
            }
        }
        progress.finish()
        problems += try refresh(references.isEmpty ? nil : ids, in: store)
        try print(problems)
        try session.note(
            Text(
                en: "contents read: \(count), \(size) bytes; problems: \(problems.count)",
                es: "contenidos leídos: \(count), \(size) bytes; problemas: \(problems.count)"
            )
        )
        if !problems.isEmpty { throw CommandFailure(status: ExitStatus.failed) }
    }

    private func fault(of sha256: String, isThere: Bool, in store: Store) throws -> Text? {
        switch try isThere ? store.verifyContent(sha256) : .missing {
        case .sound: return nil
        case .missing: return Text(en: "its content is missing", es: "falta su contenido")
        case .damaged(let found, let size):
            return Text(
                en: "its content is damaged: \(size) bytes with the SHA-256 \(found)",
                es: "su contenido está dañado: \(size) bytes con el SHA-256 \(found)"
            )
        }
    }

    // MARK: - Files at paths

    /// Stores the present hashes and sizes of files at paths.
    private func refresh(_ ids: [Int64]?, in store: Store) throws -> [Problem] {
        var problems: [Problem] = []
        var changed: [(id: Int64, file: HashedFile)] = []
        for id in try store.ids(of: module, where: ["path != ''"]) where ids?.contains(id) ?? true {
            let document = try store.document(id)
            guard let path = document.path else { continue }
            do {
                let file = try HashedFile(reading: path)
                if file.sha256 != document.sha256 { changed.append((id, file)) }
            } catch let error as CRMError where error.code == .inputOutput {
                problems.append(
                    Problem(module: module.name, id: id, sha256: document.sha256 ?? "", text: error.message)
                )
            }
        }
        if changed.isEmpty { return problems }
        let writing = session.writeRequest()
        try session.openStore(for: .writing).write(writing) { transaction in
            for (id, file) in changed {
                _ = try transaction.edit(
                    module,
                    id: id,
                    [FieldInput("sha256", .set(file.sha256)), FieldInput("size", .set("\(file.size)"))]
                )
            }
        }
        for (id, file) in changed {
            let name = module.called(id)
            try session.note(
                Text(
                    en: "\(name.en): \(file.path) has changed since; its new SHA-256 was taken",
                    es: "\(name.es): \(file.path) ha cambiado; se tomó su nuevo SHA-256"
                )
            )
        }
        if writing.isDryRun { try session.noteDryRun() }
        return problems
    }

    // MARK: - Output

    /// Returns the columns of findings.
    static func columns(_ registry: Registry) -> [Listing.Column] {
        [
            Listing.Column("module", .one(of: registry.names.map(\.rawValue)), en: "Module", es: "Módulo"),
            Listing.Column("id", .identifier, en: "Id", es: "Id", isID: true),
            Listing.Column("sha256", .string(), en: "SHA-256", es: "SHA-256"),
            Listing.Column("message", .string, en: "Finding", es: "Hallazgo"),
        ]
    }

    private func print(_ problems: [Problem]) throws {
        if problems.isEmpty, try !session.outputFormat.isJSON { return }
        let columns = Self.columns(session.registry)
        try session.printListing(of: columns) { listing in
            for problem in problems {
                let text = problem.text(in: session.language)
                let module = session.registry[problem.module]
                let cells = ["\(problem.id)", problem.sha256, text]
                try listing.write(
                    Listing.Row(
                        machine: [problem.module.rawValue] + cells,
                        people: [module.one(in: session.language)] + cells,
                        json: columns.object([
                            .string(problem.module.rawValue), .integer(problem.id), .string(problem.sha256),
                            .string(text),
                        ])
                    )
                )
            }
        }
    }
}

extension Store {
    /// Returns whether all versions of a document with a hash have a path or a URL, so that the database need not
    /// contain them.
    func isElsewhere(_ sha256: String, _ id: Int64) throws -> Bool {
        let versions = try revisions(of: id) + [document(id)]
        return versions.filter { $0.sha256 == sha256 }.allSatisfy { $0.path != nil || $0.url != nil }
    }
}
