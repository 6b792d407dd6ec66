import Formats
import Localization

/// Decides what to do about each event.
extension CalendarSync {
    /// Decides about an event by what has changed on each side since the last agreement.
    func step(_ entry: SyncedEvents.Entry) throws -> SyncedEvents.Step {
        let (file, record, former) = (entry.file, entry.record, entry.agreement)
        if let former, former.isRemoved { return try step(entry, removed: former) }
        if let former, unreadable.contains(former.file) { return .nothing }
        guard let former else {
            guard let file else { return .write }
            guard let record else { return .take }
            return try settle(file, record)
        }
        let isFileChanged = file.map { $0.file.digest != former.fileDigest } ?? true
        let isRecordChanged = record.map { $0.digest != former.recordDigest } ?? true
        switch (file, record) {
        // Both sides have lost the event.
        case (nil, nil): return .remove
        case (nil, let record?):
            guard isRecordChanged else { return .delete }
            note(
                record,
                en: "was changed here and its file \(former.file) is gone: the file is written again",
                es: "se cambió aquí y su archivo \(former.file) ya no está: el archivo se escribe de nuevo"
            )
            return .write
        case (let file?, nil):
            switch try fate(of: entry.uid, in: file.file, former) {
            case .unknown: return .take
            case .perhapsErased: return .nothing
            case .deleted: break
            }
            guard isFileChanged else { return .remove }
            report.conflicts += 1
            told.append(
                Text(
                    en: "\(file.file.name) was changed and its event deleted here: the event is made again",
                    es: "\(file.file.name) se cambió y su evento se eliminó aquí: el evento se crea de nuevo"
                )
            )
            return .take
        case (let file?, let record?):
            switch (isFileChanged, isRecordChanged) {
            case (false, false): return .agree
            case (true, false): return .take
            case (false, true):
                if try knows(former, record) { return .write }
                // The database was restored, or another one has brought the folder to its present state.
                guard let made = former.revisions.first, record.revision <= made else {
                    return try settle(file, record)
                }
                older.append(file.file.name)
                return .merge
            case (true, true): return try settle(file, record)
            }
        }
    }

    /// Decides about an event that was deleted from the folder, in this database or in another one of the folder.
    private func step(_ entry: SyncedEvents.Entry, removed former: Agreement) throws -> SyncedEvents.Step {
        switch (entry.file, entry.record) {
        case (nil, nil): return .nothing
        case (_?, nil): return .take
        case (let file?, let record?): return try settle(file, record)
        case (nil, let record?):
            let state = Agreement.State(revision: record.revision, digest: record.digest)
            let isAsAgreed = state.digest == former.recordDigest && former.revisions.contains(state.revision)
            if isAsAgreed || former.behind.contains(state) { return .delete }
            // A record that was never as agreed on, or came back since, was not meant.
            guard try hasHad(former.revisions + former.behind.map(\.revision), record, of: former.uid) else {
                return entry.isUnasked ? .nothing : .write
            }
            note(
                record,
                en: "was changed here and deleted from the folder: the file \(former.file) is written again",
                es: "se cambió aquí y se eliminó de la carpeta: el archivo \(former.file) se escribe de nuevo"
            )
            return .write
        }
    }

    /// Whether a record has been in the state that was agreed on: it was changed since, if it is in another one now.
    private func knows(_ former: Agreement, _ record: SyncedEvents.RecordState) throws -> Bool {
        try former.revisions.isEmpty || hasHad(former.revisions, record, of: former.uid)
    }

    /// Whether a record, or a date that stands in its file, has or had one of some times of change.
    private func hasHad(
        _ revisions: [Int64],
        _ record: SyncedEvents.RecordState,
        of uid: String
    ) throws -> Bool {
        if revisions.contains(record.revision) { return true }
        let ids = [record.id] + (alone[uid] ?? [])
        if try ids.contains(where: { id in try revisions.contains { try hadRevision($0, id) } }) { return true }
        // If only dates are left of a series, the record of the series that is gone may have had the revisions.
        guard let found = try store.storedRecord(module, id: record.id), try uidOfSeries(found) == uid else {
            return false
        }
        return try revisions.contains { try hadHere(uid, $0) }
    }

    /// Whether the history knows that a record, which may be gone, had a time of change.
    func hadRevision(_ revision: Int64, _ id: Int64) throws -> Bool {
        guard let moment = Moment(secondsSinceEpoch: revision) else { return false }
        return try store.hadFormerly(.text(moment.description), in: mapping.revision, of: id, module)
    }

