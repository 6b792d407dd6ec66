import CLIKit
import CRMKit
import Formats
import Localization

/// The messages of a room as text for people: a heading for each day, then time, author and text of each message.
struct ChatText {
    private let style: OutputStyle
    private let sink: ByteSink

    /// The width of a name, in cells, up to which it is aligned with the others.
    private static let nameWidth = 16
    private static let timeWidth = 5

    init(style: OutputStyle, to sink: ByteSink) {
        self.style = style
        self.sink = sink
    }

    /// Writes messages.
    ///
    /// - Returns: whether there were more messages than the limit.
    func write(_ log: ChatLog, limit: Int?) throws -> Bool {
        var day = ""
        var count = 0
        while let line = try log.next() {
            if let limit, count >= limit { return true }
            count += 1
            let moment = style.audience.clock.shortTime(ofStored: line.sentAt)
            let own = String(moment.prefix(10))
            if own != day {
                try sink.append((day.isEmpty ? "" : "\n") + style.style.apply(.bold, to: own) + "\n")
                day = own
            }
            try write(line, at: String(moment.suffix(Self.timeWidth)))
        }
        return false
    }

    private func write(_ line: ChatLog.Line, at time: String) throws {
        let contact = line.isAlias ? nil : line.contact?.name
        let name = Sanitizer.visible(contact ?? line.name ?? line.username ?? "")
        let padding = String(repeating: " ", count: max(Self.nameWidth - CellWidth.of(name), 0))
        let indent = Self.timeWidth + 2 + Self.nameWidth + 2
        let words = words(of: line)
        let width = max(style.lineWidth - indent, 20)
        let lines = LineWrapping.lines(of: words, width: width, expandsTabs: true)
        try sink.append(
            "\(time)  \(style.style.apply(.bold, to: name))\(padding)  "
                + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "\n"
        )
    }

    private func words(of line: ChatLog.Line) -> String {
        let language = style.language
        var words: [String] = []
        if line.thread != nil { words.append("↳") }
        if line.deletedAt != nil {
            words.append(Text(en: "(deleted)", es: "(eliminado)")(in: language))
        } else {
            let told = SystemMessage(line)?.words(in: language) ?? line.text ?? ""
            if !told.isEmpty { words.append(told) }
        }
        for attachment in line.attachments where attachment.name != line.text { words.append("📎 \(attachment.name)") }
        if line.editedAt != nil, line.deletedAt == nil {
            words.append(Text(en: "(edited)", es: "(editado)")(in: language))
        }
        for reaction in line.reactions { words.append("\(reaction.sign)×\(max(reaction.users.count, 1))") }
        return words.joined(separator: " ")
    }
}
