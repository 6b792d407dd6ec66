import CLIKit
import CRMKit
import Formats
import Localization

/// `crm document extract REF… -o DIR`: writes contents as files into a folder.
enum DocumentExtractVerb: Verb {
    static let name = "extract"

    static let output = ValueOption<String>(
        "output",
        short: "o",
        Placeholder.folder,
        summary: Text(en: "Write the files into this folder", es: "Escribir los archivos en esta carpeta"),
        discussion: Text(
            en: "It is made where it is not there. By default it is the one that the command is called in.",
            es: "Se crea si no existe. Por omisión es aquella en la que se llama la orden."
        ),
        completion: .files
    ).synonyms("salida carpeta destino directorio out to dir")
    static let replace = Flag(
        "replace",
        summary: Text(en: "Write over files that are there", es: "Sobrescribir los archivos existentes"),
        discussion: Text(
            en: "Without it, a file of the name that is there is an error, and nothing is written.",
            es: "Sin ella, un archivo existente de ese nombre es un error, y no se escribe nada."
        )
    ).synonyms("reemplazar sobrescribir overwrite")

    static func summary(of module: Module) -> Text {
        Text(en: "Write documents as files of a folder", es: "Escribir los contenidos como archivos de una carpeta")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Each file is called as the document's file was, or by its title; of two with one name the second \
                        gets a number, and dots and hyphens that a name begins with are left out. A name chooses no folder: whatever it says, the file is in the one of --output. \
                        Each appears whole or not at all, and only its owner can read it. The paths are printed.
                        """,
                    es: """
                        Cada archivo se llama como se llamaba el guardado, o por su título; de dos con el mismo nombre, el \
                        segundo lleva un número, y se omiten los puntos y guiones con que empiece un nombre. Un nombre no elige carpeta: diga lo que diga, el archivo queda en la de \
                        --output. Cada uno aparece entero o no aparece, y solo su dueño puede leerlo. Se imprimen las rutas.
                        """
                )
            ],
            operands: [SharedOperands.references(to: module, .any)],
            options: [DocumentReading.version, output, replace] + ChoosingOptions.filtering(module),
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) extract 7 8 -o /tmp/x",
                    Text(en: "Two documents", es: "Dos archivos")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) extract --where 'contacts.id = 42' -o ana",
                    Text(en: "All of a contact", es: "Todos los de un contacto")
                ),
            ],
            seeAlso: ["\(noun) cat", "\(noun) open"],
            synonyms: ["extraer", "descargar", "download", "save", "guardar"],
            run: { session in try run(module, in: session) }
        )
    }

    private static func run(_ module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let wanted = session.invocation[DocumentReading.version]
        let folder = session.invocation[output] ?? "."
        let lead = folder.hasSuffix("/") ? folder : folder + "/"
        let ids = try session.meantIDs(of: module, in: store, verb: name)
        var taken: Set<String> = []
        var files: [(name: String, bytes: DocumentBytes)] = []
        for id in ids {
            let version = try store.document(id, version: wanted)
            guard let bytes = try DocumentReading.bytes(of: version, in: store) else {
                let error = DocumentReading.noContent(version, module)
                // Among documents chosen by a filter, some may have no content here.
                guard session.invocation.operands.isEmpty else { throw error }
                try session.note(error.message)
                continue
            }
            let name = DocumentReading.fileName(of: version)
            var free = name
            var number = 1
            while !taken.insert(free.lowercased()).inserted {
                number += 1
                free = FileName.numbered(name, number)
            }
            files.append((free, bytes))
        }
        if !session.invocation[replace] {
            let hint = Text(
                en: "choose another folder, or write over it with --replace",
                es: "elegir otra carpeta, o sobrescribirlo con --replace"
            )
            for file in files { try session.refuseOverwriting(lead + file.name, hint: hint) }
        }
        try session.withFolder(folder) { writer in
            for file in files {
                try session.checkIsFree(lead + file.name, for: output.spelling)
                try writer.write(file.name) { sink in try file.bytes.forEachPiece { try sink.append($0) } }
            }
        }
        try session.printForeign(files.map { lead + $0.name + "\n" }.joined())
    }
}

extension Session {
    /// Returns the records that operands name, or that match a view and filters.
    func meantIDs(of module: Module, in store: Store, verb: String) throws -> [Int64] {
        switch try MeantRecords(invocation, of: module, verb: verb) {
        case .named(let references): return try references.map { try store.id(of: $0, in: module) }
        case .chosen(let choice):
            try reportDoubts(of: choice.filters, on: module, in: store)
            return try store.ids(of: module, where: choice.filters(of: module, in: store))
        }
    }
}

extension Store {
    /// Returns the records that match filters, in the order of their ids.
    func ids(of module: Module, where filters: [String]) throws -> [Int64] {
        var query = try list(module)
        query.filters = filters
        return try query.ids(in: self)
    }
}

extension ListQuery {
    /// Returns the ids of the records, in their order.
    func ids(in store: Store) throws -> [Int64] {
        var query = self
        query.columns = ["id"]
        let rows = try query.rows(in: store)
        var ids: [Int64] = []
        while try rows.next() { ids.append(rows.integer(rows.columns[0].position)) }
        return ids
    }
}
