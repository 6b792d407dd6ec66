import CLIKit
import CRMKit
import Formats
import Localization

/// `crm schema WORD`: prints the JSON Schema of a command's JSON output.
enum SchemaCommand: ProgramCommand {
    static let name = "schema"
    static let summary = Text(
        en: "Describe the JSON that commands print",
        es: "Describir el JSON que imprimen los comandos"
    )

    static func command(in registry: Registry) -> Command {
        SchemaGrammar(registry: registry).command
    }

    /// Returns the option for the other module of the links to describe.
    static func links(_ registry: Registry) -> ValueOption<Module> {
        ValueOption<Module>(
            "links",
            Placeholder.other,
            summary: Text(en: "Describe the links with this module", es: "Describir los vínculos con este módulo"),
            discussion: Text(
                en: "That is what MODULE links OTHER prints: a record of the other module with its link.",
                es: "Es lo que imprime MÓDULO links OTRO: un registro del otro módulo con su vínculo."
            ),
            completion: .modules(of: registry),
            parse: registry.module(named:)
        )
    }
}

/// The grammar of `schema`.
private struct SchemaGrammar {
    let registry: Registry

    private static let discussion = [
        Text(
            en: """
                Prints the JSON Schema (draft 2020-12) of what MODULE show --json prints; a list holds one \
                such object for each record, without related and without what parts hold, such as lines and \
                points, unless --columns asks for it. With --links OTHER, of what MODULE \
                links OTHER prints of each link. The names of other commands stand for what those print, \
                error for a line on standard error; report NAME is a row of that report, MODULE PART one of that \
                part.
                """,
            es: """
                Imprime el JSON Schema (borrador 2020-12) de lo que imprime MÓDULO show --json; una lista \
                tiene un objeto así por registro, sin related y sin lo que guardan las partes, como lines y points, \
                salvo que --columns lo pida. Con --links OTRO, el de lo que \
                imprime MÓDULO links OTRO por cada vínculo. Los nombres de otros comandos representan lo \
                que estos imprimen, y error una línea de la salida de error; report NOMBRE es una fila de \
                ese informe, MÓDULO PARTE una de esa parte.
                """
        ),
        Text(
            en: """
                Every key that is listed is always there, null where there is nothing. Keys and choices may \
                be added in later versions, so that a reader should let unknown ones pass.
                """,
            es: """
                Cada clave indicada está siempre, con null si no hay nada. Las versiones posteriores pueden \
                agregar claves y opciones, así que conviene dejar pasar las desconocidas.
                """
        ),
    ]

    var command: Command {
        Command(
            SchemaCommand.name,
            summary: SchemaCommand.summary,
            discussion: Self.discussion,
            operands: [
                Operand(
                    Placeholder.module,
                    .one,
                    summary: Text(
                        en: "a module, or one of \(Self.reports)",
                        es: "un módulo, o uno de \(Self.reports)"
                    ),
                    completion: .words(words)
                ),
                Operand(
                    Placeholder.name,
                    .optional,
                    summary: Text(
                        en: "a report, after report; a part, after a module",
                        es: "un informe, después de report; una parte, después de un módulo"
                    ),
                    completion: .words(Report.all.map { ($0.name, $0.summary) })
                ),
            ],
            options: [SchemaCommand.links(registry)],
            examples: [
                Example(
                    "\(ProgramName.placeholder) schema opportunity | jq -r '.properties.stage.enum[]'",
                    Text(en: "The stages, for a script", es: "Las etapas, para un script")
                )
            ],
            seeAlso: ["contact show"],
            synonyms: ["esquema"],
            run: { session in
                let schema = try SchemaRequest(session.invocation, registry: session.registry).document
                try session.withOutput { sink in
                    var writer = JSONWriter(sink, layout: .indented)
                    try writer.value(schema)
                    try writer.endLine()
                }
            }
        )
    }

    private static var reports: String {
        (ReportSchemas.all.map(\.name) + [ReportCommand.name]).joined(separator: ", ")
    }

    private var modules: [(word: String, summary: Text)] {
        registry.names.map { ($0.noun, registry[$0].label) }
    }

    private var words: [(word: String, summary: Text)] {
        modules + ReportSchemas.all.map { ($0.name, $0.summary) } + [
            (ReportCommand.name, Text(en: "A row of a report", es: "Una fila de un informe"))
        ]
    }
}

/// The requested schema.
private struct SchemaRequest {
    let document: JSONValue

    init(_ invocation: Invocation, registry: Registry) throws {
        let word = invocation.operands[0]
        let other = try invocation[SchemaCommand.links(registry)]
        if word == ReportCommand.name, other == nil {
            let report = try Self.report(invocation.operands.dropFirst().first)
            document = JSONSchema.row(of: report, in: registry).document(named: "\(word):\(report.name)")
            return
        }
        let module = registry.find(ModuleName(rawValue: word))
        if let module, let name = invocation.operands.dropFirst().first, other == nil {
            let part = try Self.part(name, of: module)
            document = JSONSchema.row(of: part).document(named: "\(module.name):\(part.name)")
            return
        }
        if let more = invocation.operands.dropFirst().first {
            throw CRMError(
                .usage,
                Text(en: "\"\(more)\" has no place behind \(word)", es: "«\(more)» no va después de \(word)")
            )
        }
        if let module {
            guard let other else {
                document = JSONSchema.record(of: module, in: registry).document(named: module.name.noun)
                return
            }
            document = try JSONSchema.link(of: module, with: other, in: registry)
                .document(named: "\(module.name):links:\(other.name)")
            return
        }
        guard let report = ReportSchemas.all.first(where: { $0.name == word }) else {
            throw registry.unknownModule(word)
        }
        guard other == nil else {
            throw CRMError(
                .usage,
                Text(en: "--links goes with a module", es: "--links va con un módulo")
            )
        }
        document = report.schema(registry).document(named: report.name)
    }

    /// Returns the part with a name.
    private static func part(_ name: String, of module: Module) throws(CRMError) -> Part {
        if let part = module.shownParts.first(where: { [$0.name, $0.key].contains(name) }) { return part }
        let list = module.shownParts.map(\.name).joined(separator: ", ")
        throw CRMError(
            .usage,
            Text(
                en: "\(module.several.en) have no part \"\(name)\"",
                es: "\(module.spanish.theSeveral) no tienen la parte «\(name)»"
            ),
            hint: list.isEmpty ? nil : Text(en: "they have: \(list)", es: "tienen: \(list)"),
            module: module.name
        )
    }

    /// Returns the report with a name.
    private static func report(_ name: String?) throws(CRMError) -> Report {
        if let report = name.flatMap(Report.named) { return report }
        let program = ProgramName.placeholder
        throw CRMError(
            .usage,
            name.map { Text(en: "there is no report \"\($0)\"", es: "no existe el informe «\($0)»") }
                ?? Text(en: "name the report", es: "indicar el informe"),
            hint: Text(didYouMean: name.map { nearestWords(to: $0, among: Report.all.map(\.name)) } ?? [])
                ?? Text(en: "'\(program) report list' lists them", es: "'\(program) report list' los enumera")
        )
    }
}
