import CLIKit
import CRMKit
import Formats
import Localization

/// `crm MODULE show REF…`: shows whole records and their related records.
enum ShowVerb: Verb {
    static let name = "show"

    static func summary(of module: Module) -> Text {
        Text(
            en: "Show \(module.several.en) with what hangs on them",
            es: "Mostrar \(module.several.es) con lo que depende de \(module.spanish.agreeing("ellos", "ellas"))"
        )
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let noun = module.name.noun
        return Command(
            name,
            summary: summary(of: module),
            discussion: [
                Text(
                    en: """
                        Shows every field of the records named, and how many records of each module are linked \
                        with each or point at it, with the newest of them. In JSON the counts stand under \
                        "related"\(merged(module).en).
                        """,
                    es: """
                        Muestra cada campo de los registros indicados y cuántos registros de cada módulo están \
                        vinculados a cada uno o apuntan a él, con los más nuevos. En JSON las cuentas están en \
                        "related"\(merged(module).es).
                        """
                )
            ] + (module.takesMail ? [MailManual.reading] : []),
            operands: [SharedOperands.references(to: module)],
            options: [SharedOptions.columns(.module(module.name))] + (module.takesMail ? MailShow.options : []),
            examples: [
                Example(
                    "\(ProgramName.placeholder) \(noun) show 42 --json",
                    Text(en: "One record for other tools", es: "Un registro para otras herramientas")
                )
            ],
            seeAlso: ["\(noun) list", "\(noun) links"],
            run: { session in
                if let mail = try MailShow(module, in: session) { return try mail.run() }
                let store = try session.openStore(for: .reading)
                let ids = try session.invocation.operands.map { try store.id(of: $0, in: module) }
                let columns = session.invocation[SharedOptions.columns()]
                try session.show(ids, of: module, in: store, columns: columns, asList: ids.count > 1)
                if ids.count == 1, columns.isEmpty { try session.tellWayOn(from: ids[0], of: module) }
            }
        )
    }
}

extension ShowVerb {
    /// Returns the manual's paragraph about merged records, for modules that have them; empty otherwise.
    private static func merged(_ module: Module) -> Text {
        module.merging == nil
            ? Text("")
            : Text(
                en: ", the ids of records that were merged into it under \"merged_from\"",
                es: ", los id de los registros que se fusionaron en él en \"merged_from\""
            )
    }
}

extension Session {
    /// Informs a user who looks at a contact on a terminal how to add records that are sold to a contact: those of
    /// modules with a reference to one main contact.
    fileprivate func tellWayOn(from id: Int64, of module: Module) throws {
        guard module.name == registry.center, FileDescriptor.standardOutput.isTerminal, try outputFormat == .table
        else {
            return
        }
        for other in registry.modules where other.mirror?.field == module.name.rawValue {
            let command = "\(ProgramName.placeholder) \(other.name.noun) add --\(module.name.noun) \(id)"
            try note(
                Text(
                    en: "\(other.label.withArticle) is added with: \(command)",
                    es: "para agregar \(other.spanish.a): \(command)"
                )
            )
        }
    }
}

extension Session {
    /// Prints whole records; several, or `asList`, as a list.
    ///
    /// - Parameter asked: the requested columns; none for all.
    func show(_ ids: [Int64], of module: Module, in store: Store, columns asked: [String] = [], asList isList: Bool)
        throws
    {
        let format = try outputFormat
        let columns = format == .id ? ["id"] : asked.isEmpty ? nil : asked
        let parts: PartColumns = columns == nil ? .whole : .none
        var style = try outputStyle
        style.hasChosenColumns = columns != nil
        try withOutput { sink in
            if format == .json, isList { try sink.append("[") }
            var output: RecordPrinter?
            for (index, id) in ids.enumerated() {
                _ = try store.read(id, of: module, columns: columns, withNames: format.printsNames, parts: parts) {
                    rows in
                    var printer =
                        output
                        ?? RecordPrinter(rows.columns, format: format, style: style, isList: isList, to: sink)
                    if index == 0 { try printer.begin() }
                    let related =
                        printer.wantsRelated && columns == nil ? try store.related(to: id, in: module) : nil
                    try printer.write(rows, related: related, isFirst: index == 0)
                    if format == .table, let related {
                        try RelatedBlock(related, of: id, in: store, style: style).write(to: sink)
                    }
                    output = printer
                }
            }
            if format == .json, isList { try sink.append(ids.isEmpty ? "]\n" : "\n]\n") }
        }
    }
}
