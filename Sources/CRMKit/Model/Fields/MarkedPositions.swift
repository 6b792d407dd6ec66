/// The positions of the fields of a module that need something besides what all fields need. They are found in one walk
/// over the fields: whoever asks what refers to a record makes all modules.
struct MarkedPositions {
    private(set) var defaults: [(position: Int, value: Value)] = []
    private(set) var relative: [Int] = []
    private(set) var required: [Int] = []
    private(set) var money: [Int] = []
    private(set) var choice: [Int] = []
    private(set) var bounded: [Int] = []
    private(set) var longText: [Int] = []
    private(set) var filter: [Int] = []
    private(set) var numbered: [Int] = []

    /// - Parameter hidden: fields after the visible ones; only their defaults count.
    init(_ fields: [Field], hidden: [Field]) {
        for position in fields.indices {
            let field = fields[position]
            addDefault(of: field, position)
            let (type, traits) = (field.type, field.traits)
            if field.isRequired || type == .boolean { required.append(position) }
            if type == .money { money.append(position) }
            if type.choices.contains(where: \.isRetired) { choice.append(position) }
            if field.hasBounds { bounded.append(position) }
            if field.isLongText { longText.append(position) }
            if traits.contains(.filter) { filter.append(position) }
            if field.pattern != nil { numbered.append(position) }
        }
        for (offset, field) in hidden.enumerated() { addDefault(of: field, fields.count + offset) }
    }

    private mutating func addDefault(of field: Field, _ position: Int) {
        let value = field.defaultValue
        if !value.isNull { defaults.append((position, value)) }
        if field.relativeDefault != nil { relative.append(position) }
    }
}
