import Localization

extension Settings {
    /// What the letterhead of the documents says that are printed.
    public enum Company: String, Sendable, Hashable, CaseIterable {
        /// The name of the company.
        case name
        /// Its address, in lines.
        case address
        /// What it is known by to who collects taxes: RFC, NIF.
        case taxId = "tax_id"
        /// Its telephone, as it is to be read.
        case phone
        /// Its e-mail address.
        case email
        /// The file of its picture, as the machine that prints finds it.
        case logo
        /// Small print at the end of a document.
        case legal

        /// The prefix of the names of these settings.
        static let prefix = "company."

        /// The name of the setting: `company.tax_id`.
        public var name: String { Self.prefix + rawValue }

        /// Takes the name of a setting.
        init?(name: String) {
            guard name.hasPrefix(Self.prefix) else { return nil }
            self.init(rawValue: String(name.dropFirst(Self.prefix.count)))
        }

        /// The setting as a field, with its type and label.
        var field: Field {
            switch self {
            case .name: .text(name, en: "Company", es: "Empresa")
            case .address: .longText(name, en: "Company's address", es: "Dirección de la empresa")
            case .taxId: .code(name, en: "Company's tax id", es: "RFC o NIF de la empresa")
            case .phone: .text(name, en: "Company's telephone", es: "Teléfono de la empresa")
            case .email: .email(name, en: "Company's e-mail", es: "Correo de la empresa")
            case .logo: .text(name, en: "Company's logo", es: "Logotipo de la empresa")
            case .legal: .longText(name, en: "Small print", es: "Texto legal")
            }
        }
    }
}
