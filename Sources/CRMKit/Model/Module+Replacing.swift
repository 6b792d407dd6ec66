/// A module adapted to a database file: with the fields, choices and parts that the file defines.
extension Module {
    /// Returns the module with more fields, placed after its own fields and before those every module has. When the
    /// first amount of money is added, its currency field is added too.
    ///
    /// - Parameters:
    ///   - added: fields whose keys no field of the module has.
    ///   - hidden: such fields too; records hold values for them, but nothing shows them.
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
        return with {
            $0.fields = fields
            $0.hidden = hidden
            $0.asked = asked + added.filter(\.isRequired).map(\.key)
        }
    }

    /// Returns the module with some of its fields replaced by others with the same keys.
    ///
    /// - Parameter other: returns the replacement of a field, or `nil` to keep it.
    func replacing(_ other: (Field) -> Field?) -> Module {
        let others = fields.map(other)
        guard others.contains(where: { $0 != nil }) else { return self }
        return with {
            $0.fields = zip(fields, others).map { $1 ?? $0 }
            $0.hidden = []
        }
    }

    /// Returns the module with its link definition and some of its parts replaced by others with the same names.
    ///
    /// - Parameters:
    ///   - link: the module's links with contacts, if it has any.
    ///   - other: returns the replacement of a part, or `nil` to keep it.
    func replacing(link: LinkDefinition?, parts other: (Part) -> Part?) -> Module {
        with { declaration in
            if let link { declaration.contacts = .many(link) }
            declaration.parts = parts.map { other($0) ?? $0 }
        }
    }

    private func with(_ change: (inout Declaration) -> Void) -> Module {
        var declaration = declaration
        change(&declaration)
        return Module(declaration)
    }
}
