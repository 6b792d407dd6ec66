import Localization

extension CustomType {
    private static let referencePrefix = "ref:"

    /// The names of the types; that of a reference is followed by its module.
    public static var names: [String] {
        FieldType.custom.compactMap(\.definition.customName) + [referencePrefix + "MODULE"]
    }

    /// The names of the types as a list in a sentence.
    public static var listing: Text {
        let names = Self.names.dropLast().joined(separator: ", ")
        return Text(en: "\(names), \(referencePrefix)MODULE", es: "\(names), \(referencePrefix)MÓDULO")
    }

    /// Returns the names of the types that a word means in either language: `fecha` is `date`.
    static func names(meantBy word: String) -> [String] {
        let word = MeantWord(word)
        return others.filter { word.means(oneOf: $0.words.split(separator: " ").map(String.init)) }.map(\.name)
    }

    /// Other words for the types.
    private static let others: [(name: String, words: String)] = [
        ("text", "texto string cadena varchar"), ("longtext", "texto-largo nota párrafo multiline textarea"),
        ("code", "código clave"), ("email", "correo e-mail mail"), ("phone", "teléfono tel"),
        ("url", "web enlace sitio link website"), ("integer", "entero int número number"),
        ("decimal", "número number float cantidad"), ("money", "dinero importe monto moneda amount currency"),
        ("percent", "porcentaje percentage %"), ("date", "fecha día day"),
        ("time", "hora momento fecha-y-hora fecha-hora datetime timestamp"), ("duration", "duración lapso"),
        ("boolean", "booleano bool lógico sí-no yes-no casilla checkbox"),
        ("choice", "opción selección select enum picklist"), ("list", "lista etiqueta tags multiselect"),
    ]

    /// Creates the type with a name: `text`, `ref:organization`.
    ///
    /// - Returns: `nil` for an unknown name. Whether the module of a reference exists is not checked.
    public init?(name: String) {
        let name = name.lowercased()
        if name.hasPrefix(Self.referencePrefix), name != Self.referencePrefix {
            self.init(.reference(ModuleName(rawValue: String(name.dropFirst(Self.referencePrefix.count)))))
        } else if let type = FieldType.custom.first(where: { $0.definition.customName == name }) {
            self.init(type)
        } else {
            return nil
        }
    }

    /// The name of the type.
    public var name: String {
        type.target.map { Self.referencePrefix + $0.noun } ?? type.definition.customName ?? ""
    }

    /// Returns the words for the type as shown to the user; those for a reference name the module.
    ///
    /// - Parameter one: returns the word for one record of a module.
    public func words(_ one: (ModuleName) -> Text) -> Text {
        if let target = type.target {
            let module = one(target)
            return Text(en: name, es: "referencia: \(module.es)")
        }
        return Text(en: name, es: Self.spanish[name] ?? name)
    }

    private static let spanish = [
        "text": "texto", "longtext": "texto largo", "code": "código", "email": "correo", "phone": "teléfono",
        "url": "dirección web", "integer": "entero", "decimal": "decimal", "money": "importe",
        "percent": "porcentaje", "date": "fecha", "time": "hora", "duration": "duración", "boolean": "sí o no",
        "choice": "opción", "list": "lista",
    ]

    /// The reason why fields of the type have no default; `nil` when they can have one.
    var reasonAgainstDefault: ValueError? {
        switch type.form {
        case .money:
            ValueError(
                en: "an amount has no default, since each record has its currency: give it with each record",
                es:
                    "un importe no tiene valor por omisión, pues cada registro tiene su moneda: indicarlo en cada uno"
            )
        case .reference:
            ValueError(
                en: "a reference has no default, since its record may go: give it with each record",
                es: "una referencia no tiene valor por omisión, pues su registro puede borrarse: indicarla en cada uno"
            )
        default: nil
        }
    }

    /// The names of the types whose fields can have a default, as a list in a sentence.
    static var listingOfDefaults: String {
        FieldType.custom.filter { CustomType($0).reasonAgainstDefault == nil }.compactMap(\.definition.customName)
            .joined(separator: ", ")
    }

    /// Whether values are stored as whole numbers.
    var isNumber: Bool { type.form.isInteger }

    /// Whether a field of the type can be a natural key, by which a REF names a record.
    public var canBeKey: Bool { type.definition.canBeKey }

    /// Returns the machine text of a stored value, as ``FieldType/text(of:currency:)`` does.
    public func text(of value: Value) -> String { type.text(of: value, currency: nil) }
}
