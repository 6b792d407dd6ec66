import CRMKit
import Localization

extension Session {
    /// Tells the user that the command has made its database, as soon as something is saved in it. One in which nothing
    /// is saved is deleted at the end.
    ///
    /// - Parameters:
    ///   - path: the path that messages show.
    ///   - isTheirs: whether there was an empty file, which stays.
    func follow(_ made: MadeDatabase, at path: String, isTheirs: Bool) throws {
        madeNote = Text(en: "made the database \(path)", es: "se creó la base de datos \(path)")
        try atEnd { [self] in
            if savedChangeSet == nil, !isTheirs, made.deleteIfEmpty() { return }
            try tellMade()
        }
    }

    /// Tells the user that the command has made its database, unless that was told.
    func tellMade() throws {
        guard let told = madeNote else { return }
        madeNote = nil
        try note(told)
    }
}
