import CRMKit

/// A new record as described by the user so far.
struct PartialRecord {
    /// The module of the record.
    let module: Module
    /// The values given on the command line, then the answers.
    private(set) var inputs: [FieldInput]
    /// The contacts: those of which each gets a record of its own, or those with which the record is linked.
    private(set) var contacts: [String]
    /// The key of the field for the contact, if each contact gets a record of its own.
    let contactKey: String?
    private let store: Store
    private let isForced: Bool
    /// The records to be stored, one for each contact.
    private(set) var previews: [Preview] = []

    /// - Throws: ``CRMError`` if a rule rejects the given values.
    init(
        _ module: Module,
        inputs: [FieldInput],
        contacts: [String],
        in store: Store,
        isForced: Bool
    ) throws(CRMError) {
        self.module = module
        self.inputs = inputs
        self.contacts = contacts
        self.store = store
        self.isForced = isForced
        contactKey = module.contactUse == .oneEach ? store.registry.center.rawValue : nil
        try look()
    }

    /// The record to be stored. With several contacts, the others differ only in values that come from the contact.
    var preview: Preview? { previews.first }

    /// Whether the contact is still missing.
    var lacksContact: Bool {
        contactKey.map { key in contacts.isEmpty && !inputs.contains { $0.field == key } } ?? false
    }

    /// The problems of the values.
    var problems: [CRMError.Problem] { previews.flatMap(\.problems) }

    /// Whether a required value is missing for one of the contacts.
    var isIncomplete: Bool { lacksContact || previews.contains { !$0.missing.isEmpty } }

    /// Returns whether a field has a value for each contact.
    func holds(_ field: Field) -> Bool { previews.allSatisfy { !$0.record[field.key].isNull } }

    /// Returns the value that a field would have, for the first contact.
    func value(of field: Field) -> Value { preview?.record[field.key] ?? .null }

    /// The ISO 4217 code of the currency of the record's amounts.
    var currency: String? { preview?.record.currency }

    /// Returns whether a field was given or answered.
    func isGiven(_ field: Field) -> Bool { inputs.contains { $0.field == field.key } }

    /// Returns the positions of the contacts whose records have no value for a field unless it is given.
    func contactsLacking(_ field: Field) throws(CRMError) -> [Int] {
        var without = self
        if isGiven(field), !isForced { try without.forget(field) }
        return previews.indices.filter { without.previews[$0].record[field.key].isNull }
    }

    /// Sets the contact of the record.
    mutating func take(contact: String) throws(CRMError) {
        contacts = [contact]
        try look()
    }

    /// Sets the contacts that the record is linked with.
    mutating func take(contacts: [String]) throws(CRMError) {
        self.contacts = contacts
        try look()
    }

    /// Replaces the value of a field.
    ///
    /// - Returns: the problem that the value causes, in which case it is not accepted.
    /// - Throws: ``CRMError`` if a rule rejects the value, which is not accepted either.
    mutating func take(_ input: FieldInput) throws(CRMError) -> CRMError.Problem? {
        var changed = self
        changed.inputs.removeAll { $0.field == input.field }
        changed.inputs.append(input)
        try changed.look()
        let known = Set(problems.map(\.field))
        if let problem = changed.problems.first(where: { !known.contains($0.field) || $0.field == input.field }) {
            return problem
        }
        self = changed
        return nil
    }

    /// Removes what was given for a field.
    mutating func forget(_ field: Field) throws(CRMError) {
        inputs.removeAll { $0.field == field.key }
        try look()
    }

    private mutating func look() throws(CRMError) {
        guard let contactKey, !contacts.isEmpty else {
            previews = [try store.preview(module, inputs + brought(), isForced: isForced)]
            return
        }
        let shared = SharedInputs(
            inputs,
            of: module,
            for: contacts,
            as: contactKey,
            in: store,
            isForced: isForced
        )
        var previews: [Preview] = []
        for contact in contacts {
            previews.append(try store.preview(module, shared.inputs(for: contact), isForced: isForced))
        }
        self.previews = previews
    }

    /// Returns what the record takes from the first contact it is linked with, where nothing else is given.
    private func brought() throws(CRMError) -> [FieldInput] {
        guard module.contactUse == .linked, let contact = contacts.first else { return [] }
        let id = try store.id(of: contact, in: store.registry[store.registry.center])
        return try store.brought(by: id, to: module, besides: inputs)
    }
}
