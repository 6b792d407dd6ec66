import Localization
import Testing

@testable import CRMKit

@Suite("The definitions of the modules")
struct DefinitionTests {
    @Test("are nineteen: contacts, organizations and what hangs on a contact")
    func names() {
        #expect(
            Registry.standard.names.map(\.noun) == [
                "contact", "organization", "asset", "project", "address", "service", "contract", "sales-order",
                "quote", "purchase-order", "product", "event", "opportunity", "comment", "case", "email", "document",
                "campaign", "channel",
            ]
        )
        #expect(Registry.standard.center == .contact)
    }

    @Test("are found under their own name", arguments: Registry.standard.names)
    func lookup(name: ModuleName) {
        #expect(Registry.standard[name].name == name)
    }

    @Test("have names and labels of their own")
    func moduleLabels() {
        for language in Language.allCases {
            expectDistinct(Registry.standard.modules.map { Fold.fold($0.label(in: language)) }, "labels in \(language)")
            expectDistinct(Registry.standard.modules.map { Fold.fold($0.plural(in: language)) }, "plurals")
        }
    }

    @Test("hang on contacts as the data dictionary says", arguments: Registry.standard.modules.map(Relation.init))
    func relation(_ relation: Relation) {
        switch relation.name {
        case .contact: #expect(relation.kind == "center")
        case .organization: #expect(relation.kind == "referred")
        case .address, .comment: #expect(relation.kind == "owned")
        default: #expect(relation.kind == "many")
        }
    }

    @Test("refer only to modules that exist", arguments: Registry.standard.names)
    func references(name: ModuleName) {
        for field in Registry.standard[name].allFields {
            guard let target = field.type.target else { continue }
            #expect(Registry.standard.find(target) != nil, "\(name).\(field.key) → \(target)")
            if field.traits.contains(.acyclic) { #expect(target == name, "\(field.key)") }
        }
    }

    @Test("name fields in snake_case, once, and never as a flag of the program", arguments: Registry.standard.names)
    func keys(name: ModuleName) {
        let module = Registry.standard[name]
        for field in module.allFields {
            #expect(isSnakeCase(field.key), "\(field.key)")
            for flag in flags(of: field) where !exceptions.contains("\(name.rawValue).\(flag)") {
                #expect(!reservedFlags.contains(flag), "--\(flag)")
            }
        }
        expectDistinct(module.allFields.map(\.key), "keys")
        expectDistinct(module.allFields.flatMap(flags), "flags")
    }

    /// The definition of a file's own field is refused for the same reason.
    @Test("have a currency for the amounts in their rows", arguments: Registry.standard.names)
    func currencies(name: ModuleName) {
        let module = Registry.standard[name]
        for part in module.parts where part.allFields.contains(where: { $0.type == .money }) {
            #expect(module.currencyPosition != nil, "\(part.name): give the module a field of money")
        }
    }

    @Test("label every field, differently from every other", arguments: Registry.standard.names)
    func labels(name: ModuleName) {
        let module = Registry.standard[name]
        for language in Language.allCases {
            for fields in [module.fields, module.contacts.link?.attributes ?? []] {
                let labels = fields.map { Fold.fold($0.label(in: language)) }
                #expect(!labels.contains(""))
                expectDistinct(labels, "labels in \(language)")
            }
        }
    }

    @Test("offer choices that no input can confuse", arguments: Registry.standard.names)
    func choices(name: ModuleName) {
        for field in Registry.standard[name].allFields where !field.type.choices.isEmpty {
            let choices = field.type.choices
            for choice in choices { #expect(isSnakeCase(choice.key), "\(field.key): \(choice.key)") }
            let words = choices.flatMap { choice in
                Set(
                    [choice.key.map { $0 == "_" ? " " : String($0) }.joined(), choice.label.en, choice.label.es].map(
                        Fold.fold
                    )
                )
            }
            expectDistinct(words, "choices of \(field.key)")
        }
    }

    @Test("give defaults that are choices of their field", arguments: Registry.standard.names)
    func defaults(name: ModuleName) {
        let module = Registry.standard[name]
        for field in module.fields {
            switch (field.type, field.defaultValue) {
            case (_, .null): #expect(field.type != .boolean, "\(field.key) must be yes or no")
            case (.choice(let choices), .text(let key)): #expect(choices.contains { $0.key == key }, "\(field.key)")
            case (.money, .integer(0)): #expect(field.traits.contains(.derived), "\(field.key) is given")
            case (.boolean, .integer(let bit)): #expect(bit == 0 || bit == 1)
            case (.integer(let range), .integer(let number)): #expect(range.contains(number), "\(field.key)")
            default: Issue.record("\(field.key) has a default of another type")
            }
        }
        for attribute in module.contacts.link?.attributes ?? [] { #expect(attribute.defaultValue == .null) }
    }

    @Test("list, order and call records by fields they have", arguments: Registry.standard.names)
    func mentions(name: ModuleName) {
        let module = Registry.standard[name]
        expectDistinct(module.listed, "listed columns")
        #expect((6...9).contains(module.listed.count), "id, name and four to seven more")
        for key in module.listed { #expect(module.field(key)?.key == key, "\(key) is listed") }
        for order in module.dateOrders {
            let types = [order.earlier, order.later].map { module.field($0)?.type }
            #expect(types == [.date, .date] || types == [.dateTime, .dateTime], "\(order)")
        }
        #expect(module.field(module.displayKey) != nil)
        if case .composed(let parts, _, _, _, _) = module.display {
            for part in parts { #expect(module.field(part)?.key == part) }
        }
        for case .single(let flag, let group) in module.invariants {
            #expect(module.field(flag)?.type == .boolean)
            for key in group { #expect(module.field(key)?.key == key) }
        }
        for key in module.rules.flatMap(\.watching) { #expect(module.field(key)?.key == key, "a rule watches \(key)") }
    }

    @Test("have dates that matter, each of fields they have", arguments: Registry.standard.names)
    func occasions(name: ModuleName) throws {
        let module = Registry.standard[name]
        let context = try fixedContext()
        expectDistinct(module.occasions.map(\.key), "keys of occasions")
        let hops = [Hop(at: module)] + [relationHop(module)].compactMap(\.self)
        for occasion in module.occasions {
            let queries = try hops.compactMap {
                try OccasionQuery(occasion, along: $0, registry: .standard, context: context)
            }
            #expect(!queries.isEmpty, "nothing dates \(occasion.key)")
            for key in [occasion.wholeDay, occasion.end].compactMap(\.self) { #expect(module.field(key)?.key == key) }
            guard let use = occasion.use else {
                #expect(occasion.isOnTimeline, "\(occasion.key) is told nowhere")
                continue
            }
            for key in use.whose { #expect(module.field(key)?.key == key, "\(key)") }
            if let filter = use.filter, var query = queries.first { try query.narrow(by: filter, context: context) }
        }
    }

    private func relationHop(_ module: Module) -> Hop? {
        CRMKit.Relation(module, center: .contact).map { Hop($0, near: .contact, far: module) }
    }

    @Test("find records by keys that exist and no other word claims", arguments: Registry.standard.names)
    func referenceKeys(name: ModuleName) {
        let module = Registry.standard[name]
        let prefixes = module.referenceKeys.map(\.prefix)
        expectDistinct(prefixes, "prefixes")
        #expect(Set(prefixes).isDisjoint(with: ["id", "ext", "name"]))
        for field in module.referenceKeys.flatMap(\.fields) { #expect(module.field(field)?.key == field) }
    }

    @Test("mirror a field in a role that the link has", arguments: Registry.standard.names)
    func mirrors(name: ModuleName) {
        let module = Registry.standard[name]
        guard let link = module.contacts.link, let mirror = module.mirror else { return }
        #expect(module.field(mirror.field)?.type == .reference(.contact))
        #expect(link.attribute("role")?.type.choices.contains { $0.key == mirror.role } == true)
    }
}

/// How a module's records hang on contacts, in a form that a test can name.
struct Relation: Sendable, CustomTestStringConvertible {
    let name: ModuleName
    let kind: String
    var testDescription: String { name.noun }

    init(_ module: Module) {
        name = module.name
        kind =
            switch module.contacts {
            case .center: "center"
            case .referred: "referred"
            case .owned: "owned"
            case .many: "many"
            }
    }
}

extension Module {
    /// The record's fields, then those of its links.
    fileprivate var allFields: [Field] { fields + (contacts.link?.attributes ?? []) }
}

/// The flags of the program that set no field.
private let reservedFlags = Set(ReservedWords.options.map(\.hyphenated))

/// Fields that came before the words were reserved, on commands where these mean nothing else.
private let exceptions: Set<String> = [
    "document.version", "quote.version", "email.from", "email.to", "quote.total", "sales_order.total",
    "purchase_order.total",
]

/// Every flag that a field brings to a command line.
private func flags(of field: Field) -> [String] {
    switch field.type {
    case .boolean: [field.flag, "no-" + field.flag]
    case .list: [field.flag, "add-" + field.flag, "remove-" + field.flag]
    default: [field.flag]
    }
}

private func isSnakeCase(_ key: String) -> Bool {
    key.first?.isLetter == true && !key.hasSuffix("_")
        && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
}

private func expectDistinct(_ words: [String], _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let repeated = Dictionary(grouping: words) { $0 }.filter { $1.count > 1 }.keys.sorted()
    #expect(repeated.isEmpty, "\(what): \(repeated)", sourceLocation: sourceLocation)
}
