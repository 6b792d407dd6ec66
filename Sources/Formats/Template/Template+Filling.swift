extension Template {
    /// Fills the template in.
    ///
    /// - Parameters:
    ///   - values: the values of the names outside of rows.
    ///   - write: called with the pieces of the result in order.
    /// - Throws: ``TemplateError`` for a name without a value, for an empty value without a replacement text, for a
    ///   section where a single value is needed, and for an unsafe address; the errors of `write` and of making rows.
    public func fill(with values: [String: Value], write: (String) throws -> Void) throws {
        try Self.fill(nodes, [values], write)
    }

    private static func fill(
        _ nodes: [Node],
        _ scopes: [[String: Value]],
        _ write: (String) throws -> Void
    ) throws {
        for node in nodes {
            switch node {
            case .literal(let text): try write(String(text))
            case .value(let name, let otherwise, let place, let line):
                try write(try value(name, otherwise, place, line, scopes))
            case .section(let name, let isInverted, let body, let line):
                let rows = try rows(of: name, line, scopes)
                if isInverted {
                    if rows.first == nil { try fill(body, scopes, write) }
                } else {
                    try rows.each { row in try fill(body, scopes + [row], write) }
                }
            }
        }
    }

    /// Returns the rows of a section. A single value that is present counts as one row without names of its own.
    private static func rows(
        of name: String,
        _ line: Int,
        _ scopes: [[String: Value]]
    ) throws(TemplateError) -> Rows {
        switch try find(name, line, scopes) {
        case .rows(let rows): rows
        case .text(let text): text.isEmpty ? [] : [[:]]
        }
    }

    private static func value(
        _ name: String,
        _ otherwise: String?,
        _ place: HTMLPlace,
        _ line: Int,
        _ scopes: [[String: Value]]
    ) throws(TemplateError) -> String {
        guard case .text(var text) = try find(name, line, scopes) else {
            throw TemplateError(reason: .severalRows(name), line: line)
        }
        if text.isEmpty {
            guard let otherwise else { throw TemplateError(reason: .missingValue(name), line: line) }
            text = otherwise
        }
        guard let escaped = place.escaped(text) else { throw TemplateError(reason: .unsafeAddress(name), line: line) }
        return escaped
    }

    private static func find(_ name: String, _ line: Int, _ scopes: [[String: Value]]) throws(TemplateError) -> Value {
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        throw TemplateError(reason: .unknownName(name), line: line)
    }
}
