import CLIKit
import CRMKit

extension FieldType {
    /// The completion of values of the type.
    var completion: Completion {
        switch form {
        case .choice: .words(offeredChoices.map { ($0.key, $0.label) })
        case .reference(let target): .found(.reference(target))
        case .anyReference: .found(.anyReference)
        default: .none
        }
    }
}
