import Localization

/// The obstacles to an undo.
struct UndoConflicts {
    private static let mostShown = 20
    /// The maximum number of conflicts that are counted, since each is checked on its own.
    private static let mostCounted = 1000

    private(set) var count = 0
    private var lines: [Text] = []
    /// The number of conflicts with the same message as an earlier one: conflicts of several rows of one record are
    /// reported once.
    private var repeated = 0

    /// Whether the maximum is reached, so that the search can stop.
    var isFull: Bool { count >= Self.mostCounted }

    /// Adds a conflict. The message is composed only for those that are shown.
    mutating func add(_ line: () throws -> Text) rethrows {
        count += 1
        guard lines.count < Self.mostShown else { return }
        let text = try line()
        if lines.contains(text) { repeated += 1 } else { lines.append(text) }
    }

    /// - Throws: ``CRMError`` `conflict` naming the first conflicts, if there are any.
    func check(undoing id: Int64) throws(CRMError) {
        guard count > 0 else { return }
        let plus = isFull ? "+" : ""
        let number = "\(count - repeated)\(plus)"
        let rest = count - repeated - lines.count
        let more = rest > 0 ? [Text(en: "and \(rest)\(plus) more", es: "y \(rest)\(plus) más")] : []
        throw CRMError(
            .conflict,
            Text(
                en: "change set \(id) cannot be undone: later changes stand on it (\(number))",
                es: "no se puede deshacer el conjunto de cambios \(id): hay cambios posteriores sobre él (\(number))"
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

extension LoggedRows {
    /// Returns the name of one of the rows in messages.
    func label(of row: RowImage, id: Int64, in registry: Registry) -> Text {
        guard case .table(let table) = self else { return Text(en: "the settings", es: "la configuración") }
        let owners = table.owners.compactMap { field in
            field.type.target.map { registry[$0].ofCalled(row[field.key]?.integer ?? 0) }
        }
        switch table.kind {
        case .records: return table.module.called(id)
        case .links where owners.count > 1:
            return Text(
                en: "the link of \(owners[0].en) and \(owners[1].en)",
                es: "el vínculo \(owners[0].es) y \(owners[1].es)"
            )
        case .part(let part) where owners.count == 1:
            return Text(
                en: "\(part.label.en.lowercased()) of \(owners[0].en)",
                es: "\(part.spanish.the) \(owners[0].es)"
            )
        case .links, .part: return Text("\(table.name) \(id)")
        }
    }
}
