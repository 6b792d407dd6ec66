import Testing

/// A small desk with the text that breaks formats: accents, quotes, commas, lines, tabs, backslashes, CJK and emoji.
///
/// Contacts 1 José Muñoz and 3 美咲 田中 are in organization 1, contact 2 Ana Ruiz in organization 2; contact 4 is another
/// Ana Ruiz and contact 5 reports to 1, both in none. Asset 1 is with José since 2026-01-01; asset 2 was Ana's (2)
/// until 2026-02-01 and is 美咲's now; asset 3 is with nobody. Opportunity 1 is José's, 2 is Ana's (2).
enum SampleDesk {
    private static let records: [[String]] = [
        [
            "organization", "add", "--name", "Acme, S.A.", "--industry", "manufacturing", "--employees", "120",
            "--annual-revenue", "1500000.50", "--currency", "MXN", "--external-id", "ORG-1",
            "--website", "https://www.acme.example/",
        ],
        ["organization", "add", "--name", "Ñandú \"Sur\"", "--industry", "consulting", "--employees", "8"],
        [
            "contact", "add", "--first-name", "José", "--last-name", "Muñoz", "--email", "jose@example.org",
            "--organization", "1", "--phone", "55 1234 5678", "--title", "Director, Compras",
            "--birthdate", "1980-05-17", "--tag", "vip", "--tag", "año nuevo",
        ],
        [
            "contact", "add", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org",
            "--organization", "2", "--external-id", "K-1",
            "--description", "Primera línea\nsegunda\tcon tabulador y \"comillas\"",
        ],
        [
            "contact", "add", "--first-name", "美咲", "--last-name", "田中", "--email", "misaki@example.org",
            "--organization", "1", "--do-not-call",
        ],
        ["contact", "add", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana.ruiz@example.org"],
        ["contact", "add", "--last-name", "👩‍💻 O\\Brien | Hijos", "--reports-to", "1"],
        [
            "asset", "add", "--name", "Portátil 💻", "--serial", "X1", "--value", "1234.50", "--currency", "MXN",
            "--contact", "1", "--role", "custodian", "--since", "2026-01-01",
        ],
        [
            "asset", "add", "--name", "Monitor 27\"", "--serial", "X2", "--status", "out_of_service",
            "--contact", "2", "--role", "user", "--since", "2025-06-01",
        ],
        ["asset", "link", "contact", "2", "3", "--role", "user", "--since", "2026-02-01", "--replace"],
        ["asset", "add", "--name", "Teclado", "--serial", "X3"],
        [
            "opportunity", "add", "--contact", "1", "--name", "Renovación", "--amount", "12500",
            "--close-date", "2026-12-31", "--stage", "qualification",
        ],
        [
            "opportunity", "add", "--contact", "2", "--name", "Póliza", "--amount", "999.90",
            "--close-date", "2026-06-30", "--stage", "closed_won",
        ],
    ]

    /// The file, made once by the program and copied into every sandbox that asks for it.
    private static let made = Swift.Result {
        let crm = try CRM()
        for words in records { try crm.succeed(words + ["--quiet"]) }
        return try crm.read("crm.db")
    }

    static func bytes() throws -> [UInt8] { try made.get() }
}
