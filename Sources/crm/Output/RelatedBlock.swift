import CLIKit
import CRMKit
import Formats
import Localization

/// What hangs on a record, a line for each module.
struct RelatedBlock {
    private let related: RelatedSummary
    private let style: OutputStyle

    init(_ related: RelatedSummary, style: OutputStyle) {
        self.related = related
        self.style = style
    }

    func write(to sink: ByteSink) throws {
        let entries = related.groups.filter { $0.count > 0 }.map { group in
            let newest = group.entries.map { entry in
                let name = entry.name ?? ""
                let role = entry.role.map { key in
                    " (\(group.role?.type.label(of: .text(key), currency: nil, for: style.audience) ?? key))"
                }
                return "\(entry.id) \(name)\(role ?? "")"
            }.joined(separator: "; ")
            let more = group.count > Int64(group.entries.count) ? "; …" : ""
            return KeyValueBlock.Entry(group.module.plural(in: style.language), "\(group.count): \(newest)\(more)")
        }
        if entries.isEmpty { return }
        var lines: [UInt8] = [UInt8(ascii: "\n")]
        KeyValueBlock(entries, lineWidth: style.lineWidth, style: style.style).append(to: &lines)
        try sink.append(lines)
    }
}
