import CLIKit
import CRMKit
import Formats
import Localization

/// A change set as text for people.
struct LogText {
    let registry: Registry
    let audience: Audience
    let program: String
    let style: Style

    private var language: Language { audience.language }

    func write(_ change: LoggedChange, to sink: ByteSink) throws {
        let id = change.changeSet.id
        try sink.append(header(of: change.changeSet) + "\n")
        try sink.append("    $ \(Sanitizer.visible(change.changeSet.command))\n")
        let words = LogWords(registry: registry, audience: audience)
        let isTruncated = try change.forEachEntry { entry in
            for line in words.lines(on: entry) { try sink.append("    \(Sanitizer.visible(line))\n") }
        }
        guard isTruncated else { return }
        let more = Text(en: "    … and more: \(program) log \(id)", es: "    … y más: \(program) log \(id)")
        try sink.append(more(in: language) + "\n")
    }

    private func header(of changeSet: ChangeSet) -> String {
        let title = Text(en: "change set \(changeSet.id)", es: "conjunto de cambios \(changeSet.id)")(in: language)
        var parts = ["\(audience.clock.localTime(ofStored: changeSet.at)), \(Sanitizer.visible(changeSet.who))"]
        if let undone = changeSet.undoes {
            parts.append(Text(en: "undoes \(undone)", es: "deshace \(undone)")(in: language))
        }
        if let undo = changeSet.undoneBy {
            parts.append(Text(en: "undone by \(undo)", es: "deshecho por \(undo)")(in: language))
        }
        return style.apply(.yellow, to: title) + ", " + parts.joined(separator: ", ")
    }
}

/// The words for the events of records.
struct LogWords {
    let registry: Registry
    let audience: Audience
    /// The number of characters of a value to show; `nil` for all.
    var longestValue: Int? = 60

    private var language: Language { audience.language }

    /// Returns a line for each changed field, or one for the whole event.
    func lines(on entry: LoggedChange.Entry) -> [String] {
        let subject = subject(of: entry)
        switch entry.event {
        case .created: return ["\(subject)  \(say("created", "se creó"))"]
        case .deleted: return ["\(subject)  \(say("deleted", "se eliminó"))"]
        case .restored: return ["\(subject)  \(say("brought back", "se recuperó"))"]
        case .erased: return ["\(subject)  \(say("erased for good", "se suprimió definitivamente"))"]
        case .linked(let end): return ["\(subject)  \(linked("linked with", "se vinculó con", end, \.the))"]
        case .unlinked(let end): return ["\(subject)  \(linked("unlinked from", "se desvinculó", end, \.ofThe))"]
        case .updated(let changes): return changes.map { "\(subject)  \(line(on: .init($0)))" }
        case .linkChanged(let end, let changes):
            let link = linked("link with", "vínculo con", end, \.the, withAttributes: false)
            return changes.map { "\(subject)  \(link), \(line(on: .init($0)))" }
        case .partAdded(let row): return ["\(subject)  \(say("added", "se agregó")) \(nameAndValues(of: row))"]
        case .partRemoved(let row): return ["\(subject)  \(say("removed", "se quitó")) \(nameAndValues(of: row))"]
        case .partChanged(let row, let changes):
            return changes.map { "\(subject)  \(name(of: row, article: false)), \(line(on: .init($0)))" }
        }
    }

    /// Returns a value as shown to people, cut if it is long.
    func label(_ side: LogEvent.Change.Side, of field: Field) -> String {
        if side.value.isNull { return "—" }
        let text = field.type.label(
            of: side.value,
            currency: side.currency,
            dayZone: side.dayZone,
            for: audience
        )
        let whole = [field.type.target.map { registry[$0].one(in: language) }, text, side.name.map(quoted)]
            .compactMap { $0 }
            .joined(separator: " ")
        guard let longestValue, whole.count > longestValue else { return whole }
        return whole.prefix(longestValue - 1) + "…"
    }

    private func say(_ en: String, _ es: String) -> String { Text(en: en, es: es)(in: language) }

    private func subject(of entry: LoggedChange.Entry) -> String {
        switch entry.subject {
        case .record(let module, let id, let name):
            self.name(module, id, name)
                + (entry.mergedInto.map { say(" (merged into \($0))", " (en \($0) por fusión)") } ?? "")
        case .settings: say("settings", "ajustes")
        }
    }

    private func name(_ module: ModuleName, _ id: Int64, _ name: String?) -> String {
        registry[module].numbered(id)(in: language) + (name.map { " \(quoted($0))" } ?? "")
    }

    private func quoted(_ name: String) -> String { say("\"\(name)\"", "«\(name)»") }

    /// Returns the words for an event of a link with its other end, which has an article in Spanish.
    private func linked(
        _ en: String,
        _ es: String,
        _ end: LinkEnd,
        _ article: KeyPath<SpanishNoun, String>,
        withAttributes: Bool = true
    ) -> String {
        let module = registry[end.module]
        let called = say("\(module.one.en) \(end.id)", "\(module.spanish[keyPath: article]) \(end.id)")
        let name = end.name.map { " \(quoted($0))" } ?? ""
        return "\(say(en, es)) \(called)\(name)\(withAttributes ? list(end.attributes) : "")"
    }

    private func nameAndValues(of row: PartRowImage) -> String {
        name(of: row, article: true) + list(row.values)
    }

    /// Returns the name of a row of a part with its position. In a Spanish sentence it has an article.
    private func name(of row: PartRowImage, article: Bool) -> String {
        let noun = say(row.part.label.en.lowercased(), article ? row.part.spanish.the : row.part.spanish.one)
        return noun + (row.position.map { " \($0)" } ?? "")
    }

    private func list(_ attributes: [LinkEnd.Attribute]) -> String {
        let texts = attributes.map { attribute in
            "\(attribute.field.label(in: language)): \(label(.init(value: attribute.value), of: attribute.field))"
        }
        return texts.isEmpty ? "" : " (\(texts.joined(separator: ", ")))"
    }

    private func line(on change: LogEvent.Change) -> String {
        "\(change.field.label(in: language)): \(arrow(change))"
    }

    /// Returns the line for a change of a record: `quote 7 "Pumps"  Stage: Created → Accepted`.
    func line(on change: FieldChange, of record: ChangedRecord, in module: Module) -> String {
        "\(name(module.name, record.id, record.name))  \(line(on: .init(change)))"
    }

    /// Returns the value of a field before and after: `Proposal → Negotiation`.
    func arrow(_ change: LogEvent.Change) -> String {
        "\(label(change.before, of: change.field)) → \(label(change.after, of: change.field))"
    }
}
