import SQLite

/// A copy of the database that the program has made, which still contains what was erased since.
public struct DatabaseCopy: Sendable, Equatable {
    /// The reason for a copy.
    public enum Origin: String, Sendable, CaseIterable {
        /// Before the file was upgraded to another format.
        case upgrade
        /// By a rotation of backups.
        case backup
        /// The former file, kept when a backup was restored.
        case replaced
    }

    /// The path of the copy.
    public let path: String
    /// The reason why it was made.
    public let origin: Origin
}

/// The copies that were found, and the folders that could not be searched.
public struct DatabaseCopies: Sendable {
    /// The copies that are there now.
    public internal(set) var found: [DatabaseCopy] = []
    /// The errors of folders that could not be read.
    public internal(set) var failures: [CRMError] = []
}

extension Store {
    /// Returns the copies that upgrades and restorations have left beside the file, and the backups in the folders that
    /// rotations have used.
    public func keptCopies() throws(CRMError) -> DatabaseCopies {
        let folders = try translating {
            try database.all("SELECT \"path\" FROM \"backup_folder\" ORDER BY 1").compactMap { $0[0].text }
        }
        var copies = DatabaseCopies()
        // Earlier versions of the program put the copy of an upgrade beside a symbolic link rather than beside the
        // file.
        for origin in path == place ? [path] : [path, place] { copies.look(beside: origin) }
        for folder in folders { copies.look(into: folder) { BackupName($0) == nil ? nil : .backup } }
        return copies
    }
}

extension DatabaseCopies {
    fileprivate mutating func look(beside path: String) {
        let place = FilePath(path)
        let isNamedAlone = place.folder == "." && !path.hasPrefix("./")
        look(into: place.folder, called: { isNamedAlone ? $0 : "\(place.folder)/\($0)" }) { name in
            guard name.hasPrefix("\(place.name).") else { return nil }
            let rest = name.dropFirst(place.name.count)
            if UpgradeCopy.isOne(rest) { return .upgrade }
            return rest.hasPrefix(DatabaseFile.formerMark) ? .replaced : nil
        }
    }

    fileprivate mutating func look(into folder: String, _ origin: (String) -> DatabaseCopy.Origin?) {
        look(into: folder, called: { "\(folder)/\($0)" }, origin)
    }

    private mutating func look(
        into folder: String,
        called path: (String) -> String,
        _ origin: (String) -> DatabaseCopy.Origin?
    ) {
        do throws(CRMError) {
            for name in try FilePath.namesIfThere(in: folder) {
                if let origin = origin(name) { found.append(DatabaseCopy(path: path(name), origin: origin)) }
            }
        } catch {
            failures.append(error)
        }
    }
}
