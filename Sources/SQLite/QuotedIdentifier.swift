extension String {
    /// The name as a delimited identifier of standard SQL: in double quotes, with those inside it doubled.
    ///
    /// `order` becomes `"order"` and `5" disk` becomes `"5"" disk"`, so that any word can name a table or a column.
    public var quotedIdentifier: String {
        guard utf8.contains(UInt8(ascii: "\"")) else { return "\"\(self)\"" }
        var quoted = "\""
        for scalar in unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
