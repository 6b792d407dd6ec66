import TestSupport
import Testing

@testable import CRMKit

/// The index of words against a scan of the records, and both against what the test knows that it has written.
@Suite struct SearchTests {
    private let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    /// Modules and ids, in the order in which they are found.
    private func found(_ words: String, in store: Store, modules: [ModuleName] = []) throws -> [String] {
        let hits = try store.search(for: words, in: modules.map { Registry.standard[$0] })
        var found: [String] = []
        while let hit = try hits.next() { found.append("\(hit.module.name) \(hit.rows.integer(hit.id.position))") }
        return found
    }

    private func found(_ words: String) throws -> [String] {
        try crm.store.refreshSearch()
        return try found(words, in: crm.store)
    }

    @Test(
        "Telephones and numbers of documents are found however they are written",
        arguments: [
            ("55 1234 5678", "contact 1"), ("5512345678", "contact 1"), ("+52 (55) 1234-5678", "contact 1"),
            ("0052.55.12345678", "contact 1"), ("525512345678", "contact 1"), ("5512*", "contact 1"),
            ("5587654321", "contact 1"), ("COT-2026-0007", "quote 1"), ("cot 2026 0007", "quote 1"),
            ("cot20260007", "quote 1"), ("cot-2026-7", "quote 1"), ("COT/2026/0007", "quote 1"),
            ("ab12345", "asset 1"), ("AB-123-45", "asset 1"), ("ana.ruiz@example.org", "contact 1"),
        ]
    )
    func writtenKeys(_ item: (words: String, record: String)) throws {
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
        try crm.add(.contact, ["last_name": "Ruiz", "mobile": "55 1234 5678", "email": "Ana.Ruiz@example.org"])
        try crm.write {
            let contact = Registry.standard[.contact]
            let part = try #require(contact.part(named: "point"))
            let inputs = [FieldInput("kind", .set("phone")), FieldInput("value", .set("+52 55 8765 4321"))]
            try $0.add(part, to: 1, of: contact, inputs)
        }
        try crm.add(.quote, ["subject": "Uno", "number": "COT-2026-0007"])
        try crm.add(.asset, ["name": "Laptop", "serial": "AB123-45"])
        #expect(try found(item.words, in: crm.store) == [item.record], "by a scan")
        #expect(try found(item.words) == [item.record])
    }

    @Test(
        "Telephones and codes in a text are found however they are written, there and by who looks for them",
        arguments: [
            ("Llamó desde +52-55-4444-3333", "5544443333"), ("Llamó desde +52-55-4444-3333", "44443333"),
            ("Llamó desde +52-55-4444-3333", "+52 55 4444 3333"), ("tel. (55) 44.44.33.33", "5544443333"),
            ("wa.me/5215544443333", "55 4444 3333"), ("+5255 4444 3333", "tel:+525544443333"),
            ("5544443333", "TEL:+52-55-4444-3333;ext=7"), ("55 4444 3333", "+5215544443333"),
            ("Impresora HP-4000", "HP4000"), ("Impresora HP 4000", "hp4000"), ("Impresora HP4000", "HP-4000"),
            ("Impresora HP4000", "HP 4000"), ("OC 881/2026", "OC881"), ("OC881/2026", "oc 881"),
            ("modelo HP-4000n", "hp40*"), ("ana@example.org", "mailto:Ana@example.org?subject=x"),
        ]
    )
    func writtenInText(_ text: String, _ words: String) throws {
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
        try crm.add(.contact, ["last_name": "Soto", "description": "55 1111 2222, HP 77, OC 8"])
        try crm.add(.contact, ["last_name": "Ruiz", "description": text])
        #expect(try found(words, in: crm.store) == ["contact 2"], "by a scan")
        #expect(try found(words) == ["contact 2"])
    }

