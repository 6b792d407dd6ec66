import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Whether hints and notices are left out.
    var isQuiet: Bool { invocation[GlobalOptions.quiet] }

    /// Tells the user something beside the result, on standard error.
    ///
    /// - Parameter isEssential: whether it is told where hints and notices are left out, too.
    func note(_ text: Text, isEssential: Bool = false) throws {
        if isQuiet, !isEssential { return }
        let words = text(in: language)
        if let line { return line.notices.append(words) }
        let bytes =
            try outputFormat.isJSON
            ? JSONLine.bytes(.object([JSONMember("note", .string(words))]))
            : Array("\(program): \(Sanitizer.revealed(words))\n".utf8)
        try FileDescriptor.standardError.write(bytes)
    }

    /// Whether questions can be asked: standard input and standard error are terminals.
    var canAsk: Bool {
        line == nil && FileDescriptor.standardInput.isTerminal && FileDescriptor.standardError.isTerminal
    }

    /// Tells the user what a write did beside what was asked.
    func report(_ notices: [Text]) throws {
        for notice in notices { try note(notice) }
    }

    /// Reports a bad row of an input on standard error: a line, or an object where the output is JSON.
    func report(_ problem: RowProblem) throws {
        if let line { return line.problems.append(.object(members(of: problem))) }
        let bytes = try outputFormat.isJSON ? json(problem) : Array("\(program): \(plain(problem))\n".utf8)
        try FileDescriptor.standardError.write(bytes)
    }

    private func plain(_ problem: RowProblem) -> String {
        let column = problem.column.map { Text(en: ", column \($0)", es: ", columna \($0)")(in: language) } ?? ""
        let line = Text(en: "line \(problem.line)", es: "línea \(problem.line)")(in: language) + column
        let place =
            problem.row == 0
            ? Text(en: "header (\(line))", es: "encabezado (\(line))")(in: language)
            : Text(en: "row \(problem.row) (\(line))", es: "fila \(problem.row) (\(line))")(in: language)
        let cell = problem.field.map { field in
            ", " + field + (problem.value.map { " \"\($0)\"" } ?? "")
        }
        let file = problem.file.map { "\($0), " } ?? ""
        return Sanitizer.revealed("\(file)\(place)\(cell ?? ""): \(problem.reason(in: language))")
    }

    private func json(_ problem: RowProblem) -> [UInt8] {
        JSONLine.bytes(.object([JSONMember("error", .object(members(of: problem)))]))
    }

    private func members(of problem: RowProblem) -> [JSONMember] {
        [
            JSONMember("code", .string(CRMError.Code.rejected.rawValue)),
            JSONMember("message", .string(problem.reason(in: language))), JSONMember("module", .null),
            JSONMember("ref", .text(problem.value)), JSONMember("row", .integer(Int64(problem.row))),
            JSONMember("line", .integer(Int64(problem.line))),
            JSONMember("column", .integer(problem.column.map(Int64.init))),
            JSONMember("field", .text(problem.field)), JSONMember("file", .text(problem.file)),
            JSONMember("hint", .null),
        ]
    }
}
