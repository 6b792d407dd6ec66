import Localization
import SQLite

/// Records that cells name.
extension RowReader {
    /// The record that a cell names for a field. Where another cell names it by a key of its own, that one decides, and the
    /// name is that of one that is not there yet. Of several with their addresses the first is it, and the others are linked
    /// where they can be.
    func reference(
        _ row: InputRow,
        _ cell: Int,
        _ prefix: String,
        at position: Int,
        _ plan: RowPlan,
        _ reading: inout RowReading
    ) throws -> Value {
        func text(_ cell: Int) -> String? { row.texts[cell].flatMap { isNothing($0) ? nil : $0 } }
        guard let own = text(cell), let target = module.fields[position].type.target else { return .null }
        if let keys = plan.keys[cell], keys.contains(where: { text($0) != nil }) {
            // What is told beside an id is looked at with that.
            if keys.contains(where: { plan.columns[$0] == .field(position) && text($0) != nil }) { return .null }
            return try named(own, prefix, in: registry[target]).map(Value.integer) ?? .null
        }
        let addressees = ReferenceResolver.addressees(inExport: own)
        if let first = addressees.first, module.linkedModules(in: registry).contains(target) {
            let id = try resolver.id(first, prefix: prefix, in: registry[target])
            for other in addressees.dropFirst() {
                reading.links.append((target, try resolver.id(other, prefix: prefix, in: registry[target])))
            }
            return .integer(id)
        }
        let name = plan.names[cell].flatMap(text)
        let making = row.makings[cell] ?? name.map { RecordMaking(name: $0, isSure: false) }
        return .integer(try resolver.id(own, prefix: prefix, in: registry[target], making: making))
    }

    /// The record that a cell names by its id, where another cell says what it is called: ids of another database are those of
    /// other records here.
    func reference(_ text: String, called name: String, at position: Int, _ plan: RowPlan) throws -> Value {
        let (key, target) = (module.fields[position].key, module.fields[position].type.target)
        let value: Value
        do {
            value = try self.value(text, at: position)
        } catch let error as CRMError where error.code == .notFound && Reference.id(text) != nil {
            throw error.adding(MatchRefusal.foreignReference(key))
        }
        // Where rows are matched by their ids, one of them may give another its name.
        guard let id = value.integer, let target, target != module.name || !plan.impliesID,
            let present = try resolver.name(of: id, in: registry[target]), Fold.fold(present) != Fold.fold(name)
        else { return value }
        throw MatchRefusal.otherName(present, of: id, in: registry[target], not: name, key: key)
    }

    /// The one record of a name; `nil` where there is none, or several.
    private func named(_ name: String, _ prefix: String, in target: Module) throws -> Int64? {
        do {
            return try resolver.existing(name, by: [prefix], in: target)
        } catch let error as CRMError where error.code == .ambiguous {
            return nil
        }
    }
}