    @Test(
        "A number is no other number: nothing is joined across its punctuation, and no zero left out, in a text",
        arguments: [
            ("10,000", ["contact 1", "contact 2"]), ("10.000", ["contact 1", "contact 2"]), ("1,000", []),
            ("1/2", ["contact 3"]), ("1.02", []), ("1,002", []), ("2,6", []), ("2-06", []), ("2-6", []),
            ("20-26", ["contact 4"]), ("10-0", []), ("1-00", []), ("10,00", []), ("007", []),
            ("caja -10,000", ["product 1"]),
            ("A1-02", []), ("HP-004", []), ("12-345", ["contact 5"]), ("2026-1", ["quote 1"]),
            ("F-0100", ["quote 2"]), ("f 0100", ["quote 2"]), ("20-261", []), ("F1-00", ["quote 2"]),
            ("001", ["quote 3"]),
        ] as [(String, [String])]
    )
    func numbers(_ words: String, _ records: [String]) throws {
        try crm.add(.product, ["name": "Caja de 100 piezas"])
        for text in ["presupuesto 10,000", "presupuesto 10000", "1/2 litro", "del 20-26"] {
            try crm.add(.contact, ["last_name": "Soto", "description": text])
        }
        try crm.add(.contact, ["last_name": "Ruiz", "phone": "12345"])
        let text = "10 cajas, pedido 26, cuarto 12, folio 2026, factura 100, sala A12, HP4, 7 y 20261"
        try crm.add(.contact, ["last_name": "Paz", "description": text])
        for number in ["2026-0001", "F-100", "1"] { try crm.add(.quote, ["subject": "Uno", "number": number]) }
        #expect(try found(words, in: crm.store).sorted() == records, "by a scan")
        #expect(try found(words).sorted() == records)
    }

    @Test("Names and keys come before bodies, phrases do not reach from field to field")
    func order() throws {
        try crm.add(.asset, ["name": "Bomba", "serial": "S1", "description": "casa azul"])
        try crm.add(.asset, ["name": "Casa", "serial": "S2", "location": "azul"])
        try crm.add(.asset, ["name": "Casa azul", "serial": "S3"])
        try crm.add(.contact, ["last_name": "Azul", "title": "de casa"])
        #expect(try found("casa azul") == ["asset 3", "contact 1", "asset 2", "asset 1"])
        #expect(try found("\"casa azul\"") == ["asset 3", "asset 1"])
        #expect(try found("casa -bomba") == ["asset 3", "asset 2", "contact 1"])
        #expect(try found("cas* -\"casa azul\"") == ["asset 2", "contact 1"])
        #expect(try found("azul", in: crm.store, modules: [.asset]) == ["asset 3", "asset 2", "asset 1"])
        #expect(try found("\"s1 casa\"") == [])
    }

    @Test("It follows what is edited, deleted and taken back")
    func follows() throws {
        try crm.add(.contact, ["last_name": "Ruiz", "description": "girasol"])
        #expect(try found("girasol") == ["contact 1"])
        try crm.edit(.contact, 1, ["description": "tulipán"])
        #expect(try found("girasol") == [] && found("tulipan") == ["contact 1"])
        try crm.delete(.contact, 1)
        #expect(try found("tulipan") == [])
        try crm.undo()
        #expect(try found("tulipan") == ["contact 1"])
    }

