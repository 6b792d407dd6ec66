import CLIKit
import CRMKit
import Formats
import Localization

/// The output about the differing fields and the links of merged records, for people and for programs.
struct MergeOutput {
    private let report: MergeReport
    private var plan: MergePlan { report.plan }
    private let store: Store
    private let session: Session

    init(_ report: MergeReport, store: Store, session: Session) {
        self.report = report
        self.store = store
        self.session = session
    }

    /// Prints the differences in the requested format.
    func print() throws {
        let rows = try rows()
        try session.printListing(of: columns) { listing in for row in rows { try listing.write(row) } }
        if rows.isEmpty { try session.note(Text(en: "no field differs", es: "ningún campo difiere")) }
    }

    /// Shows the differences to the user, on standard error.
    func show() throws {
        guard !plan.differences.isEmpty || !report.conflicts.isEmpty else { return }
        let sink = ByteSink.memory()
        var listing = Listing(columns, format: .table, style: try session.outputStyle, to: sink)
        try listing.begin()
        for row in try rows() { try listing.write(row) }
        try listing.end()
        try FileDescriptor.standardError.write(sink.bytes)
    }

    private var columns: [Listing.Column] {
        [Listing.Column("field", en: "Field", es: "Campo")]
            + plan.records.map { Listing.Column("\($0.id)", en: "\($0.id)", es: "\($0.id)") } + [
                Listing.Column("kept", en: "Kept", es: "Queda"),
                Listing.Column("others", en: "The others", es: "Lo demás"),
                Listing.Column("record", en: "Linked with", es: "Vinculado con"),
            ]
    }

    /// Returns a row for each differing field, and for each differing attribute of links.
    func rows() throws -> [Listing.Row] { try differences() + report.conflicts.map(row) }

    private func differences() throws -> [Listing.Row] {
        try plan.differences.map { difference in
            let field = difference.field
            let records = zip(plan.records, difference.values)
            let machine = records.map { field.type.text(of: $1, currency: $0.currency) }
            let kept = field.type.text(of: difference.result, currency: plan.currency)
            let fates = zip(plan.records, difference.fates).filter { $1.word != nil }
            let values = try records.map { record, value in
                JSONValue.object([
                    JSONMember("id", .integer(record.id)),
                    JSONMember("value", try json(of: field, value, record.currency)),
                ])
            }
            let others = fates.map { record, fate in
                JSONValue.object([
                    JSONMember("id", .integer(record.id)), JSONMember("becomes", .text(fate.word)),
                ])
            }
            return Listing.Row(
                machine: [field.key] + machine + [
                    kept, fates.map { "\($0.id):\($1.word ?? "")" }.joined(separator: "; "), "",
                ],
                people: [field.label(in: session.language)]
                    + (try records.map { try label(of: field, $1, $0.currency) }) + [
                        try label(of: field, difference.result, plan.currency),
                        fates.map { "\($0.id): \($1.label?(in: session.language) ?? "")" }.joined(separator: "; "), "",
                    ],
                json: .object([
                    JSONMember("field", .string(field.key)), JSONMember("values", .array(values)),
                    JSONMember("kept", try json(of: field, difference.result, plan.currency)),
                    JSONMember("others", .array(others)), JSONMember("record", .null),
                ])
            )
        }
    }

    /// Returns the row about a differing attribute of two links that become one.
    private func row(_ conflict: LinkConflict) throws -> Listing.Row {
        let (field, kept, other) = (conflict.field, conflict.values[conflict.kept].value, conflict.other)
        let module = session.registry[conflict.module]
        let name = try store.displayName(of: "\(conflict.record)", in: module)
        func cells(_ text: (Value) throws -> String) throws -> [String] {
            let own = try plan.records.map { record in
                guard let found = conflict.values.first(where: { $0.id == record.id }) else { return "" }
                return try text(found.value)
            }
            return own + [try text(kept)]
        }
        let machine = try cells { field.type.text(of: $0, currency: nil) }
        let people = try cells { try label(of: field, $0, nil) }
        let values = try conflict.values.map { id, value in
            JSONValue.object([
                JSONMember("id", .integer(id)), JSONMember("value", try json(of: field, value, nil)),
            ])
        }
        let becomes = JSONValue.object([
            JSONMember("id", .integer(other.id)), JSONMember("becomes", .string(Self.note)),
        ])
        return Listing.Row(
            machine: [conflict.key] + machine + ["\(other.id):\(Self.note)", "\(conflict.record)"],
            people: [field.label(in: session.language)] + people + [
                "\(other.id): \(Self.inNote(in: session.language))",
                "\(module.called(conflict.record)(in: session.language)) \(name)",
            ],
            json: .object([
                JSONMember("field", .string(conflict.key)), JSONMember("values", .array(values)),
                JSONMember("kept", try json(of: field, kept, nil)), JSONMember("others", .array([becomes])),
                JSONMember(
                    "record",
                    .object([
                        JSONMember("id", .integer(conflict.record)), JSONMember("name", .string(name)),
                    ])
                ),
            ])
        )
    }

