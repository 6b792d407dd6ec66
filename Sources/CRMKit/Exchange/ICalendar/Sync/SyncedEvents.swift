import Formats
import Localization

/// What a synchronization knows of each event: its file, its record and their last agreement.
struct SyncedEvents {
    /// A record as it is before the synchronization.
    struct RecordState {
        let id: Int64
        /// The hash of its components.
        let digest: SHA256Digest
        /// The time of the last change, in seconds since 1970.
        let revision: Int64
    }

    /// A file that was examined. Its contents are read again when needed, as a folder may have very many files.
    struct ExaminedFile {
        let file: CalendarSync.File
        /// The time of the last change in the component, in seconds since 1970.
        let revision: Int64?
    }

    /// What to do about an event: take its file, take it and add to it what else the record has, write the file, delete
    /// the record, remove the file, or note that both agree.
    enum Step {
        case take, merge, write, delete, remove, agree, nothing

        /// Whether the file is taken.
        var takesFile: Bool { self == .take || self == .merge }
    }

    /// The known facts of an event.
    struct Entry {
        let uid: String
        var agreement: CalendarSync.Agreement?
        var file: ExaminedFile?
        var record: RecordState?
        /// Whether the query has not found the record.
        var isUnasked = false
        var step = Step.nothing

        /// Returns the times at which this state of the record, which the file shares, was reached: first in the
        /// database where the two came to agree, then in this one and in others.
        func revisions(agreeingOn file: CalendarSync.File) -> [Int64] {
            guard let record else { return [] }
            guard let agreement, !agreement.isRemoved, agreement.fileDigest == file.digest,
                agreement.recordDigest == record.digest, !agreement.revisions.isEmpty
            else { return [record.revision] }
            let others = agreement.revisions.filter { $0 != record.revision }
            // The first says when the state was made.
            return agreement.revisions.first == record.revision
                ? agreement.revisions : Array((others + [record.revision]).prefix(Self.mostRevisions))
        }

        /// The maximum number of databases whose change times are kept for one record and folder.
        static let mostRevisions = 8
    }

    private var entries: [Entry] = []
    /// The indexes of the entries, by UID and by the file name at the last agreement.
    private var places: [String: Int] = [:]
    private var placesOfFiles: [String: Int] = [:]
    /// The number of events that had agreed before.
    private(set) var rememberedCount = 0

    subscript(place: Int) -> Entry {
        get { entries[place] }
        set { entries[place] = newValue }
    }

    var indices: Range<Int> { entries.indices }

    /// The names of the files examined that have an event.
    var fileNames: Set<String> { Set(entries.compactMap { $0.file?.file.name }) }

    /// The number of events with a file.
    var fileCount: Int { count { $0.file != nil } }

    func count(where isCounted: (Entry) -> Bool) -> Int { entries.count(where: isCounted) }

    /// Returns the index of an event, which is added if it is not known.
    mutating func place(of uid: String) -> Int {
        if let place = places[uid] { return place }
        entries.append(Entry(uid: uid))
        places[uid] = entries.count - 1
        return entries.count - 1
    }

    /// Returns the index of the event of a file that is what it was at the last agreement; `nil` for any other file.
    func place(ofUnchanged file: CalendarSync.File) -> Int? {
        guard let place = placesOfFiles[file.name], let known = entries[place].agreement, known.file == file.name,
            known.fileDigest == file.digest
        else { return nil }
        return place
    }

    /// Adds the state at the last agreement.
    mutating func remember(_ agreement: CalendarSync.Agreement) {
        let place = place(of: agreement.uid)
        let isKnown = entries[place].agreement.map { !$0.isRemoved } ?? false
        if agreement.isRemoved {
            if !isKnown { entries[place].agreement = agreement }
            return
        }
        if !isKnown { rememberedCount += 1 }
        entries[place].agreement = agreement
        placesOfFiles[agreement.file] = place
    }

    /// The agreements, in the order of the files.
    var agreements: [CalendarSync.Agreement] {
        entries.compactMap(\.agreement).sorted { $0.file < $1.file }
    }
}

extension SyncedEvents {
    /// Returns the refusal of most deletions at once, since an empty folder or database is more likely missing than
    /// emptied; `nil` if there are not so many.
    func losses(of module: Module) -> CRMError? {
        // What another database has deleted from the folder is not missing from it.
        let deleted = self.count { $0.step == .delete && $0.agreement?.isRemoved != true }
        let removed = self.count { $0.step == .remove && $0.file != nil }
        let known = rememberedCount
        guard max(deleted, removed) * 2 > known, known > 1 || fileCount == 0 else { return nil }
        let (lost, place) =
            deleted >= removed
            ? (deleted, Text(en: "files are gone from the folder", es: "archivos ya no están en la carpeta"))
            : (removed, Text(en: "events are gone from the database", es: "eventos ya no están en la base de datos"))
        return CRMError(
            .refused,
            Text(en: "\(lost) of \(known) \(place.en)", es: "\(lost) de \(known) \(place.es)"),
            hint: Text(
                en: "if they were deleted on purpose, repeat it with --force",
                es: "si se eliminaron a propósito, repetirlo con --force"
            ),
            module: module.name
        )
    }
}
