import Foundation
import Testing

/// The inputs from which the fuzzer of the program starts, and those that it once found something with.
@Suite struct ProgramFuzzCorpusTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fuzz/Corpus")

    @Test("Nothing of the corpus breaks the program", arguments: ProgramFuzzTarget.allCases)
    func corpus(target: ProgramFuzzTarget) throws {
        let folder = Self.folder.appendingPathComponent(target.rawValue)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = try [UInt8](Data(contentsOf: file))
            for length in [bytes.count, bytes.count / 2, bytes.count / 3] {
                #expect(throws: Never.self, "\(file.lastPathComponent), \(length) bytes") {
                    try target.check(Array(bytes.prefix(length)))
                }
            }
        }
    }
}
