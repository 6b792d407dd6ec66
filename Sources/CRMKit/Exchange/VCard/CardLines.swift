import Formats
import Localization

/// Reads and writes the lines that hold what the cards of one module's records hold beside the fields.
///
///     {"vcard":"contact","record":"ref:contact:42","properties":"BEGIN:VCARD\r\n…"}
final class CardLines {
    /// What a line says.
    struct Reading {
        fileprivate var record: LineReferences.Target = .none
        fileprivate var kept = KeptProperties([])

        /// The name of a line not yet written that it refers to.
        var awaited: String? { if case .awaited(let name) = record { name } else { nil } }
        /// Whether it refers to the record of a line that was rejected.
        var isOrphan: Bool { if case .rejected = record { true } else { false } }
    }

    /// The key of the properties, one vCard 4.0.
    static let properties = "properties"

    private let module: ModuleName
    private let table: CardTable
    private let references: LineReferences
    private let transaction: Transaction

    /// - Returns: `nil` for a module whose records are told on no cards.
    init?(_ module: Module, references: LineReferences, in transaction: Transaction) {
        guard let table = CardTable(module) else { return nil }
        self.module = module.name
        self.table = table
        self.references = references
        self.transaction = transaction
    }

    /// Reads a line.
    ///
    /// - Throws: ``LineFault`` for a member that means nothing, cannot be taken or is missing.
    func read(_ line: [JSONMember]) throws -> Reading {
        var reading = Reading()
        for member in line where member.name != LineKey.card {
            do {
                switch member.name {
                case LineKey.record: reading.record = try references.target(of: member.value, in: module)
                case Self.properties: reading.kept = try Self.kept(member.value)
                default:
                    let known = [LineKey.card, LineKey.record, Self.properties].joined(separator: ", ")
                    throw ValueError(
                        en: "no such key; known are \(known)",
                        es: "no existe esa clave; se conocen \(known)"
                    )
                }
            } catch {
                throw LineFault(field: member.name, value: nil, cause: error)
            }
        }
        guard case .none = reading.record else { return reading }
        throw LineFault(field: LineKey.record, value: nil, cause: ValueError(en: "is required", es: "es obligatorio"))
    }

    private static func kept(_ value: JSONValue) throws -> KeptProperties {
        do throws(VCardError) {
            return try KeptProperties(value.string ?? "")
        } catch {
            let reason = RowProblem.reason(error)
            throw ValueError(en: reason.en, es: reason.es)
        }
    }

    /// Keeps what a line says in place of what was kept.
    ///
    /// - Returns: whether that changed anything.
    func write(_ reading: Reading) throws -> Bool {
        guard case .record(_, let id) = reading.record else { return false }
        return try table.keep(reading.kept, of: id, in: transaction)
    }
}

extension JSONValue {
    /// The text of a string.
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
}
