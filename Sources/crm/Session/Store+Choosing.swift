import CRMKit

extension Store {
    /// Returns the ids of the first records that match filters.
    func ids(of module: Module, where filters: [String], atMost limit: Int) throws -> [Int64] {
        var query = try list(module)
        query.filters = filters
        query.columns = ["id"]
        query.limit = limit
        query.withNames = false
        let rows = try query.rows(in: self)
        var ids: [Int64] = []
        while try rows.next() { ids.append(rows.integer(0)) }
        return ids
    }
}
