import CLIKit
import CRMKit
import Formats
import Localization

/// A write on all records that match filters: counts them, asks for confirmation, writes, and reports the result.
struct BulkWrite {
    let choice: RecordChoice
    let module: Module
    let session: Session
    /// The question asked on a terminal, such as `Change them?`.
    let question: Text
    /// Tries the write on a single record: values that no record can take are then reported before any question.
    var trial: ((Transaction, Int64) throws -> Void)?

    /// Chooses the records, asks for confirmation and writes.
    ///
    /// - Parameter body: writes, and returns the number of changed records.
    /// - Throws: ``CRMError`` `usage` if no question can be asked and `--yes` is not given; the errors of the closure.
    func run(_ body: (Transaction, ChosenRecords) throws -> Int) throws {
        let store = try session.openStore(for: .writing)
        guard let filters = try confirmed(in: store) else {
            if try session.outputFormat == .id { return try session.print(ids: []) }
            return try session.tellOutcome { try tell(0, of: 0, isCommitted: $0) }
        }
        let request = session.writeRequest()
        let isDryRun = request.isDryRun
        let printsIDs = try session.outputFormat == .id
        let (matched, changed, ids) = try store.write(request) { transaction in
            let chosen = try store.choose(module, where: filters)
            let ids = printsIDs ? try transaction.ids(of: chosen) : []
            let mark = isDryRun ? try transaction.changeMark() : nil
            let changed = try body(transaction, chosen)
            try session.report(of: transaction)
            if let mark {
                if !printsIDs {
                    try ChangeTable(of: module, since: mark, in: transaction, session: session).print()
                }
                try session.noteConsequences(since: mark, besides: module, in: transaction)
            }
            return (chosen.count, changed, ids)
        }
        if isDryRun { try session.note(wouldChange(changed, of: matched)) }
        if !isDryRun || printsIDs {
            try session.tellOutcome {
                try printsIDs ? session.print(ids: ids) : tell(changed, of: matched, isCommitted: $0)
            }
        }
    }

    /// Counts the records, and asks the user for confirmation unless `--yes` is given.
    ///
    /// - Returns: the filters that choose the records; `nil` if no record matches.
    /// - Throws: ``CRMError`` `usage` if no question can be asked and `--yes` is not given; the errors of the trial.
    func confirmed(in store: Store) throws -> [String]? {
        var query = try store.list(module)
        let filters = try choice.filters(of: module, in: store)
        try session.reportDoubts(of: choice.filters, on: module, in: store)
        query.filters = filters
        if session.writeRequest().isDryRun { return filters }
        let count = try query.count(in: store)
        guard count > 0 else { return nil }
        if choice.isConfirmed { return filters }
        if let trial, let first = try store.ids(of: module, where: filters, atMost: 1).first {
            try store.write(session.writeRequest().trial) { transaction in
                try transaction.tellingRefusals(among: store.choose(module, where: filters)) {
                    try trial(transaction, $0)
                } _: {
                    try trial(transaction, first)
                }
            }
        }
        try confirm(count)
        return filters
    }

    private func confirm(_ count: Int64) throws {
        let matching = Text(
            en: "\(count) \(count == 1 ? module.one.en : module.several.en) match\(count == 1 ? "es" : "")",
            es: "\(count == 1 ? "coincide" : "coinciden") \(module.spanish.counted(count))"
        )
        guard session.canAsk else {
            throw CRMError(
                .usage,
                Text(en: "\(matching.en); nothing was done", es: "\(matching.es); no se hizo nada"),
                hint: Text(
                    en: "add --yes to go on, or --dry-run to see what would change",
                    es: "agregar --yes para continuar, o --dry-run para ver qué cambiaría"
                ),
                module: module.name
            )
        }
        let dialogue = session.dialogue
        guard
            try dialogue.confirms(Text(en: "\(matching.en). \(question.en)", es: "\(matching.es). \(question.es)"))
        else {
            try session.note(Text(en: "nothing was changed", es: "no se cambió nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
    }

    private func tell(_ changed: Int, of matched: Int, isCommitted: Bool) throws {
        try BulkSummary(
            counts: [
                .init(key: "matched", label: Text(""), count: matched, isShownAtZero: nil),
                .updated(changed, of: module), .unchanged(matched - changed),
            ],
            isCommitted: isCommitted
        ).print(in: session)
    }

    private func wouldChange(_ changed: Int, of matched: Int) -> Text {
        let noun = matched == 1 ? module.one : module.several
        let conditional = changed == 1 ? "cambiaría" : "cambiarían"
        return Text(
            en: "dry run: \(changed) of \(matched) \(noun.en) would change; nothing was saved",
            es: "simulacro: \(conditional) \(changed) de \(module.spanish.counted(matched)); no se guardó nada"
        )
    }
}
