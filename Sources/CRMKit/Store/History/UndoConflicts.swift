import Localization

/// What stands in the way of an undo.
struct UndoConflicts {
    private static let mostShown = 20

    private(set) var count = 0
    private var lines: [Text] = []

    /// Adds one; the words are made only for those that are shown.
    mutating func add(_ line: () throws -> Text) rethrows {
        count += 1
        if lines.count < Self.mostShown { lines.append(try line()) }
    }

    /// - Throws: ``CRMError`` `conflict` naming the first of them, where there are any.
    func check(undoing id: Int64) throws(CRMError) {
        guard count > 0 else { return }
        let rest = count - lines.count
        let more = rest > 0 ? [Text(en: "and \(rest) more", es: "y \(rest) más")] : []
        throw CRMError(
            .conflict,
            Text(
                en: "change set \(id) cannot be undone: later changes stand on it (\(count))",
                es: "no se puede deshacer el conjunto de cambios \(id): hay cambios posteriores sobre él (\(count))"
            ),
            hint: Text(
                en: "undo those first; \(ProgramName.placeholder) log shows them",
                es: "deshacer primero esos; \(ProgramName.placeholder) log los muestra"
            ),
            reference: "\(id)",
            details: lines + more
        )
    }
}

extension LoggedTable {
    /// What a message calls one of the rows.
    func label(of row: RowImage, id: Int64, in registry: Registry) -> Text {
        switch subject {
        case .records(let module): return module.called(id)
        case .links(let relation):
            let ends = [relation.center, relation.module].map { registry[$0].called(row[$0.rawValue]?.integer ?? 0) }
            return Text(
                en: "the link of \(ends[0].en) and \(ends[1].en)",
                es: "el vínculo de \(ends[0].es) y \(ends[1].es)"
            )
        case .cards(let cards):
            let owner = "\(cards.owner) \(row[cards.owner]?.integer ?? 0)"
            return Text(en: "the vCard of \(owner)", es: "la vCard de \(owner)")
        case .settings: return Text(en: "the settings", es: "la configuración")
        }
    }
}
