import CLIKit
import CRMKit
import Localization

/// The grammar of the whole program. Modules and verbs are only built when they are asked for.
struct RootCommand {
    let name: String
    let registry: Registry

    private static let modules = Text(en: "Modules", es: "Módulos")
    private static let others = Text(en: "Other commands", es: "Otros comandos")

    var command: Command {
        Command(
            name,
            summary: Text(
                en: "A scriptable CRM over one SQLite file",
                es: "Un CRM para scripts sobre un archivo SQLite"
            ),
            discussion: ProgramManual.discussion,
            options: GlobalOptions.all,
            examples: ProgramManual.examples,
            sections: ProgramManual.sections,
            subcommands: registry.names.map(moduleEntry) + ProgramCommand.all.map(programEntry)
        )
    }

    private func moduleEntry(_ name: ModuleName) -> Subcommand {
        let registry = registry
        return Subcommand(name.noun, summary: ProgramManual.summary(of: registry[name]), group: Self.modules) {
            Self.command(of: registry[name], registry: registry)
        }
    }

    private func programEntry(_ entry: ProgramCommand) -> Subcommand {
        let registry = registry
        return Subcommand(
            entry.name,
            summary: entry.summary,
            group: Self.others,
            isHidden: entry.name == ProgramCommand.generate.name
        ) {
            entry.command(registry)
        }
    }

    private static func command(of module: Module, registry: Registry) -> Command {
        Command(
            module.name.noun,
            summary: ProgramManual.summary(of: module),
            discussion: ModuleManual(module).discussion,
            sections: ModuleManual(module).sections,
            subcommands: Verb.all.map { verb in
                Subcommand(verb.name, summary: verb.summary(module), isHidden: !verb.isListed(module)) {
                    verb.command(module, registry)
                }
            }
        )
    }
}
