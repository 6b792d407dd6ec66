import SQLite
import Testing

@testable import CRMKit

/// Records that may be one are found, and those that only look alike are not.
@Suite struct DuplicateSearchTests {
    private let crm: TemporaryStore

    init() throws {
        crm = try TemporaryStore()
        _ = try crm.store.set(.country, to: "MX", TemporaryStore.request())
    }

    private func pairs(
        _ module: Module = .contact,
        threshold: Int = DuplicateQuery.standardThreshold,
        filters: [String] = []
    ) throws -> [DuplicatePair] {
        var query = DuplicateQuery(module)
        query.threshold = threshold
        query.filters = filters
        var pairs: [DuplicatePair] = []
        _ = try crm.store.duplicates(query) { pairs.append($0) }
        return pairs
    }

    @Test("most are found and few others", arguments: [(1, 30), (2, 30), (3, 30), (1, 100)] as [(UInt64, Int)])
    func mostAreFoundAndFewOthers(seed: UInt64, switchboard: Int) throws {
        let made = MadePeople(count: 2_000, seed: seed, switchboard: switchboard)
        try crm.write { transaction in
            for number in 0..<made.organizations {
                _ = try transaction.add(.organization, [FieldInput("name", .set("Org \(number)"))])
            }
            for person in made.people {
                let fields: KeyValuePairs<String, String?> = [
                    "first_name": person.given.isEmpty ? nil : person.given, "last_name": person.family,
                    "organization": person.organization.map { "\($0 + 1)" }, "email": person.email,
                    "email_secondary": person.emailSecondary, "mobile": person.mobile, "phone": person.phone,
                ]
                let inputs = fields.compactMap { key, text in text.map { FieldInput(key, .set($0)) } }
                _ = try transaction.add(.contact, inputs)
            }
        }
        let found = Set(try pairs().map { [Int($0.keep) - 1, Int($0.merge) - 1] })
        let right = found.intersection(made.truth)
        let recall = Double(right.count) / Double(made.truth.count)
        let precision = Double(right.count) / Double(found.count)
        #expect(made.truth.count > 400)
        #expect(recall >= 0.95, "recall \(recall), missed \(made.described(made.truth.subtracting(found)))")
        #expect(precision >= 0.95, "precision \(precision), wrong \(made.described(found.subtracting(made.truth)))")
    }

    @Test("A pair without a reason is none, however low the threshold")
    func reasons() throws {
        for name in ["Cable HDMI 2m", "Cable HDMI 3m"] { try crm.add(.product, ["name": name]) }
        for name in ["Acme, S.A. de C.V.", "Grupo Acme Industrial"] { try crm.add(.organization, ["name": name]) }
        for module in [Module.product, .organization] {
            #expect(try pairs(module, threshold: 0).allSatisfy { !$0.reasons.isEmpty })
        }
    }

