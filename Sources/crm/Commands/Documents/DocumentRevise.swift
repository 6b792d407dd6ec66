import CLIKit
import CRMKit
import Formats
import Localization

/// `crm document revise REF FILE`: stores a new version of a document.
enum DocumentReviseVerb: Verb {
    static let name = "revise"

    static let version = ValueOption<String>(
        "version",
        Placeholder.version,
        summary: Text(
            en: "Call it this, by default the next number",
            es: "Llamarla así, por omisión el número siguiente"
        ),
        discussion: Text(
            en: "After 1 comes 2, after 2.9 comes 2.10. No two versions of a document are called alike.",
            es: "A 1 le sigue 2, y a 2.9, 2.10. No hay dos versiones de un archivo que se llamen igual."
        )
    ).synonyms("versión")

    static func summary(of module: Module) -> Text {
        Text(en: "Store a later version of a document", es: "Guardar una versión posterior de un archivo")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        let fields = FieldOptions(module).forEditing.filter { option in
            !Self.told.contains(option.option.long)
        }
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        The file becomes what the document is now, with its name, media type, size and SHA-256. What it \
                        was stays as a row of its revisions (\(ProgramName.placeholder) \(noun) revision list), whose \
                        content cat, extract and open give with --version. The same content again changes nothing. Other \
                        fields can be changed with it.
                        """,
                    es: """
                        El archivo pasa a ser lo que el registro es ahora, con su nombre, tipo de contenido, tamaño y \
                        SHA-256. Lo que era queda como fila de sus revisiones (\(ProgramName.placeholder) \(noun) revision \
                        list), cuyo contenido dan cat, extract y open con --version. El mismo contenido de nuevo no cambia \
                        nada. Pueden cambiarse a la vez otros campos.
                        """
                )
            ],
            operands: [
                SharedOperands.reference(to: module),
                Operand(
                    Placeholder.file,
                    .one,
                    summary: Text(en: "the file, - for standard input", es: "el archivo, - para la entrada estándar"),
                    completion: .files
                ).synonyms(SharedOperands.inputNames),
            ],
            options: [version] + fields + [WritingOptions.force, WritingOptions.dryRun],
            examples: [
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) \(noun) revise 7 contract.pdf",
                        es: "\(ProgramName.placeholder) \(noun) revise 7 contrato.pdf"
                    ),
                    Text(en: "The next version", es: "La versión siguiente")
                ),
                Example(
                    Text(
                        en:
                            "\(ProgramName.placeholder) \(noun) revise 7 contract.pdf --version 2.0 --expires-on 2027-12-31",
                        es:
                            "\(ProgramName.placeholder) \(noun) revise 7 contrato.pdf --version 2.0 --expires-on 2027-12-31"
                    ),
                    Text(en: "With a name of its own and another expiry", es: "Con nombre propio y otro vencimiento")
                ),
            ],
            seeAlso: ["\(noun) add", "\(noun) cat"],
            synonyms: ["replace", "reemplazar", "revisar", "actualizar"],
            run: { session in try run(module, in: session) }
        )
    }

    /// The options of fields whose values come from the file.
    private static let told: Set<String> = ["version", "file-name", "media-type", "size", "sha256", "url", "path"]

    private static func run(_ module: Module, in session: Session) throws {
        let (reference, path) = (session.invocation.operands[0], session.invocation.operands[1])
        let given = try FieldOptions(module).inputs(in: session.invocation, isEdit: true)
        var inputs = try session.meant(by: given.filter { !told.contains($0.field.hyphenated) })
        if let version = session.invocation[version] { inputs.append(FieldInput("version", .set(version))) }
        let files = try FoundFiles([path], isRecursive: false, folder: nil, session: session).files
        guard let file = files.first else { return }
        let store = try session.openStore(for: .writing)
        let id = try store.id(of: reference, in: module)
        let writing = session.writeRequest()
        let isChanged = try store.write(writing) { transaction in
            session.interruption.hold()
            let filing = DocumentFiling(in: transaction, extractingBy: TextExtraction(session).extract)
            let taken = try ContentIntake(store: store, session: session).take(file, by: filing)
            let isChanged = try filing.revise(id, with: taken, inputs)
            try session.report(of: transaction)
            if writing.isDryRun { try session.show([id], of: module, in: store, asList: false) }
            return isChanged
        }
        try session.finishChange(isChanged: isChanged, isDryRun: writing.isDryRun) {
            try session.showSaved([id], of: module, in: store)
        }
    }
}
