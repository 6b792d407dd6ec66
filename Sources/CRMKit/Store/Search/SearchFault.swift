import Localization
import SQLite

extension Store {
    /// Returns the fault of the search index; `nil` if there is no index, or it is sound.
    ///
    /// The index stores no text to compare with. Therefore all of it is read once, and it must have at least as many
    /// documents as there are records.
    func searchFault() throws -> Text? {
        guard try SearchIndex.isThere(in: self) else { return nil }
        do {
            try readSearchTerms()
            guard try !isBehind(.search), try aim(of: .search) == nil else { return nil }
            let index = try SearchIndex(self)
            guard index.isSound else { return nil }
            let records = try index.plans.reduce(0) { sum, plan in
                try sum + number("SELECT count(*) FROM \(name: plan.records.table.name)")
            }
            let documents = try searchDocumentCount()
            guard documents < records else { return nil }
            return Text(
                en: "the index of search lacks records: it has \(documents) of \(records)",
                es: "al índice de búsqueda le faltan registros: tiene \(documents) de \(records)"
            )
        } catch let error as SQLiteError where error.isDamage {
            return Text(
                en: "the index of search is damaged",
                es: "el índice de búsqueda está dañado"
            )
        }
    }

    /// Reads every word of the index (https://www.sqlite.org/fts5.html, section 8).
    private func readSearchTerms() throws {
        try database.execute("CREATE VIRTUAL TABLE \"temp\".\"search_term\" USING fts5vocab('main', 'search', 'row')")
        let reading = Result { try database.scalar("SELECT sum(\"cnt\") FROM \"temp\".\"search_term\"") }
        try database.execute("DROP TABLE \"temp\".\"search_term\"")
        _ = try reading.get()
    }

    /// Returns the number of documents in the index, as the index itself records it: the first number of the row 1 of
    /// its data, in groups of seven bits (the averages record of SQLite's fts5_index.c).
    private func searchDocumentCount() throws -> Int {
        let rows = try database.prepare("SELECT \"block\" FROM \"search_data\" WHERE \"id\" = 1")
        guard try rows.step() else { return 0 }
        var count = 0
        for byte in rows.blob(at: 0).prefix(8) {
            count = count << 7 | Int(byte & 0x7F)
            if byte < 0x80 { break }
        }
        return count
    }
}
