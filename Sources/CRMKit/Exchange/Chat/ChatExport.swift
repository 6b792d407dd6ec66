import Formats
import Localization

/// The files of an export, by their paths within it.
public protocol ExportFiles {
    /// Opens a file; `nil` if it does not exist.
    func open(_ path: String) throws -> ByteSource?
    /// Returns the names of the files in a folder, in order; none if it does not exist.
    func names(in folder: String) throws -> [String]
}

/// The program that made a chat export.
public enum ChatExport: String, Sendable, CaseIterable {
    /// Messages that Rocket.Chat exported to a file: an array of objects, or an object on each line.
    case rocketchat
    /// A folder with channels.json, users.json and a folder with a file for each day for each channel.
    case slack
    /// JSON lines, as `mattermost export` writes them.
    case mattermost

    /// The file with the messages of an export that was unpacked into a folder; `nil` if each room has files of its
    /// own.
    public var fileInFolder: String? {
        switch self {
        case .rocketchat: "messages.json"
        case .slack: nil
        case .mattermost: "import.jsonl"
        }
    }

    /// Imports an export.
    ///
    /// - Parameters:
    ///   - path: the path of the file; empty for a folder.
    ///   - files: the files of the export.
    ///   - channel: the channel for an export that does not name its room.
    ///   - progress: called with the number of messages processed.
    /// - Throws: ``CRMError`` `invalid` naming the file and the position of what cannot be read.
    public func read(
        _ path: String,
        in files: any ExportFiles,
        as channel: ChatRoom?,
        to work: ChatImport,
        progress: @escaping (Int) -> Void
    ) throws {
        if let channel { try work.open(channel.room, as: channel.channel) }
        switch self {
        case .rocketchat: try RocketChatExport(channel, work: work, progress: progress).read(path, files)
        case .slack: try SlackExport(files: files, work: work, progress: progress).read()
        case .mattermost: try MattermostExport(work: work, progress: progress).read(path, files)
        }
    }

    /// Whether the first bytes of a file are those of the messages of one day in an export of Slack.
    public static func isDayOfSlack(_ bytes: some Collection<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        return text.hasPrefix("[{") && text.contains(#""type":"message""#) && text.contains(#""ts":""#)
    }

    /// Recognizes the program by the first bytes of a file; `nil` if they are ambiguous.
    public init?(beginning bytes: some Collection<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        if text.hasPrefix(#"{"type":"version""#) {
            self = .mattermost
        } else if text.hasPrefix("[{") || text.hasPrefix("{"), text.contains(#""msg":"#), text.contains(#""ts":"#) {
            self = .rocketchat
        } else {
            return nil
        }
    }
}

/// Reads the objects of a file: the elements of one array, or an object on each line.
struct ExportObjects {
    private enum Reader {
        case array(JSONArrayReader)
        case lines(JSONLinesReader)
    }

    private let path: String
    private var reader: Reader

    init(_ path: String, _ source: ByteSource, isArray: Bool) {
        self.path = path
        reader =
            isArray
            ? .array(JSONArrayReader(source, replacingLoneSurrogates: true))
            : .lines(JSONLinesReader(source, replacingLoneSurrogates: true))
    }

    /// The number of characters that were broken in halves, and replaced, so far.
    var replacedCount: Int {
        switch reader {
        case .array(let array): array.replacedCount
        case .lines(let lines): lines.replacedCount
        }
    }

    /// Returns the next object; `nil` after the last.
    ///
    /// - Throws: ``CRMError`` `invalid` naming the position of malformed JSON.
    mutating func next() throws(CRMError) -> JSONValue? {
        do throws(JSONError) {
            switch reader {
            case .array(var array):
                defer { reader = .array(array) }
                return try array.next()
            case .lines(var lines):
                defer { reader = .lines(lines) }
                return try lines.next()
            }
        } catch {
            if case .unreadable(let error) = error { throw CRMError(unreadable: error, source: Text(path)) }
            let problem = RowProblem(error, row: 0, in: .utf8)
            let place = "\(problem.line):\(problem.column ?? 1)"
            throw CRMError(
                .invalid,
                Text(
                    en: "\(path), \(place): not the JSON of an export: \(problem.reason.en)",
                    es: "\(path), \(place): no es el JSON de una exportación: \(problem.reason.es)"
                )
            )
        }
    }
}

extension CRMError {
    /// Creates the error that an export lacks a file.
    init(noExportFile path: String) {
        self.init(
            .invalid,
            Text(en: "the export has no \(path)", es: "la exportación no tiene \(path)")
        )
    }
}

extension Module {
    /// Whether messages of an export can be imported into the module.
    public var takesChats: Bool { parts.contains { $0.name == Part.chatMessage.name } }
}
