import Foundation
import SQLite
import Testing

@testable import CRMKit

/// The derived schema beside the one that was committed with its version: whoever changes a definition so that tables
/// change raises ``Schema/version`` too. `RENEW_GOLDEN=1 swift test --filter SchemaGoldenTests` writes the new text.
@Suite struct SchemaGoldenTests {
    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden/schema-\(Schema.version).sql")

    private static let digestSource = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/CRMKit/Store/Schema/Schema+IndexDigest.swift")
    private static let isRenewing = ProcessInfo.processInfo.environment["RENEW_GOLDEN"] != nil

    @Test("the schema is the one of its version") func theSchemaIsTheOneOfItsVersion() throws {
        let present = Schema(registry: .standard).statements.map { $0 + ";\n" }.joined()
        if Self.isRenewing {
            try present.write(to: Self.golden, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOf: Self.golden, encoding: .utf8)
        let difference = Array(
            present.split(separator: "\n").difference(from: committed.split(separator: "\n"))
        )
        #expect(difference.isEmpty, "the tables changed: raise Schema.version, then renew the golden file")
    }

    /// The constant is source, so what is written here holds from the next build on.
    @Test("the indexes are those of the digest") func theIndexesAreThoseOfTheDigest() throws {
        let database = try Database.temporary()
        let schema = Schema(registry: .standard)
        for statement in schema.statements { try database.execute(statement) }
        let digest = try ForeignSchema(database: database, registry: .standard).indexDigest()
        let source = try String(contentsOf: Self.digestSource, encoding: .utf8)
        if Self.isRenewing, digest != Schema.indexDigest {
            try source.replacingOccurrences(of: Schema.indexDigest, with: digest)
                .write(to: Self.digestSource, atomically: true, encoding: .utf8)
        } else {
            #expect(digest == Schema.indexDigest, "the indexes changed: `make golden` writes their digest")
        }
    }

    /// Any SQLite tool must be able to write the file: https://www.sqlite.org/pragma.html#pragma_trusted_schema
    @Test("the schema calls no function of our own") func theSchemaCallsNoFunctionOfOurOwn() {
        for statement in Schema(registry: .standard).statements {
            #expect(!statement.contains("crm_") && !statement.contains("COLLATE"))
        }
    }
}
