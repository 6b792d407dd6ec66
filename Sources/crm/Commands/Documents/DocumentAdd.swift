import CLIKit
import CRMKit
import Formats
import Localization

/// `crm document add FILE…`: adds files, each as a document with its content; without a file, a record like any other.
enum DocumentAddVerb: Verb {
    static let name = AddVerb.name

    static let recursive = Flag(
        "recursive",
        short: "r",
        summary: Text(
            en: "Take whole folders, with those in them",
            es: "Tomar carpetas enteras, con las que contienen"
        ),
        discussion: Text(
            en: """
                Folders within become folders of the documents, under --folder or else under the name of the one that is \
                named. Links to folders are not followed; pipes and devices are passed over, with a note.
                """,
            es: """
                Las carpetas contenidas pasan a ser carpetas de los archivos, bajo --folder o, si no, bajo el nombre de la \
                indicada. No se siguen los enlaces a carpetas; las tuberías y dispositivos se omiten, con un aviso.
                """
        )
    ).synonyms("recursivo recursiva carpetas folders")

    static func summary(of module: Module) -> Text { AddVerb.summary(of: module) }

    static func command(for module: Module, in registry: Registry) -> Command {
        let plain = AddGrammar(module: module, registry: registry)
        let lead = "\(ProgramName.placeholder) \(module.name.noun) add"
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion + plain.discussion,
            operands: [files],
            options: [recursive] + plain.options.map(titled),
            examples: examples(lead),
            seeAlso: ["\(module.name.noun) revise", "\(module.name.noun) cat", "\(module.name.noun) extract"],
            synonyms: ["upload", "subir", "attach", "adjuntar"],
            run: { session in
                let add = try AddRequest(session.invocation, module, registry.center)
                let request = FilingRequest(session.invocation)
                guard request.files.isEmpty else {
                    return try FilingRun(request, add, module: module, session: session).run()
                }
                let inputs = try DocumentPath.inputs(of: add.inputs)
                try Addition(add.with(inputs), module: module, session: session).run()
            }
        )
    }

    private static let files = Operand(
        Placeholder.file,
        .any,
        summary: Text(
            en: "the files, - for standard input; none for a record without a content",
            es: "los archivos, - para la entrada estándar; ninguno para un registro sin contenido"
        ),
        completion: .files
    ).synonyms(SharedOperands.inputNames)

    private static func examples(_ lead: String) -> [Example] {
        [
            Example(
                Text(
                    en: "\(lead) contract.pdf --contact 42 --folder /contracts",
                    es: "\(lead) contrato.pdf --contact 42 --folder /contratos"
                ),
                Text(en: "A file of a contact", es: "Un archivo de un contacto")
            ),
            Example(
                Text(
                    en: "\(lead) --recursive scans --contact 42 --format id",
                    es: "\(lead) --recursive escaneos --contact 42 --format id"
                ),
                Text(en: "All files of a folder", es: "Todos los archivos de una carpeta")
            ),
            Example(
                Text(
                    en: "pg_dump shop | \(lead) - --title 'Shop, as it is today' --file-name shop.sql",
                    es: "pg_dump tienda | \(lead) - --title 'La tienda hoy' --file-name tienda.sql"
                ),
                Text(en: "What another program writes", es: "Lo que escribe otro programa")
            ),
            Example(
                Text(
                    en: "\(lead) --title 'Price list' --url https://example.org/prices",
                    es: "\(lead) --title 'Lista de precios' --url https://example.org/precios"
                ),
                Text(en: "A place on the web instead of a content", es: "Un lugar de la web en vez de un contenido")
            ),
        ]
    }

    /// Returns an option of `document add`. The title is optional, since a file's name is used if none is given.
    private static func titled(_ option: any OptionDeclaration) -> any OptionDeclaration {
        guard option.option.long == "title" else { return option }
        return option.required(false).described(
            as: Text(
                en: "Title, needed only where no file gives its name",
                es: "Título, necesario solo si ningún archivo da su nombre"
            ),
            option.option.discussion
        )
    }

    private static var discussion: [Text] {
        [
            Text(
                en: """
                    Each file becomes a document: its bytes are stored whole in the database, once however many documents \
                    have them, and its name, media type, size and SHA-256 with it. The title is the file's name without \
                    its ending unless one is given. Text, HTML and, where pdftotext or what pdf.text is configured to is \
                    found, PDF can be searched.
                    """,
                es: """
                    Cada archivo se guarda como registro: sus bytes quedan enteros en la base de datos, una sola vez \
                    aunque los tengan varios, y con ellos su nombre, tipo de contenido, tamaño y SHA-256. El título es el \
                    nombre del archivo sin su terminación, salvo que se indique otro. En el texto, HTML y, si se encuentra \
                    pdftotext o lo configurado en pdf.text, PDF se puede buscar.
                    """
            ),
            Text(
                en: """
                    With --path the file stays where it is, and only its SHA-256 is kept, by which verify tells whether it \
                    has changed; with --url nothing is read.
                    """,
                es: """
                    Con --path el archivo queda donde está y solo se guarda su SHA-256, por el que verify indica si ha \
                    cambiado; con --url no se lee nada.
                    """
            ),
        ]
    }
}

