import Localization
import SQLite

/// The present or an earlier version of a document.
public struct DocumentVersion: Sendable {
    /// The document.
    public let document: Int64
    /// The document's title.
    public let title: String
    /// The name of the version, such as `2`.
    public let version: String
    /// The name of the file; `nil` when it is not known.
    public let fileName: String?
    /// The media type of the content.
    public let mediaType: String?
    /// The SHA-256 of the content; `nil` when it is not stored.
    public let sha256: String?
    /// The web address of a document that is stored elsewhere.
    public let url: String?
    /// The path on this machine of a document that is stored elsewhere.
    public let path: String?

    /// - Parameter value: returns the values of the record's fields or of a revision's, which have the same keys.
    fileprivate init(of document: Int64, _ title: String, otherwise version: String, _ value: (String) -> Value) {
        (self.document, self.title) = (document, title)
        self.version = value("version").text ?? version
        fileName = value("file_name").text
        mediaType = value("media_type").text
        sha256 = value("sha256").text
        url = value("url").text
        path = value("path").text
    }
}

extension Store {
    /// Returns the present version of a document.
    ///
    /// - Throws: ``CRMError`` `notFound` when there is no such document.
    public func document(_ id: Int64) throws(CRMError) -> DocumentVersion {
        try translating {
            let module = registry[.document]
            guard let record = try storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            return DocumentVersion(of: id, record.displayName, otherwise: "1") { record[$0] }
        }
    }

    /// Returns the earlier versions of a document, oldest first.
    public func revisions(of id: Int64) throws(CRMError) -> [DocumentVersion] {
        let title = try document(id).title
        return try rows(of: .revision, in: registry[.document], record: id).map { row in
            DocumentVersion(of: id, title, otherwise: "\(row.position)") { row.value($0, of: .revision) }
        }
    }

    /// Returns a version of a document; the present one when `version` is `nil`.
    ///
    /// - Throws: ``CRMError`` `notFound` when there is no such document or version.
    public func document(_ id: Int64, version: String?) throws(CRMError) -> DocumentVersion {
        let present = try document(id)
        guard let version, version != present.version else { return present }
        let revisions = try revisions(of: id)
        if let found = revisions.last(where: { $0.version == version }) { return found }
        let known = (revisions + [present]).map(\.version).joined(separator: ", ")
        throw CRMError(
            .notFound,
            Text(
                en: "\(registry[.document].called(id).en) has no version \(version)",
                es: "\(registry[.document].called(id).es) no tiene la versión \(version)"
            ),
            hint: Text(en: "versions: \(known)", es: "versiones: \(known)"),
            module: .document
        )
    }
}
