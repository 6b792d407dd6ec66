import Localization

extension Settings {
    /// The contents of the letterhead on printed documents.
    public enum Company: String, Sendable, Hashable, CaseIterable {
        /// The name of the company.
        case name
        /// The company's address, in lines.
        case address
        /// The company's tax id: RFC, NIF.
        case taxId = "tax_id"
        /// The company's telephone number, as printed.
        case phone
        /// The company's e-mail address.
        case email
        /// The path of the logo's file on the machine that prints.
        case logo
        /// Small print at the end of a document.
        case legal

        /// The prefix of the names of these settings.
        static let prefix = "company."

        /// The name of the setting: `company.tax_id`.
        public var name: String { Self.prefix + rawValue }

        /// Reads the name of a setting.
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
