import Localization

extension Settings {
    /// Settings for importing and sending mail.
    public enum Mail: String, Sendable, Hashable, CaseIterable {
        /// The user's own addresses, by which received mail is told from sent mail.
        case me

        /// The prefix of the names of these settings.
        static let prefix = "mail."

        /// The name of the setting: `mail.me`.
        public var name: String { Self.prefix + rawValue }

        /// Reads the name of a setting.
        init?(name: String) {
            guard name.hasPrefix(Self.prefix) else { return nil }
            self.init(rawValue: String(name.dropFirst(Self.prefix.count)))
        }

        /// The setting as a field, with its type and label.
        var field: Field {
            switch self {
            case .me:
                .text(
                    name,
                    en: "Own addresses",
                    es: "Direcciones propias",
                    note: Text(
                        en: "addresses and domains with blanks or commas between them, as ana@example.org example.com",
                        es: "direcciones y dominios separados por espacios o comas, como ana@example.org example.com"
                    )
                )
            }
        }
    }
}
