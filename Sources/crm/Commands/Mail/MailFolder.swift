import CRMKit
import Formats
import Glibc
import Localization

/// The mail files of a folder, in order: the messages of a Maildir; the numbered files of an mh folder; otherwise the
/// files, also in inner folders, that are named `.eml` or the like or begin like mail. A message that mh has marked as
/// removed, `,5`, is skipped (rmm(1)). Links to files are followed, links to folders are not, since they may form a
/// circle.
struct MailFolder {
    /// The maximum depth of folders searched.
    private static let deepest = 32
    /// The file name extensions of mailboxes and messages.
    private static let endings = ["eml", "emlx", "mbox", "mbx"]

    /// The file name extensions of programs that store mail in a format of their own or compressed.
    private static let foreignEndings: Set<String> = ["7z", "gz", "msg", "olm", "ost", "pst", "rar", "tgz", "zip"]

    /// The reason why a file is skipped.
    enum Omission {
        /// The file may contain mail in a format that is not supported.
        case foreign
        /// It is no file: a link to a folder or to nothing, a pipe, a device.
        case noFile
        /// The message is marked as deleted or as a draft, as by the flags T and D in a file name of a Maildir.
        case setAside
    }

    let path: String

    /// What a folder contains.
    private struct Entry {
        /// The path as the system's bytes with a NUL, which need not be text.
        let path: [CChar]
        /// The name as text.
        let name: String
    }

    /// Calls a closure with each file in turn, and another one with the path of each that is skipped.
    func forEachFile(_ body: (FoundFile) throws -> Void, passingOver pass: (String, Omission) -> Void) throws {
        try visit(Array(path.utf8CString), depth: 0, body, pass)
    }

    private func visit(
        _ folder: [CChar],
        depth: Int,
        _ body: (FoundFile) throws -> Void,
        _ pass: (String, Omission) -> Void
    ) throws {
        func take(_ entry: Entry) throws { try body(FoundFile(path: entry.path, name: entry.name, folder: nil)) }
        func skip(_ entry: Entry, _ omission: Omission) { pass(FoundFiles.text(entry.path), omission) }
        let boxes = ["new", "cur"].map { FoundFiles.path(of: Array($0.utf8CString), in: folder) }
        let entries = try Self.entries(in: folder)
        let isMaildir = boxes.allSatisfy(Self.isFolder)
        if isMaildir {
            let messages = try boxes.flatMap { try Self.entries(in: $0) }.filter { !$0.name.hasPrefix(".") }
            for message in messages.sorted(by: { Self.precedes($0.name, $1.name) }) {
                if !Self.isFile(message.path) { skip(message, .noFile); continue }
                if Self.isSetAside(message.name) { skip(message, .setAside) } else { try take(message) }
            }
        }
        for entry in entries {
            if Self.isFolder(entry.path) {
                if depth < Self.deepest, !isMaildir || !["cur", "new", "tmp"].contains(entry.name) {
                    try visit(entry.path, depth: depth + 1, body, pass)
                }
            } else if !Self.isFile(entry.path) {
                // Programs keep links and pipes of their own under hidden names: Emacs locks a file by such a link.
                if !entry.name.hasPrefix(".") { skip(entry, .noFile) }
            } else if !isMaildir, try Self.isMail(entry.path, called: entry.name) {
                try take(entry)
            } else if try !isMaildir && Self.isForeign(entry.path, called: entry.name) {
                skip(entry, .foreign)
            }
        }
    }

    private static func entries(in folder: [CChar]) throws -> [Entry] {
        try FoundFiles.names(in: folder)
            .map { Entry(path: FoundFiles.path(of: $0, in: folder), name: FoundFiles.text($0)) }
            .sorted { precedes($0.name, $1.name) }
    }

    /// Returns whether the flags at the end of a Maildir name include T for trashed or D for a draft: `…:2,ST`. Where
    /// file names cannot contain a colon, programs write another sign.
    private static func isSetAside(_ name: String) -> Bool {
        guard let flags = name.lastIndex(of: ","), name[..<flags].last == "2",
            let sign = name[..<flags].dropLast().last, ":;!".contains(sign)
        else { return false }
        return name[flags...].contains { "DT".contains($0) }
    }

    /// Returns whether a name precedes another one: numbers come in numerical order, before other names.
    private static func precedes(_ one: String, _ other: String) -> Bool {
        switch (Int(one), Int(other)) {
        case (let one?, let other?): one < other
        case (.some, nil): true
        case (nil, .some): false
        case (nil, nil): one < other
        }
    }

