import CLIKit
import CRMKit
import Formats
import Localization

/// `crm config get|set|unset|list`: shows and changes settings, and shows where their values come from.
enum ConfigCommand: ProgramCommand {
    static let name = "config"
    static let summary = Text(en: "Show and change settings", es: "Mostrar y cambiar ajustes")

    static func command(in registry: Registry) -> Command {
        ConfigGrammar(registry: registry).command
    }
}

/// The grammar of `config` and its subcommands.
private struct ConfigGrammar {
    let registry: Registry

    var command: Command {
        var command = Command(
            ConfigCommand.name,
            summary: ConfigCommand.summary,
            discussion: [
                Text(
                    en: """
                        What decides about data is kept in the database, for everybody who uses it, and can be \
                        undone like any other change; what one person likes in that person's own file. Nothing that \
                        is configured changes what machines read.
                        """,
                    es: """
                        Lo que decide sobre los datos se guarda en la base de datos, para quienes la usen, y puede \
                        deshacerse como cualquier otro cambio; lo que prefiere una persona, en su propio archivo. \
                        Ningún ajuste cambia lo que leen las máquinas.
                        """
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) config set currency MXN",
                    Text(en: "Amounts in pesos", es: "Importes en pesos")
                ),
                Example(
                    "\(ProgramName.placeholder) config set country MX",
                    Text(en: "Phones of Mexico", es: "Teléfonos de México")
                ),
                Example(
                    "\(ProgramName.placeholder) config set number.quote 'Q-{year:2}{month}-{n:3}'",
                    Text(en: "Number quotes by month", es: "Numerar las cotizaciones por mes")
                ),
                Example(
                    "\(ProgramName.placeholder) config list",
                    Text(en: "All settings and their origin", es: "Los ajustes y su origen")
                ),
            ],
            sections: [settings, numbers],
            subcommands: subcommands,
            synonyms: ["ajustes", "ajuste", "settings", "configurar", "configuración", "configuration", "preferencias"]
        )
        let registry = registry
        command.phrases = { value in
            Setting.Key.all(in: registry).map { key in
                let line = value.map { "set \(key.name) \(Remedy.shown($0))" } ?? "get \(key.name)"
                return (words: [key.name] + key.otherWords, line: line)
            }
        }
        return command
    }

    private var settings: Section {
        Section(
            title: Text(en: "SETTINGS", es: "AJUSTES"),
            [.definitions(Setting.Key.all(in: registry).map { (term: $0.name, meaning: $0.summary(in: registry)) })]
        )
    }

    private var numbers: Section {
        Section(
            title: Text(en: "NUMBERS", es: "NÚMEROS"),
            [
                .paragraph(
                    Text(
                        en: """
                            A record with a number that is made without one gets the next by its pattern. {n} counts, \
                            {n:4} with zeros in front; {year}, {year:2}, {month} and {day} are those of the day, and \
                            where one of them changes the count begins anew; {{ and }} are braces, all else stands as \
                            it is. A number is never given twice, not after an undo either, and what is not saved \
                            takes none. Of numbers that people give themselves, the next free one is given. The word \
                            none in place of a pattern gives no numbers.
                            """,
                        es: """
                            Un registro con número que se crea sin él recibe el siguiente según su patrón. {n} cuenta, \
                            {n:4} con ceros delante; {year}, {year:2}, {month} y {day} son los del día, y donde uno \
                            de ellos cambia la cuenta empieza de nuevo; {{ y }} son llaves, y lo demás queda como \
                            está. Un número nunca se da dos veces, tampoco después de deshacer, y lo que no se guarda \
                            no toma ninguno. Los números dados a mano se saltan. La palabra none en lugar de un patrón \
                            no da números.
                            """
                    )
                )
            ]
        )
    }

    private var subcommands: [Subcommand] {
        [
            Subcommand(
                "get",
                Text(en: "Print the value in force", es: "Imprimir el valor vigente"),
                Text(
                    en:
                        "The value alone is printed, so that a script can take it as it is; with none the exit status is 3.",
                    es:
                        "Se imprime solo el valor, para que un script lo tome tal cual; si no hay, el estado de salida es 3."
                ),
                operands: [key]
            ) { session in
                try session.printSetting(.init(named: session.invocation.operands[0], in: session.registry))
            },
            Subcommand(
                "set",
                Text(en: "Change a setting", es: "Cambiar un ajuste"),
                Text(
                    en: "A change of the country reads telephone numbers anew, so that they are found by it.",
                    es: "Un cambio del país lee de nuevo los teléfonos, para que se encuentren según él."
                ),
                operands: [key, value],
                options: [WritingOptions.dryRun, WritingOptions.create],
                mendsConfiguration: true,
                synonyms: ["guardar"]
            ) { session in
                try session.set(
                    .init(named: session.invocation.operands[0], in: session.registry),
                    to: session.invocation.operands[1]
                )
            },
            Subcommand(
                "unset",
                Text(en: "Go back to the default", es: "Volver al valor predeterminado"),
                Text(
                    en: "Taking away what is not set is no error.",
                    es: "Quitar lo que no está definido no es un error."
                ),
                operands: [key],
                options: [WritingOptions.dryRun, WritingOptions.create],
                mendsConfiguration: true,
                synonyms: ["reset"]
            ) { session in
                try session.set(.init(named: session.invocation.operands[0], in: session.registry), to: "")
            },
            Subcommand(
                "list",
                Text(en: "List settings and where they come from", es: "Listar ajustes y su origen"),
                Text(
                    en: "Those that nobody has set are listed with their defaults.",
                    es: "Los que nadie definió se listan con sus valores predeterminados."
                ),
                hasIDs: false
            ) { session in
                try session.printSettings()
            },
        ]
    }

    private var key: Operand {
        Operand(
            Placeholder.key,
            .one,
            summary: Text(
                en: "one of \(Setting.Key.list(in: registry))",
                es: "uno de \(Setting.Key.list(in: registry))"
            ),
            completion: .words(Setting.Key.all(in: registry).map { ($0.name, $0.summary(in: registry)) })
        )
    }

    private var value: Operand {
        Operand(
            Placeholder.value,
            .one,
            summary: Text(
                en: "the new value; an empty one goes back to the default",
                es: "el valor nuevo; uno vacío vuelve al predeterminado"
            )
        )
    }
}

