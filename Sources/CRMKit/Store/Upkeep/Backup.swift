import Localization
import SQLite

extension Store {
    /// Copies the present state of the whole database into a new file with permissions 0600, even while others use the
    /// database.
    ///
    /// - Throws: ``CRMError`` `refused` if the file exists; `inputOutput` if it cannot be written, in which case no
    ///   file remains.
    public func backup(to path: String) throws(CRMError) {
        try DatabaseFile(path: path, timeout: 0).refuseTaken()
        do {
            let copy = try UnfinishedCopy(for: path)
            // Within one read transaction, writes by others do not make the copy start over.
            try reading {
                _ = try FileHeader(reading: database)
                try copy.make(from: database) { [stop] in stop?.isRequested ?? false }
            }
            guard try copy.become(path) else { throw CRMError.taken(path) }
        } catch {
            throw CRMError(error, path: path)
        }
    }
}

extension CRMError {
    /// The error that a copy would overwrite a file.
    static func taken(_ path: String) -> CRMError {
        CRMError(
            .refused,
            Text(en: "\(path) exists already", es: "\(path) ya existe"),
            hint: Text(
                en: "a copy is never written over a file: give another name",
                es: "una copia nunca se escribe sobre un archivo: indicar otro nombre"
            )
        )
    }
}
