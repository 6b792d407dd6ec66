import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// `crm MODULE print REF`: prints a document for sending.
enum PrintVerb: Verb {
    static let name = "print"

    static let pdf = Flag(
        "pdf",
        summary: Text(en: "Make a PDF", es: "Hacer un PDF"),
        discussion: Text(
            en: """
                What makes it is the command that is configured (\(ProgramName.placeholder) config set pdf.command), which \
                reads the page on its standard input and writes the PDF to its standard output; else weasyprint, chromium or wkhtmltopdf, the \
                first that is found. The name of one of these is enough: pdf.command weasyprint.
                """,
            es: """
                Lo hace el comando configurado (\(ProgramName.placeholder) config set pdf.command), que lee la página en \
                su entrada estándar y escribe el PDF en su salida estándar; si no, weasyprint, chromium o wkhtmltopdf, el primero que se \
                encuentre. Basta el nombre de uno de ellos: pdf.command weasyprint.
                """
        )
    )
    static let template = ValueOption<String>(
        "template",
        Placeholder.file,
        summary: Text(
            en: "Fill this template in, - for standard input",
            es: "Llenar esta plantilla, - para la entrada estándar"
        ),
        discussion: Text(
            en:
                "A page of HTML, or a text where --format text is given. The chapter TEMPLATES says what can stand in it.",
            es: "Una página HTML, o un texto con --format text. El capítulo PLANTILLAS dice qué puede contener."
        ),
        completion: .files
    ).synonyms("plantilla")
    static let showTemplate = Flag(
        "show-template",
        summary: Text(en: "Print the template, not a document", es: "Imprimir la plantilla, no un documento"),
        discussion: Text(en: "To begin one of your own with.", es: "Para empezar una propia.")
    )

    static func summary(of module: Module) -> Text {
        Text(en: "Print a \(module.one.en) as it is sent", es: "Imprimir \(module.spanish.a) como se envía")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        let lead = "\(ProgramName.placeholder) \(noun) print 12"
        let (page, pdfFile) = (module.fileNameOfOne(ending: "html"), module.fileNameOfOne(ending: "pdf"))
        return Command(
            name,
            summary: summary(of: module),
            discussion: discussion,
            operands: [SharedOperands.reference(to: module, .optional)],
            options: [ExportVerb.output, pdf, template, showTemplate],
            examples: [
                Example(
                    Text(en: "\(lead) --lang es -o \(page.en)", es: "\(lead) --lang es -o \(page.es)"),
                    Text(en: "A page in Spanish", es: "Una página en español")
                ),
                Example(
                    Text(en: "\(lead) --pdf -o \(pdfFile.en)", es: "\(lead) --pdf -o \(pdfFile.es)"),
                    Text(en: "To attach to a mail", es: "Para adjuntarla a un correo")
                ),
                Example(
                    "\(ProgramName.placeholder) \(noun) print 12 --format text",
                    Text(en: "The body of a mail", es: "El cuerpo de un correo")
                ),
            ],
            sections: [PaperManual.templates],
            seeAlso: ["\(noun) show", "config"],
            synonyms: ["imprimir"],
            run: { session in try PrintRun(PrintRequest(session.invocation), module: module, session: session).run() }
        )
        .adapting(GlobalOptions.format(among: ["html", "text"]))
    }

    private static var discussion: [Text] {
        [
            Text(
                en: """
                    Writes one page of HTML that needs nothing else, in the language of --lang, ready for a browser's \
                    printer: letterhead, who it is for with the address of the contact, where it is shipped to, lines and \
                    taxes, totals in figures and words, terms, places to sign. --format text writes the same for the body of \
                    a mail. What was rejected, superseded or cancelled, is a draft of a contract or still wants the approval \
                    of a second person is marked as such. Figures are written as in the country of the configuration, \
                    whatever the language: 1.250,50 in Spain, 1,250.50 in Mexico.
                    """,
                es: """
                    Escribe una página HTML que no necesita nada más, en el idioma de --lang, lista para imprimirse desde \
                    un navegador: membrete, a quién va con la dirección del contacto, a dónde se envía, líneas e \
                    impuestos, totales con cifra y letra, términos, espacio para firmas. --format text escribe lo mismo \
                    para el cuerpo de un correo. Lo rechazado, sustituido o cancelado, el borrador de una póliza y la \
                    compra que aún espera la autorización de una segunda persona llevan una marca que lo dice. Las cifras \
                    se escriben como en el país configurado, en cualquier idioma: 1.250,50 en España, 1,250.50 en México.
                    """
            ),
            Text(
                en: """
                    The letterhead is configured: company.name, company.address, company.tax_id, company.phone, \
                    company.email, company.logo (a picture's file) and company.legal (small print at the end).
                    """,
                es: """
                    El membrete se configura: company.name, company.address, company.tax_id, company.phone, \
                    company.email, company.logo (el archivo de una imagen) y company.legal (el texto legal al final).
                    """
            ),
        ]
    }
}

