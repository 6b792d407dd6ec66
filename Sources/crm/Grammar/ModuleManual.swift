import CLIKit
import CRMKit
import Localization

/// The manual's text about one module.
struct ModuleManual {
    private let module: Module

    init(_ module: Module) { self.module = module }

    var discussion: [Text] {
        switch module.contacts {
        case .center:
            [
                Text(
                    en: "A contact is a person. Records of every other module hang on contacts.",
                    es: "Un contacto es una persona. De los contactos dependen los registros de todos los módulos."
                )
            ]
        case .referred:
            [
                Text(
                    en: "A contact names the record it belongs to in a field of its own.",
                    es: "Un contacto nombra en un campo propio el registro al que pertenece."
                )
            ]
        case .owned:
            [
                Text(
                    en: "Each record belongs to one contact and goes with it; edit --contact moves it to another.",
                    es: "Cada registro pertenece a un contacto y se va con él; edit --contact lo pasa a otro."
                )
            ]
        case .many(let link):
            [
                link.hasPeriod
                    ? Text(
                        en:
                            "Any number of contacts can be linked with a record, each link with attributes and a period.",
                        es:
                            "Cualquier número de contactos puede vincularse con un registro, cada vínculo con atributos y un periodo."
                    )
                    : Text(
                        en: "Any number of contacts can be linked with a record, each link with attributes.",
                        es:
                            "Cualquier número de contactos puede vincularse con un registro, cada vínculo con atributos."
                    )
            ]
        }
    }

    var sections: [Section] {
        let kept = module.fields.filter { field in !module.writableFields.contains { $0.key == field.key } }
        let intro = Text(
            en: """
                Columns, filters, JSON and CSV call a field by its key: the name of its option, with underscores for \
                hyphens.
                """,
            es: """
                Columnas, filtros, JSON y CSV llaman a un campo por su clave: el nombre de su opción, con guiones \
                bajos en lugar de guiones.
                """
        )
        let keptIntro = Text(
            en: "The program itself keeps these, for columns and filters:",
            es: "El programa mismo lleva estos, para columnas y filtros:"
        )
        let fields: [Section.Block] = [.paragraph(intro), .options(FieldOptions(module).forAdding.map(\.option))]
        let others: [Section.Block] = [
            .paragraph(keptIntro), .definitions(kept.map { (term: $0.key, meaning: $0.summary) }),
        ]
        return [
            Section(title: Text(en: "FIELDS", es: "CAMPOS"), kept.isEmpty ? fields : fields + others)
        ]
    }
}
