import Foundation

/// The files of the project itself, as they are committed.
enum Checkout {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the project.
    static var folder: String { root.path }

    /// Where a file of the project is.
    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// The bytes of a file.
    static func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appendingPathComponent(name)))
    }

    /// The names of the files in a folder, without those in folders of its own, sorted.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path("\(folder)/\(name)"), isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
