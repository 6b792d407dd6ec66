import CLIKit
import CRMKit
import Localization

/// Asks a person at a terminal, field by field, for what a new record needs.
///
/// Nothing is written here: leaving with Ctrl-C or Ctrl-D leaves nothing behind.
struct Form {
    private let session: Session
    private let store: Store
    private let module: Module
    private let prompt: Prompt
    /// What was given on the command line, then the answers.
    private(set) var inputs: [FieldInput]
    /// The contacts the record is for.
    private(set) var contacts: [String]

    init(session: Session, store: Store, module: Module, inputs: [FieldInput], contacts: [String]) {
        self.session = session
        self.store = store
        self.module = module
        self.inputs = inputs
        self.contacts = contacts
        prompt = session.prompt
    }

    private var center: Module { session.registry[session.registry.center] }
    private var language: Language { session.language }

    /// Whether something required is missing.
    func isNeeded() throws -> Bool {
        if module.contactUse == .oneEach, contacts.isEmpty { return true }
        // What is wrong on the command line is an error, not a question.
        let preview = try preview()
        return preview.problems.isEmpty && !preview.missing.isEmpty
    }

    /// Asks.
    ///
    /// - Returns: whether the person wants the record saved.
    mutating func fill() throws -> Bool {
        try prompt.say(
            Text(
                en: "New record: \(module.label.en). Empty answers skip a field, Ctrl-C leaves without saving.",
                es: "Registro nuevo: \(module.label.es). Una respuesta vacía omite el campo, Ctrl-C sale sin guardar."
            )(
                in: language
            )
        )
        if module.contactUse == .oneEach, contacts.isEmpty {
            guard let contact = try askForRecord(of: center, label: center.label(in: language), isRequired: true) else {
                return false
            }
            contacts = [contact]
        }
        try showFixed()
        for field in module.asked.compactMap(module.field) where field.isWritable && !isSettled(field) {
            guard try ask(field) else { return false }
        }
        return try confirmSummary()
    }

    /// The record as far as it is known; several contacts differ only in what comes from each.
    private func preview() throws -> Preview {
        var inputs = inputs
        if module.contactUse == .oneEach, let contact = contacts.first {
            inputs.append(FieldInput(center.name.rawValue, .set(contact)))
        }
        return try store.preview(module, inputs, isForced: session.invocation.isSet("force"))
    }

    private func isSettled(_ field: Field) -> Bool {
        inputs.contains { $0.field == field.key } || isFixed(field)
    }

    /// What follows from the contact and cannot be answered otherwise.
    private func isFixed(_ field: Field) -> Bool {
        if field.key == center.name.rawValue, module.contactUse == .oneEach { return true }
        guard field.isRequired, field.defaultValue.isNull, let preview = try? preview() else { return false }
        return !preview.record[field.key].isNull
    }

    private func showFixed() throws {
        let preview = try preview()
        for field in module.writableFields where isSettled(field) {
            let text = try store.label(of: field, in: preview.record, language: language)
            if !text.isEmpty { try prompt.say("\(field.label(in: language)): \(text)") }
        }
    }

    /// Asks for one field until the answer can be taken.
    ///
    /// - Returns: `false` at the end of the input.
    private mutating func ask(_ field: Field) throws -> Bool {
        if case .reference(let target) = field.type {
            let answer = try askForRecord(
                of: session.registry[target],
                label: label(field),
                isRequired: field.isRequired
            )
            guard let answer else { return false }
            if !answer.isEmpty { inputs.append(FieldInput(field.key, .set(answer))) }
            return true
        }
        let offered = try offer(for: field)
        while true {
            guard let answer = try answer(to: field, offering: offered) else { return false }
            if answer.isEmpty {
                if !field.isRequired { return true }
                try prompt.say(Text(en: "This field is required.", es: "Este campo es obligatorio.")(in: language))
                continue
            }
            do {
                if !field.type.isList, field.type != .money { _ = try store.check(answer, for: field) }
                let input = FieldInput(field.key, field.type.isList ? .setList([answer]) : .set(answer))
                let problems = try store.preview(module, inputs + [input], isForced: false).problems
                if let problem = problems.first(where: { $0.field == field.key }) {
                    try prompt.say(problem.reason(in: language))
                    continue
                }
                inputs.append(input)
                return true
            } catch let error as CRMError {
                try prompt.say(error.message(in: language))
            }
        }
    }

    private func answer(to field: Field, offering offered: String?) throws -> String? {
        let choices = field.type.choices
        guard !choices.isEmpty else { return try prompt.ask(label(field), default: offered) }
        let answer = try prompt.choose(label(field), among: choices.map { $0.label(in: language) }, default: offered)
        switch answer {
        case .candidate(let index): return choices[index].key
        case .text(let text): return text
        case nil: return nil
        }
    }

    private func label(_ field: Field) -> String {
        field.label(in: language) + (field.isRequired ? " *" : "")
    }

    /// What an empty answer stands for: a default, or what the rules propose.
    private func offer(for field: Field) throws -> String? {
        let preview = try preview()
        let value = preview.suggestions[field.key] ?? preview.record[field.key]
        if value.isNull || field.type == .boolean && value == .integer(0) { return nil }
        return field.type.text(of: value, currency: preview.record["currency"].text)
    }

    /// Finds a record by a reference, or by a part of a name or e-mail with the candidates offered by number.
    ///
    /// - Returns: its id as text, empty for none; `nil` at the end of the input.
    private func askForRecord(of target: Module, label: String, isRequired: Bool) throws -> String? {
        let hint = Text(en: "part of a name, or a reference", es: "parte de un nombre, o una referencia")
        while true {
            guard let text = try prompt.ask("\(label) (\(hint(in: language)))") else { return nil }
            if text.isEmpty {
                if !isRequired { return "" }
                continue
            }
            if let id = try? store.id(of: text, in: target) { return "\(id)" }
            let candidates = try store.candidates(for: text, in: target, extent: .anywhere, limit: 20)
            if candidates.isEmpty {
                try prompt.say(Text(en: "Nothing matches.", es: "Nada coincide.")(in: language))
                continue
            }
            if candidates.count == 1, let only = candidates.first {
                try prompt.say("\(only.id)  \(only.line)")
                return "\(only.id)"
            }
            let pick = Text(en: "Which one (number)", es: "Cuál (número)")(in: language)
            switch try prompt.choose(pick, among: candidates.map(\.line)) {
            case .candidate(let index): return "\(candidates[index].id)"
            case .text: continue
            case nil: return nil
            }
        }
    }

    private func confirmSummary() throws -> Bool {
        let preview = try preview()
        try prompt.say("")
        for field in module.writableFields {
            let text = try store.label(of: field, in: preview.record, language: language)
            if !text.isEmpty, field.type != .boolean || text != "no" {
                try prompt.say("  \(field.label(in: language)): \(text)")
            }
        }
        if contacts.count > 1 {
            try prompt.say(
                Text(
                    en: "  for each of \(contacts.count) contacts",
                    es: "  para cada uno de \(contacts.count) contactos"
                )(
                    in: language
                )
            )
        }
        return try session.confirms(Text(en: "Save?", es: "¿Guardar?"))
    }
}

extension CandidateQuery.Candidate {
    /// How a person tells it from others.
    fileprivate var line: String {
        [name ?? "#\(id)", key].compactMap { $0 }.joined(separator: "  ")
    }
}
