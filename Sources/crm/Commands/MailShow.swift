import CLIKit
import CRMKit
import Formats
import Localization

/// The additional functions of `show` for messages: printing a message for reading, its bytes, or an attachment.
struct MailShow {
    static let quotes = Flag(
        "quotes",
        summary: Text(en: "Fold quoted text", es: "Plegar el texto citado"),
        discussion: Text(
            en: "Each run of lines that begin with > becomes one that says how many there are.",
            es: "Cada serie de líneas que empiezan con > se convierte en una que dice cuántas son."
        )
    )
    static let w3m = Flag(
        "w3m",
        summary: Text(en: "Let w3m make the text of a page", es: "Que w3m haga el texto de una página"),
        discussion: Text(
            en: "Of a message that has a page of HTML; tables keep their form so. The program has to be there.",
            es:
                "De un mensaje que tiene una página HTML; así las tablas conservan su forma. El programa debe estar instalado."
        )
    )
    static let raw = Flag(
        "raw",
        summary: Text(
            en: "Write the message to the byte, as it came",
            es: "Escribir el mensaje byte por byte, como llegó"
        ),
        discussion: Text(
            en: """
                A program that reads mail can be given it: with --output mail.eml, or on a pipe. Marks that an mbox has put \
                before lines which begin with From are taken away.
                """,
            es: """
                Puede darse a un programa que lee correo: con --output mensaje.eml, o por una tubería. Se quitan las marcas \
                que un mbox haya puesto ante las líneas que empiezan con From.
                """
        )
    ).synonyms("crudo fuente source eml")
    static let attachment = ValueOption<Int>(
        "attachment",
        "N",
        in: 1...Int(Int32.max),
        summary: Text(en: "Write the attachment of this number", es: "Escribir el adjunto de este número"),
        discussion: Text(
            en: """
                They count from 1, as show lists them. With --output naming a folder that is there, the file gets its own \
                name in it, without any folder that the message may have put before it.
                """,
            es: """
                Se cuentan desde 1, como los muestra show. Si --output indica una carpeta existente, el archivo recibe ahí \
                su propio nombre, sin las carpetas que el mensaje le haya puesto delante.
                """
        )
    ).synonyms("adjunto anexo")

    /// The options of `show` for messages.
    static let options: [any OptionDeclaration] = [quotes, w3m, raw, attachment, ExportVerb.output]

    private let session: Session

    /// - Returns: `nil` if the message is shown like any record.
    init?(_ module: Module, in session: Session) throws {
        guard module.takesMail else { return nil }
        let invocation = session.invocation
        let wantsBytes = invocation.has(Self.raw) || invocation.has(Self.attachment)
        if !wantsBytes, invocation.has(ExportVerb.output) {
            throw CRMError(
                .usage,
                Text(en: "--output goes with --raw or --attachment", es: "--output va con --raw o --attachment")
            )
        }
        try Self.checkOptions(invocation)
        let isRead = try session.outputFormat == .table && invocation[SharedOptions.columns()].isEmpty
        guard wantsBytes || invocation.has(Self.quotes) || invocation.has(Self.w3m) || isRead else { return nil }
        self.session = session
    }

