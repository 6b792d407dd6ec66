import CRMKit
import Formats

/// Change sets as JSON.
enum LogJSON {
    /// Writes a change set, with its entries as they are read.
    static func write(_ change: LoggedChange, with writer: inout JSONWriter) throws {
        let set = change.changeSet
        let head = [
            JSONMember("id", .integer(set.id)), JSONMember("at", .string(set.at)), JSONMember("who", .string(set.who)),
            JSONMember("command", .string(set.command)), JSONMember("undoes", .integer(set.undoes)),
            JSONMember("undone_by", .integer(set.undoneBy)), JSONMember("counts", counts(of: set)),
        ]
        try writer.beginObject()
        for member in head {
            try writer.key(member.name)
            try writer.value(member.value)
        }
        try writer.key("entries")
        try writer.beginArray()
        let isTruncated = try change.forEachEntry { try writer.value(entry($0)) }
        try writer.endArray()
        try writer.key("truncated")
        try writer.bool(isTruncated)
        try writer.endObject()
    }

    /// Returns the counts of a change set, by module.
    static func counts(of changeSet: ChangeSet) -> JSONValue {
        .array(
            changeSet.counts.map { counts in
                .object(
                    [JSONMember("module", .string(counts.module.rawValue))]
                        + counts.byKind.map { JSONMember($0.kind.rawValue, .integer(Int64($0.count))) }
                )
            }
        )
    }

    private static func entry(_ entry: LoggedChange.Entry) -> JSONValue {
        let event = LogEvent(entry.event)
        var subject = [JSONMember("module", .null), JSONMember("id", .null), JSONMember("name", .null)]
        if case .record(let module, let id, let name) = entry.subject { subject = reference(module, id, name) }
        let link = event.link.map { JSONValue.object(reference($0.module, $0.id, $0.name)) } ?? .null
        return .object(
            subject + [
                JSONMember("event", .string(event.kind.rawValue)), JSONMember("link", link),
                JSONMember("part", .text(event.part?.name)), JSONMember("position", .integer(event.position)),
                JSONMember("fields", .array(event.changes.map(field))),
                JSONMember("merged_into", .integer(entry.mergedInto)),
            ]
        )
    }

    private static func reference(_ module: ModuleName, _ id: Int64, _ name: String?) -> [JSONMember] {
        [
            JSONMember("module", .string(module.rawValue)), JSONMember("id", .integer(id)),
            JSONMember("name", .text(name)),
        ]
    }

    /// Returns the value of a field before and after.
    static func field(_ change: LogEvent.Change) -> JSONValue {
        func side(_ side: LogEvent.Change.Side) -> JSONValue {
            change.field.type.json(of: side.value, currency: side.currency, name: side.name)
        }
        return .object([
            JSONMember("field", .string(change.field.key)),
            JSONMember("before", side(change.before)), JSONMember("after", side(change.after)),
        ])
    }

    /// The schema of the result of ``field(_:)``.
    private static let field = JSONSchema.object([("field", .string), ("before", .anything), ("after", .anything)])

    /// The schema of a record changed by a write.
    static let changedRecord = JSONSchema.object([
        ("id", .identifier), ("name", .string.orNull), ("fields", .array(of: field)),
    ])

    /// Returns the schema of the output of ``write(_:with:)``.
    static func schema(_ registry: Registry) -> JSONSchema {
        let module = JSONSchema.one(of: registry.recordNames.map(\.rawValue))
        let entry = JSONSchema.object([
            ("module", module.orNull), ("id", .identifier.orNull), ("name", .string.orNull),
            ("event", .one(of: LogEvent.Kind.allCases.map(\.rawValue))), ("link", JSONSchema.anyReference.orNull),
            ("part", .string.orNull), ("position", .count.orNull), ("fields", .array(of: field)),
            ("merged_into", .identifier.orNull),
        ])
        return .object([
            ("id", .identifier), ("at", .moment), ("who", .string), ("command", .string),
            ("undoes", .identifier.orNull), ("undone_by", .identifier.orNull), ("counts", countsSchema(registry)),
            ("entries", .array(of: entry)), ("truncated", .boolean),
        ])
    }

    /// Returns the schema of the result of ``counts(of:)``.
    static func countsSchema(_ registry: Registry) -> JSONSchema {
        .array(
            of: .object(
                [("module", .one(of: registry.recordNames.map(\.rawValue)))]
                    + LogEvent.Kind.allCases.map { ($0.rawValue, .count) }
            )
        )
    }
}
