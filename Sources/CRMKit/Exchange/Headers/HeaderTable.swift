/// The column names that one source uses in its exports of one module's records, in English and Spanish.
///
/// A name with a meaning of its own keeps that meaning. When two sources use the same name, the first in ``standard``
/// decides, and ``shared`` comes last. To support another source, add a table.
struct HeaderTable: Sendable {
    /// The contents of a source's column.
    enum Target: Sendable, Hashable {
        /// The same as another header: a field, or a path such as `organization.name`.
        case column(String)
        /// A piece of a field.
        case piece(ColumnPiece)
        /// Several fields that get the same value, except those with a column of their own.
        case fields([String])
        /// A field whose words differ in the source, with their equivalents here; a prefix such as vtiger's
        /// `Vendors::::` is removed.
        case words(String, [String: String])
        /// The day or the time of day of a moment, in a source with separate columns.
        case moment(String, MomentHalf)
        /// Part of a row of a part, by the part's key, with a meaning that no header expresses by itself.
        case cell(String, PartCell.Meaning)
        /// More of a text, appended to the content of the field's own column.
        case further(String, TextJoint)
        /// A value without a field. It becomes a line of the description, after the name of what it is.
        case noted(FurtherValue)
        /// A further number or address of the kind that a field has, with a label.
        case labelled(String, String)
        /// The forms of address of a person, in a source that lets people write what they like there: the first known one
        /// counts, and the rest becomes a line of the description, after the name of what it is.
        case titles(called: String)
        /// A date without a field, and the key of a custom field that could be created for it.
        case homeless(String)
        /// The first of some fields that exists: a custom field that the user may have defined, and otherwise the
        /// standard one.
        case firstOf([String])
        /// A field that another column has too. If the cell says a value, it takes precedence.
        case deciding(String, by: DecidingCell)
        /// Whether the row describes a record of this module; a row with another value describes one of the other
        /// module.
        case kept(Bool, otherwise: ModuleName)
        /// A column that its source always exports and that has no field. It is skipped, which is reported to the user.
        case unheld
        /// A column without a field in which people write, under a name that is also in common use: only if other columns show
        /// that the table is from the source, its values become lines of the description.
        case notedWord(String)
        /// The same as ``unheld`` for a name that is also in common use, such as `Idioma`: only if other columns show
        /// that the table is from the source.
        case unheldWord
        /// The same as ``unheldWord`` with the words by which a cell says nothing, such as `Normal`: where all cells are so,
        /// the column is skipped whatever the other columns show.
        case unheldBesides([String])
        /// A column without content for a record, such as the use of an e-mail address.
        case nothing
        /// A column that is unknown next to certain others, which is reported to the user.
        case unknown
    }

    /// Names with the meaning that they have when another column is present. A name beside itself has its meaning in any
    /// table in which no other column has it, although it is the label of another field.
    typealias Besides = [(name: String, beside: String, target: Target)]

    let module: ModuleName
    /// The column names, and the contents of the columns.
    let columns: [(names: [String], target: Target)]
    /// The names that other columns give another meaning.
    let besides: Besides

    init(
        _ module: ModuleName,
        _ columns: [(names: [String], target: Target)],
        besides: Besides = []
    ) {
        self.module = module
        self.columns = columns
        self.besides = besides
    }

    /// The known sources.
    static let standard: [HeaderTable] =
        vtiger + vtigerSpanish + vtigerSpanishDocuments + odoo + cfdi + outlook + thunderbird + dynamics + google
        + addressBooks + linkedIn + apple + hubSpot + mailchimp + pipedrive + shopify + wooCommerce + salesforce + zoho
        + suiteCRM + sap
        + calendars
        + office + everyday + accounting + documentLines + customers
}

extension HeaderTable {
    /// Returns columns without a field whose values become lines of the description, each after the name of its column.
    static func notes(_ names: [String]) -> [(names: [String], target: Target)] { names.map { ([$0], .note($0)) } }

    /// Returns such columns whose names are also in common use.
    static func notedWords(_ names: [String]) -> [(names: [String], target: Target)] {
        names.map { ([$0], .notedWord($0)) }
    }
}

extension HeaderTable.Target {
    /// Whether the column is one only if other columns show that the table is from the source.
    var isWord: Bool {
        switch self {
        case .unheldWord, .unheldBesides, .notedWord: true
        default: false
        }
    }

    /// Whether the column has no field, which is reported.
    var isUnheld: Bool {
        switch self {
        case .unheld, .unheldWord, .unheldBesides: true
        default: false
        }
    }

