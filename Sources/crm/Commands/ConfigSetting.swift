import CLIKit
import CRMKit
import Formats
import Glibc
import Localization

/// A setting in effect: its value, and the source of the value.
struct Setting {
    /// The settings, each stored where it belongs: those that affect data in the database, personal preferences in the
    /// user's file.
    enum Key: Equatable {
        /// A setting stored in the database.
        case database(Settings.Key)
        /// A setting stored in the user's file.
        case user(UserConfiguration.Key)

        /// Returns all settings.
        static func all(in registry: Registry) -> [Key] {
            Settings.Key.all(in: registry).map(Key.database) + UserConfiguration.Key.allCases.map(Key.user)
        }

        /// The setting's name.
        var name: String {
            switch self {
            case .database(let key): key.name
            case .user(let key): key.rawValue
            }
        }

        /// Returns the description of the setting, in a phrase.
        func summary(in registry: Registry) -> Text {
            switch self {
            case .database(.currency):
                Text(en: "currency of new records, ISO 4217", es: "moneda de los registros nuevos, ISO 4217")
            case .database(.country):
                Text(
                    en: "country of phone numbers without country code, and of the order of day and month, ISO 3166-1",
                    es: "país de los teléfonos sin código de país, y del orden de día y mes, ISO 3166-1"
                )
            case .database(.hours):
                Text(
                    en: "working hours, within which event free looks",
                    es: "horario de trabajo, dentro del cual busca event free"
                )
            case .database(.number(let module)):
                Text(
                    en: "pattern of the numbers that new \(registry[module].several.en) get, or none",
                    es: "patrón de los números que reciben \(registry[module].spanish.theSeveralNew), o none"
                )
            case .database(.company(let company)): company.summary
            case .database(.mail(let mail)): mail.summary
            case .database(.module(let module, let key)):
                Settings.Key.module(module, key).summary(in: registry)
            case .user(.language): Text(en: "language of help and messages", es: "idioma de la ayuda y los mensajes")
            case .user(.pdfCommand):
                Text(
                    en: "command that reads a page of HTML and writes a PDF, for print --pdf",
                    es: "comando que lee una página HTML y escribe un PDF, para print --pdf"
                )
            case .user(.pdfText):
                Text(
                    en: "command that reads a PDF and writes its text, as pdftotext does, for searches in documents",
                    es: "comando que lee un PDF y escribe su texto, como pdftotext, para buscar en archivos"
                )
            case .user(.mailSend):
                Text(
                    en: "command that reads a message and sends it, as sendmail -t or msmtp -t",
                    es: "comando que lee un mensaje y lo envía, como sendmail -t o msmtp -t"
                )
            case .user(.mailFrom):
                Text(
                    en: "whose messages are written: Ana Ruiz <ana@example.org>",
                    es: "de quién son los mensajes que se escriben: Ana Ruiz <ana@example.org>"
                )
            case .user(.chatCredentials):
                Text(
                    en: "file of mode 0600 by which Rocket.Chat knows the user, for channel sync",
                    es: "archivo de modo 0600 con que Rocket.Chat reconoce al usuario, para channel sync"
                )
            }
        }

        /// - Throws: ``CRMError`` `usage` for an unknown name.
        init(named name: String, in registry: Registry) throws(CRMError) {
            // Both spellings of a noun name its module.
            let canonical = Settings.Key(name: name)?.name ?? name
            guard let key = Self.all(in: registry).first(where: { $0.name == canonical }) else {
                throw CRMError(
                    .usage,
                    Text(en: "there is no setting \"\(name)\"", es: "no existe el ajuste «\(name)»"),
                    hint: Text(thatIs: Self.names(meantBy: name, in: registry))
                        ?? Text(
                            en: "a setting is one of \(Self.list(in: registry))",
                            es: "un ajuste es uno de \(Self.list(in: registry))"
                        )
                )
            }
            self = key
        }

        /// Returns the names of the settings that a word means in either language: `moneda` is `currency`.
        private static func names(meantBy word: String, in registry: Registry) -> [String] {
            let word = MeantWord(word)
            return all(in: registry).filter { word.means(oneOf: $0.otherWords) }.map(\.name)
        }

        /// The words that users may type for the setting, in either language.
        var otherWords: [String] {
            Self.others.filter { $0.name == name }.flatMap { $0.words.split(separator: " ").map(String.init) }
        }

        /// Words that users may type for settings.
        private static let others: [(name: String, words: String)] = [
            ("currency", "moneda divisa"), ("country", "país"), ("language", "idioma lengua lang"),
            ("company.name", "empresa razón-social nombre company compañía"),
            ("company.address", "dirección domicilio"),
            ("company.tax_id", "rfc nif cif tax-id"), ("company.phone", "teléfono phone"),
            ("company.email", "correo email"), ("company.logo", "logo logotipo"), ("pdf.command", "pdf"),
            ("rocketchat.credentials", "rocketchat rocket.chat credenciales credentials token chat"),
            ("mail.me", "me yo mis-direcciones"),
            ("number.quote", "folio numeración number"), ("hours", "horario horas-de-trabajo"),
        ]

