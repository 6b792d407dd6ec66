import Formats
import Foundation

/// What is read of a message.
final class MailOutcome: MIMEHandler {
    struct Part {
        let mediaType: String
        let fileName: String?
        let kind: MIMEPart.Kind
        let label: String?
        var body: [UInt8] = []

        /// The body as text.
        var text: String { ForeignCharacterSet.text(body, label: label) }
    }

    private(set) var header: MailHeader?
    private(set) var parts: [Part] = []
    private(set) var ended: [Int] = []

    func begin(_ part: MIMEPart) throws {
        if part.index == 0 { header = part.header }
        let label = part.contentType["charset"]
        parts.append(Part(mediaType: part.mediaType, fileName: part.fileName, kind: part.kind, label: label))
    }

    func body(_ bytes: UnsafeRawBufferPointer, of part: Int) throws { parts[part].body += bytes }
    func end(_ part: MIMEPart) throws { ended.append(part.index) }

    /// Reads a message in pieces of a size.
    static func of(_ bytes: [UInt8], pieces size: Int = 4096, unquotesFrom: Bool = false) throws -> MailOutcome {
        let outcome = MailOutcome()
        var parser = MIMEParser(outcome, unquotesFrom: unquotesFrom)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { try parser.append($0) }
        }
        try parser.finish()
        return outcome
    }

    /// Reads a message written as text.
    static func of(_ text: String) throws -> MailOutcome { try of(Array(text.utf8)) }

    /// How many messages a comparison makes: what `CRM_MAIL_MESSAGES` says, for more than a suite has time for.
    static func messages(otherwise count: Int) -> Int {
        ProcessInfo.processInfo.environment["CRM_MAIL_MESSAGES"].flatMap(Int.init) ?? count
    }

    /// The bytes of every message of an mbox.
    static func messages(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var reader = MailboxReader(RawSource(bytes: bytes))
        var messages: [[UInt8]] = []
        while true {
            var message: [UInt8] = []
            guard try reader.next({ message += $0 }) else { return messages }
            messages.append(message)
        }
    }

    /// Subject, senders, recipients, date and parts.
    var json: JSONValue {
        func people(_ name: String) -> JSONValue {
            let list = MailAddress.list(header?.value(name) ?? [])
            return .array(list.map { .array([.string($0.name), .string($0.address)]) })
        }
        let date = header?.value("date").flatMap { MailDate($0) }?.seconds
        return .array([
            .string(header?.text("subject") ?? ""), people("from"), people("to"),
            date.map { .number(JSONNumber($0)) } ?? .null, .array(parts.map(json)),
        ])
    }

    private func json(_ part: Part) -> JSONValue {
        guard part.kind == .leaf else { return .array([.string(part.mediaType), .null, .null]) }
        var content = part.body.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        if part.mediaType.hasPrefix("text/") {
            var lines = part.text.replacing("\r\n", with: "\n")[...]
            while lines.last?.isWhitespace == true { lines = lines.dropLast() }
            content = String(lines)
        }
        return .array([.string(part.mediaType), part.fileName.map(JSONValue.string) ?? .null, .string(content)])
    }
}