    static func note(_ name: String) -> Self { .noted(.note(called: name, place: nil)) }
    static func address(_ slot: String, _ field: String, line: Int = 1) -> Self {
        .piece(.address(slot: slot, field: field, line: line))
    }
    static func house(_ slot: String, isInside: Bool = false) -> Self {
        .piece(.house(slot: slot, isInside: isInside))
    }
    static func more(of field: String) -> Self { .piece(.more(of: field)) }
    static var fullName: Self { .piece(.fullName) }
    static func point(kind: String, label: String?) -> Self { .piece(.point(kind: kind, label: label)) }
    static func point(kind: String, number: Int) -> Self { .piece(.numberedPoint(kind: kind, number: number)) }
    static func pointUse(kind: String, number: Int) -> Self { .piece(.pointUse(kind: kind, number: number)) }
    static func phone(number: Int) -> Self { .piece(.phone(number: number)) }
    static func phoneUse(number: Int) -> Self { .piece(.phoneUse(number: number)) }
}

/// The column names used by other programs for the records of one module, folded for comparison, with the contents of
/// the columns.
///
/// There are about a thousand, but most tables use the names of fields. Therefore they are folded only on first use.
final class ForeignHeaders {
    private let tables: [HeaderTable]
    private let fold: (String) -> String
    private lazy var names = folded()
    private lazy var besides = tables.flatMap(\.besides).map {
        (name: fold($0.name), beside: fold($0.beside), target: $0.target)
    }
    private lazy var unspaced = withoutBlanks()
    /// The column names that are characteristic of each source, by which its tables are recognized. None of them is
    /// also the name of a field.
    private lazy var marks = distinctive()

    private struct Names {
        var targets: [String: HeaderTable.Target] = [:]
        var spellings: [String: String] = [:]
    }

    /// - Parameter fold: returns a header in the form in which headers are compared.
    init(_ module: ModuleName, fold: @escaping (String) -> String) {
        tables = HeaderTable.standard.filter { $0.module == module }
        self.fold = fold
    }

    /// The original spellings of the names that have a meaning by themselves, by their folded forms.
    var spellings: [String: String] { names.spellings }

    /// Returns the contents of a column by its own name.
    ///
    /// - Parameter name: the folded name.
    func target(of name: String) -> HeaderTable.Target? { names.targets[name] }

    /// Returns the contents of a column that depend on the presence of another column.
    ///
    /// - Parameter countsItself: whether a name is also beside itself. It is in tables of other programs; in lists of
    ///   this program it is the label of a field.
    func target(of name: String, beside names: Set<String>, orItself countsItself: Bool = true) -> HeaderTable.Target? {
        besides.first {
            $0.name == name && names.contains($0.beside) && (countsItself || $0.beside != name)
        }?.target
    }

    /// Whether some names show that a table is from a source that uses a common word for a column.
    ///
    /// - Parameter isField: returns whether a folded name is that of a field.
    func areOfSource(of word: String, _ names: Set<String>, isField: (String) -> Bool) -> Bool {
        marks.contains { words, marks in
            words.contains(word) && names.filter { marks.contains($0) && !isField($0) }.count > 1
        }
    }

    /// Returns, for each source with such common words, these words and its names of several words that no other source
    /// has.
    private func distinctive() -> [(words: Set<String>, marks: Set<String>)] {
        var (counts, sources) = ([String: Int](), [(words: Set<String>, names: Set<String>)]())
        for table in tables {
            let words = Set(table.columns.filter { $0.target.isWord }.flatMap { $0.names }.map(fold))
            let names = Set(table.columns.flatMap { $0.names }.map(fold)).subtracting(words)
            for name in names { counts[name, default: 0] += 1 }
            sources.append((words, names))
        }
        return sources.filter { !$0.words.isEmpty }.map { words, names in
            (words, names.filter { counts[$0] == 1 && $0.utf8.contains(Fold.space) })
        }
    }

    /// Returns the folded name with spaces for one written without them; `nil` if there is none.
    func spaced(_ name: String) -> String? { unspaced[name] }

    private func folded() -> Names {
        var names = Names()
        // A name may be next to many others, but is folded only once.
        var known: Set<String> = []
        for (spellings, target) in tables.flatMap(\.columns) + HeaderTable.shared {
            for spelling in spellings where known.insert(spelling).inserted {
                let name = fold(spelling)
                guard names.targets[name] == nil else { continue }
                names.targets[name] = target
                // A name whose meaning depends on others is not suggested by itself.
                if !target.isWord { names.spellings[name] = spelling }
            }
        }
        return names
    }

    private func withoutBlanks() -> [String: String] {
        let spaced = names.targets.keys.sorted().filter { $0.utf8.contains(Fold.space) }
        let pairs = spaced.map { (String(decoding: $0.utf8.filter { $0 != Fold.space }, as: UTF8.self), $0) }
        return Dictionary(pairs) { first, _ in first }
    }
}
