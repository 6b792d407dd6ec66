import Localization
import SQLite

extension Transaction {
    /// The greatest number of records that are tried to find those that refuse a write.
    private static let mostTried = 10_000
    /// The number of records after which no further one is tried when all had the same reason.
    private static let mostForOneReason = 100
    /// The greatest number of records that are named.
    private static let mostNamed = 5

    /// Runs a write on chosen records. If one of them refuses it, the error tells how many do, and names the first five.
    ///
    /// - Parameters:
    ///   - chosen: the records.
    ///   - each: does to one of them what the write does to all.
    ///   - write: the write, which must leave nothing behind if it throws.
    public func tellingRefusals<Result>(
        among chosen: @autoclosure () throws -> ChosenRecords,
        of each: (Int64) throws -> Void,
        _ write: () throws -> Result
    ) throws -> Result {
        do {
            return try write()
        } catch var error as CRMError where Self.isRefusal(error) {
            error.details += try refusals(among: chosen(), of: each)
            throw error
        }
    }

    /// Runs a write on chosen records. If it throws and there are few enough of them to be tried again, its changes are
    /// rolled back.
    func attempt<Result>(on chosen: ChosenRecords, _ write: () throws -> Result) throws -> Result {
        chosen.count > 1 && chosen.count <= Self.mostTried ? try attempt(write) : try write()
    }

    private static func isRefusal(_ error: CRMError) -> Bool { error.code == .refused || error.code == .invalid }

    private func refusals(among chosen: ChosenRecords, of each: (Int64) throws -> Void) throws -> [Text] {
        guard chosen.count > 1, chosen.count <= Self.mostTried else { return [] }
        var (tried, refused) = (0, 0)
        var named: [Text] = []
        var reasons: Set<String> = []
        let ids: SQLFragment = "SELECT \"id\" FROM \(name: ChosenRecords.table) ORDER BY \"id\""
        for id in try store.statement(ids).integers() {
            // If a hundred records give the same reason, it does not depend on the record, and the error states it
            // already.
            if tried == Self.mostForOneReason, refused == tried, reasons.count == 1 { return [] }
            tried += 1
            do {
                try rehearse { try each(id) }
            } catch let error as CRMError where Self.isRefusal(error) {
                refused += 1
                reasons.insert(error.problems.first?.reason.en ?? error.message.en)
                guard named.count < Self.mostNamed else { continue }
                let line = try store.description(of: id, in: chosen.module).line
                let reason = error.problems.first?.reason
                named.append(reason.map { Text(en: "\(line.en): \($0.en)", es: "\(line.es): \($0.es)") } ?? line)
            }
        }
        return refused > 1 ? [count(refused, of: tried, in: chosen.module)] + (refused < tried ? named : []) : []
    }

    private func count(_ refused: Int, of tried: Int, in module: Module) -> Text {
        let noun = module.spanish
        if refused == tried {
            return Text(
                en: "none of the \(tried) \(module.several.en) can be changed so",
                es: "\(noun.agreeing("ninguno", "ninguna")) de \(noun.counted(tried)) admite el cambio"
            )
        }
        return Text(
            en: "\(refused) of the \(tried) \(module.several.en) cannot be changed so:",
            es: "\(refused) de \(noun.counted(tried)) no admiten el cambio:"
        )
    }
}
