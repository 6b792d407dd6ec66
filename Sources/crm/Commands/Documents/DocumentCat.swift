import CLIKit
import CRMKit
import Formats
import Localization

/// `crm document cat REF`: writes the bytes of a document.
enum DocumentCatVerb: Verb {
    static let name = "cat"

    static func summary(of module: Module) -> Text {
        Text(en: "Write the content of documents", es: "Escribir el contenido de archivos")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        The bytes go to standard output as they were stored, those of several documents one after the \
                        other, or to the file of --output. Those of a document outside are read at its path. What is no \
                        text is not written to a terminal.
                        """,
                    es: """
                        Los bytes van a la salida estándar tal como se guardaron, los de varios archivos uno tras otro, o \
                        al archivo de --output. Los de un archivo externo se leen en su ruta. Lo que no es texto no se \
                        escribe en una terminal.
                        """
                )
            ],
            operands: [SharedOperands.references(to: module)],
            options: [DocumentReading.version, ExportVerb.output],
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) cat 7 | pdftotext - - | less",
                    Text(en: "Read a PDF", es: "Leer un PDF")
                ),
                Example(
                    Text(
                        en: "\(ProgramName.placeholder) \(noun) cat 7 --version 1 -o first.pdf",
                        es: "\(ProgramName.placeholder) \(noun) cat 7 --version 1 -o primera.pdf"
                    ),
                    Text(en: "What it was at first", es: "Lo que era al principio")
                ),
            ],
            seeAlso: ["\(noun) extract", "\(noun) open"],
            synonyms: ["print", "imprimir", "contenido", "content", "type"],
            run: { session in try run(module, in: session) }
        )
    }

    private static func run(_ module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let wanted = session.invocation[DocumentReading.version]
        let output = session.invocation[ExportVerb.output]
        let versions = try session.invocation.operands.map { reference in
            try store.document(store.id(of: reference, in: module), version: wanted)
        }
        // All documents are looked up before the first byte is written.
        let readers = try versions.map { try DocumentReading.requiredBytes(of: $0, in: store, module) }
        if output == nil || output == "-", session.line == nil, FileDescriptor.standardOutput.isTerminal {
            for version in versions where !MediaType(version.mediaType ?? "").isText {
                throw CRMError(
                    .usage,
                    Text(
                        en: "\(module.called(version.document).en) is no text for a terminal",
                        es: "\(module.called(version.document).es) no es texto para una terminal"
                    ),
                    hint: Text(en: "name a file with --output", es: "indicar un archivo con --output"),
                    module: module.name
                )
            }
        }
        try session.withOutput(to: output, reading: readers.compactMap(\.file)) { sink in
            for reader in readers { try reader.forEachPiece { try sink.append($0) } }
        }
    }
}
