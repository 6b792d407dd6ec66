import CLIKit
import CRMKit
import Formats
import FuzzTargets
import Localization

@testable import crm

/// What the program itself reads of people's input, and what must hold for it whatever the input.
///
/// The fuzzer calls `check(_:)` with inputs of its own making, the tests with all of `Tests/Fuzz/Corpus`.
public enum ProgramFuzzTarget: String, CaseIterable, Sendable {
    /// Filters: read, turned into queries, and run.
    case filter
    /// Command lines, a word a line.
    case arguments
    /// What apply takes.
    case apply
    /// Exports of chats, of each program whose are read.
    case chat

    /// Reads the bytes; throws the first violation.
    public func check(_ bytes: [UInt8]) throws {
        switch self {
        case .filter: try FilterCheck(bytes: bytes).run()
        case .arguments: try ArgumentsCheck(bytes: bytes).run()
        case .apply: try ApplyCheck(bytes: bytes).run()
        case .chat: try ChatCheck(bytes: bytes).run()
        }
    }

    /// An empty database of the modules as they come.
    static func store() throws -> Store {
        try Store.temporary(
            inPlaceOf: "crm.db",
            registry: .standard,
            clock: Clock.current(TZ: "UTC0", TZDIR: nil)
        )
    }

    /// Input may be wrong; that the program cannot do what it has understood is a fault of its own.
    static func requireInputFault(_ error: CRMError) throws {
        try FuzzTarget.require(
            ![.failed, .configuration, .inputOutput, .busy].contains(error.code),
            "what is wrong is told of the input: \(error)"
        )
        try FuzzTarget.require(!error.message.en.isEmpty && !error.message.es.isEmpty, "it is told: \(error)")
    }
}

/// Whatever is taken for a filter can be asked of the database.
private struct FilterCheck {
    let bytes: [UInt8]

    func run() throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let store = try ProgramFuzzTarget.store()
        for module in [ModuleName.contact, "opportunity", "event"] {
            do throws(CRMError) {
                var query = try store.list(Registry.standard[module])
                query.filters = [text]
                _ = try query.count(in: store)
            } catch {
                try ProgramFuzzTarget.requireInputFault(error)
            }
        }
    }
}

/// A command line is understood or refused in words, the same each time.
private struct ArgumentsCheck {
    let bytes: [UInt8]

    func run() throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let words = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        try FuzzTarget.require(outcome(of: words) == outcome(of: words), "\(words) mean the same each time")
    }

    private func outcome(of words: [String]) throws -> String {
        do {
            let invocation = try Parser(root: ReadLine.root).parse(words)
            return "\(invocation.path.names) \(invocation.operands) \(invocation.occurrences)"
        } catch {
            try FuzzTarget.require(!error.message.en.isEmpty && !error.message.es.isEmpty, "it is told: \(words)")
            return error.message.en
        }
    }
}

/// Whatever lines say, what is wrong is told of them.
private struct ApplyCheck {
    let bytes: [UInt8]

    /// Nothing is to be kept.
    private struct TakenBack: Error {}

    func run() throws {
        let store = try ProgramFuzzTarget.store()
        do {
            try store.write(WriteRequest(who: "fuzz", command: "crm apply")) { transaction in
                let work = try DatabaseImport(in: transaction)
                let source = ByteSource(bytes: bytes, chunkSize: 1 + bytes.count % 7)
                try work.take(from: source, reject: { _ in }, advance: {})
                if work.report.failed > 0 { throw TakenBack() }
            }
            let findings = try store.check()
            try FuzzTarget.require(findings.isEmpty, "what was applied is sound: \(findings)")
        } catch is TakenBack {
            return
        } catch let error as CRMError {
            try ProgramFuzzTarget.requireInputFault(error)
        }
    }
}

/// Whatever an export holds, messages are taken in or what is wrong is told; the same export again adds none.
private struct ChatCheck {
    let bytes: [UInt8]

    /// An export whose every file has the bytes.
    private struct Files: ExportFiles {
        let bytes: [UInt8]

        func open(_ path: String) throws -> ByteSource? { ByteSource(bytes: bytes, chunkSize: 1 + bytes.count % 7) }
        func names(in folder: String) throws -> [String] { ["1.json"] }
    }

    func run() throws {
        for export in ChatExport.allCases {
            let store = try ProgramFuzzTarget.store()
            do {
                _ = try added(export, to: store)
                try FuzzTarget.require(try added(export, to: store) == 0, "\(export): nothing comes twice")
            } catch let error as CRMError {
                try ProgramFuzzTarget.requireInputFault(error)
            }
            let findings = try store.check()
            try FuzzTarget.require(findings.isEmpty, "what was taken in is sound: \(findings)")
        }
    }

    private func added(_ export: ChatExport, to store: Store) throws -> Int {
        try store.write(WriteRequest(who: "fuzz", command: "crm channel import")) { transaction in
            let work = ChatImport(in: transaction)
            try export.read(export.fileInFolder ?? "", in: Files(bytes: bytes), as: nil, to: work) { _ in }
            return try work.finish().map(\.report.added).reduce(0, +)
        }
    }
}
