import Glibc

/// An editor for lines typed at a terminal, with the keys of a shell: arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-U,
/// Ctrl-W, Ctrl-K, Ctrl-Y, words by Alt and Ctrl, and earlier answers by the up and down arrows.
///
/// A paste never ends the line. Whenever the process ends or is stopped, the terminal is restored first.
public final class LineEditor {
    private let output: FileDescriptor
    private let mode: RawMode
    private let environment: Environment
    /// The answers so far, oldest first.
    private var history: [String] = []
    /// The last erased text of more than one character.
    private var erased = ""

    /// The time to wait for the rest of a key's sequence, in milliseconds: long enough for a slow connection, too short
    /// for a person to press the next key.
    private static let sequenceTime: Int32 = 50
    private static let pasteOn = "\u{1B}[?2004h"
    private static let pasteOff = "\u{1B}[?2004l"

    /// Creates an editor on two open files.
    ///
    /// - Returns: `nil` unless both are terminals that can move the cursor.
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

    /// Shows a question and lets the user edit the line that answers it.
    ///
    /// - Parameters:
    ///   - question: the question in visible characters, without escape sequences.
    ///   - styled: the same question with attributes.
    ///   - offer: an answer that the up arrow recalls first.
    ///   - keepsLines: whether line ends in pasted text are preserved; otherwise they become blanks.
    /// - Returns: the line; `nil` at the end of the input (Ctrl-D in an empty line). It contains line ends only if they
    ///   are preserved.
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

    /// A line being edited.
    private struct Work {
        var screen: LineScreen
        var line = LineBuffer()
        /// The lines that the up arrow recalls, oldest first. The last element is the line being edited, stored while
        /// another one is shown.
        var recalled: [String]
        var position: Int
        let keepsLines: Bool
        /// Whether the input exceeded the greatest length of a line.
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

    /// Processes keys until the line ends.
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

    /// Returns pasted text in the form inserted into a line: line ends of any kind as newlines or blanks, tabs as
    /// blanks.
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
        // In the form in which a terminal itself shows the key.
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
