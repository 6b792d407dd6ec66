import Localization

extension ValueError {
    /// Returns the error with advice on how to add the missing choice to a field.
    func advisingChoice(of field: Field, in module: Module) -> ValueError {
        let command = "\(ProgramName.placeholder) choice add \(module.name.noun).\(field.key)"
        return followed(en: "\(command) KEY adds one", es: "\(command) CLAVE agrega una")
    }
}
