/// Asks the user questions on standard error, so that standard output contains only results, and reads the answers from
/// standard input.
///
/// Ctrl-C ends the process as SIGINT does by default. So that nothing is left half done, callers ask before they open a
/// transaction, never within one.
public final class Prompt {
    /// An answer to a list of candidates.
    public enum Choice: Sendable, Equatable {
        /// The candidate at this index, counted from 0.
        case candidate(Int)
        /// Other text, for the caller to interpret.
        case text(String)
    }

    private let reader: LineReader
    private let editor: LineEditor?
    private let output: FileDescriptor
    private let style: Style

    /// Creates a prompt on two open files.
    ///
    /// - Parameters:
    ///   - style: makes the questions bold if it uses colours.
    ///   - editor: the editor for answers; `nil` leaves editing to the terminal.
    public init(
        input: FileDescriptor = .standardInput,
        output: FileDescriptor = .standardError,
        style: Style,
        editor: LineEditor? = nil
    ) {
        reader = LineReader(input)
        self.editor = editor
        self.output = output
        self.style = style
    }

    /// Writes a message to the user, on one or more lines of its own.
    public func say(_ text: String) throws(LineReader.Failure) {
        try write(text + "\n")
    }

    /// Asks for one line.
    ///
    /// - Parameter default: the meaning of an empty answer, shown in brackets.
    /// - Returns: the answer without spaces and tabs around it; the default if the answer is empty; `nil` at the end of
    ///   the input (Ctrl-D).
    public func ask(_ label: String, default: String? = nil) throws(LineReader.Failure) -> String? {
        let offer = `default`.map { " [\(Sanitizer.visible($0))]" } ?? ""
        guard let line = try line(Sanitizer.visible(label), offer + ": ", offering: `default`) else { return nil }
        let answer = Self.trimmed(line)
        return answer.isEmpty ? `default` ?? "" : answer
    }

    /// Asks for lines until one is empty.
    ///
    /// - Parameter isWhole: returns whether the first line is already the whole answer.
    /// - Returns: the lines, joined by newlines; a pasted line may itself contain empty lines. The default if the first
    ///   line is empty; `nil` at the end of the input.
    public func askLines(
        _ label: String,
        default: String? = nil,
        isWhole: (String) -> Bool
    ) throws(LineReader.Failure) -> String? {
        let offer = `default`.map { " [\(Sanitizer.visible($0))]" } ?? ""
        let first = try line(Sanitizer.visible(label), offer + ": ", offering: `default`, keepsLines: true)
        guard let first else { return nil }
        if Self.trimmed(first).isEmpty { return `default` ?? "" }
        if isWhole(Self.trimmed(first)) { return Self.trimmed(first) }
        var lines = [first]
        while let next = try line("", "> ", keepsLines: true) {
            if Self.trimmed(next).isEmpty { return lines.joined(separator: "\n") }
            lines.append(next)
        }
        return nil
    }

    /// Shows a question and reads the line after it.
    ///
    /// - Parameter label: the part of the question to show in bold.
    private func line(
        _ label: String,
        _ rest: String,
        offering offer: String? = nil,
        keepsLines: Bool = false
    ) throws(LineReader.Failure) -> String? {
        let styled = (label.isEmpty ? "" : style.apply(.bold, to: label)) + rest
        if let editor {
            return try editor.line(label + rest, styled: styled, offering: offer, keepsLines: keepsLines)
        }
        try write(styled)
        if let line = try reader.next() { return line }
        // The user has typed no newline after the question.
        try write("\n")
        return nil
    }

    /// Lists numbered candidates and asks the user to choose one.
    ///
    /// - Returns: the candidate if the answer is its number, otherwise the text of the answer; `nil` at the end of the
    ///   input.
    public func choose(
        _ label: String,
        among candidates: [String],
        default: String? = nil
    ) throws(LineReader.Failure) -> Choice? {
        try write(Self.numbered(candidates))
        guard let answer = try ask(label, default: `default`) else { return nil }
        if let number = Int(answer), candidates.indices.contains(number - 1) {
            return .candidate(number - 1)
        }
        return .text(answer)
    }

    /// Returns the candidates, one per line, numbered from 1.
    static func numbered(_ candidates: [String]) -> String {
        let width = String(candidates.count).utf8.count
        return candidates.enumerated().map { index, candidate in
            let number = String(index + 1)
            let padding = String(repeating: " ", count: width - number.utf8.count)
            return "  \(padding)\(number)  \(Sanitizer.visible(candidate))\n"
        }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        }
        let start = line.utf8.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(line[start.startIndex...last])
    }

    private func write(_ text: String) throws(LineReader.Failure) {
        do {
            try output.write(Array(text.utf8))
        } catch {
            throw .system(error)
        }
    }
}
