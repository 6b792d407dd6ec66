import CLIKit
import CRMKit
import Localization

/// `crm event edit REF --occurrence …`: changes one occurrence of a recurring event, or it and all later ones.
struct OccurrenceEdit {
    static let occurrence = ValueOption<String>(
        "occurrence",
        FieldType.occurrence.placeholder,
        summary: Text(en: "Change this occurrence alone", es: "Modificar solo esta repetición"),
        discussion: Text(
            en: """
                It is named by when it begins by the rule, by the clocks of the event's zone: a day, or YYYY-MM-DDTHH:MM \
                where there are several on it. agenda tells the names.
                """,
            es: """
                Se nombra por cuándo empieza según la regla, en la zona del evento: un día, o AAAA-MM-DDTHH:MM si hay \
                varias en él. agenda dice los nombres.
                """
        ),
        group: FieldOptions.group
    )
    static let following = Flag(
        "following",
        summary: Text(en: "Change all after that occurrence as well", es: "Modificar también todas las siguientes"),
        discussion: Text(
            en: """
                The event ends before it, and a new one, with the same contacts, goes on with what is changed; it is \
                printed. What differed on later dates goes with it.
                """,
            es: """
                El evento termina antes de ella, y uno nuevo, con los mismos contactos, sigue con lo modificado; es el que \
                se imprime. Lo que difería en fechas posteriores va con él.
                """
        ),
        group: FieldOptions.group
    )

    static let discussion = Text(
        en: """
            Of an event that comes again all occurrences are changed, or with --occurrence one, with --following too that one \
            and all after it. Where the start alone is given, the end goes along with it.
            """,
        es: """
            De un evento que se repite se modifican todas las repeticiones, o con --occurrence una, y además con --following \
            esa y las siguientes. Si solo se indica el inicio, el término se mueve con él.
            """
    )

    static func examples(_ noun: String) -> [Example] {
        let lead = "\(ProgramName.placeholder) \(noun) edit 7"
        return [
            Example(
                "\(lead) --occurrence 2026-12-03 --starts-at '2026-12-04 10:00'",
                Text(en: "Move one occurrence", es: "Mover una repetición")
            ),
            Example(
                "\(lead) --occurrence 2026-12-03 --following --location 'Room 2'",
                Text(en: "Another place from then on", es: "Otro lugar desde entonces")
            ),
        ]
    }

    private let name: String?
    private let isFollowing: Bool

    /// - Returns: `nil` if neither option is given.
    init?(_ invocation: Invocation) {
        name = invocation[Self.occurrence]
        isFollowing = invocation[Self.following]
        if name == nil, !isFollowing { return nil }
    }

    func run(_ module: Module, in session: Session) throws {
        guard let name else {
            throw CRMError(
                .usage,
                Text(
                    en: "--following goes with --occurrence, which says from when on",
                    es: "--following va con --occurrence, que dice desde cuándo"
                ),
                module: module.name
            )
        }
        guard case .named(let references) = try MeantRecords(session.invocation, of: module, verb: EditVerb.name) else {
            throw CRMError(
                .usage,
                Text(en: "name the event by a REF", es: "indicar el evento con una REF"),
                module: module.name
            )
        }
        let given = try FieldOptions(module).inputs(in: session.invocation, isEdit: true)
        let inputs = try session.meant(by: given.filter { $0.field != Self.part })
        guard !inputs.isEmpty else {
            throw CRMError.nothingToChange(of: module, see: "\(session.program) \(module.name) edit")
        }
        let store = try session.openStore(for: .writing)
        let ids = try references.map { try store.id(of: $0, in: module) }
        let request = session.writeRequest()
        let kept = try CalendarContinuation(module, in: store)
        let (changed, shown) = try store.write(request) { transaction in
            var (changed, shown) = (false, [Int64]())
            for id in ids {
                guard isFollowing else {
                    changed = try transaction.edit(occurrence: name, of: id, in: module, inputs) || changed
                    shown.append(id)
                    continue
                }
                let (later, isChanged) = try transaction.edit(
                    following: name,
                    of: id,
                    in: module,
                    inputs,
                    carrying: kept
                )
                changed = isChanged || changed
                shown.append(later)
            }
            try session.report(of: transaction)
            if request.isDryRun { try session.show(shown, of: module, in: store, asList: shown.count > 1) }
            return (changed, shown)
        }
        try session.finishChange(isChanged: changed, isDryRun: request.isDryRun) {
            try session.showSaved(shown, of: module, in: store)
        }
    }

    /// The name of the part whose option has the same name as ``occurrence``.
    private static let part = "occurrences"
}
