import CRMKit
import Formats
import Glibc
import Localization

/// A picture that is embedded in a page.
struct LogoPicture {
    /// The picture as a `data:` URI (RFC 2397).
    let address: String

    /// The greatest size of the file, in bytes: every page contains the picture.
    private static let largest = 2 << 20

    /// Reads a file.
    ///
    /// - Throws: ``CRMError`` for a file that cannot be read, is larger than 2 MiB, or is not a PNG, JPEG, GIF or WebP.
    init(reading path: String) throws(CRMError) {
        // The settings name the file, so a pipe is not waited for.
        guard let bytes = try SmallFile.readIfThere(path, atMost: Self.largest, failingAs: .inputOutput) else {
            throw CRMError(.inputOutput, errno: ENOENT, path: path)
        }
        guard let type = Self.type(of: bytes) else {
            throw CRMError(
                .invalid,
                Text(en: "\(path) is no PNG, JPEG, GIF or WebP", es: "\(path) no es PNG, JPEG, GIF ni WebP")
            )
        }
        address = "data:image/\(type);base64,\(Base64.encode(bytes))"
    }

    /// Returns the subtype of the picture's media type by its first bytes (WHATWG MIME Sniffing, section 6.1); nil if
    /// it is unknown.
    private static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "jpeg" }
        if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) { return "gif" }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) { return "webp" }
        return nil
    }
}
