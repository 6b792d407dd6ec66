import Localization
import SQLite

/// Checks that stored texts are ones that their fields take. Another program may have written any.
extension Check {
    mutating func checkTexts(of table: Table) throws {
        // Rows that only the program writes are not user input.
        guard table.part.map({ $0.visibility == .shown }) ?? true else { return }
        let context = try store.valueContext()
        for field in table.fields where field.isStored && field.isWritable && !field.traits.contains(.opaque) {
            guard field.type.form == .text, field.type != .currency else { continue }
            try checkTexts(of: field, in: table, context)
        }
    }

    private mutating func checkTexts(of field: Field, in table: Table, _ context: ValueContext) throws {
        let column = field.key.quotedIdentifier
        let variant = field.variants?.key.quotedIdentifier ?? "NULL"
        try find(
            "SELECT \"id\", \(column), \(variant) FROM \(table.name.quotedIdentifier) WHERE \(column) IS NOT NULL",
            in: table,
            of: [field.key]
        ) { row in
            let bytes = row.textBytes(at: 1)
            guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
                return Text(
                    en: "\(field.key) has bytes that are no text",
                    es: "\(field.key) tiene bytes que no son texto"
                )
            }
            let type = field.variants?.type(beside: .text(row.text(at: 2))) ?? field.type
            return Self.fault(of: text, as: type, in: field, context)
        }
    }

    private static func fault(of text: String, as type: FieldType, in field: Field, _ context: ValueContext) -> Text? {
        if type.definition.plainValue(of: text) != nil { return nil }
        do throws(ValueError) {
            guard try type.parse(text, in: context).isNull, field.isRequired else { return nil }
            return Text(
                en: "\(field.key) is empty, and no record can be without it",
                es: "\(field.key) está vacío, y ningún registro puede estar sin ese campo"
            )
        } catch {
            return Text(
                en: "\(field.key) cannot be \"\(text)\": \(error.reason.en)",
                es: "\(field.key) no puede ser «\(text)»: \(error.reason.es)"
            )
        }
    }
}
