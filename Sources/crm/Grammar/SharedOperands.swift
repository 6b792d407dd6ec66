import CLIKit
import CRMKit
import Localization

/// Operands that several verbs share.
enum SharedOperands {
    private static func summary(_ module: Module) -> Text {
        Text(
            en: "an id, an e-mail, ext:KEY, name:\"…\"\(keys(module)) of a record of \(module.name)",
            es: "un id, un correo, ext:CLAVE, name:\"…\"\(keys(module)) de un registro de \(module.name)"
        )
    }

    private static func keys(_ module: Module) -> String {
        module.referenceKeys.map { ", \($0.prefix.replacingUnderscores):…" }.joined()
    }

    /// One record of a module.
    static func reference(to module: Module) -> Operand {
        Operand("REF", .one, summary: summary(module), completion: .dynamic("reference:\(module.name)"))
    }

    /// One or more records of a module.
    static func references(to module: Module, _ arity: Operand.Arity = .oneOrMore, name: String = "REF") -> Operand {
        Operand(name, arity, summary: summary(module), completion: .dynamic("reference:\(module.name)"))
    }
}
