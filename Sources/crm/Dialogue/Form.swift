import CLIKit
import CRMKit
import Localization

/// Asks the user at a terminal, field by field, for a new record and its links.
///
/// Nothing is written here: leaving with Ctrl-C or Ctrl-D has no effects.
struct Form {
    /// A question, whose answer can be changed before everything is saved.
    private enum Question {
        case field(Field)
        /// The contacts to be linked, or that should refer to the record.
        case contacts
        case attribute(Field)
        /// The rows of the part at this index of those asked for.
        case rows(Int)

        /// Returns whether the question is about a field of the record.
        func isAbout(_ field: Field) -> Bool {
            if case .field(let own) = self { own.key == field.key } else { false }
        }

        /// Returns whether the question is about an attribute of the links.
        func isAbout(attribute: Field) -> Bool {
            if case .attribute(let own) = self { own.key == attribute.key } else { false }
        }
    }

    private var interview: Interview
    /// The contacts of the record, and the attributes of their links.
    private(set) var links: LinkQuestions
    /// The rows of the record's parts.
    private var rows: [RowQuestions]
    private let store: Store
    private let dialogue: Dialogue
    /// The keys of the fields that are known before the first question and are not asked for.
    private var fixed: Set<String> = []
    /// The questions asked, in order.
    private var asked: [Question] = []
    /// The fields that are asked for because of an answer.
    private var called: [Field] = []

    init(
        _ record: PartialRecord,
        attributes: [(key: String, text: String)],
        in store: Store,
        dialogue: Dialogue,
        refusesDuplicates: Bool
    ) {
        let picker = RecordPicker(dialogue: dialogue, store: store)
        interview = Interview(record, picker: picker, refusesDuplicates: refusesDuplicates)
        links = LinkQuestions(record.module, contacts: record.contacts, attributes: attributes, picker: picker)
        rows = record.module.givenParts.filter { part in
            !part.asked.isEmpty && !record.inputs.contains { $0.field == part.key }
        }.map { RowQuestions($0, picker: picker) }
        self.store = store
        self.dialogue = dialogue
    }

    /// The record as known so far.
    var record: PartialRecord { interview.record }
    /// The answers for the record's fields and for the rows of its parts.
    var inputs: [FieldInput] { record.inputs + rows.flatMap(\.inputs) }
    private var module: Module { record.module }
    private var language: Language { dialogue.language }

    /// Asks all questions.
    ///
    /// - Returns: whether the user wants to save the record.
    mutating func fill() throws -> Bool {
        do {
            try introduce()
            if record.lacksContact { try askForContact() }
            fix()
            asked = try fieldsToAsk().map(Question.field)
            try showFixed()
            // An answer may add further questions.
            var next = 0
            while next < asked.count {
                try ask(asked[next])
                next += 1
            }
            try askForLinks()
            for index in rows.indices {
                asked.append(.rows(index))
                try ask(.rows(index))
            }
            return try review()
        } catch is Dialogue.Ended {
            return false
        }
    }

    /// Asks only the questions that the record's present values suggest, if no required value is missing.
    ///
    /// - Returns: whether the user wants to save the record.
    mutating func askOnlyQuestions() throws -> Bool {
        do {
            for field in interview.questions { try interview.ask(field) }
            return true
        } catch is Dialogue.Ended {
            return false
        }
    }

    /// Returns whether the answers can be changed so that what was refused can be saved.
    func canChange(after error: CRMError) -> Bool {
        !asked.isEmpty && [.refused, .invalid, .usage, .notFound, .ambiguous].contains(error.code)
    }

    /// Says why the record could not be saved, and lets the user change its fields.
    ///
    /// - Returns: whether the user wants to save the record.
    mutating func reviewAgain(after error: CRMError) throws -> Bool {
        do {
            try dialogue.say("")
            try dialogue.say(error.message)
            for problem in error.problems {
                let label = label(of: problem)
                try dialogue.say(
                    Text(
                        en: "\(label.en): \(problem.reason.en)",
                        es: "\(label.es): \(problem.reason.es)"
                    )
                )
            }
            return try review()
        } catch is Dialogue.Ended {
            return false
        }
    }

    /// Returns the label of the field of a problem, which may be that of a part's row: `line.product`.
    private func label(of problem: CRMError.Problem) -> Text {
        if let field = module.field(spelled: problem.field) { return field.label }
        for part in module.givenParts where problem.field.hasPrefix("\(part.name).") {
            guard let field = part.field(String(problem.field.dropFirst(part.name.count + 1))) else { continue }
            return Text(en: "\(part.label.en), \(field.label.en)", es: "\(part.label.es), \(field.label.es)")
        }
        return Text(problem.field)
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
        switch try links.pickContact(isRequired: true) {
        case .text(let id): try interview.take(contact: id)
        case .making(let inputs): try interview.take(FieldInput(record.contactKey ?? "", .making(inputs)))
        case .offered, .cleared, .none: break
        }
    }

    /// Marks the given fields, and those that follow from them, as not to be asked for.
    private mutating func fix() {
        let fields = module.writableFields.filter { field in
            let follows = field.isRequired && !field.hasDefault && record.holds(field)
            return record.isGiven(field) || field.key == record.contactKey || follows
        }
        fixed = Set(fields.map(\.key))
    }

