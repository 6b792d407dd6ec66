extension String {
    /// The spelling of an option.
    var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
