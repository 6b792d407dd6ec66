import Testing

/// A type of field is a file and its registration: whoever handles values asks for their form, never for the type.
@Suite("The types of fields")
struct FieldTypeTests {
    /// Where types are declared, described and registered, and where definitions name them.
    static let homes = ["CRMKit/Types/", "CRMKit/Model/Fields/Field.swift", "CRMKit/Model/Fields/FieldType.swift"]

    /// The types whose names nothing else has, so that a case of theirs can be told from any other.
    static let names: Set<String> = {
        var own: Set<String> = []
        var others: Set<String> = []
        for file in LayerTests.files {
            for (owner, name) in file.cases {
                if owner == "FieldType" { own.insert(name) } else { others.insert(name) }
            }
        }
        return own.subtracting(others)
    }()

    @Test("are known by their names")
    func reading() {
        #expect(Self.names.isSuperset(of: ["longText", "decimal", "percent", "timeZone", "dateTime"]))
    }

    @Test("are told apart in their own files alone")
    func switches() {
        let strays = LayerTests.files.filter { file in !Self.homes.contains { file.path.hasPrefix($0) } }
            .flatMap { file in file.matched.intersection(Self.names).sorted().map { "\(file.path) asks for \($0)" } }
        #expect(strays == [])
    }

    @Test("are found where they are asked for")
    func finding() {
        let asked = SourceFile(
            path: "crm/Example.swift",
            text: """
                func width(_ type: FieldType) -> Int {
                    if type == .timeZone { return 9 }
                    switch type {
                    case .text, .longText: 1
                    case .decimal(let digits) where digits > 2: 2
                    default: ["percent": FieldType.dateTime].count
                    }
                }
                """
        )
        #expect(asked.matched.intersection(Self.names) == ["timeZone", "longText", "decimal"])
    }
}
