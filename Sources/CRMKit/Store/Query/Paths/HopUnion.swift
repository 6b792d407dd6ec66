/// Several hops from the records of one module to those of another: links, and fields that refer back. Two records that
/// are related in more than one way form a single pair.
struct HopUnion: Sendable {
    private let ways: [Hop]
    /// The column with the id of the record where the hops begin.
    let near: String
    /// The column with the id of the record where the hops lead.
    let far: String

    /// A column that is set only in pairs related by a field and by links: the last day of the links, or the end of
    /// time for a link without an end.
    private static let linkedUntil = "linked_until"
    private static let endOfTime = SQLFragment.bind(.text("9999-12-31"))
    private static let (way, link) = ("w", "wl")

    /// - Parameter ways: the hops, at most one of which follows links.
    init(_ ways: [Hop]) {
        self.ways = ways
        // The columns of links have the names of the modules. Within one module there are no links.
        let links = ways.first { $0.relation != nil }
        near = links?.near ?? "near"
        far = links?.far ?? "far"
    }

    /// The hop that follows links; `nil` when there is none.
    private var links: Hop? { ways.first { $0.relation != nil } }

    /// The definition of the links; `nil` if there are none.
    var relation: Relation? { links?.relation }

    /// Returns a subquery for the pairs. When one of the hops follows links, it has the columns of links, which are
    /// null for pairs related by a field.
    ///
    /// - Parameter id: the id of the record where the hops begin; `nil` for all records.
    func rows(near id: SQLFragment? = nil) -> SQLFragment {
        let pointing = ways.filter { $0.relation == nil }.map { pairs(of: $0, near: id) }.joined(" UNION ")
        guard let links else { return "(\(pointing))" }
        let columns = linkColumns.map { "\(column: $0, of: Self.way) AS \(name: $0)" as SQLFragment }
        let condition = id.map { " WHERE \(links.condition(near: $0, pairing: Self.way))" as SQLFragment }
        return """
            (\(pointing) UNION ALL SELECT \(columns.joined(", ")), NULL AS \(name: Self.linkedUntil) \
            FROM \(links.table) AS \(name: Self.way)\(condition ?? SQLFragment()))
            """
    }

    /// Returns the condition for pairs that are not also made by an open link.
    ///
    /// - Returns: `nil` when no hop follows links.
    func isFirst(pairing: String, on day: String) -> SQLFragment? {
        guard links != nil else { return nil }
        let until = SQLFragment.column(Self.linkedUntil, of: pairing)
        return "(\(until) IS NULL OR \(until) <= \(bind: .text(day)))"
    }

    private func pairs(of hop: Hop, near id: SQLFragment?) -> SQLFragment {
        let condition =
            id.map { hop.condition(near: $0, pairing: Self.way) } ?? hop.condition(pairing: Self.way)
        let ends = (near: SQLFragment.column(hop.near, of: Self.way), far: SQLFragment.column(hop.far, of: Self.way))
        let columns: [SQLFragment]
        if let links {
            let held = linkColumns.map { column -> SQLFragment in
                let value: SQLFragment = column == near ? ends.near : column == far ? ends.far : "NULL"
                return "\(value) AS \(name: column)"
            }
            columns = held + ["\(end(of: links, between: ends)) AS \(name: Self.linkedUntil)"]
        } else {
            columns = ["\(ends.near) AS \(name: near)", "\(ends.far) AS \(name: far)"]
        }
        return """
            SELECT DISTINCT \(columns.joined(", ")) FROM \(hop.pairRows) AS \(name: Self.way) WHERE \(condition)
            """
    }

    /// Returns the last end of the links between two records; null if there are none.
    private func end(of links: Hop, between ends: (near: SQLFragment, far: SQLFragment)) -> SQLFragment {
        let until: SQLFragment =
            relation?.link.hasPeriod == true
            ? "coalesce(\(column: Relation.endKey, of: Self.link), \(Self.endOfTime))" : Self.endOfTime
        return """
            (SELECT max(\(until)) FROM \(links.table) AS \(name: Self.link) \
            WHERE \(links.condition(near: ends.near, pairing: Self.link)) \
            AND \(column: links.far, of: Self.link) = \(ends.far))
            """
    }

    /// The columns of links, including those by which filters compare them.
    private var linkColumns: [String] {
        relation?.fields.flatMap { ($0.columns + [$0.comparedColumn]).uniqued } ?? []
    }
}
