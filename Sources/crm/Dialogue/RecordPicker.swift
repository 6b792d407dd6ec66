import CLIKit
import CRMKit
import Localization

/// Lets the user name a record: by a reference, or by a part of a name or key, with the candidates offered by number.
struct RecordPicker {
    let dialogue: Dialogue
    let store: Store

    /// The greatest number of candidates that are listed.
    private static let mostCandidates = 20

    /// The first character of an answer that names a record to be created, even if similar ones exist.
    static let making: Character = "+"

    /// Asks for a record until the answer names one.
    ///
    /// - Parameters:
    ///   - label: the label of the question.
    ///   - offer: the name of the record for an empty answer.
    /// - Returns: the id, or the values for creating the record if none has the name yet.
    func pick(from module: Module, label: String, isRequired: Bool, offering offer: String? = nil) throws -> Answer {
        var search = try ask(label, offer)
        while true {
            if let offer, search == offer { return .offered }
            if search == Answer.clearing, !isRequired { return .cleared }
            if search.isEmpty, !isRequired { return .none }
            if isToBeMade(search, in: module) {
                if let inputs = try made(String(search.dropFirst()), in: module) { return .making(inputs) }
                search = try ask(label, offer)
                continue
            }
            if !search.isEmpty, let id = try id(of: search, in: module) {
                if Int64(search) != nil { try dialogue.say("  \(described(id, in: module))") }
                return .text("\(id)")
            }
            let found = try store.candidates(for: search, in: module, extent: .anywhere, limit: Self.mostCandidates + 1)
            switch found.count {
            case 0:
                try sayNothingMatches(search, in: module)
                if let inputs = try made(search, in: module) { return .making(inputs) }
                search = try ask(label, offer)
            case 1 where !search.isEmpty:
                try dialogue.say("  " + line(of: found[0], in: module))
                return .text("\(found[0].id)")
            default:
                switch try choose(from: found, in: module) {
                case .candidate(let index): return .text("\(found[index].id)")
                case .text(let words): search = words.isEmpty ? try ask(label, offer) : words
                }
            }
        }
    }

    /// Returns the first records that have words in their name or key, each with a line that describes it.
    func candidates(for words: String, in module: Module) throws -> [(id: Int64, line: String)] {
        try store.candidates(for: words, in: module, extent: .anywhere, limit: Self.mostCandidates)
            .map { (id: $0.id, line: try line(of: $0, in: module)) }
    }

    /// Returns whether an answer names a record to be created. A telephone number begins with the same character.
    private func isToBeMade(_ answer: String, in module: Module) -> Bool {
        answer.first == Self.making && !(answer.dropFirst().first?.isNumber ?? true) && canMake(module)
    }

    /// Returns the description of a record that was given as a bare id.
    private func described(_ id: Int64, in module: Module) throws -> String {
        try store.described(id, in: module).words()(in: dialogue.language)
    }

    /// Offers to create a record with a name.
    ///
    /// - Returns: the values for its fields; `nil` if it should not be created.
    private func made(_ name: String, in module: Module) throws -> [FieldInput]? {
        let name = String(name.drop { $0 == " " })
        // A number is one of a record, or of a list that is not there. Signs alone are no name.
        guard name.contains(where: { $0.isLetter || $0.isNumber }), Int(name) == nil, canMake(module) else {
            return nil
        }
        let question = Text(
            en: "Add the \(module.one.en) \"\(name)\"?",
            es: "¿Agregar \(module.spanish.the) «\(name)»?"
        )
        guard try dialogue.agrees(question) else { return nil }
        return try NewRecord(named: name, in: module, picker: self).ask()
    }

    /// Returns whether there is a record to pick, or one can be created.
    func canPick(from module: Module) throws -> Bool {
        try canMake(module) || !store.candidates(for: "", in: module, extent: .prefix, limit: 1).isEmpty
    }

    /// Returns whether a record of a module can be created here: it has a name, and requires no reference, which would
    /// need a form of its own.
    func canMake(_ module: Module) -> Bool {
        module.contactUse != .oneEach && module.canBeNamed
            && !module.fields.contains { $0.isRequired && $0.type.target != nil }
    }

    private func ask(_ label: String, _ offer: String?) throws -> String {
        let hint = Text(en: "part of a name, or a reference", es: "parte de un nombre, o una referencia")
        return try dialogue.ask("\(label) (\(hint(in: dialogue.language)))", offering: offer)
    }

    /// Returns the id of the single record that a reference names; `nil` if there is not exactly one.
    private func id(of reference: String, in module: Module) throws(CRMError) -> Int64? {
        do {
            return try store.id(of: reference, in: module)
        } catch {
            // The text may be a part of a name.
            guard [.usage, .invalid, .notFound, .ambiguous].contains(error.code) else { throw error }
            return nil
        }
    }

    private func choose(from found: [CandidateQuery.Candidate], in module: Module) throws -> Prompt.Choice {
        let listed = found.prefix(Self.mostCandidates)
        if found.count > listed.count {
            try dialogue.say(
                Text(
                    en: "The first \(listed.count); more of the name finds others:",
                    es: "Los primeros \(listed.count); con más del nombre se encuentran otros:"
                )
            )
        }
        let lines = try listed.map { try line(of: $0, in: module) }
        let label = Text(en: "Which one (number, or other words)", es: "Cuál (número, u otras palabras)")
        while true {
            let choice = try dialogue.choose(label(in: dialogue.language), among: lines)
            // A number that is not in the list would otherwise be taken for an id.
            guard case .text(let words) = choice, Int(words) != nil else { return choice }
            try dialogue.say(Dialogue.noNumber(words, among: listed.count))
        }
    }

    private func sayNothingMatches(_ search: String, in module: Module) throws {
        try dialogue.say(
            search.isEmpty
                ? Text(
                    en: "There are no \(module.several.en) yet to choose from; a name adds one, Ctrl-C leaves.",
                    es:
                        "Aún no hay \(module.several.es) para elegir; un nombre agrega \(module.spanish.a), Ctrl-C sale."
                )
                : Text(en: "Nothing matches.", es: "Nada coincide.")
        )
    }

    /// Returns a line that describes a candidate: its name, its key, further details and its id.
    private func line(of candidate: CandidateQuery.Candidate, in module: Module) throws -> String {
        let details = try store.details(of: candidate.id, in: module).map { $0.text(in: dialogue.language) }
        let key = candidate.key.flatMap { details.contains($0) || $0 == candidate.name ? nil : $0 }
        return ([candidate.name, key].compactMap { $0 } + details + ["#\(candidate.id)"]).joined(separator: "  ")
    }
}
