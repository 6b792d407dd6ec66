import SQLite

/// A copy of the database that the program has made and knows of: what was erased since is still in it.
public struct KeptCopy: Sendable, Equatable {
    /// Why it was made.
    public enum Origin: String, Sendable, CaseIterable {
        /// Before the file was brought to another format.
        case upgrade
        /// Made by a rotation of backups.
        case backup
        /// The former file, kept when a backup was restored.
        case replaced
    }

    /// The path of the copy.
    public let path: String
    /// Why it was made.
    public let origin: Origin
}

extension Store {
    /// The copies that are there now: those that upgrades and restorations have left beside the file, and the backups of
    /// the folders that rotations were told of.
    public func keptCopies() throws(CRMError) -> [KeptCopy] {
        let place = FilePath(path)
        let beside = (FilePath.names(in: place.folder) ?? []).compactMap { name -> KeptCopy? in
            guard name.hasPrefix("\(place.name).") else { return nil }
            let rest = name.dropFirst(place.name.count)
            let path = place.folder == "." && !path.hasPrefix("./") ? name : "\(place.folder)/\(name)"
            if UpgradeCopy.isOne(rest) { return KeptCopy(path: path, origin: .upgrade) }
            if rest.hasPrefix(Restoration.mark) { return KeptCopy(path: path, origin: .replaced) }
            return nil
        }
        let folders = try translating {
            try database.all("SELECT \"path\" FROM \"backup_folder\" ORDER BY 1").compactMap { $0[0].text }
        }
        let backups = folders.flatMap { folder in
            (FilePath.names(in: folder) ?? []).filter { BackupName($0) != nil }.map {
                KeptCopy(path: "\(folder)/\($0)", origin: .backup)
            }
        }
        return beside + backups
    }
}
