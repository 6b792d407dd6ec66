import Formats

extension Counter {
    /// Reads a line.
    ///
    /// - Throws: ``LineFault`` for an unknown, malformed or missing member.
    init(_ line: [JSONMember]) throws {
        var texts: [String: String] = [:]
        var last: Int64?
        for member in line {
            switch (member.name, member.value) {
            case (LineKey.counter, .string(let text)), ("before", .string(let text)), ("after", .string(let text)):
                texts[member.name] = text
            case ("last", .number(let number)):
                last = number.integer.flatMap { Self.counts.contains($0) ? $0 : nil }
            default: throw LineFault(field: member.name, value: try? member.value.cellText(), cause: Self.malformed)
            }
        }
        guard let field = texts[LineKey.counter], let before = texts["before"], let after = texts["after"], let last
        else { throw LineFault(field: LineKey.counter, value: nil, cause: Self.malformed) }
        self.init(field: field, before: before, after: after, last: last)
    }

    private static let malformed = ValueError(
        en: "a counter has \"counter\", \"before\" and \"after\", which are texts, and \"last\", a count",
        es: "un contador tiene \"counter\", \"before\" y \"after\", que son textos, y \"last\", una cuenta"
    )
}

extension Transaction {
    /// Advances a counter to the count given by a line. A counter never goes back.
    ///
    /// - Returns: whether the count was lower before.
    /// - Throws: ``LineFault`` for a counter of a field that does not exist.
    func raise(_ counter: Counter) throws -> Bool {
        if let (field, module) = store.registry.counted(counter.field) {
            return try raise(counter, of: field, in: module)
        }
        throw LineFault(
            field: LineKey.counter,
            value: counter.field,
            cause: ValueError(en: "there is no such field", es: "no existe ese campo")
        )
    }
}
