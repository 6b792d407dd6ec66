import Localization

extension Operand {
    /// Returns the operand as a usage line writes it: `REF`, `[REF]`, `REF...`, `[REF...]`.
    func usage(in language: Language) -> String {
        let name = name(in: language)
        return switch arity {
        case .one: name
        case .optional: "[\(name)]"
        case .oneOrMore: "\(name)..."
        case .any: "[\(name)...]"
        }
    }
}

extension Option {
    /// The words its value can be, with their labels, where they are few enough to be listed where the option is
    /// documented.
    var listedChoices: [Text] {
        guard case .words(let words) = completion, words.count <= Self.mostListed else { return [] }
        return words.map { Text(word: $0.word, label: $0.summary) }
    }

    private static let mostListed = 16
}

/// The members listed under one heading.
struct Grouped<Member> {
    let title: Text
    var members: [Member]
}

extension Sequence {
    /// The members under their headings, both in order of first appearance; those without a heading under a given one.
    func grouped(by title: (Element) -> Text?, otherwise: Text) -> [Grouped<Element>] {
        var groups: [Grouped<Element>] = []
        for member in self {
            let heading = title(member) ?? otherwise
            if let index = groups.firstIndex(where: { $0.title == heading }) {
                groups[index].members.append(member)
            } else {
                groups.append(Grouped(title: heading, members: [member]))
            }
        }
        return groups
    }
}
