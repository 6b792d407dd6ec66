import CRMKit

extension Module {
    /// The meaning of `--contact` when a record is added.
    enum ContactUse {
        /// There is no such option.
        case none
        /// A separate record is created for each contact.
        case oneEach
        /// All contacts are linked to the one record.
        case linked
        /// All contacts refer to the one record by a field.
        case pointed
    }

    var contactUse: ContactUse {
        switch contacts {
        case .center: .none
        case .owned: .oneEach
        case .referred: .pointed
        case .many: mirror == nil ? .linked : .oneEach
        }
    }
}
