import CRMKit
import Formats

extension Erasure {
    /// Returns the JSON that `erase` prints.
    ///
    /// - Parameter isCompact: whether the file was rewritten without the erased content; `nil` for a dry run.
    func json(_ copies: DatabaseCopies, isCompact: Bool?) -> JSONValue {
        func counts(_ counts: [Erasure.Count]) -> JSONValue {
            .array(
                counts.map { count in
                    .object([
                        JSONMember("module", .string(count.module.rawValue)),
                        JSONMember("part", .text(count.part?.name)), JSONMember("links", .bool(count.isLinks)),
                        JSONMember("count", .integer(Int64(count.count))),
                    ])
                }
            )
        }
        return .object([
            JSONMember("id", .integer(id)),
            JSONMember("former_ids", .array(former.map { .number(JSONNumber($0)) })),
            JSONMember("erased", counts(own)), JSONMember("referring", counts(referring)),
            JSONMember("changes", .integer(Int64(changes))),
            JSONMember("texts", .integer(Int64(struckOut))),
            JSONMember("struck", .array(struckPlaces.map(\.json))),
            JSONMember("unreadable", .integer(Int64(unreadable))),
            JSONMember(
                "files",
                .array(
                    files.map {
                        .object([
                            JSONMember("module", .string($0.module.rawValue)), JSONMember("id", .integer($0.id)),
                        ])
                    }
                )
            ),
            JSONMember(
                "copies",
                .array(
                    copies.found.map {
                        .object([
                            JSONMember("path", .string($0.path)), JSONMember("origin", .string($0.origin.rawValue)),
                        ])
                    }
                )
            ),
            JSONMember("settings", .array(settings.map { .string($0) })),
            JSONMember("compacted", .bool(isCompact ?? false)), JSONMember("committed", .bool(isCompact != nil)),
        ])
    }

    /// Returns the schema of the JSON that `erase` prints.
    static func schema(_ registry: Registry) -> JSONSchema {
        let counts = JSONSchema.array(
            of: .object([
                ("module", .one(of: registry.recordNames.map(\.rawValue))), ("part", .string.orNull),
                ("links", .boolean), ("count", .count),
            ])
        )
        let file = JSONSchema.object([
            ("module", .one(of: registry.recordNames.map(\.rawValue))), ("id", .identifier),
        ])
        let copy = JSONSchema.object([
            ("path", .string), ("origin", .one(of: DatabaseCopy.Origin.allCases.map(\.rawValue))),
        ])
        return .object([
            ("id", .identifier), ("former_ids", .array(of: .identifier)), ("erased", counts), ("referring", counts),
            ("changes", .count), ("texts", .count), ("struck", .array(of: StruckPlace.schema)), ("unreadable", .count),
            ("files", .array(of: file)),
            ("copies", .array(of: copy)), ("settings", .array(of: .string)), ("compacted", .boolean),
            ("committed", .committed),
        ])
    }
}