    @Test(
        "Names are compared word by word",
        arguments: [
            ("ana ruiz", "ana ruiz", NameRelation.equal), ("ana ruiz", "ruiz ana", .swapped),
            ("ana rodriguez", "ana rodrigues", .misspelt), ("ana ruiz", "a ruiz", .abbreviated),
            ("juan carlos perez lopez", "juan perez", .partial), ("j c perez", "juan carlos perez", .abbreviated),
            ("ana ruiz", "eva ruiz", .different), ("luis ruiz", "luisa ruiz", .different),
            ("mario gomez", "maria gomez", .different), ("ana", "ana ruiz", .different),
            ("a ruiz", "luis ruiz", .different), ("maria de la cruz", "maria cruz", .equal),
            ("monitor 24", "monitor 27", .different), ("", "ana", .different),
            ("ma. lopez", "maria lopez", .equal), ("fco. javier mtz", "francisco javier martinez", .equal),
            ("gpe. hdez.", "guadalupe hernandez", .equal), ("rdz. paz eva", "eva rodriguez paz", .swapped),
            ("j. glez", "juan gonzalez", .abbreviated), ("luis fdez. sta. cruz", "luis fernandez santa cruz", .equal),
            ("anna ruiz", "ana ruiz", .misspelt), ("ana ruiz", "ada ruiz", .different),
            ("eva paz", "eva poz", .different),
            ("paco ruano", "francisco ruano", .familiar), ("lupita trevino", "guadalupe trevino garza", .familiar),
            ("marijose paz", "maria jose paz", .familiar), ("paco ruano", "pancho ruano", .familiar),
            ("paco ruano", "francisco javier ruano", .familiar), ("bob hill", "robert hill", .familiar),
            ("ruano paco", "francisco ruano", .familiar), ("beto cruz", "gilberto cruz", .familiar),
            ("paco ruano", "jose ruano", .different), ("paco", "francisco", .different),
            ("paco ruano", "francisco sosa", .different), ("alejandro ruiz", "alejandra ruiz", .different),
            ("fransisco hernandes", "francisco hernandez", .misspeltThroughout),
            ("hernandes fransisco", "francisco hernandez", .misspeltThroughout),
            ("fransisco hernandes paz", "francisco hernandez ruiz", .different),
            ("eva sol", "evita sol", .familiar), ("juanito paz", "juan paz", .familiar),
            ("carmencita paz", "carmen paz", .familiar), ("evita sol", "evito sol", .different),
            ("jose lara cruz", "jse lara cruz", .misspelt), ("jose lara cruz", "jose laa cruz", .misspelt),
            ("ana goni", "ana goi", .different), ("ana quinones", "ana kinones", .misspelt),
            ("luisa lara cruz", "luis lara cruz", .different), ("ana lara cruz", "eva lara cruz", .different),
            ("sra. olvera", "olvera", .equal), ("lic. ana ruiz", "ana ruiz", .equal),
            ("r. sandoval cardenas", "e. sandoval ramos", .different),
            ("c. cardenas", "tomas cardenas cruz", .different),
        ]
    )
    func names(one: String, other: String, relation: NameRelation) {
        #expect(Self.relation("", one, "", other) == relation)
        #expect(Self.relation("", other, "", one) == relation)
    }

    /// The relation of two names that are divided into a given name and a surname.
    private static func relation(
        _ given: String,
        _ family: String,
        _ otherGiven: String,
        _ otherFamily: String,
        haveOwnValue: Bool = false
    ) -> NameRelation {
        var words = NameWords(.person)
        func list(_ text: String) -> [NameWords.Word] {
            var list: [NameWords.Word] = []
            var text = text
            text.withUTF8 { bytes in
                words.forEach(in: UnsafeRawBufferPointer(bytes)) { list.append(NameWords.Word($1)) }
            }
            return list
        }
        let names = [(given, family), (otherGiven, otherFamily)].map { given, family in
            ComparedName(words: list(given) + list(family), givenWords: list(given).count)
        }
        let (frequencies, hypocorisms) = (WordFrequencies(), Hypocorisms(in: .person))
        return NameRelation(names[0], names[1], frequencies, hypocorisms, haveOwnValue: haveOwnValue)
    }

    @Test(
        "An initial stands for a name at its place: that of a given name for no surname",
        arguments: [
            ("r.", "sandoval cardenas", "e.", "sandoval ramos", NameRelation.different),
            ("c.", "cardenas", "tomas", "cardenas cruz", .different),
            ("c.", "cardenas", "tomas", "cardenas c.", .different),
            ("c.", "cardenas", "carlos", "cardenas cruz", .abbreviated),
            ("j. c.", "paz", "juan carlos", "paz", .abbreviated),
            ("c.", "paz", "juan carlos", "paz", .abbreviated), ("juan", "paz l.", "juan", "paz lopez", .abbreviated),
            ("juan c.", "paz", "juan", "cruz paz", .different), ("juan", "l. paz", "juan", "paz lopez", .different),
            ("ruiz", "a.", "ana", "ruiz", .abbreviated), ("ruiz", "a.", "a.", "ruiz", .swapped),
            ("", "a. ruiz", "ana", "ruiz", .abbreviated), ("r.", "paz", "e.", "paz", .different),
            ("j. c.", "paz", "j. a.", "paz", .different),
        ]
    )
    func initials(one: String, two: String, other: String, another: String, relation: NameRelation) {
        #expect(Self.relation(one, two, other, another) == relation)
        #expect(Self.relation(other, another, one, two) == relation)
    }

