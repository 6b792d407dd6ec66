import Testing

@testable import CLIKit

/// Dates of tables that have no room for all of their columns.
@Suite("Dates of narrow tables") struct TableDateTests {
    @Test(
        "leaves out the widest text where the date behind the last column finds room so",
        arguments: [
            (60, ["Man", "Com", "Sal", "Abi", "202"], true), (38, ["Man", "Com", "Sal", "Abi", "202"], true),
            (37, ["Man", "Sal", "Abi", "202"], true), (37, ["Man", "Com", "Sal", "Abi"], false),
            (36, ["Man", "Com", "Sal"], true),
        ]
    )
    func dates(lineWidth: Int, shown: [String], leavesOut: Bool) {
        let columns: [Table.Column] = [
            .init("Name", isName: true), .init("Client"), .init("Contact"), .init("Stage"), .init("Day", isWhole: true),
        ]
        var table = Table(
            columns: columns,
            lineWidth: lineWidth,
            style: Style(usesColor: false),
            leavesOutEmpty: leavesOut
        )
        var output: [UInt8] = []
        table.append(["Mantenimiento", "Comercializadora", "Salazar-Vega", "Abierta", "2027-01-31"], to: &output)
        table.finish(to: &output)
        let line = String(decoding: output, as: UTF8.self).split(separator: "\n").last ?? ""
        let cells = line.split(separator: " ").map { String($0.prefix(3)) }
        #expect(cells == shown, "\(line)")
        #expect(table.omittedColumns == columns.count - shown.count && table.emptyColumns.isEmpty)
    }
}
