extension Module {
    /// Returns the name of a record whose display name is composed of several fields.
    ///
    /// - Parameter part: returns the value of the field at a place in ``composedPositions``.
    /// - Returns: null when all of these fields are empty, and for a module whose display name is a single field.
    func composedName(_ part: (_ place: Int) -> Value) -> Value {
        guard case .composed(_, let separator, let words, _, _) = display else { return .null }
        var name = ""
        for place in composedPositions.indices {
            guard case .text(let text) = part(place) else { continue }
            if !name.isEmpty { name += separator }
            name += text
        }
        if let words {
            let all = name.split(whereSeparator: \.isWhitespace)
            name = all.prefix(words).joined(separator: " ") + (all.count > words ? "…" : "")
        }
        // A street of several lines is called by one.
        if name.utf8.contains(UInt8(ascii: "\n")) { name = String(name.map { $0.isNewline ? " " : $0 }) }
        return name.isEmpty ? .null : .text(name)
    }
}

extension Draft {
    /// Fills the read-only `name` of a module whose display name is made of several fields.
    mutating func composeDisplayName() {
        guard case .composed = module.display else { return }
        let positions = module.composedPositions
        self[module.displayPosition] = module.composedName { record.values[positions[$0]] }
    }
}
