import CRMKit
import Localization

/// Compares the statements of the user about the bytes of documents with the actual bytes.
enum StatedContent {
    /// Refuses a hash or a size in the input that differs from that of the file.
    ///
    /// - Parameter name: the name of the file, for messages.
    static func check(_ inputs: [FieldInput], _ name: Text, sha256: String, size: Int64) throws(CRMError) {
        for (key, actual) in [("sha256", sha256), ("size", "\(size)")] {
            guard let told = inputs.last(where: { $0.field == key })?.text, !told.isEmpty,
                told.lowercased() != actual
            else { continue }
            throw CRMError(
                .invalid,
                Text(en: "\(name.en) is not what is told of it", es: "\(name.es) no es lo que se indica"),
                hint: Text(
                    en: "leave it out, or look whether the file is the right one",
                    es: "omitirlo, o revisar que sea el archivo correcto"
                ),
                module: .document,
                problems: [
                    CRMError.Problem(
                        field: key,
                        value: told,
                        reason: Text(en: "it is \(actual)", es: "es \(actual)")
                    )
                ]
            )
        }
    }

    private static let fields: Set = ["sha256", "size", "path"]

    /// Refuses to set a hash, a size or a path for many documents at once, since each document has its own.
    static func refuse(_ inputs: [FieldInput], of module: Module) throws(CRMError) {
        guard module.holdsContent, let told = inputs.first(where: { fields.contains($0.field) }) else { return }
        throw CRMError(
            .usage,
            Text(
                en: "--\(told.field) is of one document: it is not told of all that a filter chooses",
                es: "--\(told.field) es de un solo archivo: no se indica de todos los que elige un filtro"
            ),
            hint: Text(en: "name the document", es: "indicar el archivo"),
            module: module.name
        )
    }

    /// Returns the changes to existing documents, completed by the facts of the file at a new path.
    ///
    /// - Throws: ``CRMError`` `refused` for a path of a document whose content is in the database, `invalid` for a hash
    ///   or a size that differs from that of the content or file.
    static func changes(_ inputs: [FieldInput], of ids: [Int64], of module: Module, in store: Store) throws
        -> [FieldInput]
    {
        let told = Set(inputs.map(\.field))
        guard module.holdsContent, !told.isDisjoint(with: fields) else { return inputs }
        let isMoved = inputs.last { $0.field == "path" }?.text?.isEmpty == false
        for id in ids {
            let document = try store.document(id)
            if let reader = try DocumentReading.heldContent(of: document, in: store), document.path == nil {
                if isMoved { throw held(document, store) }
                try check(inputs, called(id, store), sha256: reader.content.sha256, size: reader.content.size)
            } else if let kept = document.path, !told.contains("path") {
                let file = try HashedFile(reading: kept)
                try check(inputs, Text(kept), sha256: file.sha256, size: file.size)
            }
        }
        if !isMoved { return inputs }
        return try DocumentPath.inputs(of: inputs).filter { told.contains($0.field) || $0.field != "title" }
    }

    private static func called(_ id: Int64, _ store: Store) -> Text { store.registry[.document].called(id) }

    private static func held(_ document: DocumentVersion, _ store: Store) -> CRMError {
        let name = called(document.document, store)
        return CRMError(
            .refused,
            Text(
                en: "\(name.en) has its content in the database, and can be at no path beside",
                es: "\(name.es) tiene su contenido en la base de datos, y no puede estar además en una ruta"
            ),
            hint: Text(
                en: """
                    a later content is stored with: \(ProgramName.placeholder) document revise \(document.document) FILE
                    """,
                es: """
                    un contenido posterior se guarda con: \(ProgramName.placeholder) document revise \
                    \(document.document) ARCHIVO
                    """
            ),
            module: .document
        )
    }
}