    private static let note = "note"
    private static let inNote = Text(en: "in the note of the link", es: "en la nota del vínculo")

    /// Returns a value in the JSON form of records.
    private func json(of field: Field, _ value: Value, _ currency: String?) throws -> JSONValue {
        field.type.json(of: value, currency: currency, name: try name(of: value, field))
    }

    private func label(of field: Field, _ value: Value, _ currency: String?) throws -> String {
        if let id = value.integer, let name = try name(of: value, field) { return "\(id) \(name)" }
        return field.type.label(of: value, currency: currency, for: try session.audience)
    }

    /// Returns the name of the record that a value refers to; `nil` if the value is not a reference.
    private func name(of value: Value, _ field: Field) throws -> String? {
        guard case .reference(let target) = field.type, let id = value.integer else { return nil }
        // The id of a merged record names the kept one afterwards.
        if target == plan.module.name, let record = plan.records.first(where: { $0.id == id }) {
            return record.displayName
        }
        return try store.displayName(of: "\(id)", in: session.registry[target])
    }

    /// Returns sentences about what a merge has done, or a dry run would have done.
    func notes(isCommitted: Bool) throws -> [Text] {
        var notes = report.notes
        // A dry run prints the differences themselves.
        if isCommitted { notes += try sums() + lost() + inNotes() }
        let kept = plan.module.called(plan.records[0].id)
        let others = plan.records.dropFirst().map { "\($0.id)" }.joined(separator: ", ")
        let noun = plan.module.spanish
        let areSeveral = plan.records.count > 2
        let spanish = areSeveral ? "\(noun.theSeveral) \(others)" : "\(noun.the) \(others)"
        let joined = report.joined
        var parts = report.moved.map(\.words)
        if joined > 0 {
            parts.append(
                Text(
                    en: "\(joined) joined with what was there",
                    es: "\(joined) \(joined == 1 ? "unido" : "unidos") a lo que había"
                )
            )
        }
        let moved = Text(joining: parts, with: ", ")
        let tail = parts.isEmpty ? Text("") : Text(en: ", with \(moved.en)", es: ", con \(moved.es)")
        notes.append(
            isCommitted
                ? Text(
                    en: "merged \(others) into \(kept.en)\(tail.en)",
                    es: "\(areSeveral ? "se fusionaron" : "se fusionó") \(spanish) en \(kept.es)\(tail.es)"
                )
                : Text(
                    en: "dry run: would merge \(others) into \(kept.en)\(tail.en)",
                    es:
                        "simulacro: \(areSeveral ? "se fusionarían" : "se fusionaría") \(spanish) en \(kept.es)\(tail.es)"
                )
        )
        return notes
    }

    // MARK: - In a few words

    /// Returns what changes, in a few words for each value; what will only be in the history comes first.
    func shortly() throws -> [(machine: String, people: String)] {
        let fields = try plan.differences.flatMap { difference in
            try zip(plan.records, zip(difference.values, difference.fates)).compactMap { record, both in
                try shortly(difference, both.0, both.1, of: record).map { (both.1 == .history, $0) }
            }
        }
        let links = try report.conflicts.map(shortly)
        return fields.filter { $0.0 }.map { $0.1 } + fields.filter { !$0.0 }.map { $0.1 } + links
    }