    @Test(
        "A slip in a short name counts where a value of their own is the same, and not otherwise",
        arguments: [
            ("Ignacio", "León", "Ignacio", "Lón", true), ("Ana", "Serrano", "Aan", "Serrano", true),
            ("Juan", "Rojas", "Jan", "Rojas", true), ("Raúl", "Soto", "Rául", "Sot", true),
            ("Eva", "Luna", "Eba", "Luna", true), ("Miranda", "Lara", "Miranda", "ara", true),
            ("Ana", "Ruiz", "Eva", "Ruiz", false), ("Juan", "Ruiz", "Juana", "Ruiz", false),
            ("Luis", "Ruiz", "Luz", "Ruiz", false), ("Ana", "Paz", "Aan", "Poz", false), ("Eva", "", "Eba", "", false),
        ]
    )
    func shortSlips(_ given: String, _ family: String, _ otherGiven: String, _ otherFamily: String, isSlip: Bool) throws
    {
        let texts = [given, family, otherGiven, otherFamily].map { Fold.fold($0) }
        func relation(_ own: Bool) -> NameRelation {
            Self.relation(texts[0], texts[1], texts[2], texts[3], haveOwnValue: own)
        }
        #expect(relation(true) == (isSlip ? .misspelt : .different))
        #expect(relation(false) == .different)
        guard isSlip else { return }
        for (first, last) in [(given, family), (otherGiven, otherFamily)] {
            try crm.add(.contact, ["first_name": first, "last_name": last, "mobile": "5511110000"])
        }
        #expect(try pairs().map { $0.reasons.map(\.key) } == [["misspelt_name", "phone"]])
    }

    @Test("two frequent names are no slip") func twoFrequentNamesAreNoSlip() {
        var frequencies = WordFrequencies()
        let words = ["hernandez", "fernandez"].map { NameWords.Word($0.utf8) }
        let names = words.map { ComparedName(words: [NameWords.Word("jose".utf8), $0], givenWords: 1) }
        func relation() -> NameRelation {
            NameRelation(names[0], names[1], frequencies, Hypocorisms(in: .person), haveOwnValue: true)
        }
        #expect(relation() == .misspelt)
        for _ in 0..<50 { for word in words { frequencies.add(word.hash) } }
        #expect(relation() == .different)
    }

    @Test(
        "Who shares an e-mail address and the surname is one person by a familiar name, and maybe a relative by another",
        arguments: [
            ("Francisco", "Ruano", "Paco", "Ruano", true, "familiar_name"),
            ("Guadalupe", "Treviño Garza", "Lupita", "Treviño", true, "familiar_name"),
            ("María José", "Peña", "Marijosé", "PENA", true, "familiar_name"),
            ("Sra.", "Olvera", "Rita", "Olvera", true, "last_name"),
            ("", "Olvera", "Rita", "Olvera Gil", true, "last_name"),
            ("", "s@x.mx", "Rita", "Olvera", true, nil), ("Juan", "Paz", "María", "Paz", false, "last_name"),
            ("Juan", "Paz", "María", "Gil", false, nil),
        ] as [(String, String, String, String, Bool, String?)]
    )
    func surnames(
        given: String,
        family: String,
        otherGiven: String,
        otherFamily: String,
        isFound: Bool,
        reason: String?
    ) throws {
        for (first, last) in [(given, family), (otherGiven, otherFamily), ("Eva", "Sosa")] {
            let email = first == "Eva" ? "eva@x.mx" : "s@x.mx"
            try crm.add(.contact, ["first_name": first, "last_name": last, "email": email])
        }
        #expect(try pairs().isEmpty == !isFound)
        let found = try #require(pairs(threshold: 0).first { $0.keep == 1 && $0.merge == 2 })
        #expect(found.reasons.map(\.key) == [reason, "email"].compactMap { $0 })
    }

