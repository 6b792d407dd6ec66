import CLIKit
import CRMKit
import Localization

/// Asks a person at a terminal, field by field, for what a new record needs.
///
/// Nothing is written here: leaving with Ctrl-C or Ctrl-D leaves nothing behind.
struct Form {
    /// What is known of the record.
    private(set) var record: PartialRecord
    private let store: Store
    private let dialogue: Dialogue
    private let picker: RecordPicker
    /// Whether a value by which another record is named is asked for again.
    private let refusesDuplicates: Bool
    /// Keys of the fields that stand before the first question is asked and are not asked for.
    private var fixed: Set<String> = []
    /// The fields to ask for, in order.
    private var asked: [Field] = []

    init(_ record: PartialRecord, in store: Store, dialogue: Dialogue, refusesDuplicates: Bool) {
        self.record = record
        self.store = store
        self.dialogue = dialogue
        picker = RecordPicker(dialogue: dialogue, store: store)
        self.refusesDuplicates = refusesDuplicates
    }

    private var module: Module { record.module }
    private var language: Language { dialogue.language }

    /// Asks.
    ///
    /// - Returns: whether the person wants the record saved.
    mutating func fill() throws -> Bool {
        do {
            try introduce()
            if record.lacksContact { try askForContact() }
            fix()
            asked = try fieldsToAsk()
            try showFixed()
            for field in asked { try ask(field) }
            return try review()
        } catch is Dialogue.Ended {
            return false
        }
    }

    // MARK: - What stands

    private func introduce() throws {
        try dialogue.say(
            Text(
                en: "New \(module.one.en). Ctrl-C leaves without saving.",
                es: "\(module.label.es) \(module.spanish.agreeing("nuevo", "nueva")). Ctrl-C sale sin guardar."
            )
        )
        try dialogue.say(
            Text(
                en: "* is required. An empty answer takes the value in brackets or skips the field; - empties it.",
                es: "* es obligatorio. Una respuesta vacía toma el valor entre corchetes u omite el campo; - lo vacía."
            )
        )
    }

    private mutating func askForContact() throws {
        let center = store.registry[store.registry.center]
        let label = center.label(in: language) + " *"
        guard case .text(let id) = try picker.pick(from: center, label: label, isRequired: true) else { return }
        try record.take(contact: id)
    }

    /// What was given, and what follows from it, is not asked for.
    private mutating func fix() {
        let fields = module.writableFields.filter { field in
            let follows = field.isRequired && field.defaultValue.isNull && record.holds(field)
            return record.isGiven(field) || field.key == record.contactKey || follows
        }
        fixed = Set(fields.map(\.key))
    }

    private func showFixed() throws {
        let entries = try module.writableFields.filter { fixed.contains($0.key) }
            .map { KeyValueBlock.Entry("  \($0.label(in: language))", try text(of: $0)) }
            .filter { !$0.value.isEmpty }
        guard !entries.isEmpty else { return }
        try dialogue.say(Text(en: "Fixed:", es: "Fijos:"))
        try dialogue.show(entries)
    }

    /// The fields that the module asks for, then those for which there is something to offer.
    private func fieldsToAsk() throws -> [Field] {
        let suggested = Set((record.preview?.suggestions ?? [:]).keys)
        let others = module.fields.map(\.key).filter { suggested.contains($0) && !module.asked.contains($0) }
        return try (module.asked + others).compactMap(module.field).filter { field in
            try field.isWritable && !fixed.contains(field.key) && (field.isRequired || canBeAnswered(field))
        }
    }

    /// Whether there is a record that a reference could name.
    private func canBeAnswered(_ field: Field) throws -> Bool {
        guard let target = field.type.target else { return true }
        return try !store.candidates(for: "", in: store.registry[target], extent: .prefix, limit: 1).isEmpty
    }

    private func text(of field: Field) throws -> String {
        if field.key == record.contactKey {
            let center = store.registry[store.registry.center]
            return try record.contacts.map { try store.displayName(of: $0, in: center) }.joined(separator: "; ")
        }
        guard let preview = record.preview else { return "" }
        return try store.label(of: field, in: preview.record, language: language)
    }

    // MARK: - Asking

