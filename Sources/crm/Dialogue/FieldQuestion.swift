import CRMKit
import Localization

/// An answer to a question.
enum Answer {
    /// The offered value.
    case offered
    /// The field should be empty, although a value was offered.
    case cleared
    /// No value.
    case none
    /// Text to be parsed.
    case text(String)
    /// A record to be created, with the inputs for its fields.
    case making([FieldInput])

    /// The answer that removes an offered value.
    static let clearing = "-"
}

/// A question for one field.
struct FieldQuestion {
    /// The value offered for an empty answer.
    struct Offer {
        /// The value as shown, which can also be typed.
        let shown: String
        /// The change made by accepting the offer; `nil` if the record already has the offered value.
        let change: FieldInput.Change?
    }

    let field: Field
    /// Whose field it is, if another record is asked for besides; otherwise `nil`.
    var owner: String?
    let offer: Offer?
    /// A hint on how to write the answer; `nil` if that is obvious.
    let hint: Text?
    let dialogue: Dialogue

    /// Asks once.
    func ask(_ picker: RecordPicker) throws -> Answer {
        if let target = field.type.target {
            return try picker.pick(
                from: picker.store.registry[target],
                label: label,
                isRequired: field.isRequired,
                offering: offer?.shown
            )
        }
        if field.type.takesLines {
            return answer(try dialogue.askText(label, offering: offer?.shown, or: [Answer.clearing]))
        }
        let choices = field.type.offeredChoices
        if choices.isEmpty { return answer(try dialogue.ask(labelWithHint, offering: offer?.shown)) }
        let names = choices.map { $0.label(in: dialogue.language) }
        switch try dialogue.choose(labelWithHint, among: names, offering: offer?.shown) {
        case .candidate(let index): return .text(choices[index].key)
        case .text(let words):
            guard let choice = only(of: choices, beginningWith: words) else { return answer(words) }
            try dialogue.say("  = " + choice.label(in: dialogue.language))
            return .text(choice.key)
        }
    }

    /// Returns the only choice with a word that begins like the answer, unless a choice has exactly that name.
    private func only(of choices: [Choice], beginningWith words: String) -> Choice? {
        let start = Fold.fold(words)
        guard !start.isEmpty, Int(words) == nil, words != offer?.shown, words != Answer.clearing else { return nil }
        let names = choices.map { choice in Language.allCases.map { Fold.fold(choice.label(in: $0)) } + [choice.key] }
        if names.contains(where: { $0.contains(start) }) { return nil }
        let found = choices.indices.filter { index in
            names[index].contains { name in
                name.hasPrefix(start)
                    || name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains {
                        $0.hasPrefix(start)
                    }
            }
        }
        return found.count == 1 ? choices[found[0]] : nil
    }

    /// Returns the change of the field that an answer makes.
    func change(to text: String) -> FieldInput.Change {
        guard field.type.isList else { return .set(text) }
        return .setList(text.split(separator: ",").map { String($0.drop { $0 == " " }) })
    }

    /// Returns the reason why an answer is not accepted.
    func reason(for problem: CRMError.Problem, in module: Module) -> Text {
        if problem.field != field.key, let other = module.field(spelled: problem.field) {
            return Text(
                en: "\(other.label.en): \(problem.reason.en)",
                es: "\(other.label.es): \(problem.reason.es)"
            )
        }
        let choices = field.type.offeredChoices
        if let number = problem.value.flatMap({ Int($0) }), !choices.isEmpty {
            return Dialogue.noNumber("\(number)", among: choices.count)
        }
        guard choices.isEmpty else {
            return Text(
                en: "It is none of these; answer with a number or a name of the list.",
                es: "No es ninguna de estas; responder con un número o un nombre de la lista."
            )
        }
        return problem.reason
    }

    private func answer(_ words: String) -> Answer {
        if let offer {
            if words == offer.shown { return .offered }
            if words == Answer.clearing { return .cleared }
        }
        return words.isEmpty ? .none : .text(words)
    }

    private var label: String {
        let name = field.label(in: dialogue.language)
        let whose = owner.map { Text(en: "\(name) of \($0)", es: "\(name) de \($0)")(in: dialogue.language) }
        return (whose ?? name) + (field.isRequired ? " *" : "")
    }

    private var labelWithHint: String {
        guard let hint else { return label }
        return "\(label) (\(hint(in: dialogue.language)))"
    }
}
