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
