import CRMKit
import Formats
import Localization

/// An event as programs read it, the same whichever record it befell.
struct LogEvent {
    /// The kind of the event. The raw values are part of the contract with scripts.
    enum Kind: String, CaseIterable {
        case created, updated, deleted, restored, erased, linked
        case linkChanged = "link_changed"
        case unlinked
        case partAdded = "part_added"
        case partChanged = "part_changed"
        case partRemoved = "part_removed"
    }

    let kind: Kind
    /// The other end of the link, for an event of a link; otherwise `nil`.
    let link: LinkEnd?
    /// The part, for an event of its row.
    let part: Part?
    /// The place that the row has or had among those of its record, where that is known.
    let position: Int64?
    /// The fields that changed. Those of a new link or row were nothing before, those of one taken away are nothing
    /// afterwards.
    let changes: [Change]

    init(_ event: RecordEvent) {
        switch event {
        case .created: self.init(kind: .created)
        case .deleted: self.init(kind: .deleted)
        case .restored: self.init(kind: .restored)
        case .erased: self.init(kind: .erased)
        case .updated(let changes): self.init(kind: .updated, changes: changes.map(Change.init))
        case .linkChanged(let end, let changes):
            self.init(kind: .linkChanged, link: end, changes: changes.map(Change.init))
        case .linked(let end):
            self.init(kind: .linked, link: end, changes: end.attributes.map { Change($0.field, to: $0.value) })
        case .unlinked(let end):
            self.init(kind: .unlinked, link: end, changes: end.attributes.map { Change($0.field, from: $0.value) })
        case .partAdded(let row):
            self.init(kind: .partAdded, row: row, changes: row.values.map { Change($0.field, to: $0.value) })
        case .partChanged(let row, let changes):
            self.init(kind: .partChanged, row: row, changes: changes.map(Change.init))
        case .partRemoved(let row):
            self.init(kind: .partRemoved, row: row, changes: row.values.map { Change($0.field, from: $0.value) })
        }
    }

    private init(kind: Kind, link: LinkEnd? = nil, row: PartRowImage? = nil, changes: [Change] = []) {
        self.kind = kind
        self.link = link
        part = row?.part
        position = row?.position
        self.changes = changes
    }

    /// The label of the kind for people.
    var label: Text {
        switch kind {
        case .created: Text(en: "created", es: "creación")
        case .updated: Text(en: "changed", es: "cambio")
        case .deleted: Text(en: "deleted", es: "eliminación")
        case .restored: Text(en: "brought back", es: "recuperación")
        case .erased: Text(en: "erased", es: "supresión")
        case .linked: Text(en: "linked", es: "vínculo")
        case .linkChanged: Text(en: "link changed", es: "cambio de vínculo")
        case .unlinked: Text(en: "unlinked", es: "desvinculación")
        case .partAdded: Text(en: "part added", es: "alta de una parte")
        case .partChanged: Text(en: "part changed", es: "cambio de una parte")
        case .partRemoved: Text(en: "part removed", es: "baja de una parte")
        }
    }
}

extension LogEvent {
    /// One field before and after.
    struct Change {
        /// A stored value, with what is needed to read it.
        struct Side {
            let value: Value
            /// The record's currency, for amounts.
            var currency: String?
            /// The name of the record that a reference refers to.
            var name: String?
            /// The zone whose day a moment stands for, empty for that of the user; `nil` where the time of day counts.
            var dayZone: String?
        }

        let field: Field
        let before: Side
        let after: Side

        init(_ change: FieldChange) {
            field = change.field
            before = Side(
                value: change.before,
                currency: change.currencyBefore,
                name: change.nameBefore,
                dayZone: change.dayZoneBefore
            )
            after = Side(
                value: change.after,
                currency: change.currencyAfter,
                name: change.nameAfter,
                dayZone: change.dayZoneAfter
            )
        }

        /// A field that had no value.
        init(_ field: Field, to value: Value) {
            self.field = field
            before = Side(value: .null)
            after = Side(value: value)
        }

        /// A field that has no value any more.
        init(_ field: Field, from value: Value) {
            self.field = field
            before = Side(value: value)
            after = Side(value: .null)
        }
    }
}

extension ChangeSet.Counts {
    /// The counts in the order of ``LogEvent/Kind``.
    var byKind: [(kind: LogEvent.Kind, count: Int)] {
        [
            (.created, created), (.updated, updated), (.deleted, deleted), (.restored, restored), (.erased, erased),
            (.linked, linked), (.linkChanged, linksChanged), (.unlinked, unlinked), (.partAdded, partsAdded),
            (.partChanged, partsChanged), (.partRemoved, partsRemoved),
        ]
    }
}
