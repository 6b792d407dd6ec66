import CRMKit
import Formats
import Localization

/// An event for programs, in the same form for every kind of record.
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
    /// The other end of the link for an event of a link; `nil` otherwise.
    let link: LinkEnd?
    /// The part for an event of one of its rows; `nil` otherwise.
    let part: Part?
    /// The present or former position of the row in its record; `nil` if it is unknown.
    let position: Int64?
    /// The changed fields. Those of a new link or row are null before, those of a removed one are null afterwards.
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
    /// The value of one field before and after.
    struct Change {
        /// A stored value, with what is needed to display it.
        struct Side {
            let value: Value
            /// The record's currency, for amounts.
            var currency: String?
            /// The name of the record that a reference refers to.
            var name: String?
            /// The zone in which a moment stands for a whole day, empty for that of the user; `nil` if the time of day
            /// matters.
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

        /// Creates the change of a field that had no value.
        init(_ field: Field, to value: Value) {
            self.field = field
            before = Side(value: .null)
            after = Side(value: value)
        }

        /// Creates the change of a field that no longer has a value.
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
