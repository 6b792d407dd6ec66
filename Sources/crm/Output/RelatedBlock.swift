import CLIKit
import CRMKit
import Formats
import Localization

/// The records related to a record, by module: their number, then the newest, one line each. The records merged into it
/// follow at the end.
struct RelatedBlock {
    private let related: RelatedSummary
    private let id: Int64
    private let store: Store
    private let style: OutputStyle

    /// The greatest number of lines per module.
    private static let newest = 3

    init(_ related: RelatedSummary, of id: Int64, in store: Store, style: OutputStyle) {
        self.related = related
        self.id = id
        self.store = store
        self.style = style
    }

    func write(to sink: ByteSink) throws {
        var entries = try related.groups.filter { $0.count > 0 }.map { group in
            let lines = try self.lines(of: group)
            let more = group.count > Int64(lines.count) ? ["…"] : []
            return KeyValueBlock.Entry(
                "\(group.module.plural(in: style.language)) (\(group.count))",
                (lines + more).joined(separator: "\n")
            )
        }
        let former = (related.mergedFrom ?? []).map(String.init)
        if !former.isEmpty {
            let label = Text(en: "Merged from", es: "Fusionado de")(in: style.language)
            entries.append(KeyValueBlock.Entry(label, former.joined(separator: ", ")))
        }
        if entries.isEmpty { return }
        var lines: [UInt8] = [UInt8(ascii: "\n")]
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &lines)
        try sink.append(lines)
    }

    private func lines(of group: RelatedSummary.Group) throws -> [String] {
        let records = try store.records(on: id, by: group.ways, limit: Self.newest)
        var lines: [String] = []
        while lines.count < Self.newest, let record = try records.next() {
            let words = MentionWords(record, for: style.audience)
            let role = words.role.isEmpty ? "" : " (\(words.role))"
            let details = try words.details
            let line = "\(try words.date)  \(words.id) \(words.name)\(role)"
            lines.append(line + (details.isEmpty ? "" : ": \(details)"))
        }
        return lines
    }
}
