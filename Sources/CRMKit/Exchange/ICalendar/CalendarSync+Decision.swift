import Formats
import Localization

/// Decides what to do about each event.
extension CalendarSync {
    /// Decides about an event by what has changed on each side since the last agreement.
    func step(_ entry: SyncedEvents.Entry) throws -> SyncedEvents.Step {
        let (file, record, former) = (entry.file, entry.record, entry.agreement)
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
            switch try fate(of: entry.uid, in: file.file) {
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
            case (false, true): return .write
            case (true, true): return try settle(file, record)
            }
        }
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
        let theirs = WrittenEvent(components: [series] + file.occurrences, definitions: [])
        if try theirs.withoutStamps.inOrder == written(found).withoutStamps.inOrder { return .agree }
        let isFileLater = (file.revision ?? file.file.changed) > record.revision
        if isFileLater {
            note(
                record,
                en: "was changed here and in \(file.file.name): the file's state is later and was taken",
                es: "se cambió aquí y en \(file.file.name): el estado del archivo es posterior y se tomó"
            )
        } else {
            note(
                record,
                en: "was changed here and in \(file.file.name): the state here is later and was written",
                es: "se cambió aquí y en \(file.file.name): el estado de aquí es posterior y se escribió"
            )
        }
        return isFileLater ? .take : .write
    }

    private func note(_ record: SyncedEvents.RecordState, en: String, es: String) {
        report.conflicts += 1
        told.append(
            Text(en: "\(module.called(record.id).en) \(en)", es: "\(module.called(record.id).es) \(es)")
        )
    }

    /// Returns what became of an event that has a file but is not here.
    private func fate(of uid: String, in file: File) throws -> DepartedEvents.Fate {
        if departed == nil { departed = try DepartedEvents(module, by: mapping, in: store) }
        return departed?.fate(of: try read(file).keys ?? [uid], in: file.name) ?? .unknown
    }
}
