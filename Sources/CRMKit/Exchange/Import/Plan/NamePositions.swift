/// The positions of the fields that make up a person's name.
struct NamePositions {
    let fields: CardMapping.Name
    let salutation: Int
    let given: Int
    /// The position of the required field.
    let family: Int

    /// - Returns: `nil` for a module without all of these fields.
    init?(_ fields: CardMapping.Name, in module: Module) {
        guard let salutation = module.position(of: fields.salutation), let given = module.position(of: fields.given),
            let family = module.position(of: fields.family)
        else { return nil }
        (self.fields, self.salutation, self.given, self.family) = (fields, salutation, given, family)
    }

    func contains(_ position: Int) -> Bool { position == given || position == family || position == salutation }
}
