import CRMKit
import Formats
import Glibc
import Localization

/// A file named on the command line, or found in a named folder.
struct FoundFile {
    /// The path as the system's bytes, which need not be text; `nil` for standard input.
    let path: [CChar]?
    /// The file's name; `nil` if it has none.
    let name: String?
    /// The folder of its document, for a file found in a folder named on the command line.
    let folder: String?

    /// The path for people.
    var shown: Text {
        guard let path else { return .standardInput }
        return Text(FoundFiles.text(path))
    }

    /// Opens the file for reading its unchanged bytes.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func open() throws(CRMError) -> RawSource {
        guard let path else { return RawSource() }
        // Opening a pipe without a writer would otherwise wait while the database is locked.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw CRMError(unreadable: .failed(errno: errno), source: shown) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw InputFile.notOne(FoundFiles.text(path))
        }
        return RawSource(owning: descriptor)
    }
}

extension FoundFile {
    /// A file whose name is not needed.
    init(_ path: String) { self.init(path: Array(path.utf8CString), name: nil, folder: nil) }
}

/// The files named by operands; those of folders are in the order of their names.
struct FoundFiles {
    private(set) var files: [FoundFile] = []
    private let session: Session

    /// The maximum depth of folders: no file system allows a longer path.
    private static let deepest = 1000

    /// - Parameter folder: the `folder` of documents found in a folder; `nil` for the name of that folder.
    /// - Throws: ``CRMError`` `usage` for a folder if folders are not accepted, `inputOutput` for a folder that cannot
    ///   be read.
    init(_ operands: [String], isRecursive: Bool, folder: String?, session: Session) throws {
        self.session = session
        for operand in operands {
            if operand == "-" {
                guard session.line == nil else { _ = try session.open("-"); continue }
                files.append(FoundFile(path: nil, name: nil, folder: nil))
            } else if FileStatus.isFolder(operand) {
                guard isRecursive else {
                    throw CRMError(
                        .usage,
                        Text(en: "\(operand) is a folder", es: "\(operand) es una carpeta"),
                        hint: Text(
                            en: "take all its files with --recursive",
                            es: "tomar todos sus archivos con --recursive"
                        ),
                        module: .document
                    )
                }
                let own = FilePath.target(of: operand)
                try walk(Array(operand.utf8CString), under: folder ?? "/\(FilePath(own).name)", depth: 0)
            } else {
                files.append(
                    FoundFile(path: Array(operand.utf8CString), name: FilePath(operand).name, folder: nil)
                )
            }
        }
    }

    private mutating func walk(_ path: [CChar], under folder: String, depth: Int) throws {
        try session.interruption.check()
        guard depth < Self.deepest else { throw CRMError(.inputOutput, errno: ELOOP, path: Self.text(path)) }
        for name in try Self.names(in: path) {
            let place = Self.path(of: name, in: path)
            let text = Self.text(name)
            var status = stat()
            guard lstat(place, &status) == 0 else {
                throw CRMError(.inputOutput, errno: errno, path: Self.text(place))
            }
            let isLink = status.st_mode & S_IFMT == S_IFLNK
            if isLink, stat(place, &status) != 0 { status.st_mode = S_IFLNK }
            switch status.st_mode & S_IFMT {
            case S_IFDIR where !isLink: try walk(place, under: "\(folder)/\(text)", depth: depth + 1)
            case S_IFREG:
                if !text.utf8.elementsEqual(name.dropLast().map { UInt8(bitPattern: $0) }) { try noteName(place) }
                files.append(FoundFile(path: place, name: text, folder: folder))
            default:
                let shown = Self.text(place)
                try session.note(
                    Text(en: "passed over \(shown): it is no file", es: "se omite \(shown): no es un archivo")
                )
            }
        }
    }

    private func noteName(_ path: [CChar]) throws {
        let shown = Self.text(path)
        try session.note(
            Text(
                en: "the name of \(shown) is not UTF-8: it is kept as far as it can be read",
                es: "el nombre de \(shown) no es UTF-8: se guarda hasta donde se puede leer"
            )
        )
    }

    /// Returns the path of a name in a folder; all of them with their NUL.
    static func path(of name: [CChar], in folder: [CChar]) -> [CChar] {
        Array(folder.dropLast()) + [CChar(bitPattern: UInt8(ascii: "/"))] + name
    }

    /// Returns a path as text, with U+FFFD for what is not UTF-8.
    static func text(_ path: [CChar]) -> String {
        String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Returns the names in a folder, each with its NUL, in the order of their bytes.
    static func names(in path: [CChar]) throws -> [[CChar]] {
        var names: [[CChar]] = []
        let failure = FilePath.forEachName(in: path) { name in
            names.append(name.map { CChar(bitPattern: $0) } + [0])
        }
        guard failure == 0 else { throw CRMError(.inputOutput, errno: failure, path: text(path)) }
        return names.sorted { one, other in
            one.lexicographicallyPrecedes(other) { UInt8(bitPattern: $0) < UInt8(bitPattern: $1) }
        }
    }
}
