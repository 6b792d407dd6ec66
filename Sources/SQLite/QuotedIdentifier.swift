extension String {
    /// The name as a delimited identifier of standard SQL: in double quotes, with those inside it doubled.
    ///
    /// `order` becomes `"order"` and `5" disk` becomes `"5"" disk"`, so that any word can name a table or a column.
    public var quotedIdentifier: String {
        // Statements consist of such names, and are put together at every start: the usual one is copied at once.
        if let quoted = utf8.withContiguousStorageIfAvailable({ Self.quoted($0) }) ?? nil { return quoted }
        var quoted = "\""
        for scalar in unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// Returns a name in quotes; `nil` for one with quotes inside.
    private static func quoted(_ name: UnsafeBufferPointer<UInt8>) -> String? {
        let quote = UInt8(ascii: "\"")
        if name.contains(quote) { return nil }
        return String(unsafeUninitializedCapacity: name.count + 2) { bytes in
            bytes[0] = quote
            for index in name.indices { bytes[index + 1] = name[index] }
            bytes[name.count + 1] = quote
            return name.count + 2
        }
    }
}
