import Localization
import SQLite

/// Finds the record that a row is about by the values of some fields.
final class Matcher {
    private let module: Module
    private let positions: [Int]
    private let addsUnmatchable: Bool
    private let country: String?
    private let store: Store
    private let transaction: Transaction
    /// Whether a key in another form was reported; one is enough to know that the source has such keys.
    private var hasToldForm = false
    /// Whether there were codes that begin with a zero when that was asked first.
    private var holdsZeros: Bool?
    private let records: RecordTable
    private var database: Database { store.database }
    /// The searches, by which of the values are missing. The indexes do not contain nulls, and `IS` with a parameter
    /// would not use them.
    private var statements: [[Bool]: Statement] = [:]

    /// - Parameter addsUnmatchable: whether a row without any of the values is about a new record. A row matched by its
    ///   id alone always is.
    init(_ module: Module, by positions: [Int], addsUnmatchable: Bool, in transaction: Transaction) {
        self.module = module
        self.positions = positions
        self.addsUnmatchable = addsUnmatchable || positions == [0]
        country = transaction.values.country
        store = transaction.store
        self.transaction = transaction
        records = store.recordTable(of: module)
    }

    /// Whether records are matched by their id alone.
    var isByID: Bool { positions == [0] }

    /// The position of the field by which records are matched, when there is only one.
    var onlyPosition: Int? { positions.count == 1 ? positions[0] : nil }

    /// Returns the values that identify the record of a row, whether there is one or not; `nil` if none of them do.
    func key(_ value: (Int) -> Value) -> [Value]? {
        let values = positions.map { known(value($0), at: $0) }
        return values.allSatisfy(\.isNull) ? nil : values
    }

    /// Whether a field is one of those by which records are matched.
    func matches(by position: Int) -> Bool { positions.contains(position) }

    /// Returns a hash of a key that is the same in every run of the program.
    func hash(ofKey key: [Value]) -> Int64 { StableHash(zip(positions, key), in: module).value }

    /// Returns the id of the record that a key identifies; `nil` if there is none.
    ///
    /// - Throws: the errors of ``find(distinguishingCase:_:)``.
    func find(key: [Value]) throws -> Int64? {
        try find(distinguishingCase: true) { position in positions.firstIndex(of: position).map { key[$0] } ?? .null }
    }

    /// Returns the value if it can identify a record, and null for a placeholder such as an address that belongs to
    /// nobody.
    private func known(_ value: Value, at position: Int) -> Value {
        let type = module.fields[position].type
        guard let text = value.text, type.nobodys.contains(type.matchKey(for: text, country: country)) else {
            return value
        }
        return .null
    }

    /// Returns the id of the record with the same values, where missing values equal each other; `nil` if there is
    /// none.
    ///
    /// - Parameter distinguishesCase: whether a code that differs in case alone identifies another record, as the
    ///   `UID`s of calendars do.
    /// - Throws: ``CRMError`` `ambiguous` if several records have the values; `invalid` if all values are missing and
    ///   the row does not count as a new record then; `refused` for a code of people that a record has in other case.
    func find(distinguishingCase distinguishesCase: Bool = false, _ value: (Int) -> Value) throws -> Int64? {
        if isByID, case .integer(let id) = value(0) {
            return try records.exists(id) ? id : store.present(id, in: module)
        }
        let values = positions.map { known(value($0), at: $0) }
        let missing = values.map(\.isNull)
        if !missing.contains(false) {
            if addsUnmatchable { return nil }
            throw CRMError(
                .invalid,
                Text(
                    en: "the row has no \(names) to match by",
                    es: "la fila no tiene con qué emparejar: \(labels)"
                )
            )
        }
        let statement = try search(missing)
        defer { statement.reset() }
        var parameter = 0
        for (position, value) in zip(positions, values) where !value.isNull {
            parameter += 1
            let field = module.fields[position]
            if case .anyReference = field.type {
                let parts = field.stored(value, country: country)
                for (place, part) in parts.enumerated() { try statement.bind(part, at: parameter + place) }
                parameter += parts.count - 1
            } else if case .text(let text) = value, field.type.matching != nil {
                try statement.bind(field.type.matchKey(for: text, country: country), at: parameter)
            } else {
                try statement.bind(value, at: parameter)
            }
        }
        guard try statement.step() else {
            if !distinguishesCase { try judgeOtherForm(values, by: statement) }
            return nil
        }
        let id = statement.integer(at: 0)
        var ids = [id]
        while ids.count <= Self.mostTold, try statement.step() { ids.append(statement.integer(at: 0)) }
        if ids.count > 1 { throw ambiguous(values, ids) }
        return id
    }

