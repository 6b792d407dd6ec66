import Localization

/// A column of a query's result: its name, how to read its value, and its position in the row.
public struct OutputColumn: Sendable {
    /// How to read the value from a row. Positions of further values refer to the columns of the row.
    public enum Kind: Sendable, Hashable {
        /// A whole number.
        case integer
        /// An exact decimal, an integer scaled by ten to the number of digits; a percentage has four.
        case scaled(digits: Int)
        /// An amount in minor units; the given position has the record's ISO 4217 code.
        case money(currency: Int)
        /// Text of one or more lines: names, dates, moments, codes.
        case text
        /// 0 or 1.
        case boolean
        /// The key of a choice.
        case choice([Choice])
        /// The id of a record; the given position has its name, if names were requested.
        case reference(ModuleName, name: Int?)
        /// The module of a record; the given positions have its id and its name, if names were requested.
        case anyReference(id: Int, name: Int?)
        /// Whole seconds.
        case duration
        /// A JSON array of texts, or of whole seconds for durations; null if it is empty.
        case list(FieldType.ListElement)
        /// The values of a path that may lead to several records, as a JSON array read by ``Rows/elements(of:)``; null
        /// if there are none. If values come with a currency or a name, the elements are arrays.
        case several(isNested: Bool)
        /// The ids of linked records, as a JSON array of whole numbers; null if there are none.
        case linked(ModuleName)
        /// The rows of a part, as ``PartColumn/rows(_:)`` reads them; null if there are none.
        case rows(PartColumn)
    }

    /// The column's key within its object, as requested: `city`, `organization.name`.
    public let key: String
    /// The column's heading.
    public let label: Text
    /// The object that holds it in nested formats: `link` or `record`; `nil` for a plain list of records.
    public let object: String?
    /// How to read the column's value.
    public let kind: Kind
    /// The type of the column's field; for a column of several values, the type of each.
    public let type: FieldType
    /// The position of the value in the row, from 0.
    public let position: Int
    /// The position of the value that says whether the row is the total of all groups of a summary, for the column that
    /// shows it to the user, or for the one that holds it if none does.
    public var totalPosition: Int?
    /// The position of the time zone of a moment that stands for a whole day, of which only the day is shown: empty for
    /// the user's zone, null when the time of day counts.
    public var dayZonePosition: Int?

    /// The column's name in formats without nested objects. Columns of a link begin with `link.`, and columns about a
    /// figure with the figure's name. Columns of the record have no prefix.
    public var path: String {
        guard let object, object != Self.record else { return key }
        return "\(object).\(key)"
    }

    /// The object for the record that a link leads to or that is mentioned.
    static let record = "record"

    /// Whether people read the value rounded, as they do a figure of many values.
    public internal(set) var isRounded = false
    /// Whether the column tells rows apart, so that a table cuts it after others.
    public internal(set) var isPreferred = false

    /// Whether the column holds what the record of the row is called, so that a table leaves it more room than others.
    public internal(set) var isName = false

    /// Whether the column holds all values that a path leads to.
    public var isSeveral: Bool {
        if case .several = kind { true } else { false }
    }

    /// Whether the column holds an attribute of all links of its path: `contacts.link.role`.
    public var isOfLinks: Bool {
        isSeveral && key.split(separator: ".").dropLast().last.map(String.init) == Place.linkPrefix
    }

    /// Returns the text in the first cell of the row for all groups of a summary.
    public static func total(in language: Language) -> String { Text(en: "Total", es: "Total")(in: language) }

    /// Whether each cell is a number, which tables align to the right.
    public var isNumeric: Bool { type.isNumeric && !isSeveral }

    /// Whether the column identifies records to the user, as the number of a document does.
    var isTelling = false

    /// Whether an empty list in the column differs from a missing one.
    public internal(set) var isOverriding = false

    /// Whether a truncated cell is meaningless or misleading: a number, a date, a time, a telephone number, the number
    /// of a document, or a choice that tells groups apart, of which several may begin alike.
    public var isWhole: Bool { isFigure || (isTelling || isPreferred && isChoice) && !isSeveral }

    private var isChoice: Bool { if case .choice = kind { true } else { false } }

    /// Whether a truncated cell would be another number or date.
    public var isFigure: Bool { type.isWhole && !isSeveral }
}
