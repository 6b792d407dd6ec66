import CRMKit
import Localization

/// A new record as far as a person has described it.
struct PartialRecord {
    /// The kind of record.
    let module: Module
    /// What was given on the command line, then the answers.
    private(set) var inputs: [FieldInput]
    /// The contacts it is for, one record each.
    private(set) var contacts: [String]
    /// The key of the field that holds the contact, where each contact gets a record of its own.
    let contactKey: String?
    private let store: Store
    private let isForced: Bool
    /// What would be stored, for each contact.
    private(set) var previews: [Preview] = []

    /// - Throws: ``CRMError`` where a rule refuses what was given.
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

    /// What would be stored; several contacts differ only in what comes from each.
    var preview: Preview? { previews.first }

    /// Whether a contact is still to be named.
    var lacksContact: Bool {
        contactKey.map { key in contacts.isEmpty && !inputs.contains { $0.field == key } } ?? false
    }

    /// What cannot be taken.
    var problems: [CRMError.Problem] { previews.flatMap(\.problems) }

    /// Whether something required has no value for one of the contacts.
    var isIncomplete: Bool { lacksContact || previews.contains { !$0.missing.isEmpty } }

    /// Whether a field has a value for each contact.
    func holds(_ field: Field) -> Bool { previews.allSatisfy { !$0.record[field.key].isNull } }

    /// What a field would hold, for the first contact.
    func value(of field: Field) -> Value { preview?.record[field.key] ?? .null }

    /// The ISO 4217 code of the currency of the record's amounts.
    var currency: String? { preview?.record["currency"].text }

    /// Whether a field was given or answered.
    func isGiven(_ field: Field) -> Bool { inputs.contains { $0.field == field.key } }

    /// Takes the contact the record is for.
    mutating func take(contact: String) throws(CRMError) {
        contacts = [contact]
        try look()
    }

    /// Takes what is to stand in a field instead of what does.
    ///
    /// - Returns: the problem it makes, in which case it is not taken.
    /// - Throws: ``CRMError`` where a rule refuses; it is not taken either.
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

    private mutating func look() throws(CRMError) {
        guard let contactKey, !contacts.isEmpty else {
            previews = [try store.preview(module, inputs, isForced: isForced)]
            return
        }
        var previews: [Preview] = []
        for contact in contacts {
            previews.append(
                try store.preview(module, inputs + [FieldInput(contactKey, .set(contact))], isForced: isForced)
            )
        }
        self.previews = previews
    }
}
