/// From where a path leads on: what records are, and over which links they were reached.
struct Place: Sendable {
    /// The records' module.
    let module: Module
    /// The fields of the link over which they were reached; none where it was over none.
    let link: [Field]

    /// The word before a link's fields.
    static let linkPrefix = "link"

    init(_ module: Module, link: [Field] = []) {
        self.module = module
        self.link = link
    }

    /// What a name by itself says of a record: its own field of that key, or else the link's.
    func attribute(_ name: String) -> Attribute? {
        module.field(name).map(Attribute.field) ?? linkAttribute(name)
    }

    /// The link's field with a key.
    func linkAttribute(_ name: String) -> Attribute? {
        let key = ModuleName(rawValue: name).rawValue
        return link.first { $0.key == key }.map(Attribute.link)
    }

    /// Everything that can be asked of a record by itself, as it is written.
    var attributes: [(name: String, attribute: Attribute)] {
        module.fields.map { ($0.key, .field($0)) }
            + link.map { ("\(Self.linkPrefix).\($0.key)", .link($0)) }
    }
}
