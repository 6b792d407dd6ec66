import TestSupport

@testable import CRMKit

/// People of whom it is known which records are the same one: some are entered twice, others only look alike.
struct MadePeople {
    /// One record, by its fields.
    struct Person {
        var given: String
        var family: String
        var organization: Int?
        var email: String?
        var emailSecondary: String?
        var mobile: String?
        var phone: String?
    }

    private(set) var people: [Person] = []
    /// The places in ``people`` of two records that are one, the earlier first.
    private(set) var truth: Set<[Int]> = []
    let organizations: Int
    /// How many of a hundred have the number of their organization's switchboard.
    private let switchboard: Int
    private var generator: SeededGenerator
    private var nextMobile = 10_000_000

    private static let givens = [
        "José", "María", "Juan", "Guadalupe", "Luis", "Luisa", "Carlos", "Fernanda", "Fernando", "Sofía", "Andrés",
        "Andrea", "Mario", "Julio", "Julia", "Verónica", "Ricardo", "Patricia", "Óscar", "Ángel", "Ángela", "Raúl",
        "Mónica", "Héctor", "Leticia", "Eduardo", "Gabriela", "Alejandro", "Alejandra", "Rocío", "Tomás", "Inés",
    ]
    private static let families = [
        "García", "Hernández", "Fernández", "Martínez", "López", "González", "Pérez", "Rodríguez", "Sánchez", "Ramírez",
        "Cruz", "Flores", "Gómez", "Morales", "Vázquez", "Jiménez", "Reyes", "Díaz", "Torres", "Gutiérrez", "Ruiz",
        "Mendoza", "Aguilar", "Ortiz", "Moreno", "Castillo", "Romero", "Álvarez", "Méndez", "Chávez", "Rivera",
        "Juárez",
        "Ramos", "Domínguez", "Herrera", "Medina", "Castro", "Vargas", "Guzmán", "Velázquez", "Rojas", "Núñez", "Peña",
    ]

    /// - Parameters:
    ///   - count: how many people there are before any is entered again.
    ///   - switchboard: how many of a hundred have the number of their organization's switchboard.
    init(count: Int, seed: UInt64, switchboard: Int) {
        self.switchboard = switchboard
        generator = SeededGenerator(seed: seed)
        organizations = max(count / 12, 4)
        for _ in 0..<count { addPerson() }
        for _ in 0..<count / 30 { addFamily() }
        for _ in 0..<count / 30 { addCouple() }
        for _ in 0..<count / 10 { addNamesake() }
        let places = Array(0..<people.count).shuffled(using: &generator)
        for place in places.prefix(count / 4) { enterAgain(place) }
        for place in places.dropFirst(count / 4).prefix(count / 8) { enterUnderAnotherName(place) }
    }

    private mutating func any(_ words: [String]) -> String { words.randomElement(using: &generator) ?? "" }
    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func newMobile() -> String {
        nextMobile += Int.random(in: 1...97, using: &generator)
        return "55\(nextMobile)"
    }

    private mutating func addPerson() {
        let given = chance(40) ? "\(any(Self.givens)) \(any(Self.givens))" : any(Self.givens)
        var person = Person(given: given, family: "\(any(Self.families)) \(any(Self.families))")
        person.organization = chance(90) ? Int.random(in: 0..<organizations, using: &generator) : nil
        let number = people.count
        if chance(75) { person.email = address(of: person, number) }
        if chance(60) { person.mobile = newMobile() }
        if let organization = person.organization {
            if chance(10) { person.email = "info@o\(organization).example" }
            if chance(switchboard) { person.phone = "55\(20_000_000 + organization)" }
        }
        people.append(person)
    }

    /// People of one household, who share their telephone and their family names.
    private mutating func addFamily() {
        let family = "\(any(Self.families)) \(any(Self.families))"
        let mobile = newMobile()
        for given in Self.givens.shuffled(using: &generator).prefix(Int.random(in: 2...4, using: &generator)) {
            var person = Person(given: given, family: family)
            person.mobile = mobile
            people.append(person)
        }
    }

    /// Two people of different names who have one e-mail address.
    private mutating func addCouple() {
        let number = people.count
        for given in Self.givens.shuffled(using: &generator).prefix(2) {
            var person = Person(given: given, family: "\(any(Self.families)) \(any(Self.families))")
            person.email = "nosotros\(number)@example.org"
            person.mobile = chance(50) ? newMobile() : nil
            people.append(person)
        }
    }

