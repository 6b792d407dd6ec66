/// The inputs of a record that is added once for each of several owners.
///
/// If the record of some owners decides the value of a field, as the organization of a contact does, the input for the
/// field goes only to the other owners. If the records of all owners decide it, or the user insists, all get the input.
public struct SharedInputs {
    private let inputs: [FieldInput]
    private let key: String
    /// The keys of given fields that each owner's own record decides, by the reference of the owner.
    private var decided: [String: Set<String>] = [:]

    /// - Parameters:
    ///   - owners: the references of the owners.
    ///   - key: the key of the field that refers to the owner.
    public init(
        _ inputs: [FieldInput],
        of module: Module,
        for owners: [String],
        as key: String,
        in store: Store,
        isForced: Bool
    ) {
        (self.inputs, self.key) = (inputs, key)
        let given = Set(inputs.compactMap { module.field(spelled: $0.field)?.key })
            .intersection(module.prompting.derived)
        guard owners.count > 1, !isForced, !given.isEmpty else { return }
        let others = inputs.filter { !given.contains($0.field) }
        var undecided: Set<String> = []
        for owner in owners where decided[owner] == nil {
            // What is wrong with the record of one owner is told when it is added.
            let preview = try? store.preview(module, others + [FieldInput(key, .set(owner))], isForced: false)
            let own = given.filter { key in preview.map { !$0.record[key].isNull } ?? false }
            decided[owner] = own
            undecided.formUnion(given.subtracting(own))
        }
        decided = decided.mapValues { $0.intersection(undecided) }
    }

    /// Returns the inputs of the record for one of the owners, the reference to it included.
    public func inputs(for owner: String) -> [FieldInput] {
        let decided = decided[owner] ?? []
        return inputs.filter { !decided.contains($0.field) } + [FieldInput(key, .set(owner))]
    }
}

extension Module {
    /// The fields whose values come from a referenced record if they are not given.
    public var derivedFields: [Field] { fields.filter { prompting.derived.contains($0.key) } }
}
