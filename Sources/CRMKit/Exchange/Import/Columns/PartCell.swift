/// The contents of a column about the rows of a part.
public struct PartCell: Sendable, Hashable {
    /// The meaning of the column.
    enum Meaning: Sendable, Hashable {
        /// The position of the row among those of its record.
        case position
        /// A field, by one of its names in input; for a reference, the prefix of the key by which records are
        /// identified.
        case field(String, prefix: String?)
        /// A record, found by one of some keys in the module of the first of several fields that has it; otherwise a
        /// text of the row, if any.
        case record([String], by: [String], orText: String?)
        /// A word that decides which of several fields gets the row's record, by the folded forms of the words.
        case recordField([String: String])
        /// Taxes: the rate of one kind, or taxes by the names of other programs.
        case taxes(of: String, kind: Tax.Kind?)
        /// Whether the row is only a text, because the cell has one of some folded words.
        case textOnly(Set<String>)
        /// A value that the program computes.
        case nothing
    }

    /// The key of the part.
    public let part: String
    let meaning: Meaning

    /// The name of the column in a mapping, after the part.
    public var name: String {
        switch meaning {
        case .position: Part.positionKey
        case .field(let word, let prefix): word + (prefix.map { ".\($0)" } ?? "")
        case .record(let keys, _, _): keys.joined(separator: " / ")
        case .taxes(let word, let kind): word + (kind.map { " (\($0.rawValue))" } ?? "")
        case .recordField, .textOnly, .nothing: "-"
        }
    }

    /// The fields that a cell sets, by their names in input.
    var words: [String] {
        switch meaning {
        case .field(let word, _), .taxes(let word, _): [word]
        case .record(let keys, _, let word): keys + (word.map { [$0] } ?? [])
        case .position, .recordField, .textOnly, .nothing: []
        }
    }

    /// Returns the part of a module that the column is about.
    func part(of module: Module) -> Part? { module.parts.first { $0.key == part } }

    /// Whether several columns of a table may have this meaning: those without one, and value-added tax, for which some
    /// programs have a column for each rate.
    ///
    /// - Parameter names: the folded headers of two of them.
    func canRepeat(under names: [String]) -> Bool {
        switch meaning {
        case .nothing: true
        case .taxes(_, let kind): (kind == nil || kind == .vat) && Set(names).count > 1
        case .position, .field, .record, .recordField, .textOnly: false
        }
    }

    /// Returns the input that a cell gives for the row; `nil` if it sets no field.
    func input(_ text: String) -> FieldInput? {
        if text.isEmpty { return nil }
        switch meaning {
        case .field(let word, let prefix): return FieldInput(word, .set(prefix.map { "\($0):\(text)" } ?? text))
        case .taxes(let word, _): return FieldInput(word, .set(text))
        case .position, .record, .recordField, .textOnly, .nothing: return nil
        }
    }
}

extension PartCell {
    /// Returns the input for a JSON cell that is null, or an empty list, when that differs from giving nothing.
    func emptied(in part: Part, isList: Bool) -> FieldInput? {
        guard case .field(let word, nil) = meaning, let field = part.field(called: word, given: "") else { return nil }
        if isList, field.traits.contains(.overriding) { return FieldInput(word, .set(StoredList.emptyText)) }
        return part.isSupplied(field) ? FieldInput(word, .set("")) : nil
    }
}
