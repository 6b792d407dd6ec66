import Glibc

/// Lets a person write a line at a terminal with the keys that a shell has: arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-U,
/// Ctrl-W, Ctrl-K, Ctrl-Y, words by Alt and Ctrl, and the answers that were given before by the arrows up and down.
///
/// What is pasted never ends the line. The terminal is as it was whenever the process ends or is stopped.
public final class LineEditor {
    private let output: FileDescriptor
    private let mode: RawMode
    private let environment: Environment
    /// The answers so far, oldest first.
    private var history: [String] = []
    /// The text of the last erasure of more than a single character.
    private var erased = ""

    /// The time to wait for the rest of a key's sequence, in milliseconds: long enough for a slow line, too short for a
    /// person to type the next key.
    private static let sequenceTime: Int32 = 50
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    /// An editor on two open files.
    ///
    /// - Returns: `nil` unless both are a terminal that can move its cursor.
    public init?(
        input: FileDescriptor = .standardInput,
        output: FileDescriptor = .standardError,
        environment: Environment
    ) {
        guard input.isTerminal, output.isCapableTerminal(in: environment) else { return nil }
        self.output = output
        self.environment = environment
        mode = RawMode(input)
    }

    /// Shows a question and lets the person edit the line that answers it.
    ///
    /// - Parameters:
    ///   - question: the question in the characters that are shown, without escape sequences.
    ///   - styled: the same with attributes.
    ///   - offer: an answer to begin with, which the arrow up brings.
    ///   - keepsLines: whether the line ends of what is pasted are kept, else they become blanks.
    /// - Returns: the line; `nil` at the end of the input (Ctrl-D in an empty line). Its line ends are those of pasted
    ///   text, if they are kept.
    func line(
        _ question: String,
        styled: String,
        offering offer: String? = nil,
        keepsLines: Bool = false
    ) throws(LineReader.Failure) -> String? {
        do throws(SystemError) {
            try mode.begin()
        } catch {
            throw .system(error)
        }
        defer { mode.end() }
        let screen = LineScreen(
            question,
            styled: styled,
            width: output.lineWidth(orOf: environment),
            height: output.lineCount ?? .max
        )
        var work = Work(screen: screen, recalled: history + (offer.map { [$0] } ?? []), keepsLines: keepsLines)
        do throws(SystemError) {
            try write(Self.pasteOn + work.screen.begin(with: work.line))
            let isAnswered = try edit(&work)
            try write(work.screen.goToEnd() + Self.pasteOff + "\n")
            guard isAnswered else { return nil }
        } catch {
            throw .system(error)
        }
        let text = work.line.text
        guard !work.isTooLong else { throw .lineTooLong }
        guard !text.unicodeScalars.contains("\u{FFFD}") else { throw .invalidUTF8 }
        if !text.isEmpty, text != history.last { history.append(text) }
        return text
    }

    /// A line that is being written.
    private struct Work {
        var screen: LineScreen
        var line = LineBuffer()
        /// The lines that the arrow up recalls, oldest first. The last element is the line being edited, kept while
        /// another one is shown.
        var recalled: [String]
        var position: Int
        let keepsLines: Bool
        /// Whether more was given than a line may hold.
        var isTooLong = false
        private var bytes = 0

        init(screen: LineScreen, recalled: [String], keepsLines: Bool) {
            self.screen = screen
            self.recalled = recalled + [""]
            self.keepsLines = keepsLines
            position = recalled.count
        }

        mutating func insert(_ text: String) {
            bytes += text.utf8.count
            if bytes > LineReader.longestLine {
                bytes = line.text.utf8.count + text.utf8.count
                isTooLong = bytes > LineReader.longestLine
                if isTooLong { return }
            }
            line.insert(text)
        }

        mutating func recall(_ step: Int) {
            guard recalled.indices.contains(position + step) else { return }
            recalled[position] = line.text
            position += step
            line = LineBuffer(recalled[position])
        }
    }

    /// Heeds keys until the line ends.
    ///
    /// - Returns: whether there is an answer.
    private func edit(_ work: inout Work) throws(SystemError) -> Bool {
        var decoder = KeyDecoder()
        while true {
            switch try mode.next(within: decoder.awaitsSequence ? Self.sequenceTime : nil) {
            case .nothing: decoder.abandonSequence()
            case .end: return false
            case .signal(let signal): try heed(signal, &work)
            case .byte(let byte):
                for key in decoder.take(byte) {
                    switch key {
                    case .enter: return true
                    case .endOfInput where work.line.isEmpty: return false
                    case .clear: try write(work.screen.clear(with: work.line))
                    default: apply(key, to: &work)
                    }
                }
                let change = work.screen.update(to: work.line)
                if !change.isEmpty { try write(change) }
            }
        }
    }

    private func apply(_ key: Key, to work: inout Work) {
        let cursor = work.line.cursor
        switch key {
        case .scalar(let scalar): work.insert(String(Character(scalar)))
        case .paste(let text): work.insert(Self.pasted(text, keepsLines: work.keepsLines))
        case .left: work.line.move(to: cursor - 1)
        case .right: work.line.move(to: cursor + 1)
        case .wordLeft: work.line.move(to: work.line.startOfWord)
        case .wordRight: work.line.move(to: work.line.endOfWord)
        case .start: work.line.move(to: 0)
        case .end: work.line.move(to: .max)
        case .earlier: work.recall(-1)
        case .later: work.recall(1)
        case .eraseLeft: work.line.erase(to: cursor - 1)
        case .eraseRight, .endOfInput: work.line.erase(to: cursor + 1)
        case .eraseWordLeft: erase(to: work.line.startOfWord, in: &work)
        case .eraseWordRight: erase(to: work.line.endOfWord, in: &work)
        case .eraseToStart: erase(to: 0, in: &work)
        case .eraseToEnd: erase(to: .max, in: &work)
        case .restore: work.insert(erased)
        case .enter, .clear: break
        }
    }

    private func erase(to position: Int, in work: inout Work) {
        let text = work.line.erase(to: position)
        if !text.isEmpty { erased = text }
    }

    /// Returns pasted text as it is inserted into a line: line ends of any kind as newlines or blanks, tabs as blanks.
    private static func pasted(_ text: String, keepsLines: Bool) -> String {
        String(
            text.map { character -> Character in
                if character == "\t" { return " " }
                guard character.isNewline else { return character }
                return keepsLines ? "\n" : " "
            }
        )
    }

    /// Handles a signal: restores the terminal for it, and resumes editing if the process continues.
    private func heed(_ signal: Int32, _ work: inout Work) throws(SystemError) {
        if signal == SIGWINCH {
            try mode.heed(signal)
            let (width, height) = (output.lineWidth(orOf: environment), output.lineCount ?? .max)
            return try write(work.screen.resize(to: width, height: height, with: work.line))
        }
        // As a terminal shows the key by itself.
        let sign =
            switch signal {
            case SIGINT: "^C"
            case SIGQUIT: "^\\"
            case SIGTSTP: "^Z"
            default: ""
            }
        try write(work.screen.goToEnd() + Self.pasteOff + sign)
        try mode.heed(signal)
        try write(Self.pasteOn + "\r\u{1B}[J" + work.screen.begin(with: work.line))
    }

    private func write(_ text: String) throws(SystemError) { try output.write(Array(text.utf8)) }
}
