import Localization
import SQLite

/// What was struck out of what history keeps, as somebody was erased: of an address, a number or a key nothing is left that
/// could come back.
struct StruckValues {
    /// What stands for a name that was struck out, in either language.
    static let mark = "[…]"

    private let tables: Set<String>

    /// Nothing.
    init() { tables = [] }

    /// What was struck out of what a change set kept.
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

    /// Whether rows of a table can have had any.
    func concern(_ table: Table) -> Bool { tables.contains(table.name) }

    /// Whether nothing is left of a value that a row of a table had.
    func contain(_ value: Value, of field: Field, in table: Table) -> Bool {
        concern(table) && field.tellsOne && value.text?.contains(Self.mark) == true
    }

    /// The fields of a row of which nothing is left, by the values that it had, each at its position.
    func fields(of values: [Value], in table: Table) -> [(position: Int, field: Field)] {
        zip(table.positions, table.fields).map { (position: $0, field: $1) }
            .filter { contain(values[$0.position], of: $0.field, in: table) }
    }

    /// What is told of a row that keeps what it has.
    static func stays(_ field: Field, _ row: Text) -> Text {
        Text(
            en: "\(row.en): what \(field.label.en) was has been erased, and it stays as it is",
            es: "\(row.es): lo que decía \(field.label.es) se suprimió, y queda como está"
        )
    }

    /// What is told of a row that comes back without a value, or not at all.
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
    /// Whether its value is an address, a number or a key: it means one, or nothing.
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
