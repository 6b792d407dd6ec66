/// The starting point of a path: the kind of rows, and the links over which they were reached.
struct Place: Sendable {
    /// The records' module.
    let module: Module
    /// The part of the rows; `nil` for records of the module.
    let part: Part?
    /// The fields of the link over which the rows were reached; empty if there is none.
    let link: [Field]

    /// The name before the fields of a link.
    static let linkPrefix = "link"

    init(_ module: Module, part: Part? = nil, link: [Field] = []) {
        self.module = module
        self.part = part
        self.link = link
    }

    /// Returns the attribute of a row that a single name denotes: a field of the row with that key, else one of the
    /// link.
    func attribute(_ name: String) -> Attribute? {
        guard let part else { return module.field(spelled: name).map(Attribute.field) ?? linkAttribute(name) }
        let key = ModuleName(rawValue: name).rawValue
        return Self.fields(of: part, module).first { $0.key == key }.map(Attribute.field)
    }

    /// Returns the link's field with a key.
    func linkAttribute(_ name: String) -> Attribute? {
        let key = ModuleName(rawValue: name).rawValue
        return link.first { $0.key == key }.map(Attribute.link)
    }

    /// All attributes of a row, with their names in paths.
    var attributes: [(name: String, attribute: Attribute)] {
        let own = part.map { Self.fields(of: $0, module) } ?? module.fields
        return own.map { ($0.key, .field($0)) } + link.map { ("\(Self.linkPrefix).\($0.key)", .link($0)) }
    }

    /// Returns the fields of a part's rows, with their position but without their id, which means nothing to the user.
    private static func fields(of part: Part, _ module: Module) -> [Field] {
        Table(part, of: module).fields.filter { $0.key == Part.positionKey } + part.fields
    }
}