    /// Asks for one field until the answer can be taken.
    private mutating func ask(_ field: Field) throws {
        let question = FieldQuestion(field: field, offer: try offer(for: field), dialogue: dialogue)
        while true {
            let change: FieldInput.Change
            switch try question.ask(picker) {
            case .offered:
                guard let offered = question.offer?.change else { return }
                change = offered
            case .none, .cleared:
                if field.isRequired {
                    try dialogue.say(Text(en: "This field is required.", es: "Este campo es obligatorio."))
                    continue
                }
                if question.offer == nil { return }
                change = .set("")
            case .text(let text): change = question.change(to: text)
            }
            if let shared = try sharedValue(of: field, change) {
                try dialogue.say(shared.remark)
                if refusesDuplicates { continue }
            }
            guard let reason = try refusal(of: change, question) else { return }
            try dialogue.say(reason)
        }
    }

    /// Who has the value of an answer already.
    private func sharedValue(of field: Field, _ change: FieldInput.Change) throws -> SharedValue? {
        guard case .set(let text) = change, !text.isEmpty else { return nil }
        return try store.sharedValue(of: field, text, in: module)
    }

    /// Takes an answer.
    ///
    /// - Returns: why it cannot be taken.
    private mutating func refusal(of change: FieldInput.Change, _ question: FieldQuestion) throws -> Text? {
        do {
            let problem = try record.take(FieldInput(question.field.key, change))
            return problem.map { question.reason(for: $0, in: module) }
        } catch {
            guard [.refused, .invalid, .usage, .notFound, .ambiguous].contains(error.code) else { throw error }
            return error.message
        }
    }

    /// What an empty answer stands for: what was answered before, what the rules propose, or a default.
    private func offer(for field: Field) throws -> FieldQuestion.Offer? {
        guard let preview = record.preview else { return nil }
        let suggestion = record.isGiven(field) ? nil : preview.suggestions[field.key]
        var holder = preview.record
        if let suggestion { holder[field.key] = suggestion }
        let value = holder[field.key]
        if value.isNull { return nil }
        let typed = field.type.text(of: value, currency: holder["currency"].text)
        let shown: String =
            switch field.type.form {
            case .choice, .boolean, .reference, .moment: try store.label(of: field, in: holder, language: language)
            default: typed
            }
        let stands = suggestion == nil && record.holds(field)
        return FieldQuestion.Offer(shown: shown, change: stands ? nil : .set(typed))
    }

    // MARK: - Before saving

    /// Shows the whole record and lets its fields be changed.
    ///
    /// - Returns: whether it is to be saved.
    private mutating func review() throws -> Bool {
        while true {
            try dialogue.say("")
            try dialogue.show(try summary())
            let answer = try dialogue.ask(
                Text(
                    en: "Save? (yes, no, or the number of a field to change)",
                    es: "¿Guardar? (sí, no, o el número de un campo para cambiarlo)"
                )(in: language)
            )
            if let decision = Dialogue.meaning(of: answer) { return decision }
            if let number = Int(answer), asked.indices.contains(number - 1) { try ask(asked[number - 1]) }
        }
    }

    /// What stands, then what was asked for, with the numbers by which it can be changed.
    private func summary() throws -> [KeyValueBlock.Entry] {
        let width = "\(asked.count)".utf8.count
        func entry(_ field: Field, number: String) throws -> KeyValueBlock.Entry {
            let margin = String(repeating: " ", count: width - number.utf8.count)
            return KeyValueBlock.Entry("  \(margin)\(number)  \(field.label(in: language))", try text(of: field))
        }
        let others = module.writableFields.filter { field in
            let isAsked = asked.contains { $0.key == field.key }
            // Amounts are shown with their currency.
            return !isAsked && (fixed.contains(field.key) || field.type != .currency && isOfNote(field))
        }
        return try others.map { try entry($0, number: "") }.filter { !$0.value.isEmpty }
            + asked.enumerated().map { try entry($1, number: "\($0 + 1)") }
    }

    /// Whether a field holds something that is no matter of course.
    private func isOfNote(_ field: Field) -> Bool {
        let value = record.value(of: field)
        return !value.isNull && value != field.defaultValue
    }
}
