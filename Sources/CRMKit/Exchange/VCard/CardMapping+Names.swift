extension CardMapping.Name {
    /// A whole name as the fields it is made of, an empty given name too.
    ///
    /// - Parameter module: whose fields they are.
    func fields(of text: String, in module: Module) -> [(key: String, text: String)] {
        let name = PersonName(text) { salutation($0, in: module) != nil }
        let title = name.title.flatMap { self.salutation($0, in: module) }.map { (salutation, $0.key) }
        return [(given, name.given), (family, name.family)] + (title.map { [$0] } ?? [])
    }

    /// The form of address that a word stands for, with or without its point.
    func salutation(_ word: String, in module: Module) -> Choice? {
        let choices = module.field(salutation)?.type.choices ?? []
        let undotted = Self.undotted(word)
        return choices.first { [$0.key, $0.label.en, $0.label.es].map(Self.undotted).contains(undotted) }
            ?? choices.first { $0.isMeant(by: Choice.spelling(word)) }
    }

    private static func undotted(_ text: String) -> String { Fold.fold(text.filter { $0 != "." }) }
}
