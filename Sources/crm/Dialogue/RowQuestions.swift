import CLIKit
import CRMKit
import Localization

/// Asks for the rows of a part of a new record, one after another, until an answer is empty.
struct RowQuestions {
    /// A row that was answered.
    private struct Row {
        /// As input tells it.
        let text: String
        /// As it is shown before all is saved.
        let label: String
    }

    let part: Part
    private let picker: RecordPicker
    private let audience: Audience
    private var rows: [Row] = []

    init(_ part: Part, picker: RecordPicker) {
        self.part = part
        self.picker = picker
        audience = Audience(language: picker.dialogue.language, clock: picker.store.clock)
    }

    private var dialogue: Dialogue { picker.dialogue }
    private var store: Store { picker.store }

    /// What people call what is asked for.
    var label: String { part.plural(in: dialogue.language) }
    /// The rows, a line each.
    var text: String { rows.map(\.label).joined(separator: "\n") }
    /// What input asks of the record for them.
    var inputs: [FieldInput] { rows.isEmpty ? [] : [FieldInput(part.key, .addRows(rows.map(\.text)))] }

    /// Asks for all of them anew.
    ///
    /// - Parameter record: as it would be stored, in whose currency amounts are.
    mutating func ask(of record: Record) throws {
        rows = []
        while let row = try askRow(rows.count + 1, of: record) { rows.append(row) }
    }

    private func askRow(_ number: Int, of record: Record) throws -> Row? {
        guard let subject = try askSubject(number) else { return nil }
        var pairs = [subject]
        for field in try others(besides: subject, record) {
            let offer = try preview(pairs, record).text(of: field)
            try ask(field, offering: offer.isEmpty ? nil : offer, into: &pairs, record)
        }
        let row = try preview(pairs, record)
        if let problem = row.problems.first {
            try dialogue.say(reason(problem))
            return try askRow(number, of: record)
        }
        let label = shownLabel(of: row, subject)
        try dialogue.say("  = \(label)")
        return Row(text: part.text(of: pairs), label: label)
    }

    /// What a row is of: a record that the answer names, else a text.
    ///
    /// - Returns: `nil` for an empty answer.
    private func askSubject(_ number: Int) throws -> (key: String, text: String)? {
        let question = Text(
            en: "\(part.label.en) \(number) (a text, or what is sold by name, code:CODE or id; empty ends)",
            es:
                "\(part.label.es) \(number) (un concepto, o lo que se vende por su nombre, code:CLAVE o id; vacío termina)"
        )(in: dialogue.language)
        while true {
            let answer = try dialogue.ask(question)
            if answer.isEmpty { return nil }
            do {
                if let named = try named(answer) { return named }
                let text = part.asked.compactMap(part.field).first { $0.type.target == nil }
                guard let text, !isReference(answer) else {
                    try dialogue.say(Text(en: "There is no such record.", es: "No existe ese registro."))
                    continue
                }
                return (text.key, answer)
            } catch let error as CRMError where [.ambiguous, .usage, .invalid].contains(error.code) {
                try dialogue.say(error.message)
            }
        }
    }

    /// The record that an answer names, in the first module that has one.
    private func named(_ answer: String) throws -> (key: String, text: String)? {
        let reference = isReference(answer) ? answer : "name:\(answer)"
        for field in part.asked.compactMap(part.field) {
            guard let target = field.type.target else { continue }
            do throws(CRMError) {
                return (field.key, "\(try store.id(of: reference, in: store.registry[target]))")
            } catch {
                let isNone = error.code == .notFound || error.code == .usage && isReference(answer)
                if !isNone { throw error }
            }
        }
        return nil
    }

    /// Whether an answer is no words but an id or a key.
    private func isReference(_ answer: String) -> Bool {
        answer.allSatisfy { $0.isASCII && $0.isNumber } || answer.hasPrefix("code:") || answer.hasPrefix("ext:")
    }

    /// The fields that are asked for beside what the row is of; what comes with a record is not.
    private func others(besides subject: (key: String, text: String), _ record: Record) throws -> [Field] {
        let isNamed = part.field(subject.key)?.type.target != nil
        let row = try preview([subject], record)
        return part.asked.compactMap(part.field).filter { field in
            guard field.type.target == nil, field.key != subject.key, !field.type.takesLines else { return false }
            return field.isRequired || !isNamed || row.text(of: field).isEmpty
        }
    }

    private func ask(
        _ field: Field,
        offering offer: String?,
        into pairs: inout [(key: String, text: String)],
        _ record: Record
    ) throws {
        let label = "  " + field.label(in: dialogue.language) + (field.isRequired ? " *" : "")
        while true {
            let answer = try dialogue.ask(label, offering: offer)
            if answer.isEmpty {
                if !field.isRequired { return }
                try dialogue.say(Text(en: "This field is required.", es: "Este campo es obligatorio."))
                continue
            }
            let row = try preview(pairs + [(field.key, answer)], record)
            let problem = row.problems.first { problem in
                problem.field == field.key || !part.asked.contains(problem.field)
            }
            if let problem {
                try dialogue.say(reason(problem))
                continue
            }
            return pairs.append((field.key, answer))
        }
    }

    private func preview(_ pairs: [(key: String, text: String)], _ record: Record) throws -> PartPreview {
        try store.preview(part, try part.inputs(part.text(of: pairs)), of: record)
    }

    private func reason(_ problem: CRMError.Problem) -> Text {
        guard let field = part.field(problem.field) else { return problem.reason }
        return Text(
            en: "\(field.label.en): \(problem.reason.en)",
            es: "\(field.label.es): \(problem.reason.es)"
        )
    }

    /// What a row is of, then what people read of its other fields that have a value.
    private func shownLabel(of row: PartPreview, _ subject: (key: String, text: String)) -> String {
        let target = part.field(subject.key)?.type.target
        let name = target.map { "\(store.registry[$0].one(in: dialogue.language)) \(subject.text)" } ?? subject.text
        let values = (part.asked + ["net"]).compactMap(part.field).filter {
            $0.type.target == nil && !$0.type.takesLines
        }
        .map { (label: $0.label(in: dialogue.language), text: row.label(of: $0, for: audience)) }
        .filter { !$0.text.isEmpty }
        return ([name] + values.map { "\($0.label): \($0.text)" }).joined(separator: ", ")
    }
}