        /// Returns all names, for help and messages.
        static func list(in registry: Registry) -> String { all(in: registry).map(\.name).joined(separator: ", ") }
    }

    /// The source of a value.
    enum Source: String, CaseIterable {
        /// The command line.
        case option
        /// An environment variable.
        case environment
        /// The user's file.
        case user
        /// The database.
        case database
        /// The program.
        case builtIn = "default"
    }

    let key: Key
    /// The value; `nil` if nothing is configured and there is no default.
    let value: String?
    let source: Source
    /// The variable, file or database the value comes from.
    let location: String?
}

extension Setting {
    /// Returns the columns of settings.
    static func columns(in registry: Registry) -> [Listing.Column] {
        [
            Listing.Column(
                "key",
                .one(of: Key.all(in: registry).map(\.name)),
                en: "Setting",
                es: "Ajuste",
                isWhole: true
            ),
            Listing.Column("value", .string.orNull, en: "Value", es: "Valor"),
            Listing.Column("source", .one(of: Source.allCases.map(\.rawValue)), en: "From", es: "Origen"),
            Listing.Column("location", .string.orNull, en: "Where", es: "Dónde"),
        ]
    }

    func json(in registry: Registry) -> JSONValue {
        Self.columns(in: registry).object([
            .string(key.name), .text(value), .string(source.rawValue), .text(location),
        ])
    }

    /// The value for people: days of the week and choices by their words in a language.
    private func words(in language: Language, _ registry: Registry) -> String {
        guard let value, case .database(let key) = key else { return value ?? "" }
        return key.label(of: value, in: registry, language)
    }

    func row(in language: Language, _ registry: Registry) -> Listing.Row {
        let words: Text =
            switch source {
            case .option: Text(en: "command line", es: "línea de comandos")
            case .environment: Text(en: "environment", es: "entorno")
            case .user: Text(en: "user's file", es: "archivo del usuario")
            case .database: Text(en: "database", es: "base de datos")
            case .builtIn: Text(en: "default", es: "predeterminado")
            }
        let cells = [key.name, value ?? "", source.rawValue, location ?? ""]
        return Listing.Row(
            machine: cells,
            people: [cells[0], self.words(in: language, registry), words(in: language), cells[3]],
            json: json(in: registry)
        )
    }
}

extension Session {
    /// Returns settings in effect. The database is only opened if one of them is stored there.
    func settings(_ keys: [Setting.Key]) throws -> [Setting] {
        let needsDatabase = keys.contains { if case .database = $0 { true } else { false } }
        let store = needsDatabase ? try openStoreIfMade() : nil
        let stored = try store?.readSettings()
        return try keys.map { key in
            switch key {
            case .database(let name):
                if let value = stored?.stored[name] {
                    return Setting(key: key, value: value, source: .database, location: store?.path)
                }
                return Setting(key: key, value: name.defaultValue(in: registry), source: .builtIn, location: nil)
            case .user(.language): return languageSetting
            case .user(let command):
                let configuration = UserConfiguration(environment: environment)
                let value = try configuration.value(of: command)
                return Setting(
                    key: key,
                    value: value,
                    source: value == nil ? .builtIn : .user,
                    location: value == nil ? nil : configuration.path
                )
            }
        }
    }

    /// Opens the database. It is `nil` if it is the default one and does not exist yet: its settings are the defaults.
    private func openStoreIfMade() throws -> Store? {
        let location = try databaseLocation()
        if location.isDefault, access(location.path, F_OK) != 0, errno == ENOENT { return nil }
        return try openStore(for: .reading)
    }

    private var languageSetting: Setting {
        let choice = LanguageChoice(
            option: invocation.text(of: GlobalOptions.language).flatMap(Language.init(localeName:)),
            environment: environment
        ).decision
        let (source, location): (Setting.Source, String?) =
            switch choice.origin {
            case .option: (.option, nil)
            case .variable(let name): (.environment, name)
            case .userConfiguration: (.user, UserConfiguration(environment: environment).path)
            case .none: (.builtIn, nil)
            }
        return Setting(key: .user(.language), value: choice.language.rawValue, source: source, location: location)
    }
}

extension Settings.Company {
    /// The description of the setting, in a phrase.
    fileprivate var summary: Text {
        switch self {
        case .name: Text(en: "name of the company on what is printed", es: "nombre de la empresa en lo que se imprime")
        case .address: Text(en: "its address, in lines", es: "su dirección, en líneas")
        case .taxId: Text(en: "its tax id", es: "su RFC o NIF")
        case .phone: Text(en: "its telephone", es: "su teléfono")
        case .email: Text(en: "its e-mail address", es: "su correo electrónico")
        case .logo:
            Text(en: "file of its logo: PNG, JPEG, GIF or WebP", es: "archivo de su logotipo: PNG, JPEG, GIF o WebP")
        case .legal: Text(en: "small print at the end", es: "texto legal al final")
        }
    }
}

extension Settings.Mail {
    /// The description of the setting, in a phrase.
    fileprivate var summary: Text {
        switch self {
        case .me:
            Text(
                en: "own addresses and domains, by which mail is incoming or outgoing",
                es: "direcciones y dominios propios, que distinguen el correo entrante del saliente"
            )
        }
    }
}
