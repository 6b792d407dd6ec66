import Testing

@testable import CRMKit

/// By which row of an input a link was made.
@Suite struct RowsOfLinksTests {
    @Test("knows the row of every link, where rows are left out and others make links between")
    func rows() {
        var rows = RowsOfLinks()
        for (id, row) in [(10, 1), (11, 2), (12, 4), (14, 5), (15, 6)] { rows.note(Int64(id), row: row) }
        #expect((9...16).map { rows.row(of: $0) } == [nil, 1, 2, 4, nil, 5, 6, nil])
    }

    @Test("forgets what was rolled back when its ids are given again")
    func rolledBack() {
        var rows = RowsOfLinks()
        for id in 1...5 { rows.note(Int64(id), row: id) }
        rows.note(3, row: 8)
        #expect((1...5).map { rows.row(of: $0) } == [1, 2, 8, nil, nil])
    }
}
