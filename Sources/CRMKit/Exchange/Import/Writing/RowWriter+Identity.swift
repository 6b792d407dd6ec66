import Localization
import SQLite

/// Which record a row is about.
extension RowWriter {
    /// What is found out of the record of a row before it is written.
    struct Identity {
        /// The record; `nil` where the row makes one.
        var existing: Int64?
        /// The words for the earlier row about the same record, if the row continues a part that it began.
        var former: Text?
        /// When the record was made, as the row says.
        var made: Value?
        /// What becomes of a row without any further writing.
        var decided: Change?
    }

    /// Finds the record of a row.
    ///
    /// - Parameter reading: the contents of the row; those that only identify the record are removed.
    /// - Throws: a refusal of a record that must not be there.
    func identity(
        of row: InputRow,
        _ plan: RowPlan,
        _ card: CardInHand?,
        _ reading: inout RowReading
    ) throws -> Identity {
        var identity = Identity()
        let own = try card.flatMap { try ownRecord($0, &reading.given) }
        if let card { try keepSpelling(card, &reading.given) }
        if reading.problems.isEmpty {
            identity.existing = try find(&reading.given, of: row, plan, own: own)
            if let calendar, let entry = row.entry {
                let decision = try calendar.decide(entry, matching: identity.existing) { id in
                    try records.holds(reading.given, id)
                }
                switch decision {
                case .skip:
                    identity.decided = .skipped
                    return identity
                case .add: break
                case .update(let id, let changes):
                    identity.existing = id
                    try reader.give(changes, of: row, to: &reading)
                case .settle(let id):
                    identity.existing = id
                    reading.given = []
                }
            }
        }
        identity.made = try takeMade(&reading, of: row)
        guard let existing = identity.existing else { return identity }
        if goesOn(existing, row, plan) { identity.former = earlier.name(of: existing) }
        guard identity.former == nil else { return identity }
        identity.decided = try decided(existing)
        return identity
    }

    /// Returns the record of this database from which a card was exported under a `UID` that replaces its missing key.
    /// The row then gives no key.
    private func ownRecord(_ card: CardInHand, _ given: inout [RowReading.Given]) throws -> Int64? {
        guard let mapping = module.cards, let position = module.position(of: mapping.identifier),
            let text = given.first(where: { $0.position == position })?.value.text,
            let id = try CardIdentity.id(of: text, in: module, store)
        else { return nil }
        given.removeAll { $0.position == position }
        card.contents.forgetIdentifier()
        return id
    }

    /// Gives a card the `UID` of its record, if the record has it in another spelling.
    private func keepSpelling(_ card: CardInHand, _ given: inout [RowReading.Given]) throws {
        guard let matcher, let position = matcher.onlyPosition,
            module.fields[position].key == module.cards?.identifier,
            let index = given.firstIndex(where: { $0.position == position }), let uid = given[index].value.text
        else { return }
        for other in CardIdentity.otherSpellings(of: uid) where try matcher.find({ _ in .text(other) }) != nil {
            guard try matcher.find({ _ in .text(uid) }) == nil else { return }
            given[index] = RowReading.Given(position: position, value: .text(other), cell: given[index].cell)
            card.contents.forgetIdentifier()
            card.contents.set(module.fields[position].key, to: other)
            return
        }
    }

    /// Keeps the code by which a row names its record as written, if a record has it in that form: codes stored by
    /// earlier versions may contain the blanks and hyphens of Word.
    private func keepCode(_ given: inout [RowReading.Given], of row: InputRow, by matcher: Matcher) throws {
        guard let position = matcher.onlyPosition, module.fields[position].type.isCode,
            let index = given.firstIndex(where: { $0.position == position }),
            let written = row.texts.indices.contains(given[index].cell) ? row.texts[given[index].cell] : nil,
            written.utf8.count != given[index].value.text?.utf8.count, written.utf8.contains(where: { $0 >= 0x80 })
        else { return }
        let value: Value
        do {
            value = try module.fields[position].read(written, in: transaction.values)
        } catch {
            return
        }
        guard value != given[index].value, try matcher.find(distinguishingCase: true, { _ in value }) != nil else {
            return
        }
        given[index] = RowReading.Given(position: position, value: value, cell: given[index].cell)
    }

