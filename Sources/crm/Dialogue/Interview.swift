import CLIKit
import CRMKit
import Localization

/// Asks the user for the fields of a record, each until the answer is accepted.
struct Interview {
    /// The record as known so far.
    private(set) var record: PartialRecord
    private let picker: RecordPicker
    /// Whether a value that identifies another record is asked for again.
    private let refusesDuplicates: Bool
    /// Whose fields the questions name, for a record that is created within the form of another; otherwise `nil`.
    private let owner: String?

    init(_ record: PartialRecord, picker: RecordPicker, refusesDuplicates: Bool, owner: String? = nil) {
        self.record = record
        self.picker = picker
        self.refusesDuplicates = refusesDuplicates
        self.owner = owner
    }

    private var module: Module { record.module }
    private var store: Store { picker.store }
    private var dialogue: Dialogue { picker.dialogue }

    /// Sets the contact of the record.
    mutating func take(contact: String) throws { try record.take(contact: contact) }

    /// Sets the contacts that the record is linked with, from the first of which it takes what is not given.
    mutating func take(contacts: [String]) throws { try record.take(contacts: contacts) }

    /// Sets the input that creates the record's contact.
    mutating func take(_ input: FieldInput) throws { _ = try record.take(input) }

    /// Forgets the answers to questions that the other values no longer raise: why a sale was lost, now that it is won.
    ///
    /// - Parameter fields: the fields that such questions asked for.
    /// - Returns: those whose answers are forgotten.
    mutating func forget(unlessAsked fields: [Field]) throws -> [Field] {
        try fields.filter { field in
            guard record.isGiven(field) else { return false }
            var without = record
            try without.forget(field)
            guard without.preview?.questions.contains(where: { $0.key == field.key }) == false else { return false }
            record = without
            return true
        }
    }

    /// Asks for one field.
    ///
    /// - Throws: ``Dialogue/Ended``.
    mutating func ask(_ field: Field) throws {
        let lacking = try lackingContacts(field)
        let question = FieldQuestion(
            field: field,
            owner: try owner ?? lacking.map(names),
            offer: try offer(for: field, in: record.previews[lacking?.first ?? 0]),
            hint: field.hint { record.preview?.record[$0] ?? .null },
            dialogue: dialogue
        )
        while true {
            let change: FieldInput.Change
            var words: String?
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
            case .text(let text): (change, words) = (question.change(to: inCurrency(text, of: field)), text)
            case .making(let inputs): change = .making(inputs)
            }
            if let shared = try sharedValue(of: field, change) {
                try dialogue.say(shared.remark)
                if refusesDuplicates { continue }
            }
            guard let reason = try refusal(of: change, question) else {
                if let words { try showUnderstood(words, of: field) }
                return
            }
            try dialogue.say(reason)
        }
    }

    /// Returns the positions of the contacts that a question about a field concerns, if others decide it themselves;
    /// `nil` if it concerns them all.
    private func lackingContacts(_ field: Field) throws -> [Int]? {
        guard record.previews.count > 1 else { return nil }
        let lacking = try record.contactsLacking(field)
        return lacking.isEmpty || lacking.count == record.contacts.count ? nil : lacking
    }

    /// Returns the names of some of the record's contacts.
    private func names(_ positions: [Int]) throws -> String {
        let center = store.registry[store.registry.center]
        let named = try positions.prefix(Self.mostNamed).map { position in
            try store.displayName(of: record.contacts[position], in: center)
        }
        return named.joined(separator: ", ") + (positions.count > named.count ? ", …" : "")
    }

    private static let mostNamed = 3

    /// Returns the text of an amount that is asked for again, with the currency of the previous answer if it names
    /// none.
    private func inCurrency(_ words: String, of field: Field) -> String {
        guard field.type.form == .money, record.isGiven(field), let currency = record.currency,
            words.allSatisfy({ $0.isNumber || " .,'-+".contains($0) })
        else { return words }
        return "\(words) \(currency)"
    }

    /// Shows how an answer was understood, if it was written differently.
    private func showUnderstood(_ words: String, of field: Field) throws {
        guard field.type.target == nil, !field.type.takesLines else { return }
        let understood = try text(of: field)
        let typed = field.type.text(of: record.value(of: field), currency: record.currency)
        // The meaning of a bare number is obvious.
        let isPlain = field.type.offeredChoices.isEmpty && words.allSatisfy { $0.isASCII && $0.isNumber }
        guard !isPlain, ![understood, typed].contains(where: { Fold.fold($0) == Fold.fold(words) }) else { return }
        try dialogue.say("  = " + understood)
    }

    /// Returns the value of a field as shown to people; with several contacts, the value for each.
    func text(of field: Field) throws -> String {
        var texts: [String] = []
        for preview in record.previews {
            let text = try label(of: field, preview.record, preview)
            if !text.isEmpty, !texts.contains(text) { texts.append(text) }
        }
        return texts.joined(separator: "; ")
    }

    /// The fields to ask for because of the record's present values, if they are empty.
    var questions: [Field] { record.preview?.questions ?? [] }

    private func label(of field: Field, _ holder: Record, _ preview: Preview) throws -> String {
        guard field.type.target != nil, let id = holder[field.key].integer, let name = preview.namesOfMade[id] else {
            return try store.label(of: field, in: holder, language: dialogue.language)
        }
        return dialogue.toBeAdded(name)
    }

    /// Returns the records that already have the value of an answer.
    private func sharedValue(of field: Field, _ change: FieldInput.Change) throws -> SharedValue? {
        guard case .set(let text) = change, !text.isEmpty else { return nil }
        return try store.sharedValue(of: field, text, in: module)
    }

    /// Stores an answer.
    ///
    /// - Returns: the reason why it is not accepted; `nil` if it is.
    private mutating func refusal(of change: FieldInput.Change, _ question: FieldQuestion) throws -> Text? {
        do {
            let problem = try record.take(FieldInput(question.field.key, change))
            return problem.map { question.reason(for: $0, in: module) }
        } catch {
            guard [.refused, .invalid, .usage, .notFound, .ambiguous].contains(error.code) else { throw error }
            return error.message
        }
    }

    /// Returns the offer for an empty answer: an earlier answer, a proposal of the rules, or a default.
    ///
    /// - Parameter preview: the record of the first contact that the question concerns.
    private func offer(for field: Field, in preview: Preview) throws -> FieldQuestion.Offer? {
        let suggestion = record.isGiven(field) ? nil : preview.suggestions[field.key]
        var holder = preview.record
        if let suggestion { holder[field.key] = suggestion }
        let value = holder[field.key]
        if value.isNull { return nil }
        let typed = field.type.text(of: value, currency: holder.currency)
        let shown: String =
            switch field.type.form {
            case .choice, .boolean, .reference, .moment, .money: try label(of: field, holder, preview)
            default: typed
            }
        let stands = suggestion == nil && record.holds(field)
        return FieldQuestion.Offer(shown: shown, change: stands ? nil : .set(field.type.withSign(typed)))
    }
}
