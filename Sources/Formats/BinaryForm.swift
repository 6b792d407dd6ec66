/// The form of a file that is not text, recognized by its first bytes, regardless of its name.
public enum BinaryForm: Equatable, Sendable {
    /// A workbook of a spreadsheet: Excel, LibreOffice, Numbers.
    case workbook
    /// A text document or a presentation of an office program.
    case document
    /// A message of Outlook.
    case outlookMessage
    /// A data file of Outlook, with all its messages, contacts and events.
    case outlookData
    /// A file of Office or Outlook in the format used until 2003, whose beginning does not tell its kind.
    case compound
    /// An archive, or a single compressed file.
    case archive
    /// A PDF document.
    case pdf
    /// A picture.
    case picture
    /// A database of SQLite.
    case database

    /// Recognizes a file by its first bytes.
    ///
    /// - Parameter bytes: the beginning of the file, as long as available.
    /// - Returns: `nil` for bytes that may be text.
    init?(beginning bytes: UnsafeBufferPointer<UInt8>) {
        guard let first = bytes.first, first < 0x20 || first > 0x7E || Self.initials.contains(first) else { return nil }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = Self.packed(bytes)
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = Self.compound(bytes)
        } else if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
            self = known.form
        } else {
            return nil
        }
    }

    private static let initials = Array("P!%GRS7BI".utf8)

    /// The first bytes of files of Outlook ([MS-PST], section 2.2.2.6), PDF (ISO 32000-2, section 7.5.2), GZIP (RFC
    /// 1952), 7z, RAR, BZIP2, ZIP (an empty archive), PNG, JPEG, GIF, TIFF and SQLite.
    private static let signatures: [(bytes: [UInt8], form: BinaryForm)] = [
        (Array("!BDN".utf8), .outlookData), (Array("%PDF-".utf8), .pdf), ([0x1F, 0x8B], .archive),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive), (Array("Rar!".utf8) + [0x1A], .archive),
        (Array("BZh".utf8), .archive), ([0x50, 0x4B, 0x05, 0x06], .archive),
        ([0x89, 0x50, 0x4E, 0x47], .picture), ([0xFF, 0xD8, 0xFF], .picture), (Array("GIF8".utf8), .picture),
        ([0x49, 0x49, 0x2A, 0x00], .picture), (Array("SQLite format 3".utf8) + [0], .database),
    ]

    /// Returns the form of a ZIP file by the names of its parts, since office programs use this format.
    private static func packed(_ bytes: UnsafeBufferPointer<UInt8>) -> BinaryForm {
        func holds(_ text: String) -> Bool { bytes.firstRange(of: text.utf8) != nil }
        if holds("opendocument.spreadsheet") || holds("xl/") || holds(".iwa") { return .workbook }
        if holds("opendocument.") || holds("word/") || holds("ppt/") { return .document }
        return holds("[Content_Types].xml") ? .workbook : .archive
    }

    /// Returns the form of a Microsoft compound file by the names of its parts, which are in UTF-16 ([MS-CFB], section
    /// 2.6.1).
    private static func compound(_ bytes: UnsafeBufferPointer<UInt8>) -> BinaryForm {
        func holds(_ text: String) -> Bool { bytes.firstRange(of: text.utf8.flatMap { [$0, 0] }) != nil }
        if holds("__substg1.0_") || holds("__properties_version1.0") { return .outlookMessage }
        if holds("Workbook") { return .workbook }
        return holds("WordDocument") || holds("PowerPoint Document") ? .document : .compound
    }
}
