import CLIKit
import CRMKit
import Localization

/// The grammar of the whole program. Modules and verbs are built on demand.
struct RootCommand {
    let name: String
    let registry: Registry

    /// The verbs of every module, in the order of the help.
    private static let verbs: [any Verb.Type] = [
        ListVerb.self, ShowVerb.self, AddVerb.self, EditVerb.self, DeleteVerb.self, LinkVerb.self, UnlinkVerb.self,
        LinksVerb.self, SummarizeVerb.self, ImportVerb.self, ExportVerb.self,
    ]

    /// Additional verbs of modules with records that may be duplicates.
    private static let mergingVerbs: [any Verb.Type] = [DuplicatesVerb.self, MergeVerb.self]

    /// The verbs of single modules that read or write more than the database, and therefore cannot be actions in their
    /// definitions.
    private static func ownVerbs(of module: ModuleName) -> [any Verb.Type] {
        switch module {
        case .contact: [TimelineVerb.self, ContactQueryVerb.self, EraseVerb.self, ReportPersonalVerb.self]
        case .organization: [TimelineVerb.self]
        case .quote, .salesOrder, .purchaseOrder, .contract: [PrintVerb.self]
        case .email: [EmailDraftVerb.self, RelinkVerb.self]
        case .campaign: [CampaignMailVerb.self]
        case .document:
            [
                DocumentAddVerb.self, DocumentReviseVerb.self, DocumentCatVerb.self, DocumentExtractVerb.self,
                DocumentOpenVerb.self, DocumentVerifyVerb.self, DocumentPruneVerb.self,
            ]
        case .event: [FreeVerb.self, SyncVerb.self]
        case .channel: [ChannelSyncVerb.self, ChannelDiscoverVerb.self, ChannelLogVerb.self]
        default: []
        }
    }

    /// Returns the verbs of a module: the common ones and its own, which replace common ones of the same name.
    private static func verbs(of module: Module) -> [any Verb.Type] {
        let own = ownVerbs(of: module.name)
        let common = (verbs + mergingVerbs.filter { $0.isListed(for: module) }).map { verb in
            own.first { $0.name == verb.name } ?? verb
        }
        return common + own.filter { verb in !common.contains { $0.name == verb.name } }
    }

    /// The commands of the program that belong to no module, in the order of the help.
    private var commands: [any ProgramCommand.Type] {
        [
            SearchCommand.self, TodayCommand.self, AgendaCommand.self, ReminderCommand.self,
            InitializeCommand.self, BatchCommand.self, ApplyCommand.self, ExportCommand.self, ConfigCommand.self,
            FieldCommand.self, ChoiceCommand.self, RateCommand.self, ViewCommand.self, ReportCommand.self,
            SchemaCommand.self, LogCommand.self, UndoCommand.self, BackupCommand.self, RestoreCommand.self,
            SalvageCommand.self,
            CheckCommand.self,
            HelpCommand.self, GenerateCommand.self,
        ]
    }

    private static let modules = Text(en: "Modules", es: "Módulos")
    private static let others = Text(en: "Other commands", es: "Otros comandos")

    var command: Command {
        var command = Command(
            name,
            summary: Text(
                en: "A scriptable CRM over one SQLite file",
                es: "Un CRM para scripts sobre un archivo SQLite"
            ),
            discussion: ProgramManual.discussion,
            options: GlobalOptions.all,
            examples: ProgramManual.examples,
            sections: ProgramManual.sections,
            subcommands: registry.names.map(moduleEntry) + commands.map { $0.entry(in: registry, group: Self.others) }
        )
        command.vocabulary = { ProgramVocabulary.vocabulary }
        return command
    }

    private func moduleEntry(_ name: ModuleName) -> Subcommand {
        let registry = registry
        return Subcommand(name.noun, summary: ProgramManual.summary(of: registry[name]), group: Self.modules) {
            Self.command(of: registry[name], registry: registry)
        }
    }

    private static func command(of module: Module, registry: Registry) -> Command {
        var command = Command(
            module.name.noun,
            summary: ProgramManual.summary(of: module),
            discussion: ModuleManual(module).discussion,
            sections: ModuleManual(module).sections,
            subcommands: verbs(of: module)
                .map { verb in
                    verb.entry(for: module, in: registry) { $0.helping(on: module, in: registry) }
                }
                + module.actions.map { ActionVerb($0, of: module, in: registry).entry }
                + module.givenParts.map { PartCommand(module: module, part: $0).entry },
            synonyms: module.synonyms,
            kin: module.relatedWords
        )
        command.phrases = { _ in module.endings }
        command.remedies = { Remedies.forVerb(of: module, $0) }
        return command
    }
}
