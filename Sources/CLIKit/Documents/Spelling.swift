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
    /// The words that the option accepts, with their labels, if there are few enough to list in its documentation; none
    /// otherwise.
    var listedChoices: [Text] {
        guard let words = completion.words, words.count <= Self.mostListed else { return [] }
        return words.map { Text(word: $0.word, label: $0.summary) }
    }

    private static let mostListed = 16
}

/// Members listed under one heading.
struct Grouped<Member> {
    let title: Text
    var members: [Member]
}

extension Sequence {
    /// Returns the members grouped by heading, both in order of first appearance. Those without a heading get
    /// `otherwise`.
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