    /// The notice about files that were taken because their events are older here; `nil` if there are none.
    var olderNotice: Text? {
        if older.isEmpty { return nil }
        let files = DepartedEvents.list(older)
        return Text(
            en: "taken, since their events are older here than when they were last alike: \(files.en)",
            es: "se toman, porque sus eventos son más antiguos aquí que cuando coincidieron por última vez: \(files.es)"
        )
    }

    /// Decides about an event that changed on both sides, or was never compared.
    private func settle(
        _ examined: SyncedEvents.ExaminedFile,
        _ record: SyncedEvents.RecordState
    ) throws -> SyncedEvents.Step {
        let file = try read(examined.file)
        guard let found = try store.storedRecord(module, id: record.id), let series = file.component else {
            return .take
        }
        if try Self.says(series, file, written(found)) { return .agree }
        let isFileLater = (file.revision ?? file.file.changed) > record.revision
        if isFileLater {
            let beside = try madeBeside(record)
            note(
                record,
                en: "was changed here and in \(file.file.name): the file's state is later and was taken\(beside.en)",
                es: "se cambió aquí y en \(file.file.name): el estado del archivo es posterior y se tomó\(beside.es)"
            )
        } else {
            note(
                record,
                en: "was changed here and in \(file.file.name): the state here is later and was written",
                es: "se cambió aquí y en \(file.file.name): el estado de aquí es posterior y se escribió"
            )
        }
        return isFileLater ? .merge : .write
    }

    private static func says(_ series: CalendarComponent, _ file: Present, _ event: WrittenEvent) -> Bool {
        let theirs = WrittenEvent(components: [series] + file.occurrences, definitions: [])
        return theirs.withoutStamps.inOrder == event.withoutStamps.inOrder
    }

    /// Whether a record has something that its file does not say.
    func hasMore(_ record: SyncedEvents.RecordState, than file: File) throws -> Bool {
        let file = try read(file)
        guard let series = file.component, let found = try store.storedRecord(module, id: record.id) else {
            return false
        }
        return try !Self.says(series, file, written(found))
    }

    /// The notice that a file which was taken has got what the record has beyond it.
    static func stays(in file: String, _ record: Text) -> Text {
        Text(
            en: "\(record.en): what it has and \(file) had not stays, and was written to it",
            es: "\(record.es): lo que tiene y \(file) no tenía se queda, y se escribió en él"
        )
    }

    /// Returns the words for the event that the last change of a record also made, such as the rest of a series:
    /// together with the former file, both may have its dates.
    private func madeBeside(_ record: SyncedEvents.RecordState) throws -> Text {
        guard let id = try store.madeWithLastChange(of: record.id, in: module) else { return Text("") }
        let other = module.called(id)
        return Text(
            en: "; \(other.en), which the same change made, stays beside it",
            es: "; \(other.es), que hizo el mismo cambio, se queda a su lado"
        )
    }

    /// Reports two records with one UID, for which a folder has one file: one of them is in none.
    func note(_ one: Int64, _ other: Int64, ofOneUID uid: String) {
        let (first, second) = (module.called(min(one, other)), module.called(max(one, other)))
        let text = Text(
            en: "\(first.en) and \(second.en) have one UID, \(uid), and one file: delete one of them",
            es: "\(first.es) y \(second.es) tienen un mismo UID, \(uid), y un solo archivo: eliminar uno de los dos"
        )
        guard !told.contains(where: { $0.en == text.en }) else { return }
        told.append(text)
        report.failed += 1
    }

    private func note(_ record: SyncedEvents.RecordState, en: String, es: String) {
        report.conflicts += 1
        told.append(
            Text(en: "\(module.called(record.id).en) \(en)", es: "\(module.called(record.id).es) \(es)")
        )
    }

    /// Returns what became of an event that has a file but is not here.
    private func fate(of uid: String, in file: File, _ former: Agreement) throws -> DepartedEvents.Fate {
        let uids = try read(file).keys ?? [uid]
        let revisions = former.revisions
        let isAgreed = try revisions.isEmpty || uids.contains { uid in try revisions.contains { try hadHere(uid, $0) } }
        return try gone().fate(of: uids, in: file.name, isMade: former.isMade, isAgreed: isAgreed)
    }

    /// Whether the record that was the event with a UID, and may have another one now, has or had a time of change.
    func hadHere(_ uid: String, _ revision: Int64) throws -> Bool {
        try gone().ids(of: uid).contains { id in
            let present = try store.storedRecord(module, id: id)?[mapping.revision].text
            return try present.flatMap(Moment.seconds(stored:)) == revision || hadRevision(revision, id)
        }
    }

    private func gone() throws -> DepartedEvents {
        if let departed { return departed }
        let found = try DepartedEvents(module, by: mapping, in: store)
        departed = found
        return found
    }
}
