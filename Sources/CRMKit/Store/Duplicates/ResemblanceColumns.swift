import Localization
import SQLite

/// The columns of a module's records by which duplicates are recognized.
struct ResemblanceColumns {
    /// A value that nearly identifies a record, with the columns that hold it.
    struct Signal {
        /// The prefix of a reference key, or the key of a field.
        let key: String
        let label: Text
        let fields: [Field]
        let parts: [KeyPlaces.PartPlace]
        /// Whether it is an address that may belong to a role instead of a person.
        let isAddress: Bool
        /// Whether it is a code, which identifies a record whatever its name.
        var isCode: Bool { fields.first?.type.isCode ?? false }
    }

    let module: Module
    let kind: NameWords.Kind
    let names: [Field]
    /// The field of the surname; `nil` for names of things.
    var surname: Field? { kind == .person ? names.last : nil }
    let signals: [Signal]
    let context: Field?
    let facts: [Field]
    /// The hashes of values that identify nobody.
    let nobodys: Set<UInt64>

    /// - Returns: `nil` for a module that does not declare by what its records resemble each other.
    init?(_ module: Module) {
        guard let resemblance = module.resemblance else { return nil }
        self.module = module
        switch resemblance.name {
        case .person: kind = .person
        case .title: kind = .title
        }
        let isPerson = kind == .person
        names = resemblance.name.fields.compactMap { module.field($0) }
        signals = resemblance.keys.compactMap { key in
            if let places = KeyPlaces(key, in: module), let first = places.fields.first {
                let label = module.referenceKeys.contains { $0.prefix == key } ? Self.label(first) : first.label
                return Signal(
                    key: key,
                    label: label,
                    fields: places.fields,
                    parts: places.parts,
                    isAddress: isPerson && first.type == .email
                )
            }
            return module.field(key).map {
                Signal(key: key, label: $0.label, fields: [$0], parts: [], isAddress: false)
            }
        }
        context = resemblance.context.flatMap { module.field($0) }
        facts = resemblance.facts.compactMap { module.field($0) }
        nobodys = Set((signals.flatMap(\.fields) + facts).flatMap(\.type.nobodys).map { NameWords.hash($0.utf8) })
    }

    /// Returns the label of a signal: addresses and numbers have the same one in every field.
    private static func label(_ field: Field) -> Text {
        switch field.type {
        case .email: Text(en: "E-mail", es: "Correo")
        case .phone: Text(en: "Telephone", es: "Teléfono")
        default: field.label
        }
    }

    /// The columns with the names of records.
    var nameColumns: [SQLFragment] { names.map { .name($0.comparedColumn) } }

    /// The column of the context; null if there is none.
    var contextColumn: SQLFragment { context.map { .name($0.comparedColumn) } ?? "NULL" }
}

extension Module {
    /// The labels of the values by which duplicates are recognized, besides names; empty for a module without such
    /// values.
    public var resemblances: [Text] {
        guard let columns = ResemblanceColumns(self) else { return [] }
        let labels = columns.signals.map(\.label) + (columns.facts + [columns.context].compactMap { $0 }).map(\.label)
        return labels.reduce(into: []) { known, label in if !known.contains(label) { known.append(label) } }
    }
}

/// The records to compare.
struct DuplicateScope {
    let module: Module
    /// A query for the ids of the records in scope; `nil` for all records.
    let ids: SQLFragment?

    /// Returns the condition that a column holds the id of a record in scope.
    func condition(on column: SQLFragment) -> SQLFragment? { ids.map { "\(column) IN (\($0))" } }
}

/// The values by which a record is compared.
struct Profile {
    let id: Int64
    let words: [NameWords.Word]
    /// The number of words that belong to the given name, the first ones; all are those of a thing.
    let givenWords: Int
    /// The hashes of the record's values, by signal.
    let signals: [[UInt64]]
    /// The hashes of addresses that belong to a role, not to a person.
    let roles: Set<UInt64>
    let context: UInt64?
    let facts: [UInt64?]

    var name: ComparedName { ComparedName(words: words, givenWords: givenWords) }
}

/// Reads the profiles of records, with cached statements.
final class ProfileReader {
    private let columns: ResemblanceColumns
    private let select: Statement
    private let parts: [(signal: Int, select: Statement)]
    private var words: NameWords