/// The options and operands of a command line that adds files as documents.
struct FilingRequest {
    let files: [String]
    let isRecursive: Bool

    init(_ invocation: Invocation) {
        files = invocation.operands
        isRecursive = invocation[DocumentAddVerb.recursive]
    }
}

/// A single run of `document add` with files.
struct FilingRun {
    private let request: FilingRequest
    private let add: AddRequest
    private let module: Module
    private let session: Session

    init(_ request: FilingRequest, _ add: AddRequest, module: Module, session: Session) {
        self.request = request
        self.add = add
        self.module = module
        self.session = session
    }

    func run() throws {
        let files = try FoundFiles(request.files, isRecursive: request.isRecursive, folder: folder, session: session)
        try check(files)
        let contacts = try GivenContacts(add.contacts, in: session)
        let store = try session.openStore(for: .writing)
        let attributes = try module.contacts.link.map { try store.linkAttributes($0, from: add.attributes) }
        let writing = session.writeRequest()
        var progress = session.rowProgress
        defer { progress.finish() }
        // Nothing is locked until a pipe begins to deliver.
        if files.files.contains(where: { $0.path == nil }) { FileDescriptor.standardInput.waitForBytes() }
        let ids = try store.write(writing) { transaction in
            session.interruption.hold()
            let people = try contacts.references.map { try store.id(of: $0, in: session.registry[.contact]) }
            let filing = DocumentFiling(in: transaction, extractingBy: TextExtraction(session).extract)
            let ids = try files.files.map { file in
                try session.interruption.check()
                let taken = try ContentIntake(store: store, session: session).take(file, by: filing)
                let content = taken.content
                try StatedContent.check(add.inputs, file.shown, sha256: content.sha256, size: content.size)
                let id = try filing.add(taken, inputs(of: file))
                for person in people {
                    guard let attributes else { continue }
                    _ = try transaction.link(module, contact: person, record: id, attributes)
                }
                progress.advance()
                return id
            }
            progress.finish()
            try session.report(of: transaction)
            if writing.isDryRun { try present(ids, in: store) }
            return ids
        }
        if writing.isDryRun {
            try session.noteDryRun()
            return
        }
        try SavedButUnwritten.reporting(ids) { try present(ids, in: store) }
    }

    private func present(_ ids: [Int64], in store: Store) throws {
        try session.show(ids, of: module, in: store, asList: ids.count != 1 || request.isRecursive)
    }

    /// The given folder; `nil` for none.
    private var folder: String? { add.inputs.last { $0.field == "folder" }?.text }

    private func inputs(of file: FoundFile) -> [FieldInput] {
        guard let folder = file.folder else { return add.inputs }
        return add.inputs.filter { $0.field != "folder" } + [FieldInput("folder", .set(folder))]
    }

    /// Checks that standard input, where it is among the files, is the only one, and is told what it is called.
    private func checkStandardInput(isNamed: Bool) throws(CRMError) {
        guard request.files.count == 1, isNamed else {
            throw CRMError(
                .usage,
                Text(
                    en: "standard input is one document, and needs a title",
                    es: "la entrada estándar es un solo archivo y necesita un título"
                ),
                hint: Text(en: "give it with --title", es: "indicarlo con --title"),
                module: module.name
            )
        }
        if add.contacts.contains("-") {
            throw CRMError(
                .usage,
                Text(
                    en: "standard input cannot be a file and the contacts as well",
                    es: "la entrada estándar no puede ser un archivo y además los contactos"
                ),
                module: module.name
            )
        }
    }

    private func check(_ files: FoundFiles) throws(CRMError) {
        let isGiven = { (key: String) in add.inputs.contains { $0.field == key } }
        if files.files.isEmpty {
            throw CRMError(
                .usage,
                Text(en: "there is no file in what is named", es: "no hay ningún archivo en lo indicado")
            )
        }
        for (key, option) in [("url", "--url"), ("path", "--path")] where isGiven(key) {
            throw CRMError(
                .usage,
                Text(
                    en: "\(option) is in place of a file's content, and a file is named",
                    es: "\(option) sustituye al contenido de un archivo, y se indica un archivo"
                ),
                hint: Text(en: "leave one of the two out", es: "omitir una de las dos cosas"),
                module: module.name
            )
        }
        let isNamed = isGiven("title") || isGiven("file_name")
        if request.files.contains("-") { try checkStandardInput(isNamed: isNamed) }
        if files.files.count > 1 || request.isRecursive, isNamed {
            throw CRMError(
                .usage,
                Text(
                    en: "one title cannot be that of several files",
                    es: "un título no puede ser el de varios archivos"
                ),
                hint: Text(
                    en: "without --title each has that of its name",
                    es: "sin --title cada uno tiene el de su nombre"
                ),
                module: module.name
            )
        }
    }
}
