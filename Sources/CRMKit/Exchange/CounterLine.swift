import Formats

/// The line of an export that states the last count given out by a counter, so that a copy gives no number twice:
///
///     {"counter":"quote.number","before":"COT-2026-","after":"","last":7}
extension Counter {
    /// The line.
    var line: JSONValue {
        .object([
            JSONMember(LineKey.counter, .string(field)), JSONMember("before", .string(before)),
            JSONMember("after", .string(after)), JSONMember("last", .number(JSONNumber(last))),
        ])
    }

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

extension Registry {
    /// The field that gives numbers under the name that its counters have, and its module; `nil` where it has gone:
    /// counters outlive a field of the file's own, so that an undo that brings it back gives no number twice.
    func counted(_ name: String) -> (field: Field, module: Module)? {
        for module in modules {
            if let field = module.allFields.first(where: { module.counted($0) == name }) { return (field, module) }
        }
        return nil
    }
}
