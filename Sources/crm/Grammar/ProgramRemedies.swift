import CLIKit
import CRMKit
import Localization

/// What to write instead of options and commands of other programs, where it is more than another name.
enum ProgramRemedies {
    /// All remedies. The first one for a word is suggested, so those for one command come before those for all
    /// commands.
    static var all: [Remedy] { [records, days, links, documents, files, definitions, lists, output].flatMap { $0 } }

    private static let program = ProgramName.placeholder

    private static var output: [Remedy] {
        // Only for commands that read, since for others the file may be their own input.
        let reports = Report.all.map { "report \($0.name)" }
        let reading = ["list", "show", "summarize", "search", "log", "agenda"] + reports
        return [
            Remedy("backup", "--output --out -o", "LINE VALUE"),
            Remedy("", "--out", "--output VALUE"),
            Remedy("", "--output --out -o --output-format", "--format VALUE"),
            Remedy("", "--xlsx --excel --xls", "--format csv"),
        ] + reading.map { Remedy($0, "--output --out -o", "LINE … > VALUE") }
    }

    private static var lists: [Remedy] {
        [
            Remedy("undo", "--last --latest --último --ultimo", "LINE"),
            Remedy("", "-0", "--limit VALUE"),
            Remedy("", "--page --offset --skip --página", "--limit … --after …"),
            Remedy("", "--reverse --desc --descending --inverso --descendente", "--sort -…"),
            Remedy("list", "--search --find --grep --buscar --busca", "\(program) search VALUE"),
            Remedy("contact list", "--since", #"--where "created_at >= VALUE""#),
            Remedy("organization list", "--since", #"--where "created_at >= VALUE""#),
            Remedy("list", "--sum --avg --median --pivot --measure", "\(program) NOUN summarize OPTION VALUE"),
            Remedy("list", "--group --group-by --agrupar --agrupar-por", "\(program) NOUN summarize --by VALUE"),
        ]
    }

    private static var records: [Remedy] {
        [
            Remedy("", "--type", "--kind"),
            Remedy("campaign add", "--end-date --ends-at", "--closing-date VALUE"),
            Remedy("quote reject", "--rejection-reason", "--reason VALUE"),
            Remedy("contract", "renew renovar", "\(program) contract edit VALUE --end-date …"),
            Remedy("edit", "--input --stdin", "… | xargs LINE"),
            Remedy("edit", "--clear --unset --empty --vaciar", "--VALUE ''"),
            Remedy("merge", "--into --to --en", "LINE VALUE …"),
            Remedy(
                "contact",
                "comment comentar comentario note nota anotar",
                "\(program) comment add --contact VALUE --body …"
            ),
        ]
    }

    private static var days: [Remedy] {
        [
            Remedy("agenda", "--days --días --next --próximos", "--from today --until +VALUEd"),
            Remedy("agenda", "today hoy day día", "--day"),
            Remedy("agenda", "tomorrow mañana", "--day --on tomorrow"),
            Remedy("agenda", "--today --hoy", "--day"),
            Remedy("agenda", "--tomorrow --mañana", "--day --on tomorrow"),
            Remedy("agenda", "week semana", "--week"),
            Remedy("agenda", "month mes", "--month"),
            Remedy("today", "tomorrow mañana --tomorrow --mañana", "--on tomorrow"),
            Remedy("today", "yesterday ayer --yesterday --ayer", "--on yesterday"),
            Remedy("today", "week semana --week --semana", "\(program) agenda --week"),
        ]
    }

    private static var links: [Remedy] {
        [
            Remedy("asset", "assign asignar checkout lend prestar", "\(program) contact link asset … VALUE"),
            Remedy("asset", "return devolver checkin unassign", "\(program) contact unlink asset … VALUE"),
            Remedy(
                "asset",
                "transfer reassign handover transferir traspasar reasignar",
                "\(program) contact link asset … VALUE --replace"
            ),
        ]
    }

    private static var documents: [Remedy] {
        ["quote", "sales-order", "purchase-order", "contract"].map {
            Remedy($0, "pdf", "\(program) NOUN print VALUE --pdf")
        } + [Remedy("quote", "invoice facturar convert convertir", "\(program) quote order VALUE")]
    }

    private static var files: [Remedy] {
        [
            Remedy("init", "*", "\(program) --db VALUE init"),
            Remedy("import", "--skip-header --header --has-header --con-encabezado", "LINE …"),
        ]
    }

    private static var definitions: [Remedy] {
        [
            Remedy("view save", "*", "--where VALUE"),
            Remedy("choice list", "*", "LINE ….VALUE"),
            Remedy("report comment-thread", "*", "--comment VALUE"),
            Remedy("field add", "*", "--type VALUE"),
            Remedy("field add", "--name --label --nombre --etiqueta --title", "--en VALUE --es VALUE"),
        ]
    }
}