    private func shortly(
        _ difference: MergePlan.Difference,
        _ value: Value,
        _ fate: MergePlan.Fate,
        of record: Record
    ) throws -> (machine: String, people: String)? {
        guard let word = fate.word, let label = fate.label else { return nil }
        let field = difference.field
        let machine = "\(field.key): \(field.type.text(of: value, currency: record.currency)) (\(word))"
        let (name, text) = (field.label(in: session.language), try self.label(of: field, value, record.currency))
        guard fate == .history else { return (machine, "\(name): \(text) \(label(in: session.language))") }
        let result = difference.result
        let kept = result.isNull ? nil : try self.label(of: field, result, plan.currency)
        return (machine, "\(name): \(instead(of: text, kept))")
    }

    private func shortly(_ conflict: LinkConflict) throws -> (machine: String, people: String) {
        let (field, kept, other) = (conflict.field, conflict.values[conflict.kept].value, conflict.other.value)
        let module = session.registry[conflict.module]
        let linked = module.numbered(conflict.record)(in: session.language)
        let words = instead(of: try label(of: field, other, nil), kept.isNull ? nil : try label(of: field, kept, nil))
        return (
            "\(conflict.key): \(field.type.text(of: other, currency: nil)) (\(Self.note))",
            "\(field.label(in: session.language)), \(linked): \(words)"
        )
    }

    /// Returns the words for a value that another one, or none, takes the place of: `Manager, not Director`.
    private func instead(of value: String, _ kept: String?) -> String {
        let words = Text(en: "not \(value)", es: "no \(value)")(in: session.language)
        return [kept, words].compactMap { $0 }.joined(separator: ", ")
    }

    /// Returns sentences about the quantities of several records that were added up.
    private func sums() throws -> [Text] {
        try plan.differences.filter { $0.isSum && $0.values.count(where: { !$0.isNull }) > 1 }.map { difference in
            let field = difference.field.label
            let sum = try label(of: difference.field, difference.result, nil)
            return Text(en: "\(field.en): \(sum), added up", es: "\(field.es): \(sum), sumando todo")
        }
    }

    /// Returns sentences about the values that do not remain in their field, and their fate.
    ///
    /// - Parameter isLost: whether to tell a value of a fate.
    func lost(_ isLost: (MergePlan.Fate) -> Bool = { _ in true }) throws -> [Text] {
        try plan.differences.flatMap { difference in
            try zip(plan.records, zip(difference.values, difference.fates)).compactMap { record, both in
                guard let label = both.1.label, isLost(both.1) else { return nil }
                let value = try self.label(of: difference.field, both.0, record.currency)
                let (field, called) = (difference.field.label, plan.module.ofCalled(record.id))
                return Text(
                    en: "\(field.en) \"\(value)\" of \(called.en): \(label.en)",
                    es: "\(field.es) «\(value)» \(called.es): \(label.es)"
                )
            }
        }
    }
}

extension MergeOutput {
    /// The greatest number of differing link attributes that are listed one by one.
    private static let mostTold = 20

    /// Returns sentences about the differing attributes of links, which are stored in notes.
    private func inNotes() throws -> [Text] {
        let told = try report.conflicts.prefix(Self.mostTold).map { conflict in
            let (field, other, module) = (conflict.field, conflict.other, session.registry[conflict.module])
            let value = try label(of: field, other.value, nil)
            let name = try store.displayName(of: "\(conflict.record)", in: module)
            let (whose, linked) = (plan.module.ofCalled(other.id), module.called(conflict.record))
            return Text(
                en: """
                    \(field.label.en) "\(value)" of the link of \(whose.en) with \(linked.en) "\(name)": \(Self.inNote.en)
                    """,
                es: "\(field.label.es) «\(value)» del vínculo \(whose.es) con \(linked.es) «\(name)»: \(Self.inNote.es)"
            )
        }
        let rest = report.conflicts.count - told.count
        guard rest > 0 else { return told }
        return told + [Text(en: "and \(rest) more values of links", es: "y \(rest) valores más de vínculos")]
    }
}

extension MergePlan.Fate {
    /// The word for programs; `nil` for a value that remains in its field.
    fileprivate var word: String? {
        switch self {
        case .kept: nil
        case .point: "point"
        case .reference: "reference"
        case .history: "history"
        }
    }

    /// The label for people; `nil` for a value that remains in its field.
    fileprivate var label: Text? {
        switch self {
        case .kept: nil
        case .point: Text(en: "becomes a contact point", es: "se vuelve un punto de contacto")
        case .reference: Text(en: "still finds the record", es: "aún encuentra el registro")
        case .history: Text(en: "only in the history", es: "solo en el historial")
        }
    }
}
