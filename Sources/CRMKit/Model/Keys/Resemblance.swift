/// The criteria by which records of a module may turn out to be duplicates.
public struct Resemblance: Sendable {
    /// The kind of name that the records have.
    enum Name: Sendable {
        /// A person, by the fields of the given and the family name.
        case person(given: String, family: String)
        /// A thing or a company, by a field.
        case title(String)

        /// The fields, in order.
        var fields: [String] {
            switch self {
            case .person(let given, let family): [given, family]
            case .title(let field): [field]
            }
        }
    }

    /// The kind of name that the records have.
    let name: Name
    /// The keys by which near matches are looked for: prefixes of reference keys, which cover several fields and rows
    /// of parts, and keys of fields.
    let keys: [String]
    /// The field that gives records a context, such as the organization of people; `nil` for none.
    let context: String?
    /// The fields that distinguish two records when both have a value and the values differ.
    let facts: [String]

    /// Whether the names are those of people, which have familiar forms and titles.
    public var isOfPeople: Bool { if case .person = name { true } else { false } }

    /// Declares how the similarity of records is judged.
    init(name: Name, keys: [String], context: String? = nil, facts: [String] = []) {
        self.name = name
        self.keys = keys
        self.context = context
        self.facts = facts
    }
}
