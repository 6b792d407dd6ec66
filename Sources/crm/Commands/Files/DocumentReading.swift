import CLIKit
import CRMKit
import Formats
import Localization

/// The options and functions shared by the verbs that read the contents of documents.
enum DocumentReading {
    static let version = ValueOption<String>(
        "version",
        Placeholder.version,
        summary: Text(en: "This version, by default the present one", es: "Esta versión, por omisión la actual"),
        discussion: Text(
            en: "As revisions list them.",
            es: "Como las enumeran las revisiones."
        )
    ).synonyms("versión")

    /// Returns the content of a version; `nil` if the database does not contain it.
    static func heldContent(of version: DocumentVersion, in store: Store) throws -> ContentReader? {
        try version.sha256.flatMap { try store.openContent($0) }
    }

    /// Returns the bytes of a version: from the database if it contains them, otherwise from the file at the version's
    /// path.
    ///
    /// - Returns: `nil` if neither exists.
    static func bytes(of version: DocumentVersion, in store: Store) throws -> DocumentBytes? {
        if let reader = try heldContent(of: version, in: store) { return .held(reader) }
        return version.path.flatMap { FileStatus.exists($0) ? DocumentBytes.file($0) : nil }
    }

    /// Returns the bytes of a version of a document.
    ///
    /// - Throws: ``CRMError`` `notFound` if the bytes are not stored here, with their actual location.
    static func requiredBytes(of version: DocumentVersion, in store: Store, _ module: Module) throws -> DocumentBytes {
        guard let bytes = try bytes(of: version, in: store) else { throw noContent(version, module) }
        return bytes
    }

    /// Returns the error that the database does not have the content of a version.
    static func noContent(_ version: DocumentVersion, _ module: Module) -> CRMError {
        let name = module.called(version.document)
        let place = version.path ?? version.url
        return CRMError(
            .notFound,
            Text(
                en: "\(name.en) has no content in the database",
                es: "\(name.es) no tiene contenido en la base de datos"
            ),
            hint: place.map { Text(en: "it is at \($0)", es: "está en \($0)") }
                ?? Text(
                    en: "store it with: \(ProgramName.placeholder) document revise \(version.document) FILE",
                    es: "guardarlo con: \(ProgramName.placeholder) document revise \(version.document) ARCHIVO"
                ),
            module: module.name
        )
    }

    /// Returns a file name for a version, without path separators.
    static func fileName(of version: DocumentVersion) -> String {
        let name = version.fileName ?? version.title
        return FileName.safe(name, otherwise: "\(ModuleName.document.noun)-\(version.document)")
    }
}

/// The place from which the bytes of a document are read.
enum DocumentBytes {
    /// The database.
    case held(ContentReader)
    /// A file on this machine.
    case file(String)

    /// The path of the file with the bytes; `nil` for those in the database.
    var file: String? {
        switch self {
        case .held: nil
        case .file(let path): path
        }
    }

    /// Passes on the bytes, piece by piece.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch self {
        case .held(let reader): try reader.forEachPiece(body)
        case .file(let path):
            let file = FoundFile(path)
            try CRMError.reading(file.shown) { try file.open().forEachPiece(body) }
        }
    }
}
