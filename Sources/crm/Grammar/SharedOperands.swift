import CLIKit
import CRMKit
import Localization

/// Operands that several verbs share.
enum SharedOperands {
    /// An input file; standard input if none is named.
    static let input = Operand(
        Placeholder.file,
        .optional,
        summary: Text(en: "the file, - for standard input", es: "el archivo, - para la entrada estándar"),
        completion: .files
    )
    .synonyms(inputNames)

    /// Names of options that users may type instead of the operand for an input file.
    static let inputNames = "archivo fichero file input entrada from ruta path origen source"
    private static let referenceNames = "id ref referencia reference registro record"

    /// Returns the ways to name a record: `id, EMAIL, ext:…, name:"…", serial:…`.
    private static func forms(_ module: Module) -> Text {
        let email = module.referenceKeys.contains { $0.prefix == "email" }
        var list = #"ext:…, name:"…""#
        for key in module.referenceKeys { list += ", \(key.prefix.hyphenated):…" }
        return Text(
            en: email ? "id, e-mail, \(list)" : "id, \(list)",
            es: email ? "id, correo, \(list)" : "id, \(list)"
        )
    }

    /// Returns an operand for a reference to a record of a module.
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

    /// Returns an operand for one or more records of a module.
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
