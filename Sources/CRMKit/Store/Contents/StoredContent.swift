import Localization

/// The bytes of a file, of a message or of whatever else is kept as it came: immutable, outside history, once in a
/// database however many rows name it.
///
/// Fields of the trait ``Field/Traits/content`` name it. It is stored in pieces of 256 KiB, so that one of any size goes in
/// and out in little memory.
public struct StoredContent: Sendable, Hashable {
    /// The SHA-256 of all its bytes (FIPS 180-4) in 64 lower-case hexadecimal digits, by which rows name it.
    public let sha256: String
    /// The size in bytes.
    public let size: Int64

    /// The number of bytes of each piece but the last one.
    static let pieceSize = 256 << 10

    /// The result of reading all bytes of a content.
    public enum Verdict: Sendable, Equatable {
        /// The bytes are those that were stored.
        case sound
        /// The bytes differ: they have this hash and this length.
        case damaged(sha256: String, size: Int64)
        /// There are none under that name.
        case missing
    }
}

extension CRMError {
    /// A content that is named and not there.
    static func missingContent(_ sha256: String) -> CRMError {
        CRMError(
            .notFound,
            Text(
                en: "the content with the SHA-256 \(sha256) is not in the database",
                es: "el contenido con el SHA-256 \(sha256) no está en la base de datos"
            )
        )
    }

    /// A content whose pieces are not all there, or are not as they were stored.
    static func damagedContent(_ sha256: String) -> CRMError {
        CRMError(
            .failed,
            Text(
                en: "the content with the SHA-256 \(sha256) is damaged",
                es: "el contenido con el SHA-256 \(sha256) está dañado"
            ),
            hint: Text(
                en: "restore a backup, or store the file again",
                es: "restaurar una copia de seguridad, o volver a guardar el archivo"
            )
        )
    }
}
