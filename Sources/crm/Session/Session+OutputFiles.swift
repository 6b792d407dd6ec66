import CRMKit
import Localization

extension Session {
    /// Refuses a file to write that is the database, or one that SQLite keeps beside it: nothing would be left of what
    /// it holds.
    ///
    /// - Parameter option: that names the file, for the message.
    /// - Throws: ``CRMError`` `usage`.
    func checkIsNotDatabase(_ path: String, for option: String) throws(CRMError) {
        let database = try databaseLocation().path
        for suffix in ["", "-wal", "-shm", "-journal"] where FileStatus.areSame(path, database + suffix) {
            throw CRMError(
                .usage,
                Text(
                    en: "\(option) would overwrite the database, \(path)",
                    es: "\(option) sobrescribiría la base de datos, \(path)"
                ),
                hint: Text(en: "name another file", es: "indicar otro archivo")
            )
        }
    }
}
