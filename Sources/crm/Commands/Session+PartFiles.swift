import CRMKit
import Formats
import Localization

extension Session {
    /// Returns the inputs for the rows of parts that a command line adds to a record from files.
    ///
    /// - Throws: ``CRMError`` for a file that cannot be opened or read.
    func partFiles(of parts: [Part]) throws -> [FieldInput] {
        let files = parts.compactMap { part in invocation[PartOptions(part).file].map { (part: part, path: $0) } }
        if let part = parts.first, files.isEmpty {
            let option = PartOptions(part).file.spelling
            try invocation.refuse(
                DialectOptions.allReading,
                for: Text(en: "what no file is read for", es: "lo que no se lee de un archivo"),
                hint: Text(en: "give \(option) with it, or leave it out", es: "dar \(option) con ella, u omitirla")
            )
        }
        return try files.map { file in
            FieldInput(file.part.key, .addRecords(try partRecords(of: file.part, in: file.path)))
        }
    }

    /// Returns the rows of a part in a file, in the dialect of the command line.
    ///
    /// - Throws: ``CRMError`` for a file that cannot be opened or read, and for an option that does not apply to its
    ///   format.
    func partRecords(of part: Part, in path: String) throws -> [PartRecord] {
        let dialect = try Dialect(invocation)
        let format = InputFormat(fileName: path)
        if let format { try DialectOptions.refuseIdle(format, dialect, in: invocation) }
        return try PartFile(part, registry: registry, dialect: dialect.csv, cells: dialect.cells)
            .records(open(path, dialect.inputEncoding), format: format, telling: report)
    }
}
