import Formats
import Testing

@testable import CRMKit

/// Cards into a database and out of it, as the command does.
struct VCardExchange {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private var contacts: Module { Registry.standard[.contact] }

    /// Imports cards in one transaction, by their UID unless options say otherwise.
    ///
    /// - Returns: what came of it, and what was wrong with which card.
    @discardableResult
    func take(
        _ cards: String,
        _ configure: (inout ImportOptions) -> Void = { _ in }
    ) throws -> (report: ImportReport, problems: [RowProblem]) {
        var options = ImportOptions()
        options.match = ["external_id"]
        options.addsUnmatchable = true
        options.creates = [.organization]
        options.continuesOnError = true
        configure(&options)
        let work = try RecordImport(contacts, registry: .standard, options: options)
        let file = NamedSource(name: nil) { ByteSource(bytes: Array(cards.utf8)) }
        var rows = try #require(InputRows(cards: [file], of: contacts, options: options, keepsRaw: true))
        var problems: [RowProblem] = []
        try crm.write(TemporaryStore.request("crm contact import")) { transaction in
            _ = try work.take(
                from: &rows,
                in: transaction,
                reject: { found, _ in problems += found },
                advance: {}
            )
        }
        return (work.report, problems)
    }

    /// Every contact as a card.
    func cards(_ version: VCardWriter.Version = .v3_0) throws -> String { try Self.cards(of: crm.store, version) }

    /// Every contact of a database as a card.
    static func cards(of store: Store, _ version: VCardWriter.Version) throws -> String {
        let contacts = Registry.standard[.contact]
        let export = try #require(CardExport(contacts, from: store))
        let sink = ByteSink.memory()
        let writer = VCardWriter(sink, version: version)
        let edition: VCard.Version =
            switch version {
            case .v3_0: .v3_0
            case .v4_0: .v4_0
            }
        try export.forEach(try store.list(contacts), version: edition) { card, _ in try writer.write(card) }
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    /// A card of version 3.0 with a name and these lines.
    static func card(_ lines: String...) -> String {
        (["BEGIN:VCARD", "VERSION:3.0", "UID:u1", "FN:Ana Ruiz", "N:Ruiz;Ana;;;"] + lines + ["END:VCARD", ""])
            .joined(separator: "\r\n")
    }
}
