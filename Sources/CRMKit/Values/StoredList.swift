import Formats
import Localization

/// The elements of a list field, stored as a JSON array of strings; durations are numbers of seconds.
public struct StoredList: Sendable, Hashable {
    private enum Element: Sendable, Hashable {
        case text(String)
        case duration(Duration)
        case tax(Tax)
        case occurrence(OccurrenceName)
        case rowQuantity(RowQuantity)
        /// An element of another kind, which only another program can have written. It is kept as it is.
        case unreadable(String)

        var text: String {
            switch self {
            case .text(let text): text
            case .duration(let duration): duration.description
            case .tax(let tax): tax.text
            case .occurrence(let name): name.description
            case .rowQuantity(let row): row.text
            case .unreadable(let text): text
            }
        }

        /// The form by which elements are compared: two elements with the same identity count as equal.
        var identity: String {
            switch self {
            case .text(let text): Fold.fold(text)
            case .duration, .tax, .occurrence, .rowQuantity, .unreadable: text
            }
        }

        var json: JSONValue {
            switch self {
            case .text, .tax, .occurrence, .rowQuantity, .unreadable: .string(text)
            case .duration(let duration): .number(JSONNumber(duration.seconds))
            }
        }
    }

    /// The empty list where null means something else: it overrides another list.
    static let empty = Value.text(emptyText)
    /// The text of an empty list.
    static let emptyText = "[]"

    private let kind: FieldType.ListElement
    private var items: [Element]

    /// The elements in their order, in the machine's form: durations in ISO 8601.
    public var elements: [String] { items.map(\.text) }

    /// Reads the value of a column.
    ///
    /// - Returns: an empty list for null, and for any other text, which only another program can have written.
    public init(_ stored: Value, of kind: FieldType.ListElement) {
        self.kind = kind
        let texts = Self.elements(of: stored.text ?? "[]")
        items = texts.map { text in
            let item: Element? =
                switch kind {
                case .text: .text(text)
                case .duration: Int64(text).map { .duration(Duration(seconds: $0)) }
                case .tax: (try? Tax(parsing: text)).map { .tax($0) }
                case .occurrence: (try? OccurrenceName(parsing: text)).map { .occurrence($0) }
                case .rowQuantity: (try? RowQuantity(parsing: text)).map { .rowQuantity($0) }
                }
            return item ?? .unreadable(text)
        }
    }

    /// Returns the elements as shown to the user.
    func labels(in language: Language) -> [String] {
        items.map { item in
            switch item {
            case .tax(let tax): tax.label(in: language)
            case .duration(let length): length.shortForm
            case .occurrence(let name): name.label
            case .text, .rowQuantity, .unreadable: item.text
            }
        }
    }

    /// The texts of elements that are none of the list's kind.
    var unreadable: [String] { items.compactMap { if case .unreadable(let text) = $0 { text } else { nil } } }

    /// The taxes in the list, when it is a list of taxes.
    public var taxes: [Tax] { items.compactMap { if case .tax(let tax) = $0 { tax } else { nil } } }

    /// The row quantities in the list, when it is a list of these.
    public var rowQuantities: [RowQuantity] {
        items.compactMap { if case .rowQuantity(let row) = $0 { row } else { nil } }
    }

    /// The durations in the list, when it is a list of durations.
    public var durations: [Duration] { items.compactMap { if case .duration(let length) = $0 { length } else { nil } } }

    /// The occurrences in the list, when it is a list of occurrences.
    public var occurrences: [OccurrenceName] {
        items.compactMap { if case .occurrence(let name) = $0 { name } else { nil } }
    }

    /// Creates a list of occurrences, each once.
    init(_ occurrences: [OccurrenceName]) {
        kind = .occurrence
        var known: Set<OccurrenceName> = []
        items = occurrences.filter { known.insert($0).inserted }.map { .occurrence($0) }
    }

    /// Creates a list of taxes.
    init(_ taxes: [Tax]) {
        kind = .tax
        items = taxes.map { .tax($0) }
    }

    /// Reads elements separated by commas. Repeated ones count once, but a second quantity of a row is refused.
    ///
    /// - Throws: ``ValueError`` for an empty element, and for one that the list cannot hold.
    public init(parsing text: String, of kind: FieldType.ListElement) throws(ValueError) {
        self.kind = kind
        items = []
        if text == Self.emptyText { return }
        if kind == .tax { try Self.refuseDecimalComma(text) }
        var known: Set<String> = []
        for part in Self.parts(of: text, kind) {
            let item = try Self.parse(String(part), as: kind)
            if known.insert(item.identity).inserted || kind == .rowQuantity { try append(item) }
        }
    }

