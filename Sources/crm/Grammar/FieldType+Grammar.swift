import CLIKit
import CRMKit

extension FieldType {
    /// What a value of the type can be completed to.
    var completion: Completion {
        switch form {
        case .choice: .words(offeredChoices.map { ($0.key, $0.label) })
        case .reference(let target): .found(.reference(target))
        case .anyReference: .found(.anyReference)
        default: .none
        }
    }
}
