/// A path in its two parts.
struct FilePath {
    /// Where the file is; `.` where only its name is given.
    let folder: String
    /// What it is called there.
    let name: String

    init(_ path: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            (folder, name) = (".", path)
            return
        }
        folder = slash == path.startIndex ? "/" : String(path[..<slash])
        name = String(path[path.utf8.index(after: slash)...])
    }

    /// The path of a file beside it that listings leave out.
    func hidden(_ suffix: String) -> String { "\(folder)/.\(name)\(suffix)" }
}
