import CRMKit
import Formats
import Glibc
import Localization

/// The files of cards, calendars or invoices that an import reads: a single one, or all in a folder.
struct ImportFiles {
    private let path: String
    private let format: InputFormat
    private let encoding: EncodingClaim?

    /// - Parameter encoding: the encoding of files that do not declare theirs; `nil` for UTF-8.
    init(_ path: String, _ format: InputFormat, encoding: EncodingClaim?) {
        self.path = path
        self.format = format
        self.encoding = encoding
    }

    /// Returns the files to import, those of a folder in the order of their names.
    ///
    /// - Parameters:
    ///   - source: the opened file at the path, unless the path names a folder.
    ///   - digest: receives the names and the bytes of the files of a folder.
    /// - Throws: ``CRMError`` `inputOutput` for a folder that cannot be read.
    func files(_ source: ByteSource, feeding digest: InputDigest?) throws -> [NamedSource] {
        guard FileStatus.isFolder(path) else {
            try InputRows.check(source, is: format)
            return [NamedSource(name: nil) { source }]
        }
        return try names().map { name in
            NamedSource(name: name) {
                let file = try InputFile("\(path)/\(name)").open(encoding, isOfFolder: true)
                digest?.update(Array("\(name)\0".utf8))
                file.feed(digest)
                return file
            }
        }
    }

    /// Returns the paths of the files in the folder.
    ///
    /// - Parameter mayBeEmpty: whether the folder may contain no such file.
    func paths(mayBeEmpty: Bool = false) throws(CRMError) -> [String] {
        try names(mayBeEmpty: mayBeEmpty).map { "\(path)/\($0)" }
    }

    /// Returns the notice that folders within the folder are not read; `nil` if there are none.
    func folderNotice() throws(CRMError) -> Text? {
        guard FileStatus.isFolder(path) else { return nil }
        let names = try FilePath.names(in: path).filter { name in
            InputFormat(fileName: name) != format && !name.hasPrefix(".") && FileStatus.isFolder("\(path)/\(name)")
        }
        guard let first = names.first.map({ "\(path)/\($0)" }) else { return nil }
        let folder = Text.counting(names.count, en: ("folder", "folders"), es: ("carpeta", "carpetas"))
        return Text(
            en: "passed over \(names.count) \(folder.en) within \(path): import each by itself, as \(first)",
            es: "sin leer \(names.count) \(folder.es) dentro de \(path): importar cada una aparte, como \(first)"
        )
    }

    private func names(mayBeEmpty: Bool = false) throws(CRMError) -> [String] {
        let names = try FilePath.names(in: path).filter { InputFormat(fileName: $0) == format && !$0.hasPrefix(".") }
        guard mayBeEmpty || !names.isEmpty else {
            let ending = ".\(format.fileEnding)"
            throw CRMError(
                .inputOutput,
                Text(
                    en: "\(path) is a folder without any file \(ending)",
                    es: "\(path) es una carpeta sin ningún archivo \(ending)"
                )
            )
        }
        return names
    }
}

extension InputFormat {
    /// Whether a folder of files in the format is read as one input.
    var isOfFolders: Bool { self == .vcard || self == .ics || self == .cfdi }
}
