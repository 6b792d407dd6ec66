import Localization
import SQLite

/// The settings of a whole database, which apply to all its users.
public struct Settings: Sendable {
    /// The names of the settings.
    public enum Key: Sendable, Hashable {
        /// The ISO 4217 code of records that name no currency.
        case currency
        /// The ISO 3166-1 alpha-2 code of the country whose phone numbers need no country code.
        case country
        /// When people work.
        case hours
        /// The pattern for the numbers of a module's documents.
        case number(ModuleName)
        /// A part of the letterhead.
        case company(Company)
        /// A setting for importing and sending mail.
        case mail(Mail)
        /// A setting of a module, by its key.
        case module(ModuleName, String)

        private static let numberPrefix = "number."

        /// Reads a name as commands, exports and the file spell it; whether the module exists is not checked.
        public init?(name: String) {
            switch name {
            case "currency": self = .currency
            case "country": self = .country
            case "hours": self = .hours
            default:
                if let company = Company(name: name) {
                    self = .company(company)
                    return
                }
                if let mail = Mail(name: name) {
                    self = .mail(mail)
                    return
                }
                if name.hasPrefix(Self.numberPrefix) {
                    self = .number(ModuleName(rawValue: String(name.dropFirst(Self.numberPrefix.count))))
                    return
                }
                guard let dot = name.firstIndex(of: "."), !name.hasPrefix(Company.prefix) else { return nil }
                let key = String(name[name.index(after: dot)...]).underscored
                self = .module(ModuleName(rawValue: String(name[..<dot])), key)
            }
        }

        /// The name: `currency`, `number.sales-order`.
        public var name: String {
            switch self {
            case .currency: "currency"
            case .country: "country"
            case .hours: "hours"
            case .number(let module): Self.numberPrefix + module.noun
            case .company(let company): company.name
            case .mail(let mail): mail.name
            case .module(let module, let key): "\(module.noun).\(key.hyphenated)"
            }
        }

        /// Every setting that there is.
        public static func all(in registry: Registry) -> [Key] {
            [.currency, .country, .hours]
                + registry.modules.filter { $0.documentNumber != nil }.map { .number($0.name) }
                + Company.allCases.map(Key.company) + Mail.allCases.map(Key.mail)
                + registry.modules.flatMap { module in module.settings.map { .module(module.name, $0.key) } }
        }

        /// Returns a value of the setting for people: days of the week and choices by their words in a language.
        public func label(of value: String, in registry: Registry, _ language: Language) -> String {
            switch self {
            case .hours: WorkingHours.text(value, in: language)
            case .module:
                field(in: registry).type.choices.first { $0.key == value }?.label(in: language) ?? value
            case .currency, .country, .number, .company, .mail: value
            }
        }

        /// The setting as a field, with its type and label.
        func field(in registry: Registry) -> Field {
            switch self {
            case .currency: return Field(name, .currency, en: "Currency", es: "Moneda")
            case .country: return Field(name, .country, en: "Country", es: "País")
            case .hours: return Field(name, .text, en: "Working hours", es: "Horario de trabajo")
            case .number(let module):
                let number = registry.find(module)?.documentNumber?.label ?? Text(module.noun)
                return Field(name, .code, en: "Pattern of \(number.en)", es: "Patrón de \(number.es)")
            case .company(let company): return company.field
            case .mail(let mail): return mail.field
            case .module(let module, let key):
                guard let field = registry.find(module)?.setting(key) else {
                    return Field(name, .code, en: name, es: name)
                }
                return Field(
                    name,
                    field.type,
                    label: field.label,
                    traits: field.traits,
                    default: field.defaultValue,
                    note: field.note
                )
            }
        }
    }

    /// The table, and the name by which the change log calls it.
    static let table = "setting"
    /// The currency of a database in which none was configured.
    public static let defaultCurrency = "USD"
    /// The value of a setting for no document numbers.
    public static let noNumbers = "none"

