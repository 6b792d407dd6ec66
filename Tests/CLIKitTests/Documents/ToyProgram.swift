import CLIKit
import Foundation
import Localization
import Testing

/// A shell script called `shelf` that stands for the program: it answers the questions of the completion scripts as the
/// toy grammar would, writes down what it was asked and run with, and complains loudly on standard error.
struct ToyProgram {
    let folder: ScratchFolder
    private static let noise = "toy: this must not reach the terminal"

    /// A program that knows the answer to one question.
    init(for shell: Shell, asked question: [String]) throws {
        folder = try ScratchFolder()
        let script = try #require(CompletionScript(for: shell, program: "shelf"))
        try folder.write(script.text, to: script.fileName)
        try folder.write(
            """
            #!/bin/sh
            here=\(folder.root.path)
            if [ "$1" = __complete ]; then
                echo "\(Self.noise)" >&2
                shift
                printf '%s\\n' "$@" >"$here/asked"
                cat "$here/answer"
            else
                printf '%s\\n' "$@" >"$here/ran"
            fi

            """,
            to: "shelf",
            isExecutable: true
        )
        let asked = try #require(ShellQuestion(operands: question))
        let request = CompletionRequest(words: asked.words, root: ToyGrammar.shelf())
        let known = ["42", "ext:KEY-1", "ext:KEY-2", "email:ana@example.org", "name:Ana Ruiz", "dato:$5 \"ñ\""]
        let answer = request.answer(in: .english) { tag, prefix in
            let words = known.filter { $0.hasPrefix(prefix) }.map { CompletionWord($0, "a \(tag): one") }
            return FoundWords(words, isOpen: prefix == "e")
        }
        try folder.write(asked.lines(for: answer), to: "answer")
        try FileManager.default.createDirectory(at: folder.url("scans"), withIntermediateDirectories: true)
        try folder.write("", to: "books.db")
        try folder.write("", to: "scan 1.pdf")
    }

    /// What it was asked last.
    var asked: [String] { get throws { try lines("asked") } }

    /// What it was last run with, other than for a question.
    var ran: [String] { get throws { try lines("ran") } }

    private func lines(_ name: String) throws -> [String] {
        try folder.read(name).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// Runs a command on a terminal of its own, types on it, and gives what the terminal showed.
    func type(_ keys: String, into command: String, environment: [String: String] = [:]) throws -> String {
        let path = folder.root.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        let terminal = try RunningProgram(
            "script",
            ["-q", "-e", "-c", command, "/dev/null"],
            input: keys,
            environment: ["PATH": path, "HOME": folder.root.path, "TERM": "xterm"].merging(environment) { $1 },
            in: folder.root
        )
        #expect(terminal.status == 0, "\(terminal.output)\(terminal.errors)")
        #expect(!terminal.output.contains(Self.noise), "\(terminal.output)")
        return terminal.output
    }
}
