extension String {
    /// The text as the name of an option, with hyphens for underscores.
    var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
