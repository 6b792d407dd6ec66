import Foundation
import FuzzTargets
import Testing

/// The inputs from which the fuzzer starts, and those that it once found something with.
@Suite struct `Fuzz corpus` {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/Corpus")

    @Test("holds nothing that breaks a reader", arguments: FuzzTarget.allCases)
    func holdsNothingThatBreaksAReader(target: FuzzTarget) throws {
        let folder = Self.folder.appendingPathComponent(target.rawValue)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = try [UInt8](Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try target.check(bytes) }
            // Cut anywhere, as by a full disk or a lost connection.
            for length in 0..<min(bytes.count, 400) {
                let beginning = Array(bytes.prefix(length))
                #expect(throws: Never.self, "\(file.lastPathComponent), \(length) bytes") {
                    try target.check(beginning)
                }
            }
        }
    }
}
