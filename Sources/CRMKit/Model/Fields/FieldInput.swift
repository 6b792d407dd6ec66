import Localization

/// A change of one field that the input requests.
public struct FieldInput: Sendable {
    /// The way in which a field's value changes.
    public enum Change: Sendable {
        /// To a value read from text; the empty text is no value.
        case set(String)
        /// A number by as much as a signed number says.
        case adjustNumber(by: String)
        /// A list to these elements.
        case setList([String])
        /// A list by some more and some fewer elements.
        case adjustList(adding: [String], removing: [String])
        /// A part by more rows at its end, each told by a text as ``Part/inputs(_:)`` reads it.
        case addRows([String])
        /// A part by more rows at its end, each told field by field.
        case addRecords([PartRecord])
        /// Sets a reference to a new record, which is made first, from these field values.
        case making([FieldInput])
    }

    /// The key of the field, or of the part.
    public let field: String
    /// The change.
    public let change: Change

    /// The given text, when exactly one text was given.
    public var text: String? { change.text }

    /// Whether the input gives the field no value.
    public var isEmpty: Bool {
        switch change {
        case .set(let text): text.trimmed.isEmpty
        case .setList(let elements): elements.allSatisfy(\.isEmpty)
        case .adjustNumber, .adjustList, .addRows, .addRecords, .making: false
        }
    }

    /// Names a field and its change.
    public init(_ field: String, _ change: Change) {
        self.field = field
        self.change = change
    }
}

/// A row of a part, told field by field.
public struct PartRecord: Sendable {
    /// The inputs for the fields of the row.
    let inputs: [FieldInput]
    /// The place of the row in its input, for messages.
    let place: Text
}

extension FieldInput.Change {
    /// Whether the change adds rows to a part.
    var addsRows: Bool {
        switch self {
        case .addRows, .addRecords: true
        default: false
        }
    }

    /// The given text, when exactly one text was given.
    var text: String? {
        switch self {
        case .set(let text), .adjustNumber(let text): text
        case .setList, .adjustList, .addRows, .addRecords, .making: nil
        }
    }
}
