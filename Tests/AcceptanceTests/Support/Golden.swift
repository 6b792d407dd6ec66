import Foundation
import Testing

/// Output that is kept in `Tests/AcceptanceTests/Golden` and compared byte for byte.
///
/// `RENEW_GOLDEN=1 swift test --filter AcceptanceTests` writes the files anew; what changed is then seen in the
/// difference to the last commit.
enum Golden {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")

    /// Expects a text to be what the file holds, save for moments and places, which no two runs share.
    static func expect(
        _ text: String,
        in name: String,
        of crm: CRM,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let url = folder.appendingPathComponent(name)
        let actual = normalized(text, of: crm)
        if ProcessInfo.processInfo.environment["RENEW_GOLDEN"] == "1" {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(actual.utf8).write(to: url)
            return
        }
        let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        // Strings are equal where they are canonically equivalent; a golden file is compared byte for byte.
        guard Array(actual.utf8) != Array(expected.utf8) else { return }
        Issue.record(
            "\(name) differs:\n\(firstDifference(actual, expected))",
            sourceLocation: sourceLocation
        )
    }

    /// The text with the sandbox's path, and every moment within a day of now, replaced by a word.
    private static func normalized(_ text: String, of crm: CRM) -> String {
        text.replacingOccurrences(of: crm.folder, with: "SANDBOX")
            .replacingPresent(utc: "MOMENT", local: "MOMENT")
    }

    private static func firstDifference(_ actual: String, _ expected: String) -> String {
        let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(actual, expected).enumerated().first { Array($0.element.0.utf8) != Array($0.element.1.utf8) }
        let position = line?.offset ?? min(actual.count, expected.count)
        func shown(_ lines: [Substring]) -> String {
            lines.indices.contains(position) ? lines[position].debugDescription : "no such line"
        }
        return "line \(position + 1)\n  expected \(shown(expected))\n  got      \(shown(actual))"
    }
}

extension String {
    /// The text with every moment within a day of now replaced, in UTC or to the minute in the sandbox's zone.
    func replacingPresent(utc: String, local: String) -> String {
        replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) { match in
            Self.isPresent(String(match.output)) ? utc : String(match.output)
        }
        .replacing(/(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?!:)/) { match in
            let (whole, day, time) = match.output
            return Self.isPresent("\(day)T\(time):00-06:00") ? local : String(whole)
        }
    }

    private static func isPresent(_ time: String) -> Bool {
        guard let moment = try? Date(time, strategy: .iso8601) else { return false }
        return abs(moment.timeIntervalSinceNow) < 86_400
    }
}
