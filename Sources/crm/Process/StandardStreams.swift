import CRMKit
import Glibc
import Localization

/// The descriptors 0, 1 and 2, some of which the caller may have closed.
enum StandardStreams {
    /// Opens `/dev/null` in place of each closed standard stream, so that no other file gets its number and receives
    /// output for the user. It is opened in the opposite direction: reading from standard input, and writing to the
    /// others, fails as before.
    static func occupy() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Refuses a database that is also a standard output stream, or whose files beside it are: a shell opens such a
    /// file before the program runs.
    ///
    /// - Throws: ``CRMError`` `usage`.
    static func refuse(database: String) throws(CRMError) {
        let streams = [
            (STDOUT_FILENO, Text(en: "standard output", es: "la salida estándar")),
            (STDERR_FILENO, Text(en: "standard error", es: "la salida de errores")),
        ].filter { FileIdentity(of: $0.0)?.isRegular ?? false }
        if streams.isEmpty { return }
        let place = FilePath.target(of: database)
        let taken = streams.filter { stream in
            FileStatus.databaseSuffixes.contains { FileStatus.isSame(stream.0, place + $0) }
        }
        guard let (_, name) = taken.first else { return }
        // The message would also be written to the database.
        for (descriptor, _) in taken where descriptor == STDERR_FILENO { FileStatus.discardOutput(to: descriptor) }
        throw CRMError(
            .usage,
            Text(
                en: "\(name.en) would overwrite the database, \(database)",
                es: "\(name.es) sobrescribiría la base de datos, \(database)"
            ),
            hint: Text(en: "name another file", es: "indicar otro archivo")
        )
    }
}
