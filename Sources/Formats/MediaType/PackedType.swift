/// The type of a ZIP file, by the files at its beginning. OpenDocument and EPUB state their type in it (OpenDocument
/// 1.2 part 3 section 3.3; EPUB OCF 3.3 section 4.2.2); an Office file is recognized by its folders (ISO/IEC 29500-2).
struct PackedType {
    let type: String

    /// The signature of a file header in an archive (APPNOTE.TXT section 4.3.7), and the header's length before the
    /// name.
    private static let mark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let headerLength = 30
    private static let longestType = 100
    private static let beginnings = ["[Content_Types].xml", "_rels/", "docProps/"]
    private static let office = "application/vnd.openxmlformats-officedocument"

    /// - Returns: `nil` for bytes that are not a ZIP file, or are one of no known type.
    init?(_ beginning: UnsafeRawBufferPointer) {
        guard beginning.starts(with: Self.mark) else { return nil }
        let bytes = Array(beginning)
        if let told = Self.toldType(bytes) {
            type = told
            return
        }
        var names: [String] = []
        var place: Int? = 0
        while let start = place {
            if let name = Self.name(at: start, in: bytes) { names.append(name) }
            place = bytes.firstIndex(of: Self.mark, from: start + Self.mark.count)
        }
        // Only the first names are surely the archive's own, since it may contain another uncompressed archive.
        guard let first = names.first, Self.beginnings.contains(where: first.hasPrefix) else { return nil }
        let kinds = [
            ("word/", "wordprocessingml.document"), ("xl/", "spreadsheetml.sheet"),
            ("ppt/", "presentationml.presentation"),
        ]
        guard let kind = kinds.first(where: { kind in names.contains { $0.hasPrefix(kind.0) } }) else { return nil }
        type = "\(Self.office).\(kind.1)"
    }

    private static func number(at offset: Int, in bytes: [UInt8]) -> Int {
        Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }

    private static func name(at start: Int, in bytes: [UInt8]) -> String? {
        guard start + headerLength <= bytes.count else { return nil }
        let (first, count) = (start + headerLength, number(at: start + 26, in: bytes))
        guard first + count <= bytes.count else { return nil }
        return String(decoding: bytes[first..<first + count], as: UTF8.self)
    }

    /// Returns the type stated in the first file, if that is named `mimetype` and not compressed; nil otherwise.
    private static func toldType(_ bytes: [UInt8]) -> String? {
        guard name(at: 0, in: bytes) == "mimetype", number(at: 8, in: bytes) == 0 else { return nil }
        let start = headerLength + number(at: 26, in: bytes) + number(at: 28, in: bytes)
        let size = number(at: 18, in: bytes)
        guard (1...longestType).contains(size), start + size <= bytes.count else { return nil }
        let text = String(decoding: bytes[start..<start + size], as: UTF8.self)
        let isType = text.hasPrefix("application/") && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isType ? text : nil
    }
}
