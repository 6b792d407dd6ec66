import CLIKit
import CRMKit
import Formats
import Localization

/// `crm view save|list|show|rename|remove`: manages the saved lists of a database.
enum ViewCommand: ProgramCommand {
    static let name = "view"
    static let summary = Text(en: "Keep lists under a name", es: "Guardar listas con un nombre")

    static func command(in registry: Registry) -> Command {
        ViewGrammar(registry: registry).command
    }
}

/// The grammar of `view` and its subcommands.
private struct ViewGrammar {
    let registry: Registry

    var command: Command {
        let lead = ProgramName.placeholder
        return Command(
            ViewCommand.name,
            summary: ViewCommand.summary,
            discussion: [
                Text(
                    en: """
                        A view is a filter, an order and columns of one module, under a name: a segment of contacts, the \
                        open cases, the sales of the quarter. It is kept in the database, its changes are in the history, \
                        and it comes along in what export prints and apply takes in.
                        """,
                    es: """
                        Una vista es un filtro, un orden y columnas de un módulo, con un nombre: un segmento de contactos, \
                        los casos abiertos, las ventas del trimestre. Se guarda en la base de datos, sus cambios están en \
                        el historial, y acompaña a lo que export imprime y apply toma.
                        """
                ),
                Text(
                    en: """
                        list and export take all of it with --view NAME; further options add to it or take its place. \
                        Wherever --where is, --view takes its filter: summarize, edit, delete, link, links, actions.
                        """,
                    es: """
                        list y export la toman entera con --view NOMBRE; otras opciones se suman o la reemplazan. Donde \
                        hay --where, --view toma su filtro: summarize, edit, delete, link, links, acciones.
                        """
                ),
            ],
            examples: [
                Example(
                    "\(lead) view save contact vip --where 'tags = vip' --sort name --columns name,email,phone",
                    Text(en: "A segment of contacts", es: "Un segmento de contactos")
                ),
                Example(
                    "\(lead) contact list --view vip --where 'address.city = Puebla' --format id",
                    Text(en: "Those of it in one city", es: "Los de una ciudad")
                ),
                Example(
                    "\(lead) contact edit --view vip --assigned-to ana --dry-run",
                    Text(en: "See what would change in all of it", es: "Ver qué cambiaría en toda ella")
                ),
            ],
            seeAlso: ["contact list", "contact summarize"],
            subcommands: [save, list, show, rename, remove],
            synonyms: ["vista", "segmento", "segment"]
        )
    }

    private var save: Subcommand {
        Subcommand(
            "save",
            Text(en: "Keep a view", es: "Guardar una vista"),
            Text(
                en: "A view of the same name, whatever its case and accents, is replaced as a whole.",
                es: "Una vista del mismo nombre, sin distinguir mayúsculas ni acentos, se reemplaza entera."
            ),
            operands: [module, name],
            options: [
                SharedOptions.filter(.named), SharedOptions.sort(.named), SharedOptions.columns(.named),
                WritingOptions.create, WritingOptions.dryRun,
            ]
        ) { session in
            let invocation = session.invocation
            let (module, name) = try session.viewNamed()
            let view = View(
                of: module,
                name: name,
                filters: invocation[SharedOptions.filter()],
                sort: invocation[SharedOptions.sort()],
                columns: invocation[SharedOptions.columns()]
            )
            try session.change { transaction in
                let isReplaced = try transaction.save(view)
                try session.reportDoubts(of: view.filters, on: session.registry[module], in: transaction.store)
                if isReplaced {
                    try session.note(Text(en: "replaced \(name)", es: "se reemplazó \(name)"))
                }
                return try transaction.store.view(name, of: module)
            }
        }
    }

    private var rename: Subcommand {
        Subcommand(
            "rename",
            Text(en: "Call a view otherwise", es: "Cambiar el nombre de una vista"),
            Text(en: "What it holds stays.", es: "Su contenido no cambia."),
            operands: [
                module, present,
                Operand(
                    Text(en: "NEW", es: "NUEVO"),
                    .one,
                    summary: Text(en: "its new name", es: "su nombre nuevo")
                ),
            ],
            options: [WritingOptions.dryRun]
        ) { session in
            let (module, name) = try session.viewNamed()
            let other = session.invocation.operands[2]
            try session.change { transaction in try transaction.renameView(name, of: module, to: other) }
        }
    }

