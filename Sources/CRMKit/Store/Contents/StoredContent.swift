import Localization

/// The bytes of a file, a message or other input, stored unchanged. A content is immutable, not part of the history,
/// and stored once in a database however many rows refer to it.
///
/// Fields with the trait ``Field/Traits/content`` refer to it. It is stored in pieces of 256 KiB, so that a content of
/// any size can be read and written in little memory.
public struct StoredContent: Sendable, Hashable {
    /// The SHA-256 of all its bytes (FIPS 180-4) in 64 lower-case hexadecimal digits, by which rows refer to it.
    public let sha256: String
    /// The size in bytes.
    public let size: Int64

    /// The number of bytes in each piece except the last.
    static let pieceSize = 256 << 10

    /// The result of reading all bytes of a content.
    public enum Verdict: Sendable, Equatable {
        /// The bytes have the hash that names them.
        case sound
        /// The bytes differ and have this hash and size.
        case damaged(sha256: String, size: Int64)
        /// The database has no such content.
        case missing
    }
}

extension CRMError {
    /// The error that a content is not in the database.
    static func missingContent(_ sha256: String) -> CRMError {
        CRMError(
            .notFound,
            Text(
                en: "the content with the SHA-256 \(sha256) is not in the database",
                es: "el contenido con el SHA-256 \(sha256) no está en la base de datos"
            )
        )
    }

    /// The error that pieces of a content are missing or changed.
    static func damagedContent(_ sha256: String) -> CRMError {
        CRMError(
            .configuration,
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
