extension Unicode.Scalar {
    /// Whether it is no character that people see: a blank, a control, a mark of direction, one that Unicode does not have.
    var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
            .privateUse:
            true
        default: false
        }
    }
}