    @Test("Relatives who share more are surer than those who share one value, and less than one by a familiar name")
    func relatives() throws {
        try crm.add(.organization, ["name": "Acme"])
        for given in ["Juan", "María", "Juanito"] {
            try crm.add(
                .contact,
                [
                    "first_name": given, "last_name": "Paz", "email": "paz@x.mx", "mobile": "55 1111 0000",
                    "organization": "1",
                ]
            )
        }
        let found = try pairs(threshold: 600)
        #expect(found.map { [$0.keep, $0.merge] } == [[1, 3], [1, 2], [2, 3]])
        #expect(try pairs().map { [$0.keep, $0.merge] } == [[1, 3]])
    }

    @Test(
        "A number that everybody of an organization has proves no more than the organization, nor hides what differs",
        arguments: [
            (["a@x.mx", "5511110001"], ["b@x.mx", "5511110002"], nil), (["a@x.mx", ""], ["b@x.mx", ""], "0.870"),
            (["a@x.mx", ""], ["", ""], "0.900"), (["info@x.mx", "5511110001"], ["b@x.mx", ""], "0.900"),
        ] as [([String], [String], String?)]
    )
    func switchboard(one: [String], other: [String], score: String?) throws {
        try crm.add(.organization, ["name": "Acme"])
        for (name, own) in [("Luis", one), ("Luis", other), ("Eva", ["", ""]), ("Inés", ["", ""])] {
            try crm.add(
                .contact,
                [
                    "first_name": name, "last_name": "Pérez", "organization": "1", "phone": "5540001000",
                    "email": own[0], "mobile": own[1],
                ]
            )
        }
        let found = try pairs().map { "0.\($0.thousandths)" }
        #expect(found == [score].compactMap { $0 })
        #expect(try pairs(threshold: 0).first?.reasons.map(\.key) == ["name", "shared_phone", "organization"])
    }

    @Test("Names of companies have no familiar forms") func companies() throws {
        for name in ["Taller Paco", "Taller Francisco"] {
            try crm.add(.organization, ["name": name, "phone": "55 1111 0000"])
        }
        #expect(try pairs(.organization).isEmpty)
    }

    @Test("reasons and score say why") func reasonsAndScoreSayWhy() throws {
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(
            .contact,
            ["first_name": "Ana", "last_name": "Ruiz", "organization": "1", "mobile": "55 1234 5678"]
        )
        try crm.add(
            .contact,
            ["first_name": "Ruíz", "last_name": "Ana", "organization": "1", "home_phone": "+52 55 1234 5678"]
        )
        try crm.add(.contact, ["first_name": "Eva", "last_name": "Ruiz", "phone": "5512345678"])
        let found = try pairs()
        #expect(found.map { [$0.keep, $0.merge] } == [[1, 2]])
        #expect(found.first?.reasons.map(\.key) == ["swapped_name", "phone", "organization"])
        #expect(try pairs(threshold: 300).count == 3)
        #expect(try pairs(filters: ["first_name = Ana"]).isEmpty)
    }