    /// Returns whether a path is a folder itself, and not a link to one.
    private static func isFolder(_ path: [CChar]) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Returns whether a path is a file, or a link to one.
    private static func isFile(_ path: [CChar]) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The prefixes of the names of hidden files, and of messages that mh has removed (`#` in old installations).
    private static let removed = [".", ",", "#"]

    private static func isMail(_ path: [CChar], called name: String) throws -> Bool {
        guard !removed.contains(where: name.hasPrefix), isFile(path) else { return false }
        if name.isASCIIDigits { return true }
        if let ending = ending(of: name), endings.contains(ending) { return true }
        return try beginsMail(path)
    }

    /// Returns the file name extension in lower case.
    private static func ending(of name: String) -> String? {
        name.split(separator: ".").last.flatMap { $0.count < name.count ? $0.lowercased() : nil }
    }

    /// The beginnings of message headers.
    private static let fields = [
        "from ", "return-path:", "received:", "delivered-to:", "from:", "to:", "subject:", "date:", "message-id:",
        "mime-version:", "content-type:", "dkim-signature:", "authentication-results:", "arc-seal:", "x-",
    ]

    /// Returns whether the first bytes of a file are those of a mailbox or of a header.
    private static func beginsMail(_ path: [CChar]) throws -> Bool {
        let beginning = try beginning(of: path).map(\.asciiLowercased)
        return fields.contains { beginning.starts(with: $0.utf8) }
    }

    /// The beginnings of mailboxes in formats that are not supported: MMDF, Babyl of Emacs, Outlook, and Outlook
    /// Express.
    private static let foreignMarks: [[UInt8]] = [
        [1, 1, 1, 1], Array("BABYL OPTIONS:".utf8), Array("!BDN".utf8), [0xCF, 0xAD, 0x12, 0xFE],
    ]

    /// Returns whether a file may contain mail in a format that is not supported.
    private static func isForeign(_ path: [CChar], called name: String) throws -> Bool {
        if let ending = ending(of: name), foreignEndings.contains(ending) { return true }
        guard !removed.contains(where: name.hasPrefix), isFile(path) else { return false }
        let beginning = try beginning(of: path)
        return foreignMarks.contains { beginning.starts(with: $0) }
    }

    /// Returns what to do with a file in which no message was found: it may be compressed, or in a form of Outlook.
    static func advice(on file: FoundFile) throws -> Text? {
        guard let path = file.path, isFile(path) else { return nil }
        let beginning = try beginning(of: path)
        return remedies.first { beginning.starts(with: $0.mark) }.map { remedy in
            Text(en: "\(file.shown.en): \(remedy.words.en)", es: "\(file.shown.es): \(remedy.words.es)")
        }
    }

    private static let remedies: [(mark: [UInt8], words: Text)] = [
        (
            [0x1F, 0x8B],
            Text(
                en: "it is compressed: gzip -dc FILE | \(ProgramName.placeholder) email import -",
                es: "está comprimido: gzip -dc ARCHIVO | \(ProgramName.placeholder) email import -"
            )
        ),
        (
            Array("PK".utf8),
            Text(en: "it is a ZIP: unpack it first", es: "es un ZIP: descomprimirlo antes")
        ),
        (
            [0xD0, 0xCF, 0x11, 0xE0],
            Text(
                en: "it is in a form of Outlook: save it as .eml there, or convert it with msgconvert",
                es: "está en un formato de Outlook: guardarlo allí como .eml, o convertirlo con msgconvert"
            )
        ),
        (
            Array("!BDN".utf8),
            Text(
                en: "it is a mailbox of Outlook: convert it with readpst",
                es: "es un buzón de Outlook: convertirlo con readpst"
            )
        ),
        (
            [0xFF, 0xFE],
            Text(
                en: "it is in UTF-16: iconv -f UTF-16 -t UTF-8 FILE | \(ProgramName.placeholder) email import -",
                es: "está en UTF-16: iconv -f UTF-16 -t UTF-8 ARCHIVO | \(ProgramName.placeholder) email import -"
            )
        ),
    ]

    /// Returns the first bytes of a file.
    private static func beginning(of path: [CChar]) throws -> ArraySlice<UInt8> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CRMError(.inputOutput, Text(errno: errno, of: FoundFiles.text(path))) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        return bytes.prefix(max(count, 0))
    }
}
