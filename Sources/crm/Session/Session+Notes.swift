import CLIKit
import CRMKit
import Formats
import Localization

extension Session {
    /// Whether hints and notices are suppressed.
    var isQuiet: Bool { invocation[GlobalOptions.quiet] }

    /// Whether notices are written as JSON, like the result. Formats other than those of rows have notices in words.
    private var isTellingJSON: Bool { invocation.formName.flatMap(OutputFormat.init)?.isJSON ?? false }

    /// Writes a notice to standard error, unless ``GlobalOptions/quiet`` is given.
    func note(_ text: Text) throws { try note(text, with: []) }

    /// Writes a notice to standard error, unless ``GlobalOptions/quiet`` is given.
    ///
    /// - Parameter members: the members to add to the notice if it is written as JSON.
    private func note(_ text: Text, with members: [JSONMember]) throws {
        if !isQuiet { try tell(text, with: members) }
    }

    /// Writes an important notice to standard error, even if ``GlobalOptions/quiet`` is given.
    func tell(_ text: Text) throws { try tell(text, with: []) }

    private func tell(_ text: Text, with members: [JSONMember]) throws {
        let words = text(in: language).calling(program: program)
        if let line { return line.notices.append(words) }
        guard repetition.isNew(note: words) else { return }
        let bytes =
            isTellingJSON
            ? JSONLine.bytes(.object([JSONMember("note", .string(words))] + members))
            : shown(Sanitizer.revealed(words))
        try FileDescriptor.standardError.writeShown(bytes, isJSON: isTellingJSON)
    }

    /// Returns a message as standard error shows it.
    private func shown(_ words: String) -> [UInt8] {
        Array(FileDescriptor.standardError.fitted("\(program): \(words)\n", in: environment).utf8)
    }

    /// Informs the user that a limit has cut the output.
    ///
    /// - Parameters:
    ///   - count: the number of rows printed.
    ///   - goesOn: whether the next rows can be requested by the id of the last.
    func noteCut(after count: Int, goesOn: Bool = false) throws {
        let next =
            goesOn
            ? Text(
                en: "; the next ones follow with --after ID of the last",
                es: "; los siguientes con --after ID del último"
            ) : ""
        try note(Text(en: "stopped after \(count)\(next.en)", es: "detenido después de \(count)\(next.es)"))
    }

    /// Whether questions can be asked: standard input and standard error are terminals.
    var canAsk: Bool {
        line == nil && FileDescriptor.standardInput.isTerminal && FileDescriptor.standardError.isTerminal
    }

    /// Reports the side effects of a write to the user, and the values given to records that other records also have.
    func report(of transaction: Transaction) throws {
        try report(transaction.notices)
        if transaction.omittedNotices > 0 {
            let rest = transaction.omittedNotices
            try note(Text(en: "and \(rest) more of the kind", es: "y \(rest) más por el estilo"))
        }
        try report(transaction.sharedValues())
    }

    /// Reports to the user which values given to records other records also have.
    func report(_ shared: SharedValues) throws {
        for value in shared.first { try note(value) }
        if let rest = shared.rest { try note(rest) }
    }

    /// Makes the store report, from now on, each reference to a record that was merged into another one.
    func tellRedirections(of store: Store) {
        store.redirected = { [weak self] redirection in
            guard let self, let module = registry.find(redirection.module) else { return }
            let (former, kept) = (module.called(redirection.former), module.called(redirection.kept))
            try note(Text(en: "\(former.en) was merged into \(kept.en)", es: "\(former.es) se fusionó en \(kept.es)"))
        }
    }

    /// Writes several notices to standard error, unless ``GlobalOptions/quiet`` is given.
    func report(_ notices: [Text]) throws {
        for notice in notices { try note(notice) }
    }

    /// Reports to the user which filters of the command line have another meaning than they seem to have, and which
    /// records named in the filters were merged into others.
    func reportDoubts(of filters: [String], on module: Module, in store: Store) throws {
        let resolved = ResolvedFilters(filters, of: module, in: store.registry)
        try report(FilterDoubts.notes(of: resolved))
        try report(store.elsewhere(namedIn: resolved))
        try store.tellMerged(namedIn: resolved)
    }

    private func note(_ value: SharedValue) throws {
        guard line != nil || isTellingJSON else { return try note(value.note) }
        let holders = value.holders.map { JSONValue.object(members(of: $0, sharing: value)) }
        if let line { line.duplicates += holders }
        try note(value.note, with: [JSONMember("duplicates", .array(holders))])
    }

    private func members(of holder: RecordDescription, sharing value: SharedValue) -> [JSONMember] {
        let details = holder.details.map { JSONMember($0.key, .string($0.value)) }
        return [
            JSONMember("record", .integer(value.id)), JSONMember("field", .string(value.field)),
            JSONMember("value", .string(value.value)), JSONMember("module", .string(holder.module.name.rawValue)),
            JSONMember("id", .integer(holder.id)), JSONMember("name", .text(holder.name)),
            JSONMember("details", .object(details)),
        ]
    }

    /// Reports a rejected row of an input on standard error: as a line, or as an object if the output is JSON.
    func report(_ problem: RowProblem) throws {
        if let line { return line.problems.append(.object(members(of: problem))) }
        let bytes = isTellingJSON ? json(problem) : shown(plain(problem))
        try FileDescriptor.standardError.writeShown(bytes, isJSON: isTellingJSON)
    }

    private func plain(_ problem: RowProblem) -> String {
        let column = problem.column.map { Text(en: ", column \($0)", es: ", columna \($0)")(in: language) } ?? ""
        let line = Text(en: "line \(problem.line)", es: "línea \(problem.line)")(in: language) + column
        let place =
            problem.row == 0
            ? Text(en: "header (\(line))", es: "encabezado (\(line))")(in: language)
            : Text(en: "row \(problem.row) (\(line))", es: "fila \(problem.row) (\(line))")(in: language)
        let cell = problem.field.map { field in
            ", " + field.abridged + (problem.value.map { " \"\($0.abridged)\"" } ?? "")
        }
        let file = problem.file.map { "\($0), " } ?? ""
        let reason = problem.reason(in: language).calling(program: program).withAbridgedWords
        return Sanitizer.revealed("\(file)\(place)\(cell ?? ""): \(reason)")
    }

    private func json(_ problem: RowProblem) -> [UInt8] {
        JSONLine.bytes(.object([JSONMember("error", .object(members(of: problem)))]))
    }

    private func members(of problem: RowProblem) -> [JSONMember] {
        [
            JSONMember("code", .string(CRMError.Code.rejected.rawValue)),
            JSONMember(
                "message",
                .string(problem.reason(in: language).calling(program: program).withAbridgedWords)
            ),
            JSONMember("module", .null),
            JSONMember("ref", .text(problem.value?.abridged)), JSONMember("row", .integer(Int64(problem.row))),
            JSONMember("line", .integer(Int64(problem.line))),
            JSONMember("column", .integer(problem.column.map(Int64.init))),
            JSONMember("field", .text(problem.field)), JSONMember("file", .text(problem.file)),
            JSONMember("hint", .null),
        ]
    }
}