/// The options and operands of `print` on a command line.
struct PrintRequest {
    let reference: String?
    let output: String?
    let isPDF: Bool
    let template: String?
    let showsTemplate: Bool
    /// The name of the format, which may be `html` or `text`; `nil` if none is given.
    let form: String?

    init(_ invocation: Invocation) {
        reference = invocation.operands.first
        output = invocation[ExportVerb.output]
        isPDF = invocation[PrintVerb.pdf]
        template = invocation[PrintVerb.template]
        showsTemplate = invocation[PrintVerb.showTemplate]
        form = invocation.formName
    }
}

/// A single run of `MODULE print`.
struct PrintRun {
    private let request: PrintRequest
    private let module: Module
    private let session: Session

    /// The greatest length of a template in bytes, since templates are read whole.
    private static let longestTemplate = 4 << 20

    init(_ request: PrintRequest, module: Module, session: Session) {
        self.request = request
        self.module = module
        self.session = session
    }

    func run() throws {
        guard let form = PaperForm.forms[module.name] else { return }
        let kind = try self.kind()
        let text =
            try request.template.map(readTemplate)
            ?? PaperTemplate(form: form, module: module, language: session.language).text(as: kind)
        if request.showsTemplate {
            return try session.withOutput(to: request.output, reading: inputs) { try $0.append(text) }
        }
        guard let reference = request.reference else {
            throw CRMError(
                .usage,
                Text(en: "name the \(module.one.en) to print", es: "indicar \(module.spanish.the) por imprimir"),
                hint: Text("\(ProgramName.placeholder) \(module.name.noun) print 42")
            )
        }
        let source = request.template.map { InputFile($0).name } ?? Text(en: "the template", es: "la plantilla")
        let document = try filled(text, kind, form, reference, source)
        if request.isPDF { return try makePDF(of: document) }
        try session.withOutput(to: request.output, reading: inputs) { sink in
            try document.forEachPiece { try sink.append($0) }
        }
        if kind == .html, request.form == nil { try noteHTML() }
    }

    /// Tells the user of the forms that are read with ease where HTML that was not asked for fills a terminal.
    private func noteHTML() throws {
        guard request.output == nil, FileDescriptor.standardOutput.isTerminal else { return }
        try session.note(
            Text(
                en: "this is HTML; --output FILE.html keeps it, --pdf makes a PDF, --format text is to be read here",
                es: "esto es HTML; --output ARCHIVO.html lo guarda, --pdf hace un PDF, --format text se lee aquí"
            )
        )
    }

    /// The input files.
    private var inputs: [String] { request.template.map { [$0] } ?? [] }

    private func kind() throws -> Template.Kind {
        switch request.form {
        case nil: return try kindByEnding()
        case "html": return .html
        case "text":
            guard request.isPDF else { return .text }
            throw CRMError(.usage, Text(en: "a PDF is made of HTML", es: "un PDF se hace de HTML"))
        case let form?:
            throw CRMError(
                .usage,
                Text(en: "a document is not printed as \(form)", es: "un documento no se imprime como \(form)"),
                hint: Text(en: "write --format html or text, or --pdf", es: "escribir --format html o text, o --pdf")
            )
        }
    }

    /// The kind that the ending of the output file's name says, where no option does.
    private func kindByEnding() throws(CRMError) -> Template.Kind {
        guard !request.isPDF, let path = request.output, let ending = FileEnding(path) else { return .html }
        switch ending.text {
        case "html", "htm": return .html
        case "txt", "text": return .text
        // A template of one's own makes what its author wants.
        case _ where request.template != nil || request.showsTemplate: return .html
        case _ where !ending.isForeign && InputFormat(fileName: path) == nil: return .html
        default:
            let hint =
                ending.text == "pdf"
                ? Text(en: "write --pdf too", es: "escribir además --pdf")
                : Text(
                    en: "give the file the ending .html or .txt, or write --pdf",
                    es: "dar al archivo la terminación .html o .txt, o escribir --pdf"
                )
            throw CRMError(
                .usage,
                Text(
                    en: "a document is not printed as \(ending.text), as \"\(path)\" would be",
                    es: "un documento no se imprime como \(ending.text), como sería «\(path)»"
                ),
                hint: hint
            )
        }
    }

    // MARK: - Templates