    @Test("organizations and products are found by their names and codes")
    func organizationsAndProductsAreFoundByTheirNamesAndCodes() throws {
        for (name, tax) in [
            ("Comercial del Norte, S.A. de C.V.", ""), ("COMERCIAL DEL NORTE", ""),
            ("Comercial del Norte", "XYZ010203AB1"),
            ("Otra", "ABC010203AB1"), ("Su filial", "ABC010203AB1"), ("Comercial del Sur", ""),
        ] {
            try crm.add(.organization, ["name": name, "tax_id": tax])
        }
        #expect(
            try pairs(.organization).map { [$0.keep, $0.merge] }.sorted { $0[1] < $1[1] } == [
                [1, 2], [1, 3], [2, 3], [4, 5],
            ]
        )
        for (name, code) in [
            ("Cable HDMI 2m", "A"), ("Cable HDMI 2 m", ""), ("Cable HDMI 3m", ""), ("cable hdmi 2m", "B"),
        ] {
            try crm.add(.product, ["name": name, "code": code])
        }
        // Two codes are two products.
        #expect(try pairs(.product).map { [$0.keep, $0.merge] } == [[1, 2], [2, 4]])
        try crm.add(.product, ["name": "Cable HDMI 3m"])
        #expect(try pairs(.product).map { [$0.keep, $0.merge] }.contains([3, 5]))
        // One code, however it is written.
        for code in ["LJ-1020", "LJ1020", "LJ 1021"] { try crm.add(.product, ["name": "Taladro", "code": code]) }
        #expect(try pairs(.product).map { [$0.keep, $0.merge] }.filter { $0[0] > 5 } == [[6, 7]])
        for name in ["Plásticos Sta. Fe Pte.", "PLASTICOS SANTA FE PONIENTE", "Hnos. Mtz.", "Hermanos Martínez"] {
            try crm.add(.organization, ["name": name])
        }
        #expect(try pairs(.organization).map { [$0.keep, $0.merge] }.contains([7, 8]))
        #expect(try pairs(.organization).map { [$0.keep, $0.merge] }.contains([9, 10]))
    }

    @Test("What is abbreviated is found without anything else in common, what is misspelt within an organization")
    func abbreviations() throws {
        try crm.add(.organization, ["name": "Acme"])
        try crm.add(.contact, ["first_name": "Ma. Gpe.", "last_name": "Hdez. Rdz."])
        try crm.add(.contact, ["first_name": "María Guadalupe", "last_name": "Hernández Rodríguez"])
        try crm.add(.contact, ["first_name": "Ana", "last_name": "Ruiz", "organization": "1"])
        try crm.add(.contact, ["first_name": "Anna", "last_name": "Ruiz", "organization": "1"])
        #expect(try pairs().map { [$0.keep, $0.merge] }.sorted { $0[0] < $1[0] } == [[1, 2], [3, 4]])
    }

    @Test(
        "A letter that is mistyped is a slip wherever it stands, however many have the right name",
        arguments: ["Gpmez", "Gomes", "Gomex", "Gómezz"]
    )
    func slips(_ name: String) throws {
        for other in ["Eva", "Luis", "Iván", "Rosa", "Raúl", "Inés", "Hugo", "Zoë", "Olga", "Abel"] {
            for title in ["", " Paz"] { try crm.add(.contact, ["first_name": other + title, "last_name": "Gómez"]) }
        }
        try crm.add(.contact, ["first_name": "Ana", "last_name": "Gómez", "email": "a@x.mx"])
        try crm.add(.contact, ["first_name": "Ana", "last_name": name, "email": "a@x.mx"])
        let found = try pairs().first { $0.keep == 21 && $0.merge == 22 }
        #expect(found?.reasons.map(\.key) == ["misspelt_name", "email"])
    }

    @Test("A name with an error in every word is found by a telephone of its own, and by nothing less")
    func slipsThroughout() throws {
        for (first, last) in [("Fransisco", "Hernandes"), ("Francisco", "Hernández")] {
            try crm.add(.contact, ["first_name": first, "last_name": last, "mobile": "5512345678"])
        }
        for (first, last) in [("Gilberto", "Cervantes"), ("Jilberto", "Servantes")] {
            try crm.add(.contact, ["first_name": first, "last_name": last])
        }
        let found = try pairs()
        #expect(found.map { [$0.keep, $0.merge] } == [[1, 2]])
        #expect(found.first?.reasons.map(\.key) == ["misspelt_name", "phone"])
    }

    @Test("a large group is compared where names share words") func aLargeGroupIsComparedWhereNamesShareWords() throws {
        try crm.write { transaction in
            func add(_ name: String) throws {
                let inputs = [("last_name", name), ("phone", "5512345678")].map { FieldInput($0.0, .set($0.1)) }
                _ = try transaction.add(.contact, inputs)
            }
            let letters = Array("bcdfghjklmnpqrst")
            for number in 0..<200 {
                let end = "\(letters[number / 16])a\(letters[number % 16])"
                try add("Persona\(end) Apellido\(end)")
            }
            try add("Personabak Apelidobak")
        }
        var found: [[Int64]] = []
        let counts = try crm.store.duplicates(DuplicateQuery(.contact)) { found.append([$0.keep, $0.merge]) }
        #expect(found == [[8, 201]])
        #expect(counts.cutGroups == 1)
        #expect(counts.records == 201)
    }
}

extension MadePeople {
    /// Some pairs, for whoever looks why a test failed.
    fileprivate func described(_ pairs: Set<[Int]>) -> String {
        pairs.prefix(8).map { "\(people[$0[0]]) / \(people[$0[1]])" }.joined(separator: "\n")
    }
}
