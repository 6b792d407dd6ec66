import Testing

/// What the tests know of each module: the least that a record needs, spelled as flags, and how it hangs on a contact.
///
/// It is written down here a second time, beside the program's own definitions, so that a change of the contract shows.
struct ModuleCase: CustomTestStringConvertible, Sendable {
    /// How the module is called on the command line.
    let noun: String
    /// How it is called in JSON.
    let key: String
    /// The flags without which nothing is added, save `--contact`.
    let required: [String]
    /// How it hangs on a contact.
    let relation: Relation

    enum Relation: Sendable {
        case center, referred, owned, primary
        case many(hasPeriod: Bool)
    }

    var testDescription: String { noun }

    init(_ noun: String, _ relation: Relation, _ required: String...) {
        self.noun = noun
        key = noun.replacing("-", with: "_")
        self.relation = relation
        self.required = required
    }

    /// Whether each record needs a contact.
    var needsContact: Bool {
        switch relation {
        case .owned, .primary: true
        case .center, .referred, .many: false
        }
    }

    static let all = [
        ModuleCase("contact", .center, "--last-name", "Ruiz"),
        ModuleCase("organization", .referred, "--name", "Acme"),
        ModuleCase("asset", .many(hasPeriod: true), "--name", "Laptop", "--serial", "X1"),
        ModuleCase("project", .many(hasPeriod: true), "--name", "Mudanza"),
        ModuleCase("address", .owned),
        ModuleCase("service", .many(hasPeriod: true), "--name", "Soporte"),
        ModuleCase("contract", .many(hasPeriod: false), "--subject", "Póliza"),
        ModuleCase("sales-order", .many(hasPeriod: false), "--subject", "Venta"),
        ModuleCase("quote", .many(hasPeriod: false), "--subject", "Cotización"),
        ModuleCase("purchase-order", .many(hasPeriod: false), "--subject", "Compra"),
        ModuleCase("product", .many(hasPeriod: true), "--name", "Tóner"),
        ModuleCase("event", .many(hasPeriod: false), "--subject", "Llamada", "--starts-at", "2026-03-02T10:00:00Z"),
        ModuleCase(
            "opportunity",
            .primary,
            "--name",
            "Renovación",
            "--close-date",
            "2026-12-31",
            "--amount",
            "12500",
            "--stage",
            "proposal"
        ),
        ModuleCase("comment", .owned, "--body", "Llamó"),
        ModuleCase("case", .many(hasPeriod: false), "--title", "No imprime"),
        ModuleCase("email", .many(hasPeriod: false), "--subject", "Hola"),
        ModuleCase("document", .many(hasPeriod: false), "--title", "Contrato"),
        ModuleCase("campaign", .many(hasPeriod: false), "--name", "Primavera"),
        ModuleCase("channel", .many(hasPeriod: false), "--name", "ventas", "--room-id", "R1"),
    ]
}