    private func readTemplate(_ path: String) throws -> String {
        let bytes = try session.readWhole(path, atMost: Self.longestTemplate)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let name = InputFile(path).name
            throw CRMError(.invalid, Text(en: "\(name.en) is not UTF-8", es: "\(name.es) no es UTF-8"))
        }
        return text
    }

    /// Fills a template in, by one state of the database: totals and lines are read one after the other.
    ///
    /// - Returns: the whole document. What standard output has got cannot be taken back, and what reads the document
    ///   slowly must not keep that state in use.
    private func filled(
        _ text: String,
        _ kind: Template.Kind,
        _ form: PaperForm,
        _ reference: String,
        _ source: Text
    ) throws -> UnnamedFile {
        do {
            let template = try Template(parsing: text, as: kind)
            let store = try session.openStore(for: .reading)
            return try store.reading {
                try UnnamedFile(document(template, form, reference, source, in: store).write(to:))
            }
        } catch let error as TemplateError {
            throw CRMError(error, in: source)
        }
    }

    private func document(
        _ template: Template,
        _ form: PaperForm,
        _ reference: String,
        _ source: Text,
        in store: Store
    ) throws -> PaperDocument {
        let id = try store.id(of: reference, in: module)
        let settings = try store.readSettings()
        let values = PaperValues(store, module, id, form, try session.audience, settings)
        let names = template.names
        let logo =
            names.contains { $0.name == Settings.Company.logo.name }
            ? try logo(settings.stored[.company(.logo)] ?? "") : ""
        return PaperDocument(template: template, values: try values.values(for: names, logo: logo), source: source)
    }

    /// Returns the company's logo for the page; empty, after a message to the user, if it cannot be read.
    private func logo(_ path: String) throws -> String {
        if path.isEmpty { return "" }
        do throws(CRMError) {
            return try LogoPicture(reading: path).address
        } catch {
            try session.note(
                Text(
                    en: "printed without the logo: \(error.message.en)",
                    es: "se imprime sin logotipo: \(error.message.es)"
                )
            )
            return ""
        }
    }

    // MARK: - PDF

    private func makePDF(of document: UnnamedFile) throws {
        if request.output == nil || request.output == "-", FileDescriptor.standardOutput.isTerminal {
            throw CRMError(
                .usage,
                Text(en: "a PDF is not for a terminal", es: "un PDF no es para una terminal"),
                hint: Text(en: "name a file with --output", es: "indicar un archivo con --output")
            )
        }
        let program = try pdfProgram()
        if let notice = try program.notice(waiting: session.interruption.isReady) { try session.note(notice) }
        let process = program.process
        try session.withOutput(to: request.output, reading: inputs) { sink in
            var start = PDFStart()
            try process.run(on: document, waiting: session.interruption.isReady) {
                try sink.append(start.passed($0, from: process.calling))
            }
            try start.finish(from: process.calling)
        }
    }

    private func pdfProgram() throws -> KnownProgram.Filter {
        let environment = session.environment
        let configured = try UserConfiguration(environment: environment).value(of: .pdfCommand)
        let known = KnownProgram.makingPDF
        if let filter = KnownProgram.filter(configured, among: known, in: environment) { return filter }
        let names = known.map(\.name).joined(separator: ", ")
        throw CRMError(
            .configuration,
            Text(
                en: "no program makes a PDF: none of \(names) is found",
                es: "ningún programa hace PDF: no se encuentra \(names)"
            ),
            hint: Text(
                en: "install one, or name another: \(ProgramName.placeholder) config set pdf.command 'PROGRAM - -'",
                es: "instalar uno, o indicar otro: \(ProgramName.placeholder) config set pdf.command 'PROGRAMA - -'"
            )
        )
    }
}

/// Checks by its first bytes that the output of a program is a PDF (ISO 32000-1, 7.5.2), before any of it is passed on.
private struct PDFStart {
    private static let signature = Array("%PDF-".utf8)
    /// The bytes held back; `nil` once they are known to begin a PDF.
    private var held: [UInt8]? = []

    /// Returns the bytes that can be passed on.
    ///
    /// - Throws: ``CRMError`` `failed` for output that is not a PDF.
    mutating func passed(_ piece: [UInt8], from program: String) throws(CRMError) -> [UInt8] {
        guard let start = held else { return piece }
        let all = start + piece
        guard all.count >= Self.signature.count else {
            held = all
            return []
        }
        guard all.starts(with: Self.signature) else { throw Self.fault(of: program) }
        held = nil
        return all
    }

    /// Ends the output.
    ///
    /// - Throws: ``CRMError`` `failed` if it is shorter than the signature of a PDF.
    func finish(from program: String) throws(CRMError) {
        if held != nil { throw Self.fault(of: program) }
    }

    private static func fault(of program: String) -> CRMError {
        CRMError(
            .failed,
            Text(en: "\(program): what it wrote is no PDF", es: "\(program): lo que escribió no es un PDF"),
            hint: Text(
                en:
                    "the command of pdf.command reads HTML on its standard input and writes a PDF to its standard output",
                es: "el comando de pdf.command lee HTML en su entrada estándar y escribe un PDF en su salida estándar"
            )
        )
    }
}
