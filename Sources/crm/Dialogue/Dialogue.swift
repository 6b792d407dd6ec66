import CLIKit
import CRMKit
import Localization

/// A dialogue with the user at a terminal, in the user's language: questions and remarks on standard error, answers
/// from standard input.
///
/// Ctrl-C ends the process; see ``Prompt``.
struct Dialogue {
    /// The user ended the dialogue (Ctrl-D).
    struct Ended: Error {}

    /// The language of the dialogue.
    let language: Language
    /// The name by which the program was called.
    private let program: String
    private let prompt: Prompt
    private let style: Style
    private let lineWidth: Int
    private let editor: TextEditor?
    private let onAnswer: () -> Void

    /// - Parameter onAnswer: called after every answer, since time has passed by then.
    init(program: String, language: Language, environment: Environment, onAnswer: @escaping () -> Void) {
        self.program = program
        self.language = language
        self.onAnswer = onAnswer
        let output = FileDescriptor.standardError
        style = Style(isTerminal: output.isTerminal, environment: environment)
        lineWidth = max(output.lineWidth(in: environment), KeyValueBlock.leastLineWidth)
        editor = TextEditor(environment: environment)
        prompt = Prompt(style: style, editor: LineEditor(environment: environment))
    }

    // MARK: - Telling

    /// Prints text on lines of its own.
    func say(_ text: Text) throws { try say(text.calling(program: program)(in: language)) }

    /// Prints text that is the same in every language.
    func say(_ text: String) throws {
        for line in LineWrapping.lines(of: text, width: lineWidth) { try prompt.say(line) }
    }

    /// Shows values with their labels.
    func show(_ entries: [KeyValueBlock.Entry]) throws {
        var lines: [UInt8] = []
        KeyValueBlock(entries, lineWidth: lineWidth, style: style).append(to: &lines)
        try FileDescriptor.standardError.write(lines)
    }

    /// Returns the reason why a number beyond those of a list is not accepted.
    static func noNumber(_ number: String, among count: Int) -> Text {
        Text(
            en: "There is no number \(number) in the list; answer with a number from 1 to \(count).",
            es: "No hay un número \(number) en la lista; responder con un número de 1 a \(count)."
        )
    }

    /// Returns the text for a record that is saved together with the answers.
    func toBeAdded(_ name: String) -> String { name + Text(en: " (to be added)", es: " (por agregar)")(in: language) }

    // MARK: - Asking

    /// Asks for a line.
    ///
    /// - Parameter offer: the meaning of an empty answer.
    /// - Returns: the answer; empty if nothing was answered and no value offered.
    /// - Throws: ``Ended``.
    func ask(_ label: String, offering offer: String? = nil) throws -> String {
        guard let answer = try readable({ () throws(LineReader.Failure) in try prompt.ask(label, default: offer) })
        else { throw Ended() }
        return answer
    }

    /// Asks for a text of any number of lines: either lines up to an empty one, or the content of the user's editor.
    ///
    /// - Parameters:
    ///   - offer: the meaning of an empty answer, and the initial content of the editor.
    ///   - others: answers that are not text, and end with their line.
    /// - Returns: the answer; empty if nothing was answered and no value offered.
    /// - Throws: ``Ended``.
    func askText(_ label: String, offering offer: String? = nil, or others: [String]) throws -> String {
        let opening = "!"
        let hint = Text(
            en: "an empty line ends it" + (editor.map { "; \(opening) opens \($0.name)" } ?? ""),
            es: "termina con una línea vacía" + (editor.map { "; \(opening) abre \($0.name)" } ?? "")
        )
        let question = "\(label) (\(hint(in: language)))"
        while true {
            let answer = try readable { () throws(LineReader.Failure) in
                try prompt.askLines(question, default: offer) { line in
                    others.contains(line) || line == opening
                }
            }
            guard let answer else { throw Ended() }
            guard answer == opening else { return answer }
            guard let editor else {
                try say(
                    Text(
                        en: "No editor can be opened; VISUAL or EDITOR names one.",
                        es: "No hay un editor que abrir; VISUAL o EDITOR lo indica."
                    )
                )
                continue
            }
            if let text = try editor.edit(offer ?? "") { return text }
            try say(
                Text(
                    en: "\(editor.name) ended with an error; nothing is taken from it.",
                    es: "\(editor.name) terminó con un error; no se toma nada de ahí."
                )
            )
        }
    }

    /// Lists candidates by number and asks for one.
    ///
    /// - Throws: ``Ended``.
    func choose(_ label: String, among candidates: [String], offering offer: String? = nil) throws -> Prompt.Choice {
        let choice = try readable { () throws(LineReader.Failure) in
            try prompt.choose(label, among: candidates, default: offer)
        }
        guard let choice else { throw Ended() }
        return choice
    }

    /// Asks for a yes; any other answer, and the end of the dialogue, is a no.
    func confirms(_ question: Text) throws -> Bool {
        do {
            return try Self.meaning(of: askYesOrNo(question)) ?? false
        } catch is Ended {
            return false
        }
    }

    /// Asks for a yes or a no until the answer is one of them; an empty answer is a no.
    ///
    /// - Throws: ``Ended``.
    func agrees(_ question: Text) throws -> Bool {
        while true {
            let answer = try askYesOrNo(question)
            if answer.isEmpty { return false }
            if let meaning = Self.meaning(of: answer) { return meaning }
            // What was meant for another question would otherwise be a no that nobody gave.
            try say(Text(en: "Answer y for yes or n for no.", es: "Responder s para sí o n para no."))
        }
    }

    private func askYesOrNo(_ question: Text) throws -> String {
        try ask(question(in: language) + Text(en: " [y/N]", es: " [s/N]")(in: language))
    }

    /// Returns whether an answer is a yes or a no in either language; `nil` for any other answer.
    static func meaning(of answer: String) -> Bool? {
        switch Fold.fold(answer) {
        case "y", "yes", "s", "si": true
        case "n", "no": false
        default: nil
        }
    }

    /// Returns whether an answer asks to save or not to save, in either language, as a yes or no or by name; `nil` for
    /// any other answer.
    static func meaningOfSaving(_ answer: String) -> Bool? {
        switch Fold.fold(answer) {
        case "save", "g", "guardar", "guarda", "ok": true
        case "cancel", "c", "cancelar", "cancela": false
        default: meaning(of: answer)
        }
    }

    /// Asks again if a line cannot be read as text.
    private func readable<Answer>(_ question: () throws(LineReader.Failure) -> Answer) throws -> Answer {
        defer { onAnswer() }
        while true {
            do {
                return try question()
            } catch .invalidUTF8 {
                try say(Text(en: "That is not UTF-8 text.", es: "Eso no es texto UTF-8."))
            } catch .lineTooLong {
                try say(Text(en: "That line is too long.", es: "Esa línea es demasiado larga."))
            } catch .system(let error) {
                throw error
            }
        }
    }
}
