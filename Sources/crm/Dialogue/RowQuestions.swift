import CLIKit
import CRMKit
import Localization

/// Asks for the rows of a part of a new record, one after another, until an answer is empty.
struct RowQuestions {
    /// An answered row.
    private struct Row {
        /// The answers by the keys of fields: first the subject of the row, then the others.
        let pairs: [Pair]
        /// The row as shown before everything is saved.
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

    /// The label of the question.
    var label: String { part.plural(in: dialogue.language) }
    /// The rows, one line each.
    var text: String { rows.map(\.label).joined(separator: "\n") }
    /// The inputs that add the rows to the record.
    var inputs: [FieldInput] {
        rows.isEmpty ? [] : [FieldInput(part.key, .addRows(rows.map { part.text(of: $0.pairs) }))]
    }

    /// Asks for rows, one after another. If there are answered rows, it asks which of them to change or remove.
    ///
    /// - Parameter record: the record to be stored, whose currency the amounts have.
    mutating func ask(of record: Record) throws {
        while !rows.isEmpty {
            switch try change() {
            case .done: return
            case .again(let index):
                if let row = try askRow(rows[index], number: index + 1, of: record) { rows[index] = row }
            case .without(let index): rows.remove(at: index)
            case .more(let answer):
                if let subject = try subject(of: answer), let row = try askFields(of: subject, record) {
                    rows.append(row)
                }
            }
        }
        while let subject = try askSubject(rows.count + 1) {
            if let row = try askFields(of: subject, record) { rows.append(row) }
        }
    }

    /// The ways to continue after the rows entered so far have been shown.
    private enum Change {
        case done
        case again(Int)
        case without(Int)
        case more(String)
    }

    private func change() throws -> Change {
        let clearing = Answer.clearing
        let question = Text(
            en: "\(part.label.en) to change (number; \(clearing)N removes it; other words add one; empty ends)",
            es: "\(part.label.es) por cambiar (número; \(clearing)N quita; otras palabras agregan; vacío termina)"
        )(in: dialogue.language)
        while true {
            switch try dialogue.choose(question, among: rows.map(\.label)) {
            case .candidate(let index): return .again(index)
            case .text(""): return .done
            case .text(let words):
                guard let number = Int(words) else { return .more(words) }
                if words.hasPrefix(clearing), rows.indices.contains(-number - 1) { return .without(-number - 1) }
                try dialogue.say(Dialogue.noNumber("\(abs(number))", among: rows.count))
            }
        }
    }

    /// Asks for a row again, offering the earlier answers.
    ///
    /// - Returns: `nil` for answers that are not accepted, after a message to the user.
    private func askRow(_ former: Row, number: Int, of record: Record) throws -> Row? {
        let subject = former.pairs[0]
        if let other = try askSubject(number, offering: name(of: subject)) { return try askFields(of: other, record) }
        return try askFields(of: subject, answered: former.pairs, record)
    }

    /// Asks for the fields of a row other than its subject.
    ///
    /// - Parameter answered: the earlier answers, offered again if the row was asked for before.
    /// - Returns: `nil` for an unacceptable row, after a message to the user.
    private func askFields(of subject: Pair, answered: [Pair] = [], _ record: Record) throws -> Row? {
        var pairs = [subject]
        for field in try others(besides: subject, record) {
            let former = answered.first { $0.key == field.key }?.text
            let offer = try former ?? field.type.withSign(preview(pairs, record).text(of: field))
            try ask(field, offering: offer.isEmpty ? nil : offer, into: &pairs, record)
        }
        let row = try preview(pairs, record)
        if let problem = row.problems.first {
            try dialogue.say(reason(problem))
            return nil
        }
        let label = try shownLabel(of: row, subject)
        try dialogue.say("  = \(label)")
        return Row(pairs: pairs, label: label)
    }

    /// The key of a field and the answer for it.
    private typealias Pair = (key: String, text: String)

    /// Asks for the subject of a row.
    ///
    /// - Parameter offer: the value for an empty answer.
    /// - Returns: `nil` for an empty answer.
    private func askSubject(_ number: Int, offering offer: String? = nil) throws -> Pair? {
        let end = offer == nil ? Text(en: "; empty ends", es: "; vacío termina") : Text("")
        let question = Text(
            en: "\(part.label.en) \(number) (\(subjects.en)\(end.en))",
            es: "\(part.label.es) \(number) (\(subjects.es)\(end.es))"
        )(in: dialogue.language)
        while true {
            let answer = try dialogue.ask(question, offering: offer)
            if answer.isEmpty || answer == offer { return nil }
            if let subject = try subject(of: answer) { return subject }
        }
    }

