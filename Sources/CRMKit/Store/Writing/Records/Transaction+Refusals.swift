import Localization
import SQLite

extension Transaction {
    /// The greatest number of records that are tried to find those that refuse a write.
    private static let mostTried = 10_000
    /// The greatest number of records that are named.
    private static let mostNamed = 5

    /// The error that takes back a write that was only tried.
    private struct TakenBack: Error {}

    /// Runs a write on chosen records. If one of them refuses it, the error tells how many do, and names the first five.
    ///
    /// - Parameters:
    ///   - chosen: the records.
    ///   - each: does to one of them what the write does to all.
    ///   - write: the write.
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

    private static func isRefusal(_ error: CRMError) -> Bool { error.code == .refused || error.code == .invalid }

    private func refusals(among chosen: ChosenRecords, of each: (Int64) throws -> Void) throws -> [Text] {
        var (tried, refused) = (0, 0)
        var named: [Text] = []
        let ids: SQLFragment = """
            SELECT "id" FROM \(name: ChosenRecords.table) ORDER BY "id" LIMIT \(bind: .integer(Int64(Self.mostTried)))
            """
        for id in try store.statement(ids).integers() {
            tried += 1
            do {
                try attempt {
                    try each(id)
                    throw TakenBack()
                }
            } catch is TakenBack {
                continue
            } catch let error as CRMError where Self.isRefusal(error) {
                refused += 1
                guard named.count < Self.mostNamed else { continue }
                let line = try store.description(of: id, in: chosen.module).line
                let reason = error.problems.first?.reason
                named.append(reason.map { Text(en: "\(line.en): \($0.en)", es: "\(line.es): \($0.es)") } ?? line)
            }
        }
        return refused > 1 ? [count(refused, of: tried, among: chosen)] + (refused < tried ? named : []) : []
    }

    private func count(_ refused: Int, of tried: Int, among chosen: ChosenRecords) -> Text {
        let (module, isPart) = (chosen.module, tried < chosen.count)
        let noun = module.spanish
        let first = Text(en: isPart ? "first " : "", es: isPart ? noun.agreeing("los primeros ", "las primeras ") : "")
        if refused == tried {
            return Text(
                en: "none of the \(first.en)\(tried) \(module.several.en) can be changed so",
                es: "\(noun.agreeing("ninguno", "ninguna")) de \(first.es)\(noun.counted(tried)) admite el cambio"
            )
        }
        return Text(
            en: "\(refused) of the \(first.en)\(tried) \(module.several.en) cannot be changed so:",
            es: "\(refused) de \(first.es)\(noun.counted(tried)) no admiten el cambio:"
        )
    }
}
