import Localization

/// The events that are not in the database, though a folder and its events agreed on them before: whether they were
/// deleted here, as the history says.
///
/// A database that was restored from a backup, or another one that is synchronized with the same folder, has never had
/// some of them. Their files are no refuse.
final class DepartedEvents {
    /// What became of an event.
    enum Fate {
        /// It was deleted here, or has another UID now.
        case deleted
        /// It was never here, or came with its file and was undone.
        case unknown
        /// It may have been erased; the history does not keep the names of erased records.
        case perhapsErased
    }

    /// Whether the last that happened to the event with a UID was meant.
    private var isMeant: [String: Bool] = [:]
    /// The ids of the records that were the events, by UID; those of single dates by the UID of their series as well.
    private var ids: [String: Set<Int64>] = [:]
    private let hasErased: Bool
    private var again: [String] = []
    private var remade: [String] = []
    private var left: [String] = []

    init(_ module: Module, by mapping: CalendarMapping, in store: Store) throws {
        hasErased = try store.hasErasures()
        try store.forEachFormer(of: module, field: mapping.identifier) { former in
            let uid = RecordComponent.uid(of: former.id, identifier: former.value.text, created: former.created)
            isMeant[uid] = former.isMeant
            for name in [uid, ApartKey(uid)?.series].compactMap(\.self) { ids[name, default: []].insert(former.id) }
        }
    }

    /// Returns the ids of the records that were the event with a UID, or single dates of it, as far as the history knows.
    func ids(of uid: String) -> Set<Int64> { ids[uid] ?? [] }

    /// Returns what became of an event that is missing here, and notes whether its file is taken in again or left
    /// alone.
    ///
    /// - Parameters:
    ///   - uids: its UID, or the keys of the single dates that are all there is of it.
    ///   - isMade: whether the file was made of the event, so that the event is gone where its making was undone. Where
    ///     the event was made of the file, it is the taking of the file that was undone.
    ///   - isAgreed: whether the event was here in the state that was agreed on. Another database may have written the
    ///     file since the event was deleted here.
    func fate(of uids: [String], in file: String, isMade: Bool, isAgreed: Bool) -> Fate {
        let meant = uids.map { isMeant[$0] }
        if meant.allSatisfy({ $0 == true || isMade && $0 == false }) {
            if isAgreed { return .deleted }
            remade.append(file)
            return .unknown
        }
        // One whose creation was undone is known by its name.
        guard meant.allSatisfy({ $0 == nil }), hasErased else {
            again.append(file)
            return .unknown
        }
        left.append(file)
        return .perhapsErased
    }

    /// The most files that a notice names.
    private static let mostNamed = 5

    /// Returns the names of the first files, and how many more there are.
    static func list(_ files: [String]) -> Text {
        let named = files.sorted().prefix(mostNamed).map { Text($0.abridged) }
        let more = files.count - named.count
        return Text(joining: named + (more > 0 ? [Text(en: "\(more) more", es: "\(more) más")] : []))
    }

    /// Tells of the files.
    var notices: [Text] {
        var notices: [Text] = []
        if !again.isEmpty {
            let files = Self.list(again)
            notices.append(
                Text(
                    en: """
                        taken in again, since their events are not here and nobody deleted them here: \(files.en). To take \
                        one out of the folder as well, delete it here
                        """,
                    es: """
                        se vuelven a tomar, porque sus eventos no están aquí y nadie los eliminó aquí: \(files.es). Para \
                        quitar alguno también de la carpeta, eliminarlo aquí
                        """
                )
            )
        }
        if !remade.isEmpty {
            let files = Self.list(remade)
            notices.append(
                Text(
                    en: """
                        made again, since their files were written by another database than the one that deleted them: \
                        \(files.en)
                        """,
                    es: """
                        se crean de nuevo, porque otra base de datos escribió sus archivos después de eliminarse aquí: \
                        \(files.es)
                        """
                )
            )
        }
        if !left.isEmpty {
            let files = Self.list(left)
            notices.append(
                Text(
                    en: """
                        left alone, since their events are not here and may have been erased: \(files.en). Remove the file, \
                        or take it in with import
                        """,
                    es: """
                        se dejan como están, porque sus eventos no están aquí y pueden haberse suprimido: \(files.es). \
                        Borrar el archivo, o tomarlo con import
                        """
                )
            )
        }
        return notices
    }
}
