import Localization

/// Rows that belong to a record and have no life of their own: further telephone numbers of a person, lines of a quote.
///
/// They come and go with their record, each at a position that counts from 1.
public struct Part: Sendable {
    /// Who sees the rows.
    public enum Visibility: Sendable {
        /// People and programs: options, verbs, JSON, columns.
        case shown
        /// The program alone, which keeps something for later.
        case kept
    }

    /// The stable name of one row, in snake_case: `point`. Options and the lines of an export are called so.
    public let name: String
    /// What people call one row.
    public let label: Text
    /// What people call several rows.
    public let plural: Text
    /// The Spanish noun for a row, for sentences.
    public let spanish: SpanishNoun
    /// What the rows hold, in order.
    public let fields: [Field]
    /// The key under which JSON has the rows of a record, and by which paths name them: `points`.
    public let key: String
    /// Who sees them.
    public let visibility: Visibility
    /// The fields that an option takes in this order, with colons between them: `email:ana@example.org`.
    public let shorthand: [String]
    /// Completes and checks a row before it is stored.
    let complete: (@Sendable (inout PartDraft) throws -> Void)?
    /// The key of the tracked field whose periods the rows are.
    let tracked: String?

    /// Declares a part.
    init(
        _ name: String,
        en: String,
        es: String,
        plural: (key: String, en: String, es: String),
        gender: Gender,
        visibility: Visibility = .shown,
        shorthand: [String] = [],
        fields: [Field],
        complete: (@Sendable (inout PartDraft) throws -> Void)? = nil,
        tracking tracked: String? = nil
    ) {
        self.name = name
        label = Text(en: en, es: es)
        self.plural = Text(en: plural.en, es: plural.es)
        spanish = SpanishNoun(es, plural: plural.es, gender)
        key = plural.key
        self.visibility = visibility
        self.shorthand = shorthand
        self.fields = fields
        self.complete = complete
        self.tracked = tracked
    }

    /// The field by which records are found, where there is one.
    var keyField: Field? { fields.first { $0.traits.contains(.key) } }
    /// The choice that says of what kind a row is, where rows of a part are of kinds: it decides what their key is.
    public var kindField: Field? { keyField?.variants.flatMap { field($0.key) } }
    /// The field with a key.
    public func field(_ key: String) -> Field? { fields.first { $0.key == key } }
    /// Where a field stands in ``fields``.
    public func position(of key: String) -> Int? { fields.firstIndex { $0.key == key } }
    /// The key of the place of a row among those of its record.
    public static let positionKey = "position"
}

/// A row of a part on its way to being stored.
public struct PartDraft: Sendable {
    /// What kind of row it is.
    public let part: Part
    /// As stored, one for each field of the part.
    public var values: [Value]

    /// A row holding the defaults.
    init(new part: Part) {
        self.part = part
        values = part.fields.map(\.defaultValue)
    }

    /// A row holding values.
    init(_ part: Part, values: [Value]) {
        self.part = part
        self.values = values
    }

    /// Lets the part complete the row, then looks whether anything is missing.
    ///
    /// - Throws: ``CRMError`` `invalid` naming every field that is missing or that the part refuses.
    mutating func check() throws {
        try part.complete?(&self)
        let missing = part.fields.indices.filter { part.fields[$0].isRequired && values[$0].isNull }
        guard missing.isEmpty else {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(part.label.en.lowercased()) is incomplete",
                    es: "\(part.label.es.lowercased()): faltan datos"
                ),
                problems: missing.map {
                    CRMError.Problem(
                        field: part.fields[$0].key,
                        value: nil,
                        reason: Text(en: "is required", es: "es obligatorio")
                    )
                }
            )
        }
    }

    /// The value of the field with a key; setting a key the part does not have does nothing.
    subscript(key: String) -> Value {
        get { part.position(of: key).map { values[$0] } ?? .null }
        set {
            if let position = part.position(of: key) { values[position] = newValue }
        }
    }
}

/// A row of a part as it is stored.
public struct PartRow: Sendable {
    /// The row's id, which nobody but history sees.
    let id: Int64
    /// Its place among those of its record, from 1.
    public let position: Int64
    /// As stored, one for each field of the part.
    public let values: [Value]
}

extension Module {
    /// The parts that people and programs see.
    public var shownParts: [Part] { parts.filter { $0.visibility == .shown } }
}
