extension Unicode.Scalar {
    /// Whether the scalar is not visible: a blank, a control character, a direction mark, or a code point that Unicode
    /// does not assign.
    var isUnseen: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
            .privateUse:
            true
        default: false
        }
    }
}