    /// Returns the record that a row describes; `nil` when there is none. A record that was merged into another is
    /// found by the key of that one.
    ///
    /// - Parameter own: the record from which the row's card was exported, if the card has no key of its own.
    private func find(
        _ given: inout [RowReading.Given],
        of row: InputRow,
        _ plan: RowPlan,
        own: Int64?
    ) throws -> Int64? {
        guard let matcher = matcher(of: plan) else { return try begunRecord(given, row, plan) }
        try keepCode(&given, of: row, by: matcher)
        let values = given
        let isOwn = own != nil && matcher.onlyPosition.map { module.fields[$0].key } == module.cards?.identifier
        var id =
            isOwn
            ? own
            : try matcher.find(distinguishingCase: row.isEntry) { position in
                values.first { $0.position == position }?.value ?? .null
            }
        if id == nil, let place = matcher.onlyPosition,
            let field = try transaction.formerKeys(of: module).first(where: { $0.position == place })?.field,
            let key = given.first(where: { $0.position == place })?.value.text
        {
            id = try transaction.store.present(key, of: field, in: module)
            if id != nil { given.removeAll { $0.position == place } }
        }
        // An id that was merged is no value of the record's own.
        if let id, matcher.isByID { given.removeAll { $0.position == 0 && $0.value != .integer(id) } }
        guard let id else {
            if plan.impliesID, let id = given.first(where: { $0.position == 0 })?.value.integer {
                throw MatchRefusal.strange(id, in: module, references: plan.idReferences(in: module, registry))
            }
            return nil
        }
        // A record made from one file exists already when the next file is read.
        let isPassedOver = options.onMatch == .skip && !earlier.wasMet(id, in: row.file)
        if options.onRepeat == .error, !isPassedOver, !goesOn(id, row, plan), let first = earlier.name(of: id) {
            throw MatchRefusal.repeated(as: first, in: module)
        }
        if options.onRepeat == .error, !isPassedOver, MatchRefusal.isRepetition(formerReason(row, plan) ?? "") {
            throw MatchRefusal.stillRepeated(id, in: module)
        }
        if options.deletesMissing { try MissingRecords.note(id, in: store) }
        return id
    }

    /// Returns the reason for which an earlier import has refused a row; `nil` if the row does not say one.
    func formerReason(_ row: InputRow, _ plan: RowPlan) -> String? {
        if let cell = plan.reasonCell { return row.texts[cell] }
        return row.hasOnlyCells ? nil : row.card?.formerReason
    }

    /// Whether a row continues a record that an earlier row of its file has begun, with other rows in between.
    func goesOn(_ record: Int64, _ row: InputRow, _ plan: RowPlan) -> Bool {
        options.onRepeat == .error && plan.part != nil && earlier.wasMet(record, in: row.file)
    }

    /// Returns what becomes of a row whose record is there and is not to be updated, by the options; `nil` when it is.
    private func decided(_ existing: Int64) throws -> Change? {
        switch options.onMatch {
        case .update: return nil
        case .skip: return .skipped
        case .error:
            throw CRMError(
                .refused,
                Text(
                    en: "\(module.called(existing).en) is there already",
                    es: "\(module.called(existing).es) ya existe"
                )
            )
        }
    }

    /// Removes and returns the moment of creation that a row states, which cannot be set in an existing record.
    private func takeMade(_ reading: inout RowReading, of row: InputRow) throws -> Value? {
        guard let place = reading.given.firstIndex(where: { $0.position == module.createdPosition }) else { return nil }
        let given = reading.given.remove(at: place)
        if let moment = given.value.text, moment > transaction.now {
            let reason = ValueError(en: "is still to come", es: "está por venir")
            if let problem = row.problem(reason, cell: given.cell) as? RowProblem { reading.problems.append(problem) }
        }
        return given.value.isNull ? nil : given.value
    }
}

/// A row whose record has been determined.
struct KnownRow {
    let row: InputRow
    /// The rows after it that hold only further rows of a part of its record.
    let more: [InputRow]
    /// What is left of the row's card.
    let card: CardInHand?
    let identity: RowWriter.Identity

    /// All rows of the record.
    var all: [InputRow] { more.isEmpty ? [row] : [row] + more }

    /// Whether the row is an entry of a calendar.
    var isCalendar: Bool { row.isEntry }
}

/// The card of a row, reduced to what has not been stored yet. It is a class so that rows without a card, which are
/// most, pay nothing for passing it from step to step.
final class CardInHand {
    var contents: CardContents
    /// What people are told of its values.
    var told: [ImportWarning] = []

    /// - Returns: `nil` for a row without a card.
    init?(_ row: InputRow) {
        guard !row.hasOnlyCells, let card = row.card else { return nil }
        contents = card
    }
}
