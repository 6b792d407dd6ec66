/// The module as a file makes it of its own: with fields, choices and parts that the file defines.
extension Module {
    /// The module with more fields, which stand after its own and before those all modules share. The first amount of
    /// money brings the currency with it.
    ///
    /// - Parameters:
    ///   - added: of keys that no field of the module has.
    ///   - hidden: of such keys too; records have values of them, and nothing shows them.
    func adding(_ added: [Field], hidden: [Field] = []) -> Module {
        guard !added.isEmpty || !hidden.isEmpty else { return self }
        var (added, hidden) = (added, hidden)
        // With the amount hidden, its currency is too, unless there is another.
        if moneyPositions.isEmpty {
            if let money = added.firstIndex(where: { $0.type == .money }) {
                added.insert(Self.currency, at: money + 1)
            } else if let money = hidden.firstIndex(where: { $0.type == .money }) {
                hidden.insert(Self.currency, at: money + 1)
            }
        }
        var fields = fields
        fields.insert(contentsOf: added, at: fields.count - Self.shared.count)
        return with(fields, hidden: hidden, asked: asked + added.filter(\.isRequired).map(\.key))
    }

    /// The module with some of its fields as others of the same keys.
    ///
    /// - Parameter other: gives the other field; `nil` leaves one as it is.
    func replacing(_ other: (Field) -> Field?) -> Module {
        let others = fields.map(other)
        guard others.contains(where: { $0 != nil }) else { return self }
        return with(zip(fields, others).map { $1 ?? $0 }, hidden: [], asked: asked)
    }

    /// The module with what hangs on its records as others of the same names.
    ///
    /// - Parameters:
    ///   - link: what its links with contacts are, where it has some.
    ///   - parts: gives the other part; `nil` leaves one as it is.
    func replacing(link: LinkDefinition?, parts other: (Part) -> Part?) -> Module {
        with(
            fields,
            hidden: Array(hiddenFields),
            asked: asked,
            contacts: link.map(ContactRelation.many),
            parts: parts.map { other($0) ?? $0 }
        )
    }

    private func with(
        _ fields: [Field],
        hidden: [Field],
        asked: [String],
        contacts: ContactRelation? = nil,
        parts: [Part]? = nil
    ) -> Module {
        Module(
            name,
            label: label,
            plural: plural,
            gender: gender,
            synonyms: synonyms,
            kin: kin,
            display: display,
            fields: fields,
            hidden: hidden,
            keys: referenceKeys,
            contacts: contacts ?? self.contacts,
            listed: listed,
            mention: mention,
            knownBy: knownBy,
            asked: asked,
            dateOrders: dateOrders,
            datedBy: datedBy,
            occasions: occasions,
            parts: parts ?? self.parts,
            actions: actions,
            settings: settings,
            rules: rules,
            merging: merging,
            resemblance: resemblance,
            prompting: prompting
        )
    }
}