    private func showFixed() throws {
        let entries = try module.writableFields.filter { fixed.contains($0.key) }
            .map { KeyValueBlock.Entry("  \($0.label(in: language))", try interview.text(of: $0)) }
            .filter { !$0.value.isEmpty }
        guard !entries.isEmpty else { return }
        try dialogue.say(Text(en: "Fixed:", es: "Fijos:"))
        try dialogue.show(entries)
    }

    /// Returns the fields that the module asks for, then those with a suggestion or a question.
    private func fieldsToAsk() throws -> [Field] {
        let suggested = Set((record.preview?.suggestions ?? [:]).keys)
        let questions = Set(interview.questions.map(\.key))
        let others = module.fields.map(\.key)
            .filter { (suggested.contains($0) || questions.contains($0)) && !module.asked.contains($0) }
        return try (module.asked + others).compactMap { module.field($0) }.filter { field in
            try field.isWritable && !fixed.contains(field.key) && (field.isRequired || canBeAnswered(field))
        }
    }

    /// Returns whether there is a record for a reference, or one can be created. Other fields can always be answered.
    private func canBeAnswered(_ field: Field) throws -> Bool {
        guard let target = field.type.target else { return true }
        return try links.picker.canPick(from: store.registry[target])
    }

    // MARK: - Asking

    private mutating func ask(_ question: Question) throws {
        switch question {
        case .field(let field):
            try interview.ask(field)
            let forgotten = try interview.forget(unlessAsked: called.filter { $0.key != field.key })
            asked.removeAll { question in forgotten.contains { question.isAbout($0) } }
            let position = asked.firstIndex { $0.isAbout(field) } ?? asked.count - 1
            let new = interview.questions.filter { other in
                !fixed.contains(other.key) && !asked.contains { $0.isAbout(other) }
            }
            called += new
            asked.insert(contentsOf: new.map(Question.field), at: position + 1)
        case .contacts: try askForContacts()
        case .attribute(let field): try links.ask(field)
        case .rows(let index): try rows[index].ask(of: record.preview?.record ?? Record(module))
        }
    }

    /// Asks for the contacts of a record that can have some, and for the attributes of the links.
    private mutating func askForLinks() throws {
        if try links.canAskForContacts() {
            asked.append(.contacts)
            try askForContacts()
        }
        try askForAttributes()
    }

    /// Asks for the contacts of a record that can have some, and takes from them what the record lacks.
    private mutating func askForContacts() throws {
        try links.askForContacts()
        try interview.take(contacts: links.contacts)
    }

    /// Asks for the attributes of the links that were not asked for yet.
    private mutating func askForAttributes() throws {
        for field in links.attributesToAsk where !asked.contains(where: { $0.isAbout(attribute: field) }) {
            asked.append(.attribute(field))
            try links.ask(field)
        }
    }

    // MARK: - Before saving

    /// Shows the whole record and lets the user change its fields.
    ///
    /// - Returns: whether to save it.
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
            if let decision = Dialogue.meaningOfSaving(answer) { return decision }
            if let number = Int(answer), asked.indices.contains(number - 1) {
                try change(number - 1)
            } else if !answer.isEmpty {
                try dialogue.say(
                    Text(
                        en: "Answer yes to save, no to leave, or a number from 1 to \(asked.count).",
                        es: "Responder sí para guardar, no para salir, o un número de 1 a \(asked.count)."
                    )
                )
            }
        }
    }

    /// Asks the question at an index again, and the questions that its answer adds.
    private mutating func change(_ index: Int) throws {
        let before = asked.count
        let question = asked[index]
        try ask(question)
        for position in 0..<max(asked.count - before, 0) { try ask(asked[index + 1 + position]) }
        if case .contacts = question { try askForAttributes() }
    }

    /// Returns the given values, then the answers with the numbers by which they can be changed.
    private func summary() throws -> [KeyValueBlock.Entry] {
        let width = "\(asked.count)".utf8.count
        func entry(_ label: String, _ value: String, number: String) -> KeyValueBlock.Entry {
            let margin = String(repeating: " ", count: width - number.utf8.count)
            return KeyValueBlock.Entry("  \(margin)\(number)  \(label)", value)
        }
        let others = module.writableFields.filter { field in
            let isAsked = asked.contains { $0.isAbout(field) }
            // Amounts are shown with their currency.
            return !isAsked && (fixed.contains(field.key) || field.type != .currency && isOfNote(field))
        }
        let standing = try others.map { entry($0.label(in: language), try interview.text(of: $0), number: "") }
        return (standing + (try links.standing).map { entry($0.label, $0.value, number: "") }).filter {
            !$0.value.isEmpty
        }
            + (try asked.enumerated().map { index, question in
                entry(label(of: question), try text(of: question), number: "\(index + 1)")
            })
    }

    private func label(of question: Question) -> String {
        switch question {
        case .field(let field), .attribute(let field): field.label(in: language)
        case .contacts: links.label
        case .rows(let index): rows[index].label
        }
    }

    private func text(of question: Question) throws -> String {
        switch question {
        case .field(let field): try interview.text(of: field)
        case .contacts: try links.names
        case .attribute(let field): try links.text(of: field)
        case .rows(let index): rows[index].text
        }
    }

    /// Returns whether a field has a value other than its default.
    private func isOfNote(_ field: Field) -> Bool {
        let value = record.value(of: field)
        return !value.isNull && value != field.defaultValue
    }
}
