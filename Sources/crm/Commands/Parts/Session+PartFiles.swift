import CRMKit
import Formats

extension Session {
    /// The rows of parts that a command line adds to a record from files.
    ///
    /// - Throws: ``CRMError`` for a file that cannot be opened or read.
    func partFiles(of parts: [Part]) throws -> [FieldInput] {
        try parts.compactMap { part in
            guard let path = invocation[PartOptions(part).file] else { return nil }
            return try PartFile(part, registry: registry).rows(open(path), format: InputFormat(fileName: path))
        }
    }
}
