import Localization

/// A value of an input that was not stored as written.
struct ImportWarning: Sendable, Equatable {
    /// How the value was treated.
    enum Fate: CaseIterable, Sendable {
        /// No field can hold the value. It is stored, so that an export can write it again.
        case kept
        /// A date without a year, which is left out.
        case yearless
        /// A text for a one-line field that had line breaks or tabs.
        case joined
        /// The name by which Exchange knows a mailbox, which is left out.
        case mailbox
        /// A spreadsheet's error value, which is left out.
        case unavailable
        /// A text with the escapes of a program, which are replaced by the characters they stand for.
        case resolved
        /// A code that a spreadsheet has turned into a number with decimals, which are removed.
        case number
        /// A postal code of four digits that got a zero, by the country of the settings.
        case completed
        /// A text that was read in a wrong encoding before, and was restored.
        case mended
        /// A word that a program writes for no value, which is read as empty.
        case nothing
        /// A further record, for a field that refers to only one.
        case further
        /// A whole name that contradicts the names in separate columns.
        case misnamed
        /// A tax stated as an amount, which is read as its rate.
        case taxed
        /// A discount stated as a number, which is read as a percentage.
        case discounted
        /// A total that differs from the computed one.
        case total
        /// The name of a product for which there is no record. It becomes the text of the line.
        case unsold
        /// The name of a document for which no column has a subject.
        case subject
        /// A time that clocks skip on its day, which is read as a later one.
        case skipped
        /// An event that says nothing of what it is about.
        case untitled
        /// A word that nothing is refused, beside a column that refuses.
        case overruled
        /// A day without a time, which is read as its beginning.
        case midnight
        /// The family name of a person for whom a row has none: the given name, or another value of the row.
        case surname
        /// A text of which a spreadsheet has made a number, in place of which the stored one stays.
        case spoiled
        /// A value or an address that a record had and that a later card of it does not have.
        case absent
    }

    /// A row of the input.
    struct Place: Sendable, Equatable {
        let number: Int
        let line: Int
    }

    let fate: Fate
    /// The label of the field or column concerned.
    let place: Text
    let text: String
    /// The value that is used instead.
    let result: String?
    /// The row with the value, if it is not the first row of its record.
    var origin: Place?

    init(_ fate: Fate, of place: Text, _ text: String, becoming result: String? = nil) {
        self.fate = fate
        self.place = place
        self.text = text
        self.result = result
    }

    /// A value of a row that adds to the record of another row.
    init(_ fate: Fate, in cell: Int, of row: InputRow, becoming result: String) {
        self.init(fate, of: Text(row.names[cell]), row.texts[cell] ?? "", becoming: result)
        origin = Place(number: row.number, line: row.line)
    }

    /// A value of a row that adds to the record of another row, and that leaves no trace there.
    init(_ fate: Fate, at cell: Int, of row: InputRow) {
        self.init(fate, of: Text(row.names[cell]), row.texts[cell] ?? "")
        origin = Place(number: row.number, line: row.line)
    }

    /// A value for a field.
    init(_ fate: Fate, of field: Field, _ text: String, becoming result: String? = nil) {
        self.init(fate, of: Text(en: field.key, es: field.label.es.lowercased()), text, becoming: result)
    }

    private static let longest = 60

    /// Returns the notice about one value in a row.
    fileprivate func notice(of row: InputRow) -> Text {
        let file = row.file.map { "\($0), " } ?? ""
        let shown = "\(text.prefix(Self.longest))\(text.count > Self.longest ? "…" : "")"
        let result = result.map { " \($0)" } ?? ""
        let (number, line) = (origin?.number ?? row.number, origin?.line ?? row.line)
        return Text(
            en: "\(file)row \(number) (line \(line)), \(place.en) \"\(shown)\": \(fate.told.en)\(result)",
            es: "\(file)fila \(number) (línea \(line)), \(place.es) «\(shown)»: \(fate.told.es)\(result)"
        )
    }
}

/// The values of an input that were not stored as written: their number, and what the user is told about the first of
/// each fate.
struct ImportWarnings: Sendable {
    private var counts: [ImportWarning.Fate: Int] = [:]
    private var first: [ImportWarning.Fate: [Text]] = [:]

    /// The maximum number of notices for each treatment.
    private static let most = 10

    /// Notes the values of a row that were not taken unchanged.
    mutating func note(_ values: [ImportWarning], of row: InputRow) {
        for value in values {
            counts[value.fate, default: 0] += 1
            guard counts[value.fate, default: 0] <= Self.most else { continue }
            first[value.fate, default: []].append(value.notice(of: row))
        }
    }

    /// Notices for the user: one line for each of the first values.
    var notices: [Text] {
        ImportWarning.Fate.allCases.flatMap { fate in
            let first = first[fate] ?? []
            let rest = counts[fate, default: 0] - first.count
            guard rest > 0 else { return first }
            return first + [Text(en: "and \(rest) \(fate.others.en)", es: "y \(rest) \(fate.others.es)")]
        }
    }
}
