import Foundation
import SQLite
import Testing

@testable import CRMKit

@Suite struct BackupTests {
    let crm: TemporaryStore
    var copy: String { crm.folder.appendingPathComponent("copy.db").path }

    init() throws {
        crm = try TemporaryStore()
        try crm.add(.contact, ["last_name": "Ruiz"])
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: crm.folder.path).filter { !$0.hasPrefix("crm.db") }.sorted()
    }

    @Test("a copy is whole and for its owner alone") func aCopyIsWholeAndForItsOwnerAlone() throws {
        try crm.store.backup(to: copy)
        #expect(try names() == ["copy.db"])
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        let store = try TemporaryStore.open(copy, .reading)
        #expect(try store.id(of: "name:ruiz", in: .contact) == 1)
        #expect(try store.check().isEmpty)
    }

    @Test("an existing file is never written over") func anExistingFileIsNeverWrittenOver() throws {
        let text = Data("precious".utf8)
        try text.write(to: URL(fileURLWithPath: copy))
        #expect(crmError { try crm.store.backup(to: copy) }?.code == .refused)
        #expect(crmError { try crm.store.backup(to: crm.store.path) }?.code == .refused)
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == text)
        #expect(try names() == ["copy.db"])
    }

    @Test("nothing is laid over a copy", arguments: ["-wal", "-journal"]) func nothingIsLaidOverACopy(suffix: String)
        throws
    {
        let path = crm.folder.appendingPathComponent("copy.db").path
        try Data("left of another".utf8).write(to: URL(fileURLWithPath: path + suffix))
        let error = crmError { try crm.store.backup(to: path) }
        #expect(error?.code == .refused)
        #expect(error?.message.en.hasPrefix("\(path)\(suffix) is left of a database") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a failed copy leaves nothing") func aFailedCopyLeavesNothing() throws {
        let missing = crm.folder.appendingPathComponent("no/copy.db").path
        #expect(crmError { try crm.store.backup(to: missing) }?.code == .inputOutput)
        #expect(try names().isEmpty)
    }

    @Test("a damaged database is not copied") func aDamagedDatabaseIsNotCopied() throws {
        try crm.store.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: crm.store.path))
        try handle.seek(toOffset: 3 * 4096)
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 4096 * 6))
        try handle.close()
        let damaged = try TemporaryStore.open(crm.store.path, .reading)
        #expect(crmError { try damaged.backup(to: copy) }?.code == .configuration)
        #expect(try names().isEmpty)
    }
}
