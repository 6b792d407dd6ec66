import CRMKit
import Formats
import Localization

/// The output of all data about a person as a page.
extension ReportPersonalRun {
    private func say(_ en: String, _ es: String) -> String { Text(en: en, es: es)(in: session.language) }

    func writePage(of id: Int64, isGone: Bool, _ store: Store, to sink: ByteSink) throws {
        let page = PersonalPage(audience: try session.audience, registry: session.registry, sink: sink)
        try page.begin(try store.described(id, in: module).words()(in: session.language), on: store.clock.today)
        try page.section(module.label(in: session.language))
        if isGone {
            try page.write(store.lastKnown(id, in: module))
        } else {
            _ = try store.read(id, of: module, columns: nil, withNames: true, parts: .whole) { try page.write($0) }
        }
        let kept = try store.keptRows(of: id, in: module)
        for row in kept {
            try page.section(row.part.label(in: session.language))
            try page.write(row.values)
        }
        try forEachFormer(id, store) { former, values, history in
            try page.section(say("Was \(module.called(former).en) before", "Antes fue \(module.called(former).es)"))
            try page.write(values)
            try page.write(history, of: .record(module.name, id: former, name: nil))
        }
        try writeRecords(of: id, store, to: page)
        try writeRemoved(of: id, store, to: page)
        try writeTexts(naming: id, store, to: page)
        try forEachChat(id, store) { room, log in
            let names = log.usernames.joined(separator: ", ")
            try page.section(say("Chat \(room.name), as \(names)", "Chat \(room.name), como \(names)"))
            try page.write(log)
        }
        try page.section(say("Who changed the record", "Quién cambió el registro"))
        try page.write(store.history(of: id, in: module), of: .record(module.name, id: id, name: nil))
        try page.end()
    }

    private func writeRecords(of id: Int64, _ store: Store, to page: PersonalPage) throws {
        let pointing = try pointing(id, store)
        if !pointing.isEmpty {
            try page.section(module.plural(in: session.language))
            let pairs: [(String, String)] = pointing.map { other in
                let label = module.field(other.field)?.label(in: session.language) ?? other.field
                return (label, "\(module.numbered(other.id)(in: session.language)) \(other.name ?? "")")
            }
            try page.write(pairs)
        }
        try forEachModule(id, store) { other, rows in
            guard try rows.next() else { return }
            try page.section(other.plural(in: session.language))
            try page.write(rows)
            while try rows.next() { try page.write(rows) }
        }
        let files = try store.files(ofPerson: id)
        guard let command = command(for: files) else { return }
        try page.section(say("Files", "Archivos"))
        let pairs: [(String, String)] = [(say("Written by", "Se escriben con"), command)]
        try page.write(pairs)
    }

    /// Writes removed rows, those of one kind in one section.
    private func writeRemoved(of id: Int64, _ store: Store, to page: PersonalPage) throws {
        var last = ""
        try store.forEachFormerRow(ofPerson: id) { row in
            let module = session.registry[row.module]
            let kind =
                row.part?.plural(in: session.language)
                ?? (row.isLink
                    ? say("Links with \(module.several.en)", "Vínculos con \(module.several.es)")
                    : module.plural(in: session.language))
            let noun = row.part?.spanish ?? module.spanish
            let deleted = row.isLink ? "eliminados" : noun.agreeing("eliminados", "eliminadas")
            let title = say("\(kind), deleted", "\(kind): \(deleted)")
            if title != last { try page.section(title) }
            last = title
            try page.write(row.values)
        }
    }

    private func writeTexts(naming id: Int64, _ store: Store, to page: PersonalPage) throws {
        var texts: [(String, String)] = []
        try store.forEachText(naming: id) { text in
            let field = text.field.label(in: session.language)
            let record = session.registry[text.module].numbered(text.id)(in: session.language)
            texts.append(("\(record): \(field)", text.text))
        }
        guard !texts.isEmpty else { return }
        try page.section(say("Texts of others that name the person", "Textos de otros que nombran a la persona"))
        try page.write(texts)
    }
}