    private var remove: Subcommand {
        Subcommand(
            "remove",
            Text(en: "Remove a view", es: "Quitar una vista"),
            Text(
                en: "The records stay. \(ProgramName.placeholder) undo brings it back.",
                es: "Los registros quedan. \(ProgramName.placeholder) undo la recupera."
            ),
            operands: [module, present],
            options: [WritingOptions.dryRun]
        ) { session in
            let (module, name) = try session.viewNamed()
            let store = try session.openStore(for: .writing)
            try store.write(session.writeRequest()) { try $0.removeView(name, of: module) }
            try session.tellOutcome { _ in
                try session.note(
                    session.isDryRun
                        ? Text(
                            en: "dry run: would remove the view \(name)",
                            es: "simulacro: se quitaría la vista \(name)"
                        )
                        : Text(en: "removed the view \(name)", es: "se quitó la vista \(name)")
                )
            }
        }
    }

    private var list: Subcommand {
        Subcommand(
            "list",
            Text(en: "List the views", es: "Listar las vistas"),
            Text(en: "By module and name.", es: "Por módulo y nombre."),
            operands: [
                Operand(
                    Placeholder.module,
                    .optional,
                    summary: Text(en: "of this module alone", es: "solo de este módulo"),
                    completion: .modules(of: registry)
                )
            ],
            hasIDs: false
        ) { session in
            let store = try session.openStore(for: .reading)
            let name = session.invocation.operands.first.map(ModuleName.init(rawValue:))
            if let name { try store.checkModule(name) }
            let views = try store.views(of: name)
            try session.printListing(of: View.listed(session.registry)) { listing in
                for view in views { try listing.write(view.row(session.registry, in: session.language)) }
            }
        }
    }

    private var show: Subcommand {
        Subcommand(
            "show",
            Text(en: "Show a view", es: "Mostrar una vista"),
            Text(en: "As JSON it is an object.", es: "En JSON es un objeto."),
            operands: [module, present],
            hasIDs: false
        ) { session in
            let (module, name) = try session.viewNamed()
            try session.print(session.openStore(for: .reading).view(name, of: module))
        }
    }

    private var module: Operand {
        Operand(
            Placeholder.module,
            .one,
            summary: Text(en: "a module, such as contact", es: "un módulo, como contact"),
            completion: .modules(of: registry)
        )
    }

    private var name: Operand {
        Operand(
            Placeholder.name,
            .one,
            summary: Text(en: "the view's name, such as vip", es: "el nombre de la vista, como vip")
        )
    }

    private var present: Operand {
        Operand(
            Placeholder.name,
            .one,
            summary: Text(en: "the view's name", es: "el nombre de la vista"),
            completion: .found(.view(.named))
        )
    }
}

extension Session {
    /// Returns the module and the name of the view given on the command line, in either order.
    fileprivate func viewNamed() throws -> (ModuleName, String) {
        let (first, second) = (invocation.operands[0], invocation.operands[1])
        let isSwapped =
            !registry.names.contains(ModuleName(rawValue: first))
            && registry.names.contains(ModuleName(rawValue: second))
        let (module, name) = isSwapped ? (second, first) : (first, second)
        return (ModuleName(rawValue: module), name)
    }

    /// Changes a view and prints its new definition.
    fileprivate func change(_ body: (Transaction) throws -> View) throws {
        try change(body) { try print($0) }
    }

    /// Prints one view.
    fileprivate func print(_ view: View) throws {
        try printOne(view.row(registry, in: language), of: View.listed(registry))
    }
}

extension View {
    /// Returns the columns of views.
    static func listed(_ registry: Registry) -> [Listing.Column] {
        [
            Listing.Column("module", .one(of: registry.names.map(\.rawValue)), en: "Module", es: "Módulo"),
            Listing.Column("name", .string, en: "Name", es: "Nombre"),
            Listing.Column("where", .string.orNull, en: "Filter", es: "Filtro"),
            Listing.Column("sort", .array(of: .string), en: "Order", es: "Orden"),
            Listing.Column("columns", .array(of: .string), en: "Columns", es: "Columnas"),
        ]
    }

    fileprivate func row(_ registry: Registry, in language: Language) -> Listing.Row {
        let cells = [
            module.rawValue, name, filters.joined(separator: " and "), sort.joined(separator: ","),
            columns.joined(separator: ","),
        ]
        return Listing.Row(
            machine: cells,
            people: [registry[module].label(in: language)] + cells.dropFirst(),
            json: Self.listed(registry).object([
                .string(module.rawValue), .string(name), .text(filters.first), .array(sort.map(JSONValue.string)),
                .array(columns.map(JSONValue.string)),
            ])
        )
    }
}
