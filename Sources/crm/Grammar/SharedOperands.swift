import CLIKit
import CRMKit
import Localization

/// Operands that several verbs share.
enum SharedOperands {
    /// A file to read, standard input where none is named.
    static let input = Operand(
        Placeholder.file,
        .optional,
        summary: Text(en: "the file, - for standard input", es: "el archivo, - para la entrada estándar"),
        completion: .files
    )
    .synonyms(inputNames)

    /// Words that people use for an input file when they take it for an option.
    static let inputNames = "archivo fichero file input entrada from ruta path origen source"
    private static let referenceNames = "id ref referencia reference registro record"

    /// The ways to name a record: `id, EMAIL, ext:…, name:"…", serial:…`.
    private static func forms(_ module: Module) -> Text {
        let email = module.referenceKeys.contains { $0.prefix == "email" }
        let keys = [#"ext:…, name:"…""#] + module.referenceKeys.map { "\($0.prefix.replacingUnderscores):…" }
        let list = keys.joined(separator: ", ")
        return Text(
            en: email ? "id, e-mail, \(list)" : "id, \(list)",
            es: email ? "id, correo, \(list)" : "id, \(list)"
        )
    }

    /// An operand for a reference to a record of a module.
    static func reference(to module: Module, _ arity: Operand.Arity = .one) -> Operand {
        Operand(
            "REF",
            arity,
            summary: Text(
                en: "one of the \(module.several.en), by \(forms(module).en)",
                es: "\(module.spanish.oneOfThem), por \(forms(module).es)"
            ),
            completion: .found(.reference(module.name))
        )
        .synonyms(referenceNames)
    }

    /// One or more records of a module.
    static func references(to module: Module, _ arity: Operand.Arity = .oneOrMore, name: Text = "REF") -> Operand {
        Operand(
            name,
            arity,
            summary: Text(
                en: "\(module.several.en), each by \(forms(module).en)",
                es: "\(module.several.es), cada \(module.spanish.agreeing("uno", "una")) por \(forms(module).es)"
            ),
            completion: .found(.reference(module.name))
        )
        .synonyms(referenceNames)
    }
}