    init(_ columns: ResemblanceColumns, in store: Store) throws {
        self.columns = columns
        words = NameWords(columns.kind)
        let fields = columns.signals.flatMap(\.fields).map { SQLFragment.name($0.comparedColumn) }
        let facts = columns.facts.map { SQLFragment.name($0.comparedColumn) }
        let list = (columns.nameColumns + [columns.contextColumn] + facts + fields).joined(", ")
        let query: SQLFragment = "SELECT \(list) FROM \(name: columns.module.table) WHERE \(name: "id") = ?"
        select = try store.database.prepare(query.sql, persistent: true)
        var parts: [(signal: Int, select: Statement)] = []
        for (signal, places) in columns.signals.enumerated().map({ ($0, $1.parts) }) {
            for place in places where try store.hasRows(place.table) {
                let row = "m"
                let query: SQLFragment = """
                    SELECT \(column: place.field.comparedColumn, of: row) FROM \(name: place.table.name) AS \(name: row) \
                    WHERE \(column: place.table.ownerColumn, of: row) = ? AND \(place.isOfKind(row))
                    """
                parts.append((signal, try store.database.prepare(query.sql, persistent: true)))
            }
        }
        self.parts = parts
    }

    /// Returns the profile of a record; `nil` when there is no such record.
    func profile(_ id: Int64) throws -> Profile? {
        try select.bind(id, at: 1)
        defer { select.reset() }
        guard try select.step() else { return nil }
        var name: [NameWords.Word] = []
        var givenWords = 0
        for column in columns.names.indices {
            let text = select.textBytes(at: column)
            // An address in place of a name says nothing about the name.
            if columns.surname == nil || !text.contains(UInt8(ascii: "@")) {
                words.forEach(in: text) { _, bytes in name.append(NameWords.Word(bytes)) }
            }
            if column == 0 { givenWords = name.count }
        }
        var column = columns.names.count
        let context = hash(at: column)
        var facts: [UInt64?] = []
        for fact in columns.facts {
            column += 1
            facts.append(fact.type.isCode ? codeHash(at: column) : hash(at: column))
        }
        var signals: [[UInt64]] = columns.signals.map { _ in [] }
        var roles: Set<UInt64> = []
        for (place, signal) in columns.signals.enumerated() {
            for _ in signal.fields {
                column += 1
                guard let hash = hash(at: column) else { continue }
                if !signals[place].contains(hash) { signals[place].append(hash) }
                if signal.isAddress, RoleAddress.isOne(select.textBytes(at: column)) { roles.insert(hash) }
            }
        }
        for (place, rows) in parts {
            try rows.bind(id, at: 1)
            defer { rows.reset() }
            while try rows.step() {
                let bytes = rows.textBytes(at: 0)
                let hash = NameWords.hash(bytes)
                if !signals[place].contains(hash) { signals[place].append(hash) }
                if columns.signals[place].isAddress, RoleAddress.isOne(bytes) { roles.insert(hash) }
            }
        }
        return Profile(
            id: id,
            words: name,
            givenWords: givenWords,
            signals: signals,
            roles: roles,
            context: context,
            facts: facts
        )
    }

    /// Returns the hash of a code's letters and digits, since codes are written with and without hyphens: `LJ-1020` and
    /// `LJ1020`.
    private func codeHash(at column: Int) -> UInt64? {
        guard let whole = hash(at: column) else { return nil }
        let marks = select.textBytes(at: column).filter { $0 >= 0x80 || $0.isDigit || $0.isLetter }
            .map(Fold.lowercasedASCII)
        return marks.isEmpty ? whole : NameWords.hash(marks)
    }

    private func hash(at column: Int) -> UInt64? {
        if select.isNull(at: column) { return nil }
        let hash = NameWords.hash(select.textBytes(at: column))
        return columns.nobodys.contains(hash) ? nil : hash
    }
}

/// Addresses that belong to a role and not to a person, by the part before the @: those of RFC 2142 and other common
/// ones.
enum RoleAddress {
    private static let names = Set(
        [
            "info", "informacion", "contacto", "contact", "contactos", "ventas", "sales", "admin", "administracion",
            "administrator", "office", "oficina", "hello", "hola", "hi", "soporte", "support", "help", "ayuda",
            "service",
            "servicio", "servicios", "billing", "facturacion", "facturas", "invoices", "compras", "purchasing", "rh",
            "rrhh", "hr", "jobs", "empleo", "marketing", "press", "prensa", "noreply", "no-reply", "postmaster",
            "webmaster", "abuse", "noc", "security", "hostmaster", "mail", "correo", "email", "recepcion", "reception",
            "gerencia", "direccion", "atencion", "clientes", "pedidos", "orders", "pagos", "payments", "cobranza",
            "contabilidad", "accounting", "legal", "team", "equipo", "general", "enquiries", "inquiries",
        ].map { NameWords.hash($0.utf8) }
    )

    /// Whether an address in its comparable form belongs to a role.
    static func isOne(_ address: UnsafeRawBufferPointer) -> Bool {
        let local = address.prefix { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "+") }
        return names.contains(NameWords.hash(local))
    }
}
