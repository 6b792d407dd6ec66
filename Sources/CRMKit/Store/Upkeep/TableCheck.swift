import Localization
import SQLite

/// Checks what the types of the fields require of the columns of one table.
extension Check {
    mutating func checkTable(_ table: Table) throws {
        for field in table.fields {
            try checkPresence(of: field, in: table)
            try checkMatchColumn(of: field, in: table)
            try checkNormalForm(of: field, in: table)
            switch field.type.form {
            case .choice(let choices): try checkChoices(choices, of: field, in: table)
            case .date: try checkText(of: field, in: table, isWrong: DateFunctions.isNoDate(field.key))
            case .moment:
                try checkText(
                    of: field,
                    in: table,
                    isWrong: DateFunctions.isNoMoment(field.key, digits: field.type.secondDigits)
                )
            case .anyReference: try checkAnyReference(field, in: table)
            default: continue
            }
        }
        if table.part != nil { try checkPositions(in: table) }
        for order in table.dateOrders { try checkOrder(order.earlier, order.later, in: table) }
    }

    /// Checks that the rows of a part are numbered from 1 without gaps, as their writer keeps them.
    private mutating func checkPositions(in table: Table) throws {
        let owners = table.owners.map(\.key.quotedIdentifier).joined(separator: ", ")
        let position = Part.positionKey.quotedIdentifier
        try find(
            """
            SELECT "id", max(\(position)), count(*) FROM \(table.name.quotedIdentifier) GROUP BY \(owners) \
            HAVING \(PartPositions.areWrong.sql)
            """,
            in: table,
            .warning,
            isMendable: true
        ) { row in
            let (last, count) = (row.integer(at: 1), row.integer(at: 2))
            return Text(
                en: "the last of \(count) is at position \(last): they are not numbered from 1",
                es: "el último de \(count) está en la posición \(last): no van numerados desde 1"
            )
        }
    }

    /// Checks that required values are present, and that Boolean values are not null.
    private mutating func checkPresence(of field: Field, in table: Table) throws {
        guard field.isRequired || field.type.form == .boolean else { return }
        try find(
            "SELECT \"id\" FROM \(table.name.quotedIdentifier) WHERE \(field.key.quotedIdentifier) IS NULL",
            in: table,
            of: [field.key],
            isMendable: table.fillsInItself(field)
        ) { _ in
            Text(
                en: "\(field.key) is missing, and no record can be without it",
                es: "falta \(field.key), y ningún registro puede estar sin ese campo"
            )
        }
    }

    private mutating func checkMatchColumn(of field: Field, in table: Table) throws {
        guard let column = field.matchColumn, let expression = field.matchExpression(country: country) else { return }
        try find(
            store.database.prepare(
                fragment: "SELECT \"id\" FROM \(name: table.name) WHERE \(name: column) IS NOT \(expression)"
            ),
            in: table,
            isMendable: true
        ) { _ in
            Text(
                en: "\(field.key) would not be found: its comparable form does not follow from it",
                es: "\(field.key) no se encontraría: su forma comparable no corresponde"
            )
        }
    }

    private mutating func checkNormalForm(of field: Field, in table: Table) throws {
        guard field.isNormalized else { return }
        // Without its table, the column would be that of the other row, which always is its own normal form.
        let form = field.normalForm(of: .column(field.key, of: "t"))
        let other: SQLFragment =
            field.traits.contains(.unique)
            ? "(SELECT \"id\" FROM \(name: table.name) AS \"o\" WHERE \(column: field.key, of: "o") = \(form))" : "NULL"
        try find(
            store.database.prepare(
                fragment: """
                    SELECT "id", \(name: field.key), \(other) FROM \(name: table.name) AS "t" \
                    WHERE \(field.isOutOfNormalForm)
                    """
            ),
            in: table,
            of: [field.key],
            isMendable: true
        ) { row in
            guard row.isNull(at: 2) else {
                return Text(
                    en:
                        "\(field.key) \"\(row.text(at: 1))\" is that of \(row.integer(at: 2)) but for its form: merge the two, or give one of them another",
                    es:
                        "\(field.key) «\(row.text(at: 1))» es el de \(row.integer(at: 2)) salvo por su forma: unir los dos, o dar otro a uno de ellos"
                )
            }
            return Text(
                en: "\(field.key) would not be found: it is not in the form in which keys are kept",
                es: "\(field.key) no se encontraría: no está en la forma en que se guardan las claves"
            )
        }
    }

    private mutating func checkChoices(_ choices: [Choice], of field: Field, in table: Table) throws {
        let column = field.key.quotedIdentifier
        let places = Array(repeating: "?", count: choices.count).joined(separator: ", ")
        try find(
            "SELECT \"id\", \(column) FROM \(table.name.quotedIdentifier) WHERE \(column) NOT IN (\(places))",
            choices.map { .text($0.key) },
            in: table,
            .warning
        ) { row in
            Text(
                en: "\(field.key) is \"\(row.text(at: 1))\", which is not one of its choices",
                es: "\(field.key) es «\(row.text(at: 1))», que no está entre sus opciones"
            )
        }
    }

    private mutating func checkText(of field: Field, in table: Table, isWrong: String) throws {
        let column = field.key.quotedIdentifier
        try find(
            """
            SELECT "id", \(column) FROM \(table.name.quotedIdentifier) WHERE \(column) IS NOT NULL AND \(isWrong)
            """,
            in: table,
            of: [field.key]
        ) { row in
            Text(
                en: "\(field.key) is \"\(row.text(at: 1))\", which is not a date as they are stored",
                es: "\(field.key) es «\(row.text(at: 1))», que no es una fecha como se guardan"
            )
        }
    }

    private mutating func checkAnyReference(_ field: Field, in table: Table) throws {
        let columns = field.columns.map(\.quotedIdentifier)
        let known = store.registry.modules.map { module in
            "\(columns[0]) = '\(module.name.rawValue)' AND EXISTS "
                + "(SELECT 1 FROM \(module.table.quotedIdentifier) r WHERE r.\"id\" = t.\(columns[1]))"
        }
        try find(
            """
            SELECT "id", \(columns[0]), \(columns[1]) FROM \(table.name.quotedIdentifier) t \
            WHERE (\(columns[0]) IS NOT NULL OR \(columns[1]) IS NOT NULL) \
            AND (\(known.joined(separator: " OR "))) IS NOT TRUE
            """,
            in: table,
            of: [field.key]
        ) { row in
            Text(
                en: "\(field.key) names \(row.text(at: 1)) \(row.integer(at: 2)), which does not exist",
                es: "\(field.key) nombra \(row.text(at: 1)) \(row.integer(at: 2)), que no existe"
            )
        }
    }

    private mutating func checkOrder(_ earlier: String, _ later: String, in table: Table) throws {
        try find(
            """
            SELECT "id" FROM \(table.name.quotedIdentifier) \
            WHERE \(later.quotedIdentifier) < \(earlier.quotedIdentifier)
            """,
            in: table,
            of: [later, earlier]
        ) { _ in Text(en: "\(later) is before \(earlier)", es: "\(later) es anterior a \(earlier)") }
    }
}
