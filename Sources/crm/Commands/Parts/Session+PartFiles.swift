import CRMKit
import Formats

extension Session {
    /// The rows of parts that a command line adds to a record from files.
    ///
    /// - Throws: ``CRMError`` for a file that cannot be opened or read.
    func partFiles(of module: Module) throws -> [FieldInput] {
        try module.givenParts.compactMap { part in
            guard let path = invocation[PartOptions(part).file] else { return nil }
            return try PartFile(part, registry: registry).rows(open(path), format: InputFormat(fileName: path))
        }
    }
}
