import Localization

/// What a line brings back.
extension RecordLines {
    /// The maximum number of records made again that are told.
    private static let mostTold = 3

    /// Tells that a new record may be one that was erased here, or merged into another, and that the input brings it back.
    /// Other databases go on having it, so that each of their exports would.
    func tellRemade(_ record: Int64, _ reading: Reading) throws {
        guard lastID > 0, let createdAt = reading.origin.createdAt, let id = reading.originalID ?? reading.origin.id
        else { return }
        if id <= lastID, module.name == store.registry.center, try store.wasErased(id) {
            return tellErased(record, id)
        }
        guard try store.hasMerged(module) else { return }
        let former = try formerIDs.record(id: id, createdAt: createdAt) ?? id
        guard former != record, let kept = try store.successors(of: [former], in: module)[former] else { return }
        tellMergedAway(record, id, into: kept)
    }

    private func tellErased(_ record: Int64, _ id: Int64) {
        let (new, old) = (module.called(record), module.called(id))
        let verb = "\(ProgramName.placeholder) \(module.name.noun) erase \(record)"
        transaction.notice(
            Text(
                en: """
                    \(new.en) is new: \(old.en) was erased here, and the input may mean that person; if it does, '\(verb)' \
                    erases what came back, and the other database has to as well
                    """,
                es: """
                    \(new.es) es nuevo: aquí se suprimió \(old.es), y la entrada puede referirse a esa persona; si es así, \
                    «\(verb)» suprime lo que volvió, y hay que hacerlo también en la otra base de datos
                    """
            )
        )
    }

    private func tellMergedAway(_ record: Int64, _ id: Int64, into kept: Int64) {
        remade += 1
        guard remade <= Self.mostTold else { return }
        let (new, into) = (module.called(record), module.called(kept))
        let verb = "\(ProgramName.placeholder) \(module.name.noun) merge \(kept) \(record)"
        let (fresh, that) = (module.spanish.agreeing("nuevo", "nueva"), module.spanish.agreeing("ese", "esa"))
        transaction.notice(
            Text(
                en: """
                    \(new.en) is new: what was merged into \(into.en) here has the id \(id) in the input; if it is that one, \
                    '\(verb)' merges it, and a merge there keeps it from coming back
                    """,
                es: """
                    \(new.es) es \(fresh): lo que se fusionó aquí con \(into.es) tiene el id \(id) en la entrada; si es \
                    \(that), se fusiona con «\(verb)», y fusionar también allí evita que vuelva
                    """
            )
        )
    }
}