extension Session {
    /// Prints the value alone, for use in a script.
    fileprivate func printSetting(_ key: Setting.Key) throws {
        guard let setting = try settings([key]).first else { return }
        if try outputFormat.isJSON { return try print(setting.json(in: registry)) }
        guard let value = setting.value else {
            throw CRMError(
                .notFound,
                Text(en: "\(key.name) is not set", es: "\(key.name) no está definido"),
                hint: Text("\(program) config set \(key.name) …")
            )
        }
        try printForeign(value + "\n")
    }

    fileprivate func printSettings() throws {
        let settings = try settings(Setting.Key.all(in: registry))
        try printListing(of: Setting.columns(in: registry)) { listing in
            for setting in settings { try listing.write(setting.row(in: language, registry)) }
        }
    }

    /// Changes a setting where it is stored; an empty text removes it.
    fileprivate func set(_ key: Setting.Key, to text: String) throws {
        switch key {
        case .database(let name):
            let store = try openStore(for: .writing)
            // A relative path would name another file in every other folder.
            let text = name == .company(.logo) && !text.isEmpty ? FilePath.absolute(text) : text
            do throws(CRMError) {
                _ = try store.set(name, to: text, writeRequest())
            } catch {
                throw Self.worded(error)
            }
            if name == .country, !text.isEmpty { try noteStandardCurrency(of: store.readSettings()) }
            if name == .company(.logo), !text.isEmpty { try noteUnusable(logo: text) }
        case .user(let name):
            let value = try Self.value(text, for: name)
            try refuseFileInTransaction()
            try UserConfiguration(environment: environment).set(
                name,
                to: value,
                timeout: timeout(),
                write: isDryRun ? nil : configure
            )
        }
        if isDryRun { try noteDryRun() }
    }

    /// Informs users who set their country that amounts have the default currency until they set that too.
    private func noteStandardCurrency(of settings: Settings) throws {
        guard settings.stored[.currency] == nil else { return }
        let command = CommandLineText(program: program, words: ["config", "set", "currency"]).text
        try note(
            Text(
                en: "amounts that name no currency are in \(settings.currency): \(command) … says another",
                es: "los importes sin moneda son en \(settings.currency): \(command) … indica otra"
            )
        )
    }

    /// Informs the user if a file is not usable as a logo. It is not an error, since the file may be created later, or
    /// be on another machine.
    private func noteUnusable(logo path: String) throws {
        do throws(CRMError) {
            _ = try LogoPicture(reading: path)
        } catch {
            try note(
                Text(
                    en: "\(error.message.en); what is printed has no logo as long as that is so",
                    es: "\(error.message.es); mientras sea así, lo que se imprime no lleva logotipo"
                )
            )
        }
    }

    /// Returns the value to write to the user's file; `nil` to remove the line.
    private static func value(_ text: String, for key: UserConfiguration.Key) throws(CRMError) -> String? {
        if text.isEmpty { return nil }
        switch key {
        case .language: return try language(named: text).rawValue
        case .chatCredentials:
            // A relative path would name another file in every other folder.
            let path = FilePath.target(of: text)
            try ChatCredentials.checkIsPrivate(FileStatus.isPipeOrDevice(text) ? text : path)
            return path
        case .pdfCommand, .pdfText, .mailSend, .mailFrom:
            guard !text.contains(where: \.isNewline) else {
                throw refusal(
                    of: text,
                    for: key.rawValue,
                    Text(en: "write it on one line", es: "escribirlo en una sola línea")
                )
            }
            if key == .mailFrom { _ = try MailPeople.sender(text, option: key.rawValue) }
            return text
        }
    }

    private static func language(named text: String) throws(CRMError) -> Language {
        if let language = Language(localeName: text) { return language }
        let list = Language.allCases.map(\.rawValue).joined(separator: ", ")
        let reason = Text(en: "not a language: write one of \(list)", es: "no es un idioma: escribir uno de \(list)")
        throw refusal(of: text, for: UserConfiguration.Key.language.rawValue, reason)
    }

    /// Returns the error for an invalid value in words about a setting; the original ones are about an option.
    private static func worded(_ error: CRMError) -> CRMError {
        guard error.code == .invalid, let problem = error.problems.first else { return error }
        return refusal(of: problem.value ?? "", for: problem.field, problem.reason)
    }

    private static func refusal(of value: String, for setting: String, _ reason: Text) -> CRMError {
        CRMError(
            .invalid,
            Text(
                en: "\(setting) cannot be \"\(value)\": \(reason.en)",
                es: "\(setting) no puede ser «\(value)»: \(reason.es)"
            )
        )
    }
}

extension Session {
    /// Writes the user's configuration.
    private func configure(_ bytes: [UInt8], _ path: String) throws {
        try checkIsFree(path, for: ConfigCommand.name, isConfiguration: true)
        // The mode of a file that is there is the user's, whatever new files have.
        try AtomicFile(
            interruption: interruption,
            mode: FileStatus.mode(path) ?? AtomicFile.ownMode,
            isMasked: !FileStatus.exists(path)
        ).write(bytes, to: path)
    }
}
