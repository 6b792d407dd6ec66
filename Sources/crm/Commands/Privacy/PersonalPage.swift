import CRMKit
import Formats
import Localization

/// An HTML page with whole records in sections, each a list of labels and values.
struct PersonalPage {
    let audience: Audience
    let registry: Registry
    let sink: ByteSink

    private var language: Language { audience.language }

    private static let style = """
        body { font: 11pt/1.4 sans-serif; max-width: 48em; margin: 2em auto; padding: 0 1em; color: #222; }
        h1 { font-size: 1.5em; } h2 { font-size: 1.15em; border-bottom: 1px solid #bbb; margin-top: 2em; }
        dl { display: grid; grid-template-columns: 14em 1fr; gap: .1em 1em; margin: 1em 0; break-inside: avoid; }
        dt { color: #666; } dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        """

    func begin(_ name: String, on day: String) throws {
        let title = Text(en: "What is held about", es: "Datos que se guardan:")(in: language)
        let date = Text(en: "As of", es: "Al")(in: language)
        try sink.append(
            """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(escaped(title)) \(escaped(name))</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <h1>\(escaped(title)) \(escaped(name))</h1>
            <p>\(date) \(day)</p>

            """
        )
    }

    func section(_ title: String) throws { try sink.append("<h2>\(escaped(title))</h2>\n") }

    /// Writes the present record of some rows; fields without a value are left out.
    func write(_ row: Rows) throws {
        try sink.append("<dl>\n")
        for column in row.columns {
            let text = try PeopleText.lines(column, in: row, audience)
            if text.isEmpty { continue }
            try pair(column.label(in: language), text)
        }
        try sink.append("</dl>\n")
    }

    /// Writes labels, each with its text.
    func write(_ pairs: [(String, String)]) throws {
        try sink.append("<dl>\n")
        for (label, text) in pairs { try pair(label, text) }
        try sink.append("</dl>\n")
    }

    /// Writes the values of a former record.
    func write(_ values: [FieldChange]) throws {
        let words = LogWords(registry: registry, audience: audience, longestValue: nil)
        let pairs: [(String, String)] = values.map { value in
            let before = LogEvent.Change(value).before
            return (value.field.label(in: language), words.label(before, of: value.field))
        }
        try write(pairs)
    }

    /// Writes the values of a row of a part.
    func write(_ values: [LinkEnd.Attribute]) throws {
        let words = LogWords(registry: registry, audience: audience, longestValue: nil)
        let pairs: [(String, String)] = values.map { value in
            let side = LogEvent.Change.Side(value: value.value)
            return (value.field.label(in: language), words.label(side, of: value.field))
        }
        try write(pairs)
    }

    /// Writes the history of a record: who changed it when, and the former values.
    func write(_ history: [RecordHistory], of subject: ChangeSetDetail.Subject) throws {
        let words = LogWords(registry: registry, audience: audience, longestValue: nil)
        let pairs: [(String, String)] = history.map { change in
            let set = change.changeSet
            let lines = change.events.flatMap { words.lines(on: LoggedChange.Entry(subject: subject, event: $0)) }
            let text = (["\(set.who): \(set.command)"] + lines).joined(separator: "\n")
            return (audience.clock.localTime(ofStored: set.at), text)
        }
        try write(pairs)
    }

    /// Writes messages with the times at which they were sent. The text before an edit or a removal is included.
    func write(_ log: ChatLog) throws {
        try sink.append("<dl>\n")
        while let line = try log.next() {
            let said = [line.text].compactMap { $0 } + line.earlier.map(\.text)
            let attached = line.attachments.map { $0.link ?? $0.name }
            try pair(audience.clock.localTime(ofStored: line.sentAt), (said + attached).joined(separator: "\n"))
        }
        try sink.append("</dl>\n")
    }

    func end() throws { try sink.append("</body>\n</html>\n") }

    private func pair(_ label: String, _ value: String) throws {
        try sink.append("<dt>\(escaped(label))</dt><dd>\(escaped(value))</dd>\n")
    }

    private func escaped(_ text: String) -> String { HTMLEscape.escaped(text) }
}
