import Glibc
import Localization

extension DatabaseFile {
    /// The text that follows the name of a database in the name of its state before a restoration.
    static let formerMark = ".before-restore-"

    /// Refuses to write a file that has several names (hard links). Beside each name SQLite would keep a log of its own,
    /// and two logs damage the database (https://www.sqlite.org/howtocorrupt.html#_multiple_links_to_the_same_file).
    ///
    /// A name that an interrupted backup or restoration left beside the file does not count: nothing is opened by it.
    ///
    /// - Throws: ``CRMError`` `configuration`.
    func refuseSeveralNames() throws(CRMError) {
        var status = stat()
        guard stat(place, &status) == 0, status.st_nlink > 1, let own = FileIdentity(at: place) else { return }
        let file = FilePath(place)
        var others: [String] = []
        var remains = 0
        // In a folder that cannot be read the other names remain unknown.
        _ = FilePath.forEachName(in: file.folder) { bytes in
            let name = String(decoding: bytes, as: UTF8.self)
            guard name != file.name, FileIdentity(named: "\(file.folder)/\(name)") == own else { return }
            if name.hasPrefix(file.name + Self.formerMark) || DraftFile.isDraft(name) {
                remains += 1
            } else {
                others.append(name)
            }
        }
        guard Int(status.st_nlink) - remains > 1 else { return }
        let other = others.min().map { ", \($0)" } ?? ""
        throw CRMError(
            .configuration,
            Text(
                en: "\(path) has another name\(other) (a hard link): written by both, it would be damaged",
                es: "\(path) tiene otro nombre\(other) (un enlace duro): escrito por los dos, se dañaría"
            ),
            hint: Text(
                en: "remove the other name, or make a file of its own with \(ProgramName.placeholder) backup NEW, and "
                    + "name that with --db",
                es: "quitar el otro nombre, o hacer un archivo aparte con \(ProgramName.placeholder) backup NUEVO e "
                    + "indicarlo con --db"
            )
        )
    }
}