    private func address(of person: Person, _ number: Int) -> String {
        let words = [person.given, person.family].compactMap { $0.split(separator: " ").first }
        return "\(words.map { Fold.fold(String($0)) }.joined(separator: "."))\(number)@example.org"
    }

    /// Somebody else of a name, elsewhere.
    private mutating func addNamesake() {
        guard var person = people.randomElement(using: &generator), let organization = person.organization else {
            return
        }
        person.organization =
            (organization + 1 + Int.random(in: 0..<organizations - 1, using: &generator)) % organizations
        person.email = chance(70) ? address(of: person, people.count) : nil
        person.mobile = chance(50) ? newMobile() : nil
        person.phone = nil
        people.append(person)
    }

    // MARK: - Entered again

    private mutating func enterAgain(_ place: Int) {
        let original = people[place]
        var copy = original
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: copy.family = mistyped(copy.family)
        case 1: copy.given = mistyped(copy.given)
        case 2: (copy.given, copy.family) = (copy.family, copy.given)
        case 3: (copy.given, copy.family) = (Fold.fold(copy.given), Fold.fold(copy.family).uppercased())
        case 4: copy.given = copy.given.split(separator: " ").map { "\($0.prefix(1))." }.joined(separator: " ")
        default: copy.family = String(copy.family.split(separator: " ")[0])
        }
        if chance(40) { (copy.email, copy.emailSecondary) = (nil, copy.email?.uppercased()) }
        if let mobile = copy.mobile { copy.mobile = written(mobile) }
        // Of what says who it is something stays.
        var kept = [copy.email ?? copy.emailSecondary, copy.mobile].filter { $0 != nil }.count
        if kept > 1 || original.organization != nil, chance(40) {
            (copy.email, copy.emailSecondary) = (nil, nil)
            kept = copy.mobile == nil ? 0 : 1
        }
        if kept > 0, original.organization != nil, chance(40) { copy.organization = nil }
        if original.organization == nil || copy.organization == nil, kept == 0 { return }
        truth.insert([place, people.count])
        people.append(copy)
    }

    /// A record of somebody with the same e-mail address, and maybe the same telephone, under a name that does not match.
    private mutating func enterUnderAnotherName(_ place: Int) {
        let original = people[place]
        guard let email = original.email, !email.hasPrefix("info"), !email.hasPrefix("nosotros") else { return }
        var copy = original
        (copy.organization, copy.phone) = (chance(50) ? original.organization : nil, nil)
        copy.email = chance(50) ? email.uppercased() : email
        if let mobile = original.mobile { copy.mobile = written(mobile) }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: (copy.given, copy.family) = ("", email.split(separator: "@").first.map(String.init) ?? "")
        case 1: (copy.given, copy.family) = ("", "(sin nombre)")
        case 2: copy.family = any(Self.families.filter { !original.family.contains($0) })
        default:
            // Of a wholly different name it takes both to tell.
            guard copy.mobile != nil else { return }
            (copy.given, copy.family) = (any(Self.givens), any(Self.families))
        }
        if copy.mobile != nil, chance(30), copy.given.isEmpty { copy.mobile = nil }
        truth.insert([place, people.count])
        people.append(copy)
    }

    /// A text with one slip in its longest word.
    private mutating func mistyped(_ text: String) -> String {
        var words = text.split(separator: " ").map(Array.init)
        guard let longest = words.indices.max(by: { words[$0].count < words[$1].count }), words[longest].count > 4
        else {
            return Fold.fold(text)
        }
        let place = Int.random(in: 1..<words[longest].count - 1, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: words[longest].swapAt(place, place - 1)
        case 1: words[longest].remove(at: place)
        case 2: words[longest].insert(words[longest][place], at: place)
        default: words[longest][place] = "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator) ?? "x"
        }
        return words.map { String($0) }.joined(separator: " ")
    }

    private mutating func written(_ number: String) -> String {
        let (area, first, last) = (number.prefix(2), number.dropFirst(2).prefix(4), number.suffix(4))
        return any([
            "+52 \(area) \(first) \(last)", "(\(area)) \(first)-\(last)", "0052\(number)", "\(area) \(first) \(last)",
        ])
    }
}