    /// The possible subjects of a row, for the question.
    private var subjects: Text {
        let fields = part.asked.compactMap { part.field($0) }
        guard fields.contains(where: { $0.type.target != nil }) else {
            return fields.first.map { Text(en: $0.label.en.lowercased(), es: $0.label.es.lowercased()) } ?? part.label
        }
        return Text(
            en: "a text, or what is sold by name, code:CODE or id",
            es: "un concepto, o lo que se vende por su nombre, code:CLAVE o id"
        )
    }

    /// Returns the subject of a row: a record that the answer names, or that the user chooses among those it may mean,
    /// otherwise a text.
    ///
    /// - Returns: `nil` for an answer that is neither, after a message to the user.
    private func subject(of answer: String) throws -> Pair? {
        do {
            if let named = try named(answer) { return named }
            let text = part.asked.compactMap { part.field($0) }.first { $0.type.target == nil }
            if let text, !isReference(answer) { return try choice(for: answer, orAs: text) }
            try dialogue.say(Text(en: "There is no such record.", es: "No existe ese registro."))
        } catch let error as CRMError where [.ambiguous, .usage, .invalid].contains(error.code) {
            try dialogue.say(error.message)
        }
        return nil
    }

    /// Returns what the user chooses for words that are not a record's name: a record with the words in its name or
    /// key, the meaning of other words, or the words as a text. If no record has the words, they are the text without a
    /// question.
    private func choice(for words: String, orAs text: Field) throws -> Pair? {
        var found: [(subject: Pair, line: String)] = []
        for field in part.asked.compactMap({ part.field($0) }) {
            guard let target = field.type.target else { continue }
            for candidate in try picker.candidates(for: words, in: store.registry[target]) {
                found.append((subject: (key: field.key, text: "\(candidate.id)"), line: candidate.line))
            }
        }
        if found.isEmpty { return (text.key, words) }
        let question = Text(
            en: "Which one (number, or other words; empty takes \"\(words)\" as a text)",
            es: "Cuál (número, u otras palabras; vacío toma «\(words)» como texto)"
        )(in: dialogue.language)
        while true {
            switch try dialogue.choose(question, among: found.map(\.line)) {
            case .candidate(let index): return found[index].subject
            case .text(""): return (text.key, words)
            case .text(let other) where Int(other) == nil: return try subject(of: other)
            case .text(let number): try dialogue.say(Dialogue.noNumber(number, among: found.count))
            }
        }
    }

    /// Returns the record that an answer names, from the first module with such a record; nil if there is none.
    private func named(_ answer: String) throws -> Pair? {
        let reference = isReference(answer) ? answer : "name:\(answer)"
        for field in part.asked.compactMap({ part.field($0) }) {
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

    /// Returns whether an answer is an id or a key instead of words.
    private func isReference(_ answer: String) -> Bool {
        answer.allSatisfy { $0.isASCII && $0.isNumber } || answer.hasPrefix("code:") || answer.hasPrefix("ext:")
    }

    /// Returns the fields to ask for besides the subject; values that come with a record are not asked for.
    private func others(besides subject: Pair, _ record: Record) throws -> [Field] {
        let isNamed = part.field(subject.key)?.type.target != nil
        let row = try preview([subject], record)
        return part.asked.compactMap { part.field($0) }.filter { field in
            guard field.type.target == nil, field.key != subject.key, !field.type.takesLines else { return false }
            return field.isRequired || !isNamed || row.text(of: field).isEmpty
        }
    }

    private func ask(
        _ field: Field,
        offering offer: String?,
        into pairs: inout [Pair],
        _ record: Record
    ) throws {
        let label = "  " + field.label(in: dialogue.language) + (field.isRequired ? " *" : "")
        while true {
            let answer = try dialogue.ask(label, offering: offer)
            if answer.isEmpty || answer == Answer.clearing {
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

    private func preview(_ pairs: [Pair], _ record: Record) throws -> PartPreview {
        try store.preview(part, try part.inputs(part.text(of: pairs)), of: record)
    }

    private func reason(_ problem: CRMError.Problem) -> Text {
        guard let field = part.field(problem.field) else { return problem.reason }
        return Text(
            en: "\(field.label.en): \(problem.reason.en)",
            es: "\(field.label.es): \(problem.reason.es)"
        )
    }

    /// Returns the row as a single line: its subject, then its other fields that have a value.
    private func shownLabel(of row: PartPreview, _ subject: Pair) throws -> String {
        let values = (part.asked + part.told).compactMap { part.field($0) }.filter {
            $0.type.target == nil && !$0.type.takesLines && $0.key != subject.key
        }
        .map { (label: $0.label(in: dialogue.language), text: row.label(of: $0, for: audience)) }
        .filter { !$0.text.isEmpty }
        return ([try name(of: subject)] + values.map { "\($0.label): \($0.text)" }).joined(separator: ", ")
    }

    /// Returns the name of a row's subject; for a record, its display name.
    private func name(of subject: Pair) throws -> String {
        guard let target = part.field(subject.key)?.type.target else { return subject.text }
        return try store.displayName(of: subject.text, in: store.registry[target])
    }
}
