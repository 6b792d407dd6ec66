import CLIKit
import CRMKit

/// A dialogue for the fields of a record that is created so that another record can refer to it.
///
/// It asks for the fields that are required, that identify the record, or that refer to its owner, except those given
/// by its name.
struct NewRecord {
    private let module: Module
    private let name: String
    private let picker: RecordPicker

    init(named name: String, in module: Module, picker: RecordPicker) {
        self.module = module
        self.name = name
        self.picker = picker
    }

    /// Asks the questions.
    ///
    /// - Returns: the values for the record's fields.
    /// - Throws: ``Dialogue/Ended``.
    func ask() throws -> [FieldInput] {
        let record = try PartialRecord(
            module,
            inputs: module.inputs(named: name),
            contacts: [],
            in: picker.store,
            isForced: false
        )
        var interview = Interview(record, picker: picker, refusesDuplicates: false, owner: name)
        for field in asked where !interview.record.isGiven(field) { try interview.ask(field) }
        return interview.record.inputs
    }

    private var asked: [Field] {
        module.asked.compactMap { module.field($0) }.filter { field in
            let isNeeded = field.isRequired && !field.hasDefault
            return field.isWritable && (isNeeded || field.traits.contains(.key) || field.type.target != nil)
        }
    }
}
