import Localization
import SQLite

/// The search for the one record that has a value in one of some places, ready to be repeated.
final class KeyLookup {
    /// The most records that an ambiguous value lists.
    static let mostShown = 10

    private let types: [FieldType]
    private var takesCodes: Bool { types.contains(where: \.isCode) }
    private let module: Module
    private let store: Store
    private let country: String?
    private let statement: Statement
    /// The search in the places where a value is looked for last; `nil` where there are none.
    private let last: KeyLookup?

    /// - Parameter lacked: a field in which the records have no value, where they are found by fields of their own.
    convenience init(_ places: KeyPlaces, of module: Module, in store: Store, lacking lacked: Field? = nil) throws {
        let last = places.common.isEmpty ? nil : try KeyLookup(places.common, of: module, in: store, lacking: lacked)
        try self.init(places.fields, places.parts, of: module, in: store, lacking: lacked, last: last)
    }

    private init(
        _ fields: [Field],
        _ parts: [KeyPlaces.PartPlace] = [],
        of module: Module,
        in store: Store,
        lacking lacked: Field?,
        last: KeyLookup? = nil
    ) throws {
        self.last = last
        types = fields.map(\.type) + parts.map(\.type)
        self.module = module
        self.store = store
        country = try store.settings().country
        // One search for each place, by its own index. Sorting or merging the places would cost more than all searches
        // together. The unary plus keeps SQLite to the index of the place:
        // https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
        let lacks = lacked.map { " AND +\($0.key.quotedIdentifier) IS NULL" } ?? ""
        let inFields = fields.map { field in
            """
            SELECT "id" FROM \(module.table.quotedIdentifier) \
            WHERE \(field.comparedColumn.quotedIdentifier) = ?\(lacks)
            """
        }
        let inParts = parts.map { place in
            """
            SELECT \(place.table.ownerColumn.quotedIdentifier) FROM \(place.table.name.quotedIdentifier) \
            WHERE \(place.field.comparedColumn.quotedIdentifier) = ? \
            AND \(place.kind.field.key.quotedIdentifier) = '\(place.kind.choice)'
            """
        }
        statement = try store.statement((inFields + inParts).joined(separator: " UNION ALL "))
    }

    /// The id of the record that has a value.
    ///
    /// - Parameter reference: the value as it was written, for messages.
    /// - Throws: ``CRMError`` with `notFound`, or `ambiguous` with the candidates as details.
    func id(of value: String, as reference: @autoclosure () -> String) throws -> Int64 {
        var ids = try ids(of: value, atMost: Self.mostShown + 1)
        if ids.isEmpty, takesCodes {
            let plain = try code(ofNumber: value, as: reference())
            if plain != value { ids = try self.ids(of: plain, atMost: Self.mostShown + 1) }
        }
        guard let first = ids.first else {
            throw CRMError(noRecordOf: module, matches: reference(), because: try reasonOfZeros(value))
        }
        guard ids.count > 1 else { return first }
        throw try ambiguous(reference(), ids: ids.sorted())
    }

    /// Returns that a record has a code with the zeros that a number lacks; `nil` if none has.
    private func reasonOfZeros(_ text: String) throws -> Text? {
        guard takesCodes else { return nil }
        for code in SpreadsheetLoss.codes(behind: text) {
            guard let id = try ids(of: code, atMost: 1).first else { continue }
            let (called, reason) = (module.called(id), SpreadsheetLoss.ofZeros)
            return Text(
                en: "\(called.en) has \(code), and \(reason.en)",
                es: "\(called.es) tiene \(code), y \(reason.es)"
            )
        }
        return nil
    }

    /// Returns the code that a spreadsheet has turned into a number; any other text unchanged.
    ///
    /// - Throws: ``CRMError`` `notFound` for a number that has lost digits.
    private func code(ofNumber text: String, as reference: @autoclosure () -> String) throws(CRMError) -> String {
        do throws(ValueError) {
            return SpreadsheetNumber.digits(try SpreadsheetNumber.unrounded(text))
        } catch {
            throw CRMError(noRecordOf: module, matches: reference(), because: error.reason)
        }
    }

    /// The ids of the records that have a value.
    ///
    /// - Parameters:
    ///   - other: the id of a record that is passed over.
    ///   - limit: the most to give.
    func ids(of value: String, besides other: Int64? = nil, atMost limit: Int) throws -> [Int64] {
        for index in types.indices {
            let type = types[index]
            try statement.bind(type.matchKey(for: Self.bare(value, as: type), country: country), at: index + 1)
        }
        defer { statement.reset() }
        var ids: [Int64] = []
        // A record may have the value in more than one place.
        while ids.count < limit, try statement.step() {
            let id = statement.integer(at: 0)
            if id != other, !ids.contains(id) { ids.append(id) }
        }
        if ids.isEmpty, let last { return try last.ids(of: value, besides: other, atMost: limit) }
        return ids
    }

    /// A value without what comes along with it when it is copied: a number with one figure more is another one.
    static func bare(_ value: String, as type: FieldType) -> String {
        switch type.matching {
        case .phone: SpreadsheetNumber.phone(value)
        case .email: EmailAddress.bare(value)
        default: value
        }
    }

    private func ambiguous(_ text: String, ids: [Int64]) throws -> CRMError {
        let many = ids.count > Self.mostShown ? "\(Self.mostShown)+" : "\(ids.count)"
        return CRMError(
            .ambiguous,
            Text(
                en: "\(text) matches \(many) \(module.several.en)",
                es: "\(text) coincide con \(many) \(module.several.es)"
            ),
            hint: CRMError.nameByID(module),
            module: module.name,
            reference: text,
            details: try ids.prefix(Self.mostShown).map { try store.description(of: $0, in: module).line }
        )
    }
}

extension CRMError {
    /// Returns the advice for a reference that matches several records.
    static func nameByID(_ module: Module) -> Text {
        Text(
            en: "name one of them by its id",
            es: "nombrar \(module.spanish.agreeing("uno de ellos", "una de ellas")) por su id"
        )
    }

    /// A reference names no record.
    ///
    /// - Parameter reason: what is wrong with the reference, where that is known.
    init(noRecordOf module: Module, matches text: String, because reason: Text? = nil) {
        let shown = text.abridged
        self.init(
            .notFound,
            Text(
                en: "no \(module.one.en) matches \(shown)\(reason.map { ": \($0.en)" } ?? "")",
                es: "\(module.spanish.no) coincide con \(shown)\(reason.map { ": \($0.es)" } ?? "")"
            ),
            hint: Reference.keyOfNumber(text, in: module).map { key in
                Text(en: "a number alone is an id; write \(key)", es: "un número solo es un id; escribir \(key)")
            },
            module: module.name,
            reference: text
        )
    }
}
