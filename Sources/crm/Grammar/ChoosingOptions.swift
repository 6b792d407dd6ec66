import CLIKit
import CRMKit
import Localization

/// The options by which a verb changes all records that match filters, instead of named ones.
enum ChoosingOptions {
    static let yes = SharedOptions.yes(
        Text(
            en: "Off a terminal it is needed where --where or --view choose the records.",
            es: "Fuera de una terminal hace falta si --where o --view eligen los registros."
        )
    )

    /// Returns the option for filters, all of which must match.
    static func filter(_ subject: CompletionTag.Subject? = nil) -> ListOption<String> {
        SharedOptions.filter(subject)
    }

    /// Returns the options that choose records, and `--yes`, for a verb that does not declare `--yes` itself.
    static func all(of module: Module) -> [any OptionDeclaration] {
        filtering(module) + [yes]
    }

    /// Returns the options that choose records: `--view` and `--where`.
    static func filtering(_ module: Module) -> [any OptionDeclaration] {
        [SharedOptions.chosenView(.module(module.name)), filter(.module(module.name))]
    }

    /// The paragraph on these options in the manual of a verb that has them.
    static let discussion = paragraph(
        Text(
            en: "What is so already is left as it is. \(changes.en)",
            es: "Lo que ya está así se queda igual. \(changes.es)"
        )
    )

    /// The same paragraph for an action, which may refuse a record that is already in the resulting state.
    static let discussionOfDoing = paragraph(changes)

    /// The same paragraph for a verb that makes a record from each one chosen.
    static let discussionOfMaking = paragraph(
        Text(
            en: "--dry-run prints what would be made. As JSON it is an array, be it of one.",
            es: "--dry-run imprime lo que se crearía. En JSON es un arreglo, aunque sea de uno."
        )
    )

    private static let changes = Text(
        en: "--dry-run prints what would change, as it was and as it would be.",
        es: "--dry-run imprime lo que cambiaría, como era y como sería."
    )

    private static func paragraph(_ outcome: Text) -> Text {
        Text(
            en: """
                With --where, or --view, the records are not named but chosen: all that pass the filter. They are counted \
                first; on a terminal a question follows, elsewhere --yes is needed. \(outcome.en) All of it is one change \
                set, whatever its size.
                """,
            es: """
                Con --where, o --view, los registros no se nombran sino que se eligen: todos los que cumplen el filtro. \
                Primero se cuentan; en una terminal sigue una pregunta, fuera de ella hace falta --yes. \(outcome.es) Todo \
                es un solo conjunto de cambios, sea del tamaño que sea.
                """
        )
    }
}

/// The records to which a command line applies.
enum MeantRecords: Equatable {
    /// The records with these references.
    case named([String])
    /// All records that match filters.
    case chosen(RecordChoice)

    /// - Throws: ``CRMError`` `usage` if no records are named, or if some are named together with filters.
    init(_ invocation: Invocation, of module: Module, verb: String) throws(CRMError) {
        let choice = RecordChoice(invocation)
        switch (invocation.operands.isEmpty, choice) {
        case (false, nil): self = .named(invocation.operands)
        case (true, let choice?): self = .chosen(choice)
        case (false, .some):
            throw CRMError(
                .usage,
                Text(
                    en: "records are named, and filters choose others",
                    es: "se nombran registros, y los filtros eligen otros"
                ),
                hint: Text(en: "leave one of the two out", es: "omitir una de las dos cosas"),
                module: module.name
            )
        case (true, nil):
            let lead = "\(ProgramName.placeholder) \(module.name.noun) \(verb)"
            throw CRMError(
                .usage,
                Text(en: "no \(module.several.en) are named", es: "no se nombra \(module.spanish.no)"),
                hint: Text(
                    en: "name them, as in '\(lead) 42', or choose them, as in '\(lead) --where \"tags = vip\"'",
                    es:
                        "nombrar \(module.spanish.theSeveral), como en '\(lead) 42', o elegir con '\(lead) --where \"tags = vip\"'"
                ),
                module: module.name
            )
        }
    }
}

/// The records chosen by the filters of a command line.
struct RecordChoice: Equatable {
    let view: String?
    let filters: [String]
    /// Whether to change the records without a question.
    let isConfirmed: Bool

    /// - Returns: `nil` if there is neither a filter nor a view.
    init?(_ invocation: Invocation) {
        view = invocation[SharedOptions.view()]
        filters = invocation[ChoosingOptions.filter()]
        isConfirmed = invocation[ChoosingOptions.yes]
        if filters.isEmpty, view == nil { return nil }
    }

    /// Returns the filters, those of the view first.
    func filters(of module: Module, in store: Store) throws(CRMError) -> [String] {
        try store.filters(ofView: view, of: module) + filters
    }
}
