import Localization
import SQLite

/// The values struck out of the history when somebody was erased. An undo cannot restore a struck-out address, number
/// or key.
struct StruckValues {
    /// The mark that stands for a struck-out name, in either language.
    static let mark = "[…]"

    private let tables: Set<String>

    /// No struck-out values.
    init() { tables = [] }

    /// Creates the values struck out of the stored rows of a change set.
    init(in changeSet: Int64, _ store: Store) throws {
        guard try store.hasErasures() else {
            tables = []
            return
        }
        let struck = SQLFunctions.contains(.name("before"), .bind(.text(Self.mark)))
        let names = try store.database.all(
            fragment: """
                SELECT DISTINCT "table_name" FROM "change" WHERE "change_set" = \(bind: .integer(changeSet)) AND \(struck)
                """
        )
        tables = Set(names.compactMap { $0[0].text })
    }

    /// Whether rows of a table can have struck-out values.
    func concern(_ table: Table) -> Bool { tables.contains(table.name) }

    /// Whether the stored value of a row's field was struck out and cannot be restored.
    func contain(_ value: Value, of field: Field, in table: Table) -> Bool {
        concern(table) && field.tellsOne && value.text?.contains(Self.mark) == true
    }

    /// Returns the fields of a row whose stored values were struck out.
    ///
    /// - Parameter values: the row's stored values, each at its position.
    func fields(of values: [Value], in table: Table) -> [(position: Int, field: Field)] {
        zip(table.positions, table.fields).map { (position: $0, field: $1) }
            .filter { contain(values[$0.position], of: $0.field, in: table) }
    }

    /// Returns the message that a row keeps its present value.
    static func stays(_ field: Field, _ row: Text) -> Text {
        Text(
            en: "\(row.en): what \(field.label.en) was has been erased, and it stays as it is",
            es: "\(row.es): lo que decía \(field.label.es) se suprimió, y queda como está"
        )
    }

    /// Returns the message that a row is restored without a value or, when `isWhole` is set, is not restored.
    static func goes(_ field: Field, _ row: Text, isWhole: Bool) -> Text {
        isWhole
            ? Text(
                en: "\(row.en) stays away: what \(field.label.en) was has been erased",
                es: "\(row.es) no vuelve: lo que decía \(field.label.es) se suprimió"
            )
            : Text(
                en: "\(row.en) comes back without \(field.label.en), which has been erased",
                es: "\(row.es) vuelve sin \(field.label.es), que se suprimió"
            )
    }
}

extension Field {
    /// Whether each value of the field is a single address, number or key, so that the rest of it is worthless.
    fileprivate var tellsOne: Bool {
        if variants != nil { return true }
        switch type {
        case .email, .phone, .url: return true
        case .code: return traits.contains(.key)
        default: return false
        }
    }
}

extension Store {
    /// Whether somebody was erased out of the file, so that ``StruckValues/mark`` in its texts may stand for a name.
    func hasErasures() throws -> Bool {
        let action = Value.text(ChangeLog.Action.erase.rawValue)
        return try number("SELECT EXISTS (SELECT 1 FROM \"change\" WHERE \"action\" = \(bind: action))") == 1
    }
}