    /// Refuses a code that no record has if a record has it all in capitals or all in small letters, or, of a number, with
    /// the zeros before it that spreadsheets take away. Codes are compared exactly, but two codes that people type rarely
    /// differ so on purpose. The keys of other programs do, so for these only the first such code is reported.
    private func judgeOtherForm(_ values: [Value], by statement: Statement) throws {
        guard let position = onlyPosition, case let field = module.fields[position], field.type == .code,
            !field.traits.isDisjoint(with: [.unique, .key]), field.isTypedCode || !hasToldForm,
            let code = values[0].text
        else { return }
        let longer = SpreadsheetLoss.codes(behind: code)
        let isNumber = !longer.isEmpty
        if isNumber, try !hasZeros(in: field) { return }
        let others = isNumber ? longer : [code.uppercased(), code.lowercased()]
        for other in others where other != code {
            statement.reset()
            try statement.bind(.text(other), at: 1)
            guard try statement.step() else { continue }
            // An input that gives codes with zeros has kept them.
            if isNumber, transaction.log.hasCreated(statement.integer(at: 0), in: module.table) { continue }
            let called = module.called(statement.integer(at: 0))
            let label = (en: field.label.en.lowercased(), es: field.label.es.lowercased())
            let reason = isNumber ? SpreadsheetLoss.ofZeros : Self.caseDiffers
            guard field.isTypedCode else {
                hasToldForm = true
                transaction.notice(
                    Text(
                        en: "\(label.en) \(code) is another than \(other), that of \(called.en): \(reason.en)",
                        es: "\(label.es) \(code) es otro que \(other), el de \(called.es): \(reason.es)"
                    )
                )
                return
            }
            throw CRMError(
                .refused,
                Text(
                    en: "\(called.en) has the \(label.en) \(other): \(reason.en), write it so",
                    es: "\(called.es) tiene como \(label.es) \(other): \(reason.es), escribirlo así"
                )
            )
        }
    }

    private static let caseDiffers = Text(
        en: "capitals and small letters differ",
        es: "mayúsculas y minúsculas se distinguen"
    )

    /// Whether there are codes that begin with a zero.
    private func hasZeros(in field: Field) throws -> Bool {
        if let holdsZeros { return holdsZeros }
        let column = field.key.quotedIdentifier
        let found = try database.first(
            "SELECT 1 FROM \(module.table.quotedIdentifier) WHERE \(column) > '0' AND \(column) < '1' LIMIT 1"
        )
        holdsZeros = found != nil
        return found != nil
    }

    /// The maximum number of records with the same values that are reported.
    private static let mostTold = 3

    private func ambiguous(_ values: [Value], _ ids: [Int64]) -> CRMError {
        let shown = ids.prefix(Self.mostTold).map(String.init).joined(separator: ", ")
        let told = shown + (ids.count > Self.mostTold ? ", …" : "")
        let texts = zip(positions, values).map { module.fields[$0].type.text(of: $1, currency: nil) }
        let value = texts.joined(separator: ", ")
        return CRMError(
            .ambiguous,
            Text(
                en: "more than one \(module.one.en) has this \(names) (\(value)): \(told)",
                es: "más de \(module.spanish.a) tiene «\(value)» (\(labels)): \(told)"
            )
        )
    }

    private func search(_ missing: [Bool]) throws -> Statement {
        if let statement = statements[missing] { return statement }
        let conditions = zip(positions, missing).flatMap { position, isMissing in
            module.fields[position].comparedColumns.map { $0.quotedIdentifier + (isMissing ? " IS NULL" : " = ?") }
        }
        let statement = try database.prepare(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(conditions.joined(separator: " AND ")) LIMIT \(Self.mostTold + 1)",
            persistent: true
        )
        statements[missing] = statement
        return statement
    }

    private var names: String { positions.map { module.fields[$0].key }.joined(separator: ", ") }

    /// The labels of the fields to match by, in Spanish.
    private var labels: String { positions.map { module.fields[$0].label.es }.joined(separator: ", ") }
}

extension StableHash {
    /// Creates the hash of the values of some fields by their positions, without those that are empty.
    init(_ values: some Sequence<(Int, Value)>, in module: Module) {
        self.init()
        for (position, value) in values where !value.isNull {
            add(module.fields[position].key)
            add(value.text ?? value.integer.map(String.init) ?? "")
        }
    }
}