    @Test("What changes more often than the index counts is read from the records")
    func often() throws {
        try crm.add(.contact, ["last_name": "Ruiz"])
        try crm.store.refreshSearch()
        for number in 0...(Int(SearchKey.lastGeneration) + 3) {
            try crm.edit(.contact, 1, ["title": "n\(number)"])
            #expect(try found("n\(number)") == ["contact 1"])
            if number > 0 { #expect(try found("n\(number - 1)") == []) }
        }
        try crm.store.refreshSearch(isNew: true)
        #expect(try found("ruiz") == ["contact 1"])
    }

    @Test(
        "The excerpt marks what was found",
        arguments: [
            ("ruiz", "name", "Ana [Ruiz]"), ("mar*", "title", "Jefa de [marketing] y [mar]"),
            ("\"de marketing\"", "title", "Jefa [de marketing] y mar"), ("5512345678", "mobile", "[55-1234-5678]"),
            ("ultima", "description", "…palabra palabra palabra la [última]"),
            ("vip", "tags", "[vip], norte"),
        ]
    )
    func excerpts(_ item: (words: String, field: String, text: String)) throws {
        let long = "Empieza aquí\n" + String(repeating: "palabra ", count: 40) + "la última"
        try crm.add(
            .contact,
            [
                "first_name": "Ana", "last_name": "Ruiz", "title": "Jefa de marketing y mar", "mobile": "55-1234-5678",
                "description": long, "tags": "vip,norte",
            ]
        )
        let hits = try crm.store.search(for: item.words, in: [])
        let hit = try #require(try hits.next())
        let columns = [hit.column("field"), hit.column("snippet")].compactMap(\.self)
        #expect(columns.map { hit.rows.text($0.position) } == [item.field, item.text])
    }

    // MARK: - Random data

    /// A record as the test has written it.
    private struct Item {
        var isThere = true
        var name: [String]
        var body: [[String]]
    }

    private static let vocabulary = ["ana", "José", "mar", "María", "casa", "CASA", "azul", "x1", "straße", "x"]
    private static let folded = [
        "ana": "ana", "José": "jose", "mar": "mar", "María": "maria", "casa": "casa", "CASA": "casa", "azul": "azul",
        "x1": "x1", "straße": "strasse", "x": "x",
    ]

    @Test(
        "Whatever is written and taken back, the index finds what a scan finds, and both what was written",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64]
    )
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var items: [Int64: Item] = [:]
        func words(_ most: Int) -> [String] {
            (0..<Int.random(in: 1...most, using: &generator)).compactMap { _ in
                Self.vocabulary.randomElement(using: &generator)
            }
        }
        for step in 0..<120 {
            let id = items.keys.sorted().randomElement(using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                let (name, text) = (words(2), words(6))
                let serial = "S\(step)"
                let new = try crm.add(
                    .asset,
                    ["name": name.joined(separator: " "), "serial": serial, "description": text.joined(separator: " ")]
                )
                items[new] = Item(name: name, body: [text])
            case 4..<7:
                guard let id, items[id]?.isThere ?? false else { continue }
                let text = words(6)
                try crm.edit(.asset, id, ["description": text.joined(separator: ", ")])
                items[id]?.body = [text]
            case 7:
                guard let id, items[id]?.isThere ?? false else { continue }
                try crm.delete(.asset, id)
                items[id]?.isThere = false
                if Bool.random(using: &generator) {
                    try crm.undo()
                    items[id]?.isThere = true
                }
            case 8: try crm.store.refreshSearch(isNew: Int.random(in: 0..<4, using: &generator) == 0)
            default: break
            }
            guard step % 6 == 5 else { continue }
            try compare(query(&generator), items)
        }
    }

    /// Some words, with the conditions that they are in the test's own terms.
    private func query(_ generator: inout SeededGenerator) -> [(word: String, isPrefix: Bool, isUnwanted: Bool)] {
        let count = Int.random(in: 1...3, using: &generator)
        return (0..<count).compactMap { place in
            guard let word = Self.vocabulary.randomElement(using: &generator) else { return nil }
            let isPrefix = Bool.random(using: &generator)
            let initial = String((Self.folded[word] ?? word).prefix(1))
            // Every serial number begins with an S.
            let isInitial = isPrefix && initial != "s" && Bool.random(using: &generator)
            let sought = isInitial ? initial : word
            return (sought, isPrefix, place > 0 && Bool.random(using: &generator))
        }
    }

    private func compare(_ query: [(word: String, isPrefix: Bool, isUnwanted: Bool)], _ items: [Int64: Item]) throws {
        let text = query.map { ($0.isUnwanted ? "-" : "") + $0.word + ($0.isPrefix ? "*" : "") }.joined(separator: " ")
        func has(_ words: [String], _ term: (word: String, isPrefix: Bool, isUnwanted: Bool)) -> Bool {
            let sought = Self.folded[term.word] ?? term.word
            return words.compactMap { Self.folded[$0] }.contains {
                term.isPrefix ? $0.hasPrefix(sought) : $0 == sought
            }
        }
        let expected = items.filter { _, item in
            let all = item.name + item.body.flatMap(\.self)
            return item.isThere && query.allSatisfy { has(all, $0) != $0.isUnwanted }
        }
        let partly = try found(text, in: crm.store, modules: [.asset])
        #expect(Set(partly) == Set(expected.keys.map { "asset \($0)" }), "\(text)")
        try crm.store.refreshSearch()
        #expect(try found(text, in: crm.store, modules: [.asset]) == partly, "\(text)")
        #expect(try crm.store.check().isEmpty)
        try crm.store.database.savepoint("scan") {
            try crm.store.dropSearch()
            #expect(try found(text, in: crm.store, modules: [.asset]) == partly, "\(text) by a scan")
        }
        try crm.store.refreshSearch()
    }

    @Test("A bulk write pays nothing, and what it wrote is found all the same")
    func bulk() throws {
        try crm.store.refreshSearch()
        try crm.write { transaction in
            for number in 0...Follower.mostAtOnce {
                _ = try transaction.add(.contact, [FieldInput("last_name", .set("Vega n\(number)"))])
            }
        }
        #expect(try crm.store.searchIsBehind())
        let reader = try TemporaryStore.open(crm.store.path, .reading)
        #expect(try !reader.refreshSearch())
        #expect(try found("n7", in: reader) == ["contact 8"])
        #expect(try found("vega", in: reader).count == Follower.mostAtOnce + 1)
        try crm.store.refreshSearch()
        #expect(try !crm.store.searchIsBehind())
        #expect(try found("n7", in: reader) == ["contact 8"])
        try crm.add(.contact, ["last_name": "Soto"])
        #expect(try !crm.store.searchIsBehind() && found("soto", in: crm.store).count == 1)
    }

    @Test("A search of one module needs no words of others")
    func words() throws {
        try crm.add(.contact, ["last_name": "Vega"])
        try crm.add(.asset, ["name": "Vega", "serial": "V1"])
        try crm.store.refreshSearch()
        try crm.store.database.execute("UPDATE \"search_module\" SET \"signature\" = '' WHERE \"module\" = 'asset'")
        #expect(try !crm.store.searchIsBehind(in: [Registry.standard[.contact]]))
        #expect(try crm.store.searchIsBehind(in: [Registry.standard[.contact], Registry.standard[.asset]]))
        #expect(try crm.store.searchIsBehind())
        #expect(try found("vega", in: crm.store, modules: [.contact, .contact]) == ["contact 1"])
        #expect(try found("vega") == ["contact 1", "asset 1"])
        #expect(try found("vega", in: crm.store, modules: [.asset, .contact]) == ["contact 1", "asset 1"])
    }

    /// The index, which is caught up with a few documents at a time.
    private func pieces() throws -> (follower: Follower, derive: () throws -> Follower.Outcome) {
        let follower = Follower.index(piece: 200)
        return (
            follower,
            {
                try crm.store.database.transaction {
                    let outcome = try follower.derive(crm.store.missedChanges(by: follower), crm.store) { _ in }
                    return outcome
                }
            }
        )
    }

    private func addMany(_ count: Int, _ word: String) throws {
        try crm.write { transaction in
            for number in 0..<count {
                let inputs = [
                    FieldInput("last_name", .set("\(word) n\(number)")), FieldInput("title", .set("de \(word)")),
                ]
                _ = try transaction.add(.contact, inputs)
            }
        }
    }

    @Test(
        "What is done of a long work stays done where it ends early, and others write between its pieces",
        arguments: [true, false]
    )
    func inPieces(isNew: Bool) throws {
        if !isNew { try crm.store.refreshSearch() }
        try addMany(Follower.mostAtOnce + 1, "vega")
        let (_, derive) = try pieces()
        for _ in 0..<3 { #expect(try derive() == .partly) }
        // Somebody writes, and somebody asks.
        try crm.edit(.contact, 1, ["last_name": "Soto"])
        try crm.add(.contact, ["last_name": "Nuevo"])
        try crm.delete(.contact, 2)
        #expect(try found("soto", in: crm.store) == ["contact 1"])
        #expect(try found("nuevo", in: crm.store).count == 1)
        #expect(try found("vega", in: crm.store).count == Follower.mostAtOnce)
        for _ in 0..<3 { #expect(try derive() == .partly) }
        #expect(try crm.store.catchUp(.index(piece: 40_000)))
        #expect(try !crm.store.searchIsBehind())
        #expect(try found("soto", in: crm.store) == ["contact 1"])
        #expect(try found("nuevo", in: crm.store).count == 1)
        #expect(try found("\"de vega\"", in: crm.store).count == Follower.mostAtOnce)
        #expect(try found("vega n1", in: crm.store).isEmpty)
        let rows = try crm.store.database.all("SELECT 1 FROM \"search_piece\"")
        #expect(rows.isEmpty)
    }

    @Test("Pieces of which history has let go are begun anew")
    func prunedPieces() throws {
        try addMany(Follower.mostAtOnce + 1, "vega")
        let (follower, derive) = try pieces()
        #expect(try derive() == .partly)
        try crm.store.forgetMark(of: follower)
        try crm.edit(.contact, 1, ["last_name": "Soto"])
        #expect(try crm.store.catchUp(follower))
        #expect(try found("vega", in: crm.store).count == Follower.mostAtOnce + 1)
        #expect(try found("\"vega n0\"", in: crm.store).isEmpty)
    }
}
