import Formats
import Localization

extension MigrationStep {
    /// The migration steps of the exchange formats for earlier formats of the database, oldest first.
    public static var exchange: [MigrationStep] {
        [
            // Up to this format the further addresses and numbers of cards were stored as properties without a field.
            MigrationStep(from: 7, fill: { try $0.takeKeptPoints() })
        ]
    }
}

/// The further addresses and numbers of cards that were stored as properties before there was a part for them.
struct UnmigratedPoints {
    private let module: Module
    private let mapping: CardMapping.Points
    private let part: Part
    private let kept: CardRemainder
    private let writer: PartWriter
    private let transaction: Transaction

    /// - Returns: `nil` for a module without a mapping to cards.
    init?(of module: Module, in transaction: Transaction) throws {
        guard let mapping = module.cards?.points, let part = module.cardPoints, let table = module.cardRemainder else {
            return nil
        }
        self.module = module
        self.mapping = mapping
        self.part = part
        self.transaction = transaction
        kept = CardRemainder(table)
        writer = try transaction.rows(of: part, in: module)
    }

    /// Creates rows of the part from stored properties of a record. A property with more than a row can hold, such as
    /// an unusual type, also stays stored.
    ///
    /// - Returns: the number of properties that became rows.
    func settle(_ record: Int64) throws -> Int {
        let properties = try kept.properties(of: record, in: transaction.store).entries
        var present = try writer.rows(of: record).compactMap { CardPoint($0.values, of: part, by: mapping) }
        var rest: [UnmappedProperties.Entry] = []
        var count = 0
        let labels = GroupLabels(properties.lazy.map(\.property))
        // What earlier versions kept of a card names no fields of the file's own.
        var owner = Record(module)
        for entry in properties {
            let group = labels.label(of: entry.property)
            guard entry.place == nil,
                let point = CardPoint(entry.property, group: group, by: mapping, of: module),
                let written = point.property(by: mapping).map({ WrittenProperty(slot: .point, property: $0) })
            else {
                rest.append(entry)
                continue
            }
            if !present.contains(where: { $0.isSame(as: point) }) {
                try writer.add(point.row(in: part, of: &owner, by: mapping, transaction).values, to: record)
                present.append(point)
            }
            if !written.says(entry.property) {
                rest.append(UnmappedProperties.Entry(property: entry.property, place: written.place))
            }
            count += 1
        }
        if count > 0 { _ = try kept.keep(UnmappedProperties(rest), of: record, in: transaction) }
        return count
    }
}

extension Upgrade {
    /// Creates rows of the part from stored addresses and numbers of cards, and reports their number to the user.
    fileprivate mutating func takeKeptPoints() throws {
        var count = 0
        var changeSet: Int64?
        try write("upgrade: addresses and numbers of cards") { transaction in
            for module in store.registry.modules {
                guard let table = module.cardRemainder, let points = try UnmigratedPoints(of: module, in: transaction)
                else {
                    continue
                }
                for record in try store.owners(in: table) { count += try points.settle(record) }
            }
            changeSet = transaction.log.identifier
        }
        guard count > 0, let changeSet else { return }
        note(
            Text(
                en: """
                    \(count == 1 ? "1 address or number" : "\(count) addresses and numbers") kept of vCards can be read \
                    and edited now, as point; \(ProgramName.placeholder) log \(changeSet) shows the change
                    """,
                es: """
                    de lo que se conservaba de las vCards ya se \
                    \(count == 1 ? "puede leer y editar 1 dirección o número" : "pueden leer y editar \(count) direcciones y números"), \
                    como point; \(ProgramName.placeholder) log \(changeSet) muestra el cambio
                    """
            )
        )
    }
}