    /// Splits a text at commas, or at `^,^` when it is enclosed in `^`, the form used when an element contains a
    /// separator of other programs.
    private static func parts(of text: String, _ kind: FieldType.ListElement) -> [Substring] {
        let mark = UInt8(ascii: "^")
        guard kind == .text, text.utf8.count > 2, text.utf8.first == mark, text.utf8.last == mark else {
            return text.split(separator: ",", omittingEmptySubsequences: false)
        }
        return text.dropFirst().dropLast().split(separator: "^,^", omittingEmptySubsequences: false)
    }

    /// Refuses taxes with a comma between two digits, `surcharge:5,2`, `IVA 10,5 %`: one rate to some, two taxes to
    /// others. Where something else than commas parts the taxes, it can only be in a rate.
    private static func refuseDecimalComma(_ taxes: String) throws(ValueError) {
        let parts = taxes.split(separator: ",", omittingEmptySubsequences: false)
        let isInNumber = zip(parts, parts.dropFirst()).map { one, other in
            one.utf8.last?.isDigit == true && other.utf8.first?.isDigit == true
        }
        guard isInNumber.contains(true) else { return }
        let pointed = zip(isInNumber, parts.dropFirst()).reduce(into: String(parts[0])) { text, next in
            text += "\(next.0 ? "." : ",")\(next.1)"
        }
        if let fault = Tax.faultOfSeveral(pointed) { throw fault }
        for place in isInNumber.indices where isInNumber[place] {
            let (one, other) = (String(parts[place]).trimmed, String(parts[place + 1]).trimmed)
            guard other.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: " ") })
            else { continue }
            let others = parts[...place] + parts[(place + 2)...]
            guard let second = Self.second(other.prefix { $0 != " " }, besides: others) else {
                throw ValueError(
                    en: "'\(one),\(other)' has a decimal comma: write \(one).\(other)",
                    es: "«\(one),\(other)» lleva coma decimal: escribir \(one).\(other)"
                )
            }
            throw ValueError(
                en: """
                    '\(one),\(other)' is one rate or two taxes: write \(one).\(other), or a second tax as \(second)
                    """,
                es: """
                    «\(one),\(other)» es una tasa o dos impuestos: escribir \(one).\(other), o un segundo impuesto como \
                    \(second)
                    """
            )
        }
    }

    /// Returns a tax of a rate that a list of others can have too; `nil` for a number that is no real rate.
    private static func second(_ rate: Substring, besides others: ArraySlice<Substring>) -> String? {
        // A list has one value-added tax, as a bare number is one.
        let hasValueAdded = others.contains { (try? Tax(parsing: String($0).trimmed))?.kind.isValueAdded ?? true }
        let text = "\((hasValueAdded ? Tax.Kind.excise : .vat).rawValue):\(rate)"
        guard let tax = try? Tax(parsing: text), (try? tax.refuseUnreal()) != nil else { return nil }
        return text
    }

    /// Appends an element; a tax goes to its place, so that lists of the same taxes are equal. A row can have only one
    /// quantity, since two may be a slip or a sum.
    ///
    /// - Throws: ``ValueError`` for a second quantity of a row, and for taxes that exclude each other.
    private mutating func append(_ item: Element) throws(ValueError) {
        if case .rowQuantity(let row) = item, rowQuantities.contains(where: { $0.position == row.position }) {
            throw ValueError(
                en: "line \(row.position) is given twice",
                es: "la línea \(row.position) se indica dos veces"
            )
        }
        guard case .tax(let tax) = item else { return items.append(item) }
        if let other = taxes.first(where: tax.excludes) {
            throw ValueError(
                en: "\(tax.text) and \(other.text) exclude each other: there is one VAT, or none where it is exempt",
                es: "\(tax.text) y \(other.text) se excluyen: hay un solo IVA, o ninguno si está exento"
            )
        }
        let place = items.firstIndex { if case .tax(let other) = $0 { tax < other } else { false } }
        items.insert(item, at: place ?? items.count)
    }

    private static func parse(_ text: String, as kind: FieldType.ListElement) throws(ValueError) -> Element {
        let line = try PlainText.line(text)
        guard !line.isEmpty else {
            throw ValueError(en: "an element of the list is empty", es: "un elemento de la lista está vacío")
        }
        switch kind {
        case .duration: return .duration(try Duration(parsing: line))
        case .tax:
            let tax: Tax
            do throws(ValueError) {
                tax = try Tax(parsing: line)
            } catch {
                throw Tax.faultOfSeveral(line) ?? error
            }
            try tax.refuseUnreal()
            return .tax(tax)
        case .occurrence: return .occurrence(try OccurrenceName(parsing: line))
        case .rowQuantity: return .rowQuantity(try RowQuantity(parsing: line))
        case .text:
            guard !line.utf8.contains(UInt8(ascii: ",")) else {
                throw ValueError(
                    en: "a comma separates elements and cannot be part of one",
                    es: "la coma separa elementos y no puede ser parte de uno"
                )
            }
            return .text(line)
        }
    }

    /// Returns the elements of a text that is one of several: of taxes it may have more, as no comma can be part of one.
    private static func elements(_ text: String, _ kind: FieldType.ListElement) throws(ValueError) -> [String] {
        guard kind == .tax else { return [text] }
        try refuseDecimalComma(text)
        return parts(of: text, kind).map { String($0) }
    }

    /// The identities of the elements.
    private var identities: Set<String> { Set(items.map(\.identity)) }

    /// Appends elements. An element already in the list, ignoring case and accents, stays as it is.
    ///
    /// - Throws: ``ElementFault`` for the first element that the list cannot hold.
    mutating func add(_ texts: some Sequence<String>) throws(ElementFault) {
        var known = identities
        for text in texts {
            do throws(ValueError) {
                for part in try Self.elements(text, kind) {
                    let item = try Self.parse(part, as: kind)
                    if known.insert(item.identity).inserted || kind == .rowQuantity { try append(item) }
                }
            } catch {
                throw ElementFault(text: text, cause: error)
            }
        }
    }

    /// Appends the elements of another list of texts that are not in this one, ignoring case and accents.
    mutating func formUnion(_ other: StoredList) {
        for item in other.items where !items.contains(where: { $0.identity == item.identity }) { items.append(item) }
    }

    /// Removes elements, ignoring case and accents. An element not in the list is no error.
    ///
    /// - Throws: ``ElementFault`` for the first element that the list could not hold.
    mutating func remove(_ texts: some Sequence<String>) throws(ElementFault) {
        var gone: Set<String> = []
        for text in texts {
            do throws(ValueError) {
                gone.insert(try Self.parse(text, as: kind).identity)
            } catch {
                throw ElementFault(text: text, cause: error)
            }
        }
        if !gone.isEmpty { items.removeAll { gone.contains($0.identity) } }
    }

    /// The value to store: the JSON text, null for an empty list.
    public var stored: Value {
        if items.isEmpty { return .null }
        // The usual value of the lines of documents, by the million: JSON escapes nothing of a name and a number.
        if items.count == 1, case .tax(let tax) = items[0] { return .text("[\"" + tax.text + "\"]") }
        return .text(JSONValue.array(items.map(\.json)).text)
    }

    /// Returns the elements of a JSON array of strings and numbers, numbers as their digits; none for other text.
    private static func elements(of text: String) -> [String] {
        if let element = onlyElement(of: text) { return [element] }
        return texts(ofArray: text)?.compactMap(\.self) ?? []
    }

    /// Returns the elements of a JSON array, numbers as their digits and `nil` for any other value; `nil` for a text
    /// that is no array.
    static func texts(ofArray text: String) -> [String?]? {
        JSONValue.elements(ofArray: text)?.map { value in
            switch value {
            case .string(let text): text
            case .number(let number): number.literal
            case .null, .bool, .array, .object: nil
            }
        }
    }

    /// Returns the element of a JSON array of one string without escapes; `nil` for any other text.
    private static func onlyElement(of text: String) -> String? {
        let inner = text.utf8.dropFirst(2).dropLast(2)
        guard !inner.isEmpty, text.utf8.starts(with: "[\"".utf8),
            text.utf8[inner.endIndex...].elementsEqual("\"]".utf8),
            inner.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return String(Substring(inner))
    }
}

/// An element that a list cannot hold.
struct ElementFault: Error {
    let text: String
    let cause: ValueError
}
