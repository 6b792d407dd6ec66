import Localization

/// Messages about fields to match by.
extension RowPlans {
    /// Returns the message that no column has a field to match by. It gives the header of such a column, or says that a
    /// whole name has no parts to match by.
    func unmatchable(_ position: Int, _ columns: [ImportColumn?], _ headings: [Heading]) -> Text {
        let field = module.fields[position]
        let whole = columns.firstIndex { $0?.isWholeName == true }
        guard let whole, let name = module.cards?.name,
            [name.given, name.family, module.displayKey].contains(field.key)
        else {
            if let name = module.cards?.name, field.key == module.displayKey, isOfParts(columns) {
                return Text(
                    en: "no column has whole names: match by their parts, with --match \(name.given),\(name.family)",
                    es: """
                        ninguna columna tiene nombres completos: emparejar por sus partes, con \
                        --match \(name.given),\(name.family)
                        """
                )
            }
            return Text(
                en: "no column has the field to match by: its header is \(field.key), or \(field.label.en)",
                es: "ninguna columna tiene el campo para emparejar: su encabezado es \(field.key), o \(field.label.es)"
            )
        }
        let heading = headings[whole].name
        return Text(
            en: """
                no column has the field to match by: "\(heading)" has whole names; part them into columns \(name.given) and \
                \(name.family), or match by another field, as with --match email
                """,
            es: """
                ninguna columna tiene el campo para emparejar: «\(heading)» tiene nombres completos; separarlos en columnas \
                \(name.given) y \(name.family), o emparejar por otro campo, como con --match email
                """
        )
    }

    /// Whether given names and family names have separate columns.
    private func isOfParts(_ columns: [ImportColumn?]) -> Bool {
        guard let names = module.cards.flatMap({ NamePositions($0.name, in: module) }) else { return false }
        return [names.given, names.family].allSatisfy { position in columns.contains { $0?.fills(position) == true } }
    }
}
