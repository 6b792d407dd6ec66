import CLIKit
import CRMKit
import Formats
import Localization

/// A deletion of all records that match filters.
struct BulkDeletion {
    private let choice: RecordChoice
    private let module: Module
    private let given: DeletionReach
    private let session: Session

    /// - Parameter given: the reach of the deletion according to the options.
    init(_ choice: RecordChoice, of module: Module, _ given: DeletionReach, _ session: Session) {
        self.choice = choice
        self.module = module
        self.given = given
        self.session = session
    }

    func run() throws {
        let store = try session.openStore(for: .writing)
        let request = session.writeRequest()
        let filters = try choice.filters(of: module, in: store)
        try session.reportDoubts(of: choice.filters, on: module, in: store)
        let chosen = try store.choose(module, where: filters)
        let printsIDs = try session.outputFormat == .id
        guard chosen.count > 0 || request.isDryRun else {
            return try session.tellOutcome { try printsIDs ? session.print(ids: []) : tell(0, isCommitted: $0) }
        }
        let reach = try reach(over: chosen, of: filters, isDryRun: request.isDryRun, store)
        let losses = request.isDryRun ? try store.dependents(of: chosen) : nil
        let more = losses.map { $0.ownLines + $0.lines } ?? []
        let (count, ids) = try session.deleting {
            try store.write(request) { transaction in
                let chosen = try store.choose(module, where: filters)
                let ids = printsIDs && !request.isDryRun ? try transaction.ids(of: chosen) : []
                return (try transaction.delete(chosen, reach: reach), ids)
            }
        } tellingLoss: {
            guard request.isDryRun else { return }
            try printRecords(of: filters, store)
            try session.report(more)
        }
        guard request.isDryRun else {
            return try session.tellOutcome { try printsIDs ? session.print(ids: ids) : tell(count, isCommitted: $0) }
        }
        try session.note(
            Text(
                en: "dry run: \(count) \(count == 1 ? module.one.en : module.several.en) would be deleted",
                es: "simulacro: \(count == 1 ? "se eliminaría" : "se eliminarían") \(module.spanish.counted(count))"
            )
        )
    }

    /// Returns the reach of the deletion: the one that the options allow, or the one that the user at the terminal
    /// agrees to after seeing what would be deleted.
    private func reach(
        over chosen: ChosenRecords,
        of filters: [String],
        isDryRun: Bool,
        _ store: Store
    ) throws -> DeletionReach {
        if given > .alone || isDryRun { return given }
        let dependents = try store.dependents(of: chosen)
        let count = chosen.count
        let counted = Text(
            en: "\(count) \(count == 1 ? module.one.en : module.several.en)",
            es: module.spanish.counted(count)
        )
        guard session.canAsk else {
            throw CRMError(
                .usage,
                Text(
                    en: "\(counted.en) match\(count == 1 ? "es" : ""); nothing was deleted",
                    es: "\(count == 1 ? "coincide" : "coinciden") \(counted.es); no se eliminó nada"
                ),
                hint: Text(
                    en:
                        "add --yes to delete them and drop their links, --force to delete what belongs to them too, or --dry-run to see what would go",
                    es:
                        "agregar --yes para eliminar y quitar vínculos, --force para eliminar también lo que les pertenece, o --dry-run para ver qué se iría"
                ),
                module: module.name
            )
        }
        try session.tryDeletion(in: store) { _ = try $0.delete(chosen, reach: dependents.reach) }
        let dialogue = session.dialogue
        let records = DoomedRecords(
            module: module,
            store: store,
            ids: try store.ids(of: module, where: filters, atMost: DoomedRecords.mostNamed),
            count: Int(count)
        )
        for line in try records.lines + dependents.ownLines + dependents.lines { try dialogue.say(line) }
        let question =
            dependents.isEmpty
            ? Text(en: "Delete?", es: "¿Eliminar?")
            : Text(en: "Delete all the same?", es: "¿Eliminar de todos modos?")
        guard try dialogue.confirms(question) else {
            try session.note(Text(en: "nothing was deleted", es: "no se eliminó nada"))
            throw CommandFailure(status: ExitStatus.failed)
        }
        return dependents.reach
    }

    /// Prints the records, in the form of `list`.
    private func printRecords(of filters: [String], _ store: Store) throws {
        let format = try session.outputFormat
        var query = try store.list(module)
        query.filters = filters
        query.columns = format.columns([], of: module)
        query.withNames = format.printsNames
        try session.print(query.rows(in: store))
    }

    private func tell(_ count: Int, isCommitted: Bool) throws {
        let deleted = BulkSummary.Count(
            key: "deleted",
            label: .participle("deleted", "eliminad", count, of: module),
            count: count
        )
        try BulkSummary(counts: [deleted], isCommitted: isCommitted).print(in: session)
    }
}
