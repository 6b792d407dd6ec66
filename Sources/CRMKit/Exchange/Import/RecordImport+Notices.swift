import Localization

extension RecordImport {
    /// The notices about rows that are not records.
    var rowNotices: [Text] {
        let ofBlanks = blanks.notice {
            Text(
                en: "passed over line \($0), which holds nothing in the columns that are taken",
                es: "se omitió la línea \($0), que no contiene nada en las columnas que se toman"
            )
        } many: {
            Text(
                en: "passed over \($0) rows that hold nothing in the columns that are taken: lines \($1)",
                es: "se omitieron \($0) filas sin nada en las columnas que se toman: líneas \($1)"
            )
        }
        // If most rows are so, the table is a list of names.
        let ofLone =
            full < lone.count || report.failed > 0
            ? nil
            : lone.notice {
                Text(
                    en:
                        "line \($0) has a name and nothing else, and is taken: delete the record if it is a heading or a footer",
                    es: """
                        la línea \($0) tiene un nombre y nada más, y se toma: borrar el registro si es un encabezado de grupo o \
                        un pie
                        """
                )
            } many: {
                Text(
                    en: """
                        \($0) rows have a name and nothing else, and are taken, lines \($1): delete the records if they are \
                        headings or footers
                        """,
                    es: """
                        \($0) filas tienen un nombre y nada más, y se toman, líneas \($1): borrar los registros si son \
                        encabezados de grupo o pies
                        """
                )
            }
        let ofOthers = others.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { name, lines in
            let (several, noun) = (registry[name].several, name.noun)
            let remedy = Text(
                en: "'\(ProgramName.placeholder) \(noun) import' takes them",
                es: "«\(ProgramName.placeholder) \(noun) import» las toma"
            )
            return lines.notice {
                Text(
                    en: "passed over line \($0), which is of \(several.en): \(remedy.en)",
                    es: "se omitió la línea \($0), que es de \(several.es): \(remedy.es)"
                )
            } many: {
                Text(
                    en: "passed over \($0) rows of \(several.en), lines \($1): \(remedy.en)",
                    es: "se omitieron \($0) filas de \(several.es), líneas \($1): \(remedy.es)"
                )
            }
        }
        return passedOverRows.notices + [ofBlanks, ofLone, merged.notice].compactMap(\.self) + ofOthers
    }

    /// The notice about a record that somebody else keeps in the role of a row's link.
    var ofFormer: Text? {
        guard let former else { return nil }
        let called = registry[former.module].called(former.record)
        let contact = registry[registry.center].called(former.contact)
        return Text(
            en: """
                \(called.en) keeps \(contact.en) in the same role, beside whom the input names: --replace ends the links of \
                those whose place others take
                """,
            es: """
                \(called.es) conserva el vínculo con \(contact.es) en el mismo rol, junto al de la entrada: --replace termina \
                los de aquellos cuyo lugar toman otros
                """
        )
    }

    /// Notices about rows that begin a new record though they have the same name as those before.
    var parted: [Text] {
        guard let first = firstParted else { return [] }
        let name = module.field(module.displayKey)?.label ?? Text(module.displayKey)
        let more = partedCount - 1
        return [
            Text(
                en:
                    "row \(first.row) has the \(name.en.lowercased()) of row \(first.before) and another \(first.column): it begins another \(module.one.en)"
                    + (more > 0 ? ", and so do \(more) more" : ""),
                es:
                    "la fila \(first.row) tiene el mismo \(name.es.lowercased()) que la fila \(first.before) y otro valor en \(first.column): empieza otro registro"
                    + (more > 0 ? ", y también \(more) más" : "")
            )
        ]
    }
}
