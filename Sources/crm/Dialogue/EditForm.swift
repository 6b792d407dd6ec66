import CRMKit
import Localization

/// Asks the user at a terminal what to change in a record: the fields that a new one is asked for, each with what it
/// holds as the offer.
struct EditForm {
    private let id: Int64
    private let module: Module
    private let picker: RecordPicker
    private var inputs: [FieldInput] = []

    init(_ id: Int64, of module: Module, picker: RecordPicker) {
        (self.id, self.module, self.picker) = (id, module, picker)
    }

    private var store: Store { picker.store }
    private var dialogue: Dialogue { picker.dialogue }
    /// The changes that can be read before other records are created.
    private var settled: [FieldInput] {
        inputs.filter { if case .making = $0.change { false } else { true } }
    }

    /// Asks the questions.
    ///
    /// - Returns: the changes; `nil` if the user does not want to save them.
    mutating func fill() throws -> [FieldInput]? {
        do {
            try dialogue.say(
                Text(
                    en: """
                        An empty answer keeps the value in brackets; - empties the field. Ctrl-C leaves without saving.
                        """,
                    es: """
                        Una respuesta vacía conserva el valor entre corchetes; - vacía el campo. Ctrl-C sale sin guardar.
                        """
                )
            )
            for field in module.asked.compactMap({ module.field($0) }) where try canBeAnswered(field) { try ask(field) }
            guard !inputs.isEmpty else { return [] }
            return try dialogue.agrees(Text(en: "Save?", es: "¿Guardar?")) ? inputs : nil
        } catch is Dialogue.Ended {
            return nil
        }
    }

    /// Returns whether a field can be changed; one for a reference, if there is a record or one can be created.
    private func canBeAnswered(_ field: Field) throws -> Bool {
        guard field.isWritable, let target = field.type.target else { return field.isWritable }
        return try picker.canPick(from: store.registry[target])
    }

    private mutating func ask(_ field: Field) throws {
        let record = try store.preview(settled, of: id, in: module).record
        let question = FieldQuestion(
            field: field,
            offer: try shown(field, of: record).map { FieldQuestion.Offer(shown: $0, change: nil) },
            hint: field.hint { record[$0] },
            dialogue: dialogue
        )
        while true {
            let change: FieldInput.Change
            switch try question.ask(picker) {
            case .offered: return
            case .none, .cleared:
                if question.offer == nil { return }
                if field.isRequired {
                    try dialogue.say(Text(en: "This field is required.", es: "Este campo es obligatorio."))
                    continue
                }
                change = .set("")
            case .text(let text): change = question.change(to: text)
            case .making(let made):
                inputs.append(FieldInput(field.key, .making(made)))
                return
            }
            let input = FieldInput(field.key, change)
            guard let reason = try refusal(of: input, question) else {
                inputs.append(input)
                return
            }
            try dialogue.say(reason)
        }
    }

    /// Returns the reason why an answer is not accepted; `nil` if it is.
    private func refusal(of input: FieldInput, _ question: FieldQuestion) throws -> Text? {
        do throws(CRMError) {
            let problems = try store.preview(settled + [input], of: id, in: module).problems
            return problems.first { $0.field == input.field }.map { question.reason(for: $0, in: module) }
        } catch {
            guard [.refused, .invalid, .usage, .notFound, .ambiguous].contains(error.code) else { throw error }
            return error.message
        }
    }

    /// Returns the value of a field as it is offered; `nil` if there is none.
    private func shown(_ field: Field, of record: Record) throws -> String? {
        let value = record[field.key]
        guard !value.isNull else { return nil }
        switch field.type.form {
        case .choice, .boolean, .reference, .moment, .money:
            return try store.label(of: field, in: record, language: dialogue.language)
        default: return field.type.text(of: value, currency: record.currency)
        }
    }
}
