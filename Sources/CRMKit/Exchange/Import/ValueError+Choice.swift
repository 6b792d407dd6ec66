import Localization

extension ValueError {
    /// The same with how a choice is added that a field has not.
    func advisingChoice(of field: Field, in module: Module) -> ValueError {
        let command = "\(ProgramName.placeholder) choice add \(module.name.noun).\(field.key)"
        return followed(en: "\(command) KEY adds one", es: "\(command) CLAVE agrega una")
    }
}
