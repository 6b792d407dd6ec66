import CLIKit
import CRMKit
import Formats
import Localization

extension ProgramCommand {
    /// `crm config get|set|unset|list`: what is configured, and what says so.
    static let config = ProgramCommand(
        name: "config",
        summary: Text(en: "Show and change settings", es: "Mostrar y cambiar ajustes"),
        command: { _ in ConfigGrammar().command },
        run: { session in
            let operands = session.invocation.operands
            switch session.invocation.path.names.last {
            case "get": try session.printSetting(.init(named: operands[0]))
            case "set": try session.set(.init(named: operands[0]), to: operands[1])
            case "unset": try session.set(.init(named: operands[0]), to: "")
            default: try session.printSettings()
            }
        }
    )
}

/// The grammar of `config` and its subcommands.
private struct ConfigGrammar {
    var command: Command {
        Command(
            "config",
            summary: ProgramCommand.config.summary,
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
                    "\(ProgramName.placeholder) config list",
                    Text(en: "All settings and their origin", es: "Los ajustes y su origen")
                ),
            ],
            sections: [settings],
            subcommands: subcommands
        )
    }

    private var settings: Section {
        Section(
            title: Text(en: "SETTINGS", es: "AJUSTES"),
            [.definitions(Setting.Key.all.map { (term: $0.name, meaning: $0.summary) })]
        )
    }

    private var subcommands: [Subcommand] {
        [
            entry("get", Text(en: "Print the value in force", es: "Imprimir el valor vigente"), [key]),
            entry("set", Text(en: "Change a setting", es: "Cambiar un ajuste"), [key, value], [SharedOptions.create]),
            entry(
                "unset",
                Text(en: "Go back to the default", es: "Volver al valor predeterminado"),
                [key],
                [SharedOptions.create]
            ),
            entry("list", Text(en: "List settings and where they come from", es: "Listar ajustes y su origen"), []),
        ]
    }

    private func entry(
        _ name: String,
        _ summary: Text,
        _ operands: [Operand],
        _ options: [Option] = []
    ) -> Subcommand {
        Subcommand(name, summary: summary) {
            Command(name, summary: summary, operands: operands, options: options)
        }
    }

    private var key: Operand {
        Operand(
            "KEY",
            .one,
            summary: Text(en: "one of \(Setting.Key.list)", es: "uno de \(Setting.Key.list)"),
            completion: .words(Setting.Key.all.map { ($0.name, $0.summary) })
        )
    }

    private var value: Operand {
        Operand(
            "VALUE",
            .one,
            summary: Text(
                en: "the new value; an empty one goes back to the default",
                es: "el valor nuevo; uno vacío vuelve al predeterminado"
            )
        )
    }
}

extension Session {
    /// Prints the value alone, so that a script can take it as it is.
    fileprivate func printSetting(_ key: Setting.Key) throws {
        guard let setting = try settings([key]).first else { return }
        if try outputFormat.isJSON { return try print(setting.json) }
        guard let value = setting.value else {
            throw CRMError(
                .notFound,
                Text(en: "\(key.name) is not set", es: "\(key.name) no está definido"),
                hint: Text("\(program) config set \(key.name) …")
            )
        }
        try print(value + "\n")
    }

    fileprivate func printSettings() throws {
        let settings = try settings(Setting.Key.all)
        let format = try outputFormat
        try withOutput { sink in
            var listing = Listing(Setting.columns, format: format, style: outputStyle, to: sink)
            try listing.begin()
            for setting in settings { try listing.write(setting.row(in: language)) }
            try listing.end()
        }
    }

    /// Changes a setting where it is kept; empty text takes it away.
    fileprivate func set(_ key: Setting.Key, to text: String) throws {
        switch key {
        case .database(let name):
            let store = try openStore(for: .writing)
            do throws(CRMError) {
                _ = try store.set(name, to: text, writeRequest())
            } catch {
                throw Self.worded(error)
            }
        case .user(.language):
            let language = text.isEmpty ? nil : try Self.language(named: text)
            try UserConfiguration(environment: environment).set(.language, to: language?.rawValue)
        }
    }

    private static func language(named text: String) throws(CRMError) -> Language {
        if let language = Language(localeName: text) { return language }
        let list = Language.allCases.map(\.rawValue).joined(separator: ", ")
        let reason = Text(en: "not a language: write one of \(list)", es: "no es un idioma: escribir uno de \(list)")
        throw refusal(of: text, for: UserConfiguration.Key.language.rawValue, reason)
    }

    /// A value that cannot be taken, told of a setting: of a record it would be told as of an option.
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
