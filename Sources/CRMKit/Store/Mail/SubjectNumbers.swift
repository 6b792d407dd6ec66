import SQLite

/// Finds the record that a subject names: by a document number, `[CAS-2026-0007]` or `[#CAS-2026-0007]`, or by a
/// reference in either language, `[case:7]`, `[caso:7]`.
struct SubjectNumbers {
    private let modules: [(module: Module, statement: Statement)]
    private let store: Store
    /// The modules by their labels in either language, folded.
    private let called: [String: ModuleName]

    /// The maximum number of words of a subject that are looked up.
    private static let mostWords = 6

    init(_ store: Store) throws {
        self.store = store
        called = Dictionary(
            store.registry.modules.flatMap { module in
                [module.label.en, module.label.es].map { (Fold.fold($0), module.name) }
            }
        ) { first, _ in first }
        modules = try store.registry.modules.filter { $0.documentNumber != nil || $0.name == .opportunity }.map {
            module in
            let field = module.documentNumber?.key ?? "external_id"
            let sql = "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(field.quotedIdentifier) = ?"
            return (module, try store.database.prepare(sql, persistent: true))
        }
    }

    /// Returns the first record that a subject names, as the value of a reference to any module.
    func record(in subject: String) throws -> Value? {
        for word in Self.words(of: subject) {
            if let found = try reference(word) { return found }
            for (module, statement) in modules {
                for spelling in Set([word, word.uppercased()]) {
                    try statement.bind(spelling, at: 1)
                    defer { statement.reset() }
                    if try statement.step() {
                        return FieldType.anyReference.reference(to: statement.integer(at: 0), in: module.name)
                    }
                }
            }
        }
        return nil
    }

    private func reference(_ word: String) throws -> Value? {
        let pieces = word.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count == 2, let id = Int64(pieces[1]), id > 0 else { return nil }
        let word = String(pieces[0])
        let name = called[Fold.fold(word)] ?? ModuleName(rawValue: word.lowercased().replacing("-", with: "_"))
        guard let module = store.registry.find(name), try store.storedRecord(module, id: id) != nil else { return nil }
        return FieldType.anyReference.reference(to: id, in: name)
    }

    /// Returns the texts in brackets, then words with a digit and a hyphen.
    static func words(of subject: String) -> [String] {
        // Most subjects have neither.
        guard subject.utf8.contains(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "-") }) else { return [] }
        var bracketed: [String] = []
        var plain: [String] = []
        for piece in subject.split(whereSeparator: { $0.isWhitespace || "[](){},;".contains($0) }) {
            // Many help desks write a `#` before their numbers.
            let word = String(piece.drop { $0 == "#" })
            guard word.utf8.count <= 64, word.contains(where: \.isNumber) else { continue }
            let isBracketed =
                piece.startIndex > subject.startIndex && subject[subject.index(before: piece.startIndex)] == "["
            if isBracketed {
                bracketed.append(word)
            } else if word.contains("-") {
                plain.append(word.hasSuffix(":") || word.hasSuffix(".") ? String(word.dropLast()) : word)
            }
        }
        return Array((bracketed + plain).prefix(mostWords))
    }
}