    /// Refuses options that ask for different outputs at once.
    private static func checkOptions(_ invocation: Invocation) throws(CRMError) {
        func given(_ options: any OptionDeclaration...) -> [String] {
            options.filter { invocation.has($0) }.map(\.spelling)
        }
        let (bytes, read) = (given(raw, attachment), given(quotes, w3m))
        let wanted = bytes + read
        guard let first = wanted.first else { return }
        let isForPeople = bytes.isEmpty && invocation.formName == OutputFormat.table.rawValue
        let form = isForPeople ? [] : given(GlobalOptions.json, GlobalOptions.format)
        let others = given(SharedOptions.columns()) + form
        let isOfBoth = bytes.count > 1 || !bytes.isEmpty && !read.isEmpty
        guard let other = others.first ?? (isOfBoth ? wanted.last : nil) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "\(first) and \(other) ask for different things",
                es: "\(first) y \(other) piden cosas distintas"
            ),
            hint: Text(en: "leave one of the two out", es: "omitir una de las dos"),
            module: .email
        )
    }

    func run() throws {
        let invocation = session.invocation
        let store = try session.openStore(for: .reading)
        let module = session.registry[.email]
        let ids = try invocation.operands.map { try store.id(of: $0, in: module) }
        if invocation[Self.raw] || invocation.has(Self.attachment) {
            guard ids.count == 1, let id = ids.first else {
                throw CRMError(.usage, Text(en: "name one message", es: "indicar un solo mensaje"))
            }
            return try writeBytes(of: try store.mail(id), in: store)
        }
        try session.withOutput(paged: true) { sink in
            for (index, id) in ids.enumerated() {
                if index > 0 { try sink.append("\n") }
                try write(try store.mail(id), in: store, to: sink)
            }
        }
    }

    // MARK: - Bytes

    private func writeBytes(of mail: StoredMail, in store: Store) throws {
        var path = session.invocation[ExportVerb.output]
        guard let number = try session.invocation[Self.attachment] else {
            let content = try mail.raw(in: store)
            return try session.withOutput(to: path) { sink in
                guard mail.isQuoted else { return try content.forEachPiece { try sink.append($0) } }
                var lines = FromQuoting(adding: false)
                try content.forEachPiece { try lines.append($0, to: sink) }
                try lines.finish(to: sink)
            }
        }
        if let folder = path, FileStatus.isFolder(folder), mail.attachments.indices.contains(number - 1) {
            // The sender chose the name of the file.
            let file = "\(folder)/\(mail.attachments[number - 1].name)"
            try session.refuseOverwriting(
                file,
                hint: Text(en: "name the file to write with -o", es: "indicar con -o el archivo que se escribe")
            )
            path = file
        }
        if path == nil || path == "-", session.line == nil, FileDescriptor.standardOutput.isTerminal {
            throw CRMError(
                .usage,
                Text(en: "a file is not for a terminal", es: "un archivo no es para una terminal"),
                hint: Text(en: "name a file or a folder with -o", es: "indicar un archivo o una carpeta con -o")
            )
        }
        try session.withOutput(to: path) { sink in
            try mail.attachment(number, in: store) { try sink.append($0) }
        }
    }

    // MARK: - Reading

    private func write(_ mail: StoredMail, in store: Store, to sink: ByteSink) throws {
        let style = try session.outputStyle
        let language = session.language
        let module = session.registry[.email]
        func label(_ key: String) -> String { (module.field(key)?.label ?? Text(key))(in: language) }
        var entries = mail.people.map { KeyValueBlock.Entry(label($0.field), $0.text) }
        if let date = mail.date {
            entries.append(KeyValueBlock.Entry(label("date"), style.audience.clock.shortTime(ofStored: date)))
        }
        entries.append(KeyValueBlock.Entry(label("subject"), mail.subject))
        if !mail.attachments.isEmpty {
            let files = try mail.attachmentsAsTheyCame(in: store).enumerated().map { "\($0 + 1)  \(Self.line($1))" }
            let title = Text(en: "Attachments", es: "Adjuntos")(in: language)
            entries.append(KeyValueBlock.Entry(title, files.joined(separator: "\n")))
        }
        var bytes: [UInt8] = []
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        let whole = try text(of: mail, in: store, width: style.lineWidth)
        let text = session.invocation[Self.quotes] ? QuotedText.folded(whole, in: language) : whole
        let lines = LineWrapping.lines(of: text, width: style.lineWidth, expandsTabs: true)
        for line in lines { bytes += Array("\(line)\n".utf8) }
        try sink.append(bytes)
        try RelatedBlock(store.related(to: mail.id, in: module), of: mail.id, in: store, style: style).write(to: sink)
    }

    /// Returns the text of a message; if requested, that of its HTML page as rendered by another program.
    private func text(of mail: StoredMail, in store: Store, width: Int) throws -> String {
        guard session.invocation[Self.w3m], let page = try mail.page(in: store) else { return mail.text }
        guard session.environment.finds("w3m") else {
            throw CRMError(
                .configuration,
                Text(en: "w3m is not found", es: "no se encuentra w3m"),
                hint: Text(en: "install it, or leave --w3m out", es: "instalarlo, o omitir --w3m")
            )
        }
        let command = "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols \(width)"
        var text: [UInt8] = []
        try FilterProcess(command: command, environment: session.environment)
            .run(Array(page.utf8), waiting: session.interruption.isReady) { text += $0 }
        return String(decoding: text, as: UTF8.self)
    }

    private static func line(_ file: StoredMail.Attachment) -> String {
        [file.name, file.mediaType, file.size.map(size)].compactMap { $0 }.joined(separator: "  ")
    }

    private static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1000: "\(bytes) B"
        case ..<1_000_000: "\((bytes + 500) / 1000) kB"
        default: "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
        }
    }
}

/// The display of quotations in the text of a message.
enum QuotedText {
    /// Returns the text with each run of several quoted lines replaced by one line.
    static func folded(_ text: String, in language: Language) -> String {
        var lines: [Substring] = []
        var quoted: [Substring] = []
        func flush() {
            guard quoted.count > 1 else {
                lines += quoted
                quoted = []
                return
            }
            let count = quoted.count
            lines.append(Text(en: "> [\(count) quoted lines]", es: "> [\(count) líneas citadas]")(in: language)[...])
            quoted = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(">") {
                quoted.append(line)
            } else {
                flush()
                lines.append(line)
            }
        }
        flush()
        return lines.joined(separator: "\n")
    }
}
