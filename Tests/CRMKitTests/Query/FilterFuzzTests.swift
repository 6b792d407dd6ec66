import SQLite
import TestSupport
import Testing

@testable import CRMKit

@Suite("Filters that nobody would write")
struct FilterFuzzTests {
    private static let words = [
        "name", "title", "organization", "organization.name", "asset", "asset.status", "has", "not", "and", "or", "in",
        "is", "empty", "(", ")", ",", "=", "!=", "<", "<=", ">", ">=", "~", "'", "\"", "'x y'", "1", "-30d", "today",
        "in_service", "link.until", "address.city", "created_at", "tags", "id", ".", "link", "contact", "1000 MXN",
        "contacts.name", "points.value", "has points(", "organization.opportunities.amount", "last_name", "about.name",
        "do_not_call", "yes", "reports_to.reports_to.asset.value", "ñ", "\u{0}", "has asset(", "%", "\\", "--", ";",
    ]

    @Test("Any words in any order are read or refused, never worse", arguments: 1...20)
    func words(_ seed: UInt64) throws {
        let sample = try SampleDatabase()
        try sample.add("contact", ["last_name": "x", "name": "x"])
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let count = Int.random(in: 1...14, using: &random)
            let text = (0..<count).compactMap { _ in Self.words.randomElement(using: &random) }
                .joined(separator: Bool.random(using: &random) ? " " : "")
            _ = queryError { _ = try sample.list("contact", where: text).count(in: sample.database) }
        }
    }

    @Test("Any well-formed filter on any field of any module runs or is refused", arguments: 1...10)
    func fields(_ seed: UInt64) throws {
        let sample = try SampleDatabase()
        var random = SeededGenerator(seed: seed)
        let modules = sample.registry.modules
        let values = [
            "1", "x", "name", "created_at", "organization.name", "contacts.created_at", "id", "today",
            "'2026-01-01 10:00'", "yes", "10.5", "1 MXN", "case:1", "P1D", "MX", "''", "50%",
        ]
        var accepted = 0
        for _ in 0..<40 {
            guard let module = modules.randomElement(using: &random) else { continue }
            let text = filter(on: module, modules, values, depth: 3, &random)
            let error = queryError {
                _ = try sample.list(module.name, where: text).rows(in: sample.database, path: "").next()
            }
            accepted += error == nil ? 1 : 0
            #expect(error.map { $0.code == .usage } ?? true)
        }
        #expect(accepted > 2)
    }

    private func filter(
        on module: Module,
        _ modules: [Module],
        _ values: [String],
        depth: Int,
        _ random: inout SeededGenerator
    ) -> String {
        let inner = { (module: Module, random: inout SeededGenerator) in
            filter(on: module, modules, values, depth: depth - 1, &random)
        }
        switch Int.random(in: 0...(depth > 0 ? 6 : 2), using: &random) {
        case 3: return "not (\(inner(module, &random)))"
        case 4: return "(\(inner(module, &random)) and \(inner(module, &random)))"
        case 5: return "(\(inner(module, &random)) or \(inner(module, &random)))"
        case 6:
            guard let other = modules.randomElement(using: &random) else { return "id=1" }
            return "has \(other.name.noun)(\(inner(other, &random)))"
        default:
            let key = module.fields.randomElement(using: &random)?.key ?? "id"
            let comparison = Filter.Comparison.allCases.randomElement(using: &random) ?? .equal
            let value = values.randomElement(using: &random) ?? "1"
            switch Int.random(in: 0...3, using: &random) {
            case 0: return "\(key) is empty"
            case 1: return "\(key) not in (\(value), \(value))"
            default: return "\(key) \(comparison.rawValue) \(value)"
            }
        }
    }
}
