import Glibc

extension FilePath {
    /// Returns the names in a folder, sorted, without `.` and `..`.
    ///
    /// - Throws: ``CRMError`` `inputOutput` if the folder cannot be read to its end.
    public static func names(in folder: String) throws(CRMError) -> [String] {
        var names: [String] = []
        let failure = forEachName(in: folder) { names.append(String(decoding: $0, as: UTF8.self)) }
        guard failure == 0 else { throw CRMError(.inputOutput, errno: failure, path: folder) }
        return names.sorted()
    }

    /// Returns the names in a folder, sorted, without `.` and `..`; none if the path is not a folder.
    ///
    /// - Throws: ``CRMError`` `inputOutput` if an existing folder cannot be read to its end.
    public static func namesIfThere(in folder: String) throws(CRMError) -> [String] {
        var status = stat()
        guard stat(folder, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw CRMError(.inputOutput, errno: errno, path: folder)
        }
        return status.st_mode & S_IFMT == S_IFDIR ? try names(in: folder) : []
    }

    /// Calls a closure with the bytes of each name in a folder, which may be no valid text, without `.` and `..`.
    ///
    /// - Returns: the number of the error that ended the reading; 0 at the end of the folder. The result of readdir(3)
    ///   does not distinguish the two.
    public static func forEachName(
        in folder: UnsafePointer<CChar>,
        _ body: (Slice<UnsafeRawBufferPointer>) -> Void
    ) -> Int32 {
        guard let entries = opendir(folder) else { return errno }
        defer { closedir(entries) }
        while true {
            errno = 0
            guard let entry = readdir(entries) else { return errno }
            withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                let name = bytes.prefix { $0 != 0 }
                if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { body(name) }
            }
        }
    }
}
