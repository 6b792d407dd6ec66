import CRMKit

extension Module {
    /// What `--contact` means when a record is added.
    enum ContactUse {
        /// There is no such option.
        case none
        /// Each contact gets a record of its own.
        case oneEach
        /// All contacts are linked to the one record.
        case linked
        /// All contacts point at the one record by a field of theirs.
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