    /// The configured values; settings with their default are not included.
    public let stored: [Key: String]

    /// The currency of records that name none.
    public var currency: String { stored[.currency] ?? Self.defaultCurrency }
    /// The country of phone numbers without country code; `nil` compares them by their digits alone.
    public var country: String? { stored[.country] }

    init(reading database: Database) throws(SQLiteError) {
        let rows = try database.all("SELECT \"key\", \"value\" FROM \(Self.table.quotedIdentifier)")
        var stored: [Key: String] = [:]
        for row in rows {
            if let key = row[0].text.flatMap(Key.init(name:)) { stored[key] = row[1].text }
        }
        self.stored = stored
    }

    /// Returns the setting of a module with a key; its default when it is not configured.
    func value(of key: String, in module: Module) -> Value {
        stored[.module(module.name, key)].map(Value.text) ?? module.setting(key)?.defaultValue ?? .null
    }

    /// Returns the pattern for the numbers that new records get in a field.
    ///
    /// - Returns: `nil` when they get none.
    /// - Throws: ``CRMError`` `configuration` for a text stored by another program that is no pattern.
    func pattern(of field: Field, in module: ModuleName) throws(CRMError) -> NumberPattern? {
        let key = Key.number(module)
        guard !field.traits.contains(.custom), let text = stored[key] else { return field.pattern }
        if text == Self.noNumbers { return nil }
        do {
            return try NumberPattern(parsing: text)
        } catch {
            throw Self.unreadable(text, of: key, error)
        }
    }

    /// When people work.
    ///
    /// - Throws: ``CRMError`` `configuration` for what another program has stored and is no hours.
    func hours() throws(CRMError) -> WorkingHours {
        let text = stored[.hours] ?? WorkingHours.usual
        do {
            return try WorkingHours(parsing: text)
        } catch {
            throw Self.unreadable(text, of: .hours, error)
        }
    }

    private static func unreadable(_ text: String, of key: Key, _ error: ValueError) -> CRMError {
        CRMError(
            .configuration,
            Text(en: "\(key.name) \"\(text)\": \(error.reason.en)", es: "\(key.name) «\(text)»: \(error.reason.es)"),
            hint: Text("\(ProgramName.placeholder) config set \(key.name) …")
        )
    }
}

extension Settings.Key {
    /// The description of a setting in a phrase; for a setting of a module, the label of its field and a note.
    public func summary(in registry: Registry) -> Text {
        let field = field(in: registry)
        guard let note = field.note else { return field.label }
        return Text(en: "\(field.label.en): \(note.en)", es: "\(field.label.es): \(note.es)")
    }

    /// Reads a value for the setting.
    ///
    /// - Throws: ``ValueError`` for an invalid value.
    func parse(_ text: String, in context: ValueContext, _ registry: Registry) throws(ValueError) -> Value {
        let value = try field(in: registry).type.parse(text, in: context)
        if self == .mail(.me), let text = value.text { _ = try OwnAddresses(parsing: text) }
        if self == .hours, let text = value.text { _ = try WorkingHours(parsing: text) }
        guard case .number = self, let text = value.text else { return value }
        if [Settings.noNumbers, "ninguno"].contains(text.lowercased()) { return .text(Settings.noNumbers) }
        _ = try NumberPattern(parsing: text)
        return value
    }

    /// The default value, as text; `nil` when there is none.
    public func defaultValue(in registry: Registry) -> String? {
        switch self {
        case .currency: Settings.defaultCurrency
        case .country, .company, .mail: nil
        case .hours: WorkingHours.usual
        case .number(let module): registry.find(module)?.documentNumber?.pattern?.text
        case .module(let module, let key): registry.find(module)?.setting(key)?.defaultValue.text
        }
    }
}

extension Store {
    /// The settings as they are in the database.
    public func readSettings() throws(CRMError) -> Settings {
        try translating { try settings() }
    }
}
